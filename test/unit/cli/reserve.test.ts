import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Ajv } from 'ajv';
import type { ReserveDocument } from '../../../src/cli/reserve.ts';
import type { Report } from '../../../src/evidence/report.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import { Recorded } from './recorded.ts';

const schema = new Ajv({ strict: true }).compile(
  JSON.parse(readFileSync(new URL('../../../media/schema/reserve.schema.json', import.meta.url), 'utf8')),
);

describe('holograph reserve', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  const reserve = async (...argv: string[]): Promise<ReserveDocument> => {
    const { out } = await novel.run('reserve', ...argv, '--json');
    const document = JSON.parse(out) as ReserveDocument;
    assert.ok(schema(document), JSON.stringify(schema.errors));
    return document;
  };
  const did = async (...argv: string[]) =>
    (await reserve(...argv)).places.map(({ form, place, did: what, why }) => `${form} ${place} ${why ?? what}`);
  const faults = async () => (await reserve('--check')).faults?.map(({ place, why }) => `${place} ${why}`);
  const text = (name: string) => (existsSync(novel.path(name)) ? readFileSync(novel.path(name), 'utf8') : undefined);
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(novel.path(name)), { recursive: true });
    writeFileSync(novel.path(name), content);
  };

  it('sets, keeps, changes and removes a file’s header, to the letter', async () => {
    const before = text('ch1.md');
    assert.deepEqual(await did('ch1.md', '--dry-run'), ['header ch1.md set']);
    assert.equal(text('ch1.md'), before);
    assert.deepEqual(await did('ch1.md'), ['header ch1.md set']);
    assert.match(text('ch1.md') ?? '', /^<!-- \[holograph:reservation\]\nSPDX-FileCopyrightText: A\. Author\n/);
    assert.ok(text('ch1.md')?.endsWith(`-->\n\n${before}`));
    assert.deepEqual(await did('ch1.md'), ['header ch1.md stands']);
    assert.deepEqual(await did('ch1.md', '--policy', 'https://a.example/terms'), ['header ch1.md changed']);
    assert.deepEqual(await did(), ['header ch1.md stands']);
    assert.deepEqual(await faults(), []);
    assert.deepEqual(await did('--remove'), ['header ch1.md removed']);
    assert.equal(text('ch1.md'), before);
    assert.deepEqual(await did(), []);
  });

  it('is a tool’s text in the record, and no character of it is typed; the others keep their origin', async () => {
    const before = await novel.json<SpansDocument>('spans', 'ch1.md');
    await did('ch1.md');
    const after = await novel.json<SpansDocument>('spans', 'ch1.md');
    assert.equal(after.current, true);
    const [first, ...others] = after.spans;
    assert.deepEqual([first?.kind, first?.from], ['tool.snippet', 0]);
    const own = first!.to;
    assert.deepEqual(
      others.map(({ from, to, kind }) => [from - own, to - own, kind]),
      before.spans.map(({ from, to, kind }) => [from, to, kind]),
    );
    await did('--remove');
    const back = await novel.json<SpansDocument>('spans', 'ch1.md');
    assert.deepEqual([back.current, back.tally], [true, before.tally]);
  });

  it('writes a site’s files, and what was not there is gone again', async () => {
    write('public/robots.txt', 'User-agent: *\r\nDisallow: /private\r\n');
    const sites = ['tdmrep public/.well-known/tdmrep.json', 'robots public/robots.txt', 'rsl public/license.xml'];
    assert.deepEqual(
      await did('--site', 'public', '--url', 'https://a.example'),
      sites.map(one => `${one} set`),
    );
    assert.deepEqual(JSON.parse(text('public/.well-known/tdmrep.json') ?? ''), [
      { location: '/', 'tdm-reservation': 1 },
    ]);
    assert.match(
      text('public/robots.txt') ?? '',
      /^User-agent: \*\r\nDisallow: \/private\r\n\r\n# \[.*\r\nLicense: https:\/\/a\.example\/license\.xml\r\n/s,
    );
    assert.deepEqual(
      await did('--remove'),
      sites.map(one => `${one} removed`),
    );
    assert.equal(text('public/robots.txt'), 'User-agent: *\r\nDisallow: /private\r\n');
    assert.deepEqual([existsSync(novel.path('public/.well-known')), text('public/license.xml')], [false, undefined]);
  });

  it('knows a site’s file by its name, and says what it writes', async () => {
    write('public/robots.txt', 'User-agent: *\r\n');
    const { places, files } = await reserve('public/robots.txt', '--dry-run');
    assert.deepEqual(
      places.map(({ form, did: what }) => [form, what]),
      [['robots', 'set']],
    );
    const [file] = files ?? [];
    assert.deepEqual([file?.was, file?.changes[0]?.from, file?.changes[0]?.to], ['changed', 14, 14]);
    assert.ok(!file?.changes[0]?.insert.includes('\r'));
    await did('public/robots.txt', 'public/license.xml');
    assert.deepEqual(await did('public/robots.txt', 'public/license.xml', '--remove'), [
      'robots public/robots.txt removed',
      'rsl public/license.xml removed',
    ]);
    assert.deepEqual([text('public/robots.txt'), text('public/license.xml')], ['User-agent: *\r\n', undefined]);
  });

  it('puts on record what the editor has put in', async () => {
    const { files } = await reserve('ch1.md', '--dry-run');
    write('ch1.md', `${files?.[0]?.changes[0]?.insert}${text('ch1.md')}`);
    assert.deepEqual(await did('ch1.md'), ['header ch1.md set']);
    assert.deepEqual(await did('ch1.md'), ['header ch1.md stands']);
    assert.deepEqual(await faults(), []);
  });

  it('does not write over who says the contrary, and says so', async () => {
    write('.well-known/tdmrep.json', '[{"location":"/","tdm-reservation":0}]');
    write('page.html', '<head><meta name="tdm-reservation" content="1"></head>');
    const argv = ['--site', '.', 'page.html', '--form', 'tdmrep', '--form', 'meta'];
    assert.deepEqual(await did(...argv), ['meta page.html already', 'tdmrep .well-known/tdmrep.json contrary']);
    assert.equal((await novel.run('reserve', ...argv)).code, 1);
    assert.equal(text('.well-known/tdmrep.json'), '[{"location":"/","tdm-reservation":0}]');
    assert.deepEqual(await faults(), ['.well-known/tdmrep.json contrary']);
  });

  it('takes a folder for its recorded files and a NOTICE', async () => {
    assert.deepEqual(await did('.'), ['header ch1.md set', 'header ch2.md set', 'notice NOTICE set']);
    assert.deepEqual(await did('.', '--form', 'notice', '--remove'), ['notice NOTICE removed']);
    assert.equal(text('NOTICE'), undefined);
  });

  it('tells where files and record say otherwise than each other', async () => {
    write('other.ts', 'let a;\n');
    await did('ch1.md', 'other.ts');
    assert.equal((await novel.run('reserve', '--check')).code, 0);
    write('ch1.md', (text('ch1.md') ?? '').replace('AI-Training: notAllowed', 'AI-Training: allowed'));
    write('other.ts', '');
    write('robots.txt', 'User-agent: GPTBot\nAllow: /\n');
    const { code, out } = await novel.run('reserve', '--check');
    assert.equal(code, 1);
    assert.match(out, /^ch1\.md \(header comment\): it says something else than what was recorded$/m);
    assert.deepEqual(await faults(), ['ch1.md other', 'other.ts missing', 'robots.txt contrary']);
  });

  it('keeps encodings and marks, and says in which languages it can', async () => {
    const cyrillic = Buffer.from('\ufeffПервая строка\r\n', 'utf16le');
    write('a.txt', cyrillic);
    await did('a.txt');
    assert.match(
      readFileSync(novel.path('a.txt'), 'utf16le'),
      /^\ufeff\[holograph:reservation\]\r\n.*тыйым салады\.\r\n/s,
    );
    await did('a.txt', '--remove');
    assert.deepEqual(readFileSync(novel.path('a.txt')), cyrillic);
  });

  it('puts on record where it is published, with a copy', async () => {
    write('fetched.html', 'as it was served');
    await did('ch1.md');
    const argv = ['--published', 'https://a.example/ch1', '--date', '2026-11', '--copy', 'fetched.html'];
    const history = async () => (await novel.json<Report>('report')).restrictions.map(({ act }) => act);
    assert.match((await novel.run('reserve', 'ch1.md', ...argv, '--dry-run')).out, /Nothing was written/);
    assert.deepEqual(await history(), ['set']);
    assert.deepEqual(await did('ch1.md', ...argv), ['header ch1.md published']);
    const { restrictions } = await novel.json<Report>('report');
    const [set, told] = restrictions;
    assert.deepEqual([set?.act, set?.standing, told?.act, told?.standing], ['set', true, 'published', false]);
    assert.deepEqual([told?.address, told?.dated, told?.exhibit], ['https://a.example/ch1', '2026-11', 'EX-01']);
    assert.match((await novel.run('reserve', 'ch2.md', ...argv)).err, /no reservation stands in ch2\.md/);
    assert.deepEqual(await faults(), []);
  });

  it('states no digest of a file of which a word was taken out', async () => {
    write('ch1.md', `${text('ch1.md')}Not on record.\n`);
    await did('ch1.md');
    const stated = async () => (await novel.json<Report>('report')).restrictions.map(({ sha256 }) => sha256);
    assert.match(`${await stated()}`, /^[0-9a-f]{64}$/);
    assert.equal((await novel.run('redact', '--name', 'typed', '--reason', 'a name', '--yes')).code, 0);
    assert.deepEqual(await stated(), [null]);
  });

  const orders = ['rlRL', 'rlLR', 'lrRL', 'lrLR'];
  const acts: Readonly<Record<string, readonly string[]>> = {
    r: ['reserve'],
    R: ['reserve', '--remove'],
    l: ['label'],
    L: ['label', '--remove'],
  };
  for (const order of orders)
    it(`and a label do not touch each other: ${order}`, async () => {
      const before = text('ch1.md');
      for (const act of order) assert.equal((await novel.run(...acts[act]!, 'ch1.md')).code, 0);
      assert.equal(text('ch1.md'), before);
    });

  it('goes where no link leads', async () => {
    write('far.txt', 'x');
    symlinkSync(novel.path('far.txt'), novel.path('near.txt'));
    assert.deepEqual(await did('near.txt'), ['header near.txt unreadable']);
    assert.equal(text('far.txt'), 'x');
    symlinkSync(novel.path('..'), novel.path('www'));
    assert.deepEqual(await did('--site', 'www', '--form', 'robots'), ['robots www/robots.txt unreadable']);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a form that there is not', ['ch1.md', '--form', 'x'], /no form x: header, meta/],
    ['a file that is not there', ['nowhere.ts'], /nowhere\.ts/],
    ['an address that is none', ['ch1.md', '--policy', 'javascript:x'], /no address of the web/],
    ['a folder that is not recorded', ['--folder', '/'], /lies in no recorded folder/],
  ];
  for (const [what, argv, why] of refused)
    it(`refuses ${what}`, async () => {
      const { code, err } = await novel.run('reserve', ...argv);
      assert.equal(code, 2);
      assert.match(err, why);
    });
});
