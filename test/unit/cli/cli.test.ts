import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { ExportDocument } from '../../../src/cli/export.ts';
import type { PromptsDocument } from '../../../src/cli/prompts.ts';
import type { StatusDocument } from '../../../src/cli/status.ts';
import type { Report } from '../../../src/evidence/report.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { equalsGolden } from '../../support/golden.ts';
import { Recorded } from './recorded.ts';

const schemas = new URL('../../../media/schema/', import.meta.url);

describe('holograph', () => {
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());

  describe('prints one JSON document of its published form', () => {
    const asked: readonly (readonly [string, readonly string[]])[] = [
      ['status', ['status']],
      ['spans', ['spans', 'ch1.md']],
      ['prompts', ['prompts']],
      ['export', ['export', '--out', 'package.zip']],
      ['verification', ['verify', 'package.zip']],
    ];
    let fresh: Recorded;
    before(async () => {
      fresh = await Recorded.novel();
    });
    after(() => fresh.remove());

    for (const [name, argv] of asked) {
      it(name, async () => {
        const document = await fresh.json<object>(...argv);
        const validate = new Ajv({ strict: true }).compile(
          JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8')),
        );
        assert.ok(validate(document), JSON.stringify(validate.errors));
        if (name === 'verification') return;
        const steady = `${JSON.stringify(withoutChance(document, fresh), null, 2)}\n`;
        equalsGolden(`cli/${name}.json`, steady);
      });
    }
  });

  it('spans: tells of each character what made it and, where that is another act, what put it there', async () => {
    const { spans, current, length, tally, file } = await novel.json<SpansDocument>('spans', novel.path('ch1.md'));
    assert.deepEqual([file, current, length], ['ch1.md', true, 35]);
    assert.deepEqual(
      spans.map(({ from, to, kind, basis, prompt = '' }) => `${from}-${to} ${kind} ${basis} ${prompt}`.trim()),
      ['0-8 initial asserted', '8-22 typed asserted', '22-35 ai.agent proven claude-code:talk:m1'],
    );
    assert.deepEqual(tally.hands, { earlier: 8, human: 14, machine: 13 });
  });

  it('spans: says when the file has other text than was recorded', async () => {
    const other = await Recorded.novel();
    writeFileSync(other.path('ch1.md'), 'Other.\n');
    assert.equal((await other.json<SpansDocument>('spans', 'ch1.md')).current, false);
    assert.match((await other.run('spans', 'ch1.md')).out, /the file now differs/);
    rmSync(other.path('ch1.md'));
    assert.equal((await other.json<SpansDocument>('spans', 'ch1.md')).current, false);
    other.remove();
  });

  it('report: as data, as a page, in short, and of one file', async () => {
    const report = await novel.json<Report>('report');
    assert.deepEqual([report.schema, report.files.map(file => file.path)], ['holograph.report', ['ch1.md', 'ch2.md']]);
    assert.deepEqual(
      (await novel.json<Report>('report', 'ch2.md')).files.map(file => file.path),
      ['ch2.md'],
    );
    const { code, out } = await novel.run('report', '--html', 'report.html', '--language', 'ru');
    assert.deepEqual([code, /Доля человека: 40,0\u00a0% – 62,9\u00a0%/.test(out)], [0, true]);
    assert.match(readFileSync(novel.path('report.html'), 'utf8'), /^<!doctype html>\s*<html lang="ru"/i);
    assert.equal((await novel.run('report', '--pdf', 'report.pdf', '--language', 'kk')).code, 0);
    assert.match(readFileSync(novel.path('report.pdf'), 'latin1'), /^%PDF-1\.7[\s\S]*\/Lang \(kk\)[\s\S]*%%EOF\s*$/);
  });

  it('prompts: with what they led to, their text kept from moving the cursor', async () => {
    const { prompts } = await novel.json<PromptsDocument>('prompts');
    assert.deepEqual(
      prompts.map(({ text, retained, spans }) => [text, retained, spans.length]),
      [['End it.', 13, 1]],
    );
    assert.match(
      (await novel.run('prompts')).out,
      /^1\. .*claude-opus-5: 13 characters inserted, 13 still there\n {3}End it\.\n/,
    );
  });

  it('status: all recorded folders, or the one asked for', async () => {
    const { journals } = await novel.json<StatusDocument>('status');
    assert.deepEqual(
      journals.map(({ folder, state, problem }) => [folder, state, problem]),
      [[novel.folder, 'recording', null]],
    );
    assert.deepEqual(await novel.json('status', 'ch1.md'), { schema: 'holograph.status', version: 1, journals });
  });

  it('export: the same bytes each time, up to a checkpoint even after later events', async () => {
    const first = await novel.json<ExportDocument>('export', '--out', 'one.zip');
    const second = await novel.json<ExportDocument>('export', '--out', 'two.zip');
    assert.equal(second.size, first.size);
    assert.deepEqual(novel.read('two.zip'), novel.read('one.zip'));
    await novel.json('export', '--out', 'three.zip', '--at', String(first.size));
    assert.deepEqual(novel.read('three.zip'), novel.read('one.zip'));
    mkdirSync(novel.path('out'), { recursive: true });
    await novel.run('export', '--out', 'out', '--profile', 'kz-contribution');
    assert.match(readdirSync(novel.path('out')).join(), /^the-novel-evidence-[0-9a-f]{16}\.zip$/);
  });

  it('export: says which recorded files are not in the work though the journal holds their text', async () => {
    const some = await Recorded.novel();
    writeFileSync(some.path('holograph.json'), JSON.stringify({ title: 'The Novel', files: ['ch1.md'] }));
    const { code, out, err } = await some.run('export', '--out', 'x.zip', '--json');
    assert.deepEqual([code, (JSON.parse(out) as ExportDocument).alsoRecorded], [0, ['ch2.md']]);
    assert.equal(
      err,
      "holograph: Recorded in the same journal, not part of this work (1): ch2.md. The package's journal holds their text too.\n",
    );
    assert.equal((await some.run('verify', 'x.zip')).code, 0);
    some.remove();
  });

  it('export: makes a key of its own that only its owner can read', () => {
    if (process.platform !== 'win32') assert.equal(statSync(join(novel.home, 'cli-key.pem')).mode & 0o777, 0o600);
  });

  it('takes the options of every command before its name too', async () => {
    // Who reads first leaves an index of the log behind, and its size is told.
    await novel.run('status');
    const after = await novel.run('status', '--language', 'ru');
    assert.deepEqual(await novel.run('--language', 'ru', 'status'), after);
    assert.equal(after.code, 0);
  });

  it('verify: a package and a journal, what is vouched for and what is not', async () => {
    const { key, journal } = await novel.json<ExportDocument>('export', '--out', 'good.zip');
    assert.deepEqual(await novel.run('verify', 'good.zip'), {
      code: 0,
      out: 'consistent; key not vouched for; later events may have been cut off\n',
      err: '',
    });
    assert.equal((await novel.json<Verification>('verify', 'good.zip', '--key', key)).keyKnown, true);
    assert.equal((await novel.json<Verification>('verify', journal, '--key', key)).keyKnown, true);
    assert.equal((await novel.run('verify', 'good.zip', '--key', 'ab'.repeat(32))).code, 1);
    // As where `export --out` wrote it: the folder says whose record, not where files lie.
    assert.equal((await novel.run('verify', 'good.zip', '--folder', '..')).code, 0);
    const bytes = Buffer.from(novel.read('good.zip'));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(novel.path('bad.zip'), bytes);
    const { code, out } = await novel.run('verify', 'bad.zip', '--json');
    assert.deepEqual([code, (JSON.parse(out) as Verification).consistent], [1, false]);
  });

  it('asks nothing into being where nothing was recorded', async () => {
    const nothing = Recorded.nothing();
    assert.deepEqual((await nothing.json<StatusDocument>('status')).journals, []);
    assert.equal((await nothing.run('report')).code, 2);
    assert.equal(existsSync(nothing.home), false);
    nothing.remove();
  });

  describe('says in one line why it cannot, with exit code 2', () => {
    const asked: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /A command is missing/],
      [['blame'], /There is no command blame/],
      [['status', '--speed'], /arguments do not fit/],
      [['status', '--speed', '--language', 'kk'], /^holograph: Параметрлер сәйкес емес: --speed$/m],
      [['status', '--language=ru', '--folder'], /^holograph: Параметры не подходят: --folder <value>$/m],
      [['status', '--language', 'fr'], /no language fr/],
      [['key', 'rotate', 'all'], /arguments do not fit: all$/m],
      [['doctor', 'ch1.md', 'ch2.md'], /arguments do not fit: ch1\.md ch2\.md$/m],
      [['restore', 'one', 'two'], /arguments do not fit: two$/m],
      [['spans'], /FILE is missing/],
      [['spans', 'ch9.md'], /ch9\.md is not on record/],
      [['spans', '/'], /lies in no recorded folder/],
      [['report', '--html', 'no/where.html'], /where\.html cannot be written/],
      [['export'], /--out PATH is missing/],
      [['export', '--out', 'x.zip', '--profile', 'gold'], /no profile gold/],
      [['export', '--out', 'x.zip', '--at', '3'], /no checkpoint 3/],
      [['export', '--out', 'x.zip', '--at', 'ch1.md'], /ch1\.md is not on record|no checkpoint/],
      [['verify'], /PACKAGE\|JOURNAL is missing/],
      [['verify', 'nothing.zip'], /There is no \S+nothing\.zip\./],
      [['restore', 'nothing'], /There is no \S+nothing\./],
      [['restore', 'ch1.md'], /ch1\.md is not a backup/],
      [['verify', '.'], /is a folder\. Give the package itself/],
      [['verify', 'ch1.md', '--key', 'x'], /no fingerprint/],
      [['verify', 'ch1.md', '--since', 'ch1.md'], /ch1\.md is neither a checkpoint, nor a time stamp, nor a seal line/],
      [['spans', '.'], /Novel is a folder: a file is asked for/],
      [['verify', 'ch1.md', '--since', '.'], /is a folder: a file is asked for/],
      [['spans', 'a\nb\u001b[2Jc.md'], /a b \[2Jc\.md is not on record/],
    ];
    for (const [argv, line] of asked) {
      it(JSON.stringify(argv.join(' ')), async () => {
        const { code, out, err } = await novel.run(...argv);
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, /^holograph: [^\n]+\n$/);
        assert.match(err, line);
      });
    }
  });

  it('names a damaged journal, in status beside the others', async () => {
    const damaged = await Recorded.novel();
    const { journals } = await damaged.json<StatusDocument>('status');
    const file = join(damaged.home, 'journals', journals[0]!.journal, 'journal.sqlite');
    writeFileSync(file, Buffer.from(readFileSync(file)).fill(0x5a, 0));
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    assert.equal((await damaged.json<StatusDocument>('status')).journals[0]?.problem, 'corrupt');
    const { code, err } = await damaged.run('report');
    assert.deepEqual([code, /^holograph: The journal .* is damaged/.test(err)], [2, true]);
    damaged.remove();
  });

  it('never fails, whatever the arguments are', async () => {
    const nothing = Recorded.nothing();
    const names = [
      'status',
      'spans',
      'report',
      'prompts',
      'export',
      'verify',
      '--help',
      '--json',
      '--at',
      '--out',
      '-',
      '--',
      '',
    ];
    const argument = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 4 }), async argv => {
        const { code, out, err } = await nothing.run(...argv);
        assert.ok(
          code === 0 ? err === '' && out !== '' : code === 2 && out === '' && /^holograph: [^\n]*\n$/.test(err),
        );
        assert.doesNotMatch(err, /fault of Holograph/);
      }),
      { numRuns: 200 },
    );
    nothing.remove();
  });

  it('helps, of all commands and of each', async () => {
    for (const language of ['en', 'ru', 'kk']) {
      const { code, out } = await novel.run('--help', '--language', language);
      assert.equal(code, 0);
      for (const name of ['status', 'spans', 'report', 'prompts', 'export', 'verify']) {
        assert.match(out, new RegExp(`^ {2}${name} `, 'm'));
        assert.match((await novel.run(name, '--help', '--language', language)).out, new RegExp(`^holograph ${name}`));
      }
    }
  });
});

/** The document with what differs at each making (ids, times, places, digests of them) put by its name. */
function withoutChance(document: object, { folder }: Recorded): unknown {
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'sizes') return key;
      // Which tools there are is told elsewhere: of each alike.
      if (key === 'agents' && Array.isArray(value)) return value.filter(({ name }) => name === 'claude-code');
      if (typeof value !== 'string') return value;
      if (['root', 'key', 'exportId', 'lastEvent'].includes(key)) return key;
      return value.replace(folder, 'FOLDER').replace(uuid, 'ID');
    }),
  );
}
