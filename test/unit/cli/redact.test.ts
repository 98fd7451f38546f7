import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { noRecords } from '../../../src/agents/agent.ts';
import { leave, spoolOf } from '../../../src/agents/hooks/hookSpool.ts';
import type { RedactionDocument } from '../../../src/cli/redact.ts';
import type { StatusDocument } from '../../../src/cli/status.ts';
import type { Report } from '../../../src/evidence/report.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { holds, placesOf } from '../../support/everyByte.ts';
import { Recorded } from './recorded.ts';

const schemas = new URL('../../../media/schema/', import.meta.url);
const formOf = (name: string) =>
  new Ajv({ strict: true }).compile(JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8')));

describe('holograph redact', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  const redact = async (...argv: string[]) => {
    const found = await novel.json<RedactionDocument>('redact', ...argv);
    const validate = formOf('redaction');
    assert.ok(validate(found), JSON.stringify(validate.errors));
    return found;
  };
  const verified = async (what: string) => {
    const { out } = await novel.run('verify', what, '--json');
    const found = JSON.parse(out) as Verification;
    const validate = formOf('verification');
    assert.ok(validate(found), JSON.stringify(validate.errors));
    return { wrong: found.wrong, whys: found.notChecked.map(({ why, detail = '' }) => `${why} ${detail}`) };
  };
  const inPackage = (file: string, word: string) =>
    [...unzip(novel.read(file)).members].filter(([, bytes]) => holds(bytes, word)).map(([name]) => name);

  it('says first what would go, and takes nothing without a yes', async () => {
    const would = await redact('--text', 'TYPED', '--dry-run');
    assert.deepEqual(would.taken, [{ word: 'typed', count: 1 }]);
    assert.deepEqual([would.words, would.event, would.files], [1, null, [{ file: 'ch1.md', words: 1 }]]);
    const { code, out, err } = await novel.run('redact', '--text', 'typed');
    assert.equal(code, 2);
    assert.match(out, /^Would be taken out: 1 word or letter, \d+ digests? of whole texts, in \d+ events?\./);
    assert.match(err, /cannot be undone: repeat with --yes/);
    const nowhere = { code: 1, out: 'It stands nowhere in the record.\n', err: '' };
    assert.deepEqual(await novel.run('redact', '--text', 'zebra'), nowhere);
    assert.notDeepEqual(placesOf('typed line', novel.home), []);
  });

  it('leaves no byte of a word anywhere; journal and package verify and say so', async () => {
    await novel.json('export', '--out', 'before.zip');
    const totals = async () => (await novel.json<{ totals: object }>('report')).totals;
    const figures = await totals();
    assert.ok(placesOf('agent.', novel.home).length > 0);
    const found = await redact('--name', 'agent', '--reason', 'a trade secret', '--yes');
    assert.ok(found.event !== null && found.finished && found.words > 0 && found.digests > 0);
    assert.deepEqual(placesOf('agent.\n', novel.home), []);
    assert.deepEqual(await totals(), figures);
    const journal = await verified(found.journal);
    assert.deepEqual(journal.wrong, []);
    assert.ok(
      journal.whys.some(why => why.startsWith('redacted') && why.endsWith('a trade secret')),
      `${journal.whys}`,
    );
    await novel.json('export', '--out', 'after.zip');
    assert.deepEqual(inPackage('after.zip', 'agent.\n'), []);
    assert.deepEqual(inPackage('after.zip', '▮▮▮▮▮▮').includes('data/work/ch1.md'), true);
    const report = await novel.json<Report>('report');
    const { redactions, withheld } = report.integrity[0]!.takenOut!;
    assert.deepEqual(
      [redactions.map(({ words, reason }) => [words, reason]), withheld],
      [[[found.words, 'a trade secret']], 0],
    );
    assert.ok(formOf('report')(report));
    for (const language of ['en', 'ru', 'kk']) {
      await novel.json('report', '--html', 'report.html', '--language', language);
      assert.ok(holds(novel.read('report.html'), 'a trade secret'));
      await novel.json('export', '--out', `${language}.zip`, '--language', language);
      assert.deepEqual((await verified(`${language}.zip`)).wrong, []);
    }
    const packed = await verified('after.zip');
    assert.deepEqual(packed.wrong, []);
    assert.deepEqual(
      packed.whys.map(why => why.split(' ')[0]),
      ['redacted', 'blanks'],
    );
    assert.deepEqual((await verified('before.zip')).wrong, []);
  });

  it('reaches packages at earlier checkpoints, which say that something is not there', async () => {
    const { size } = await novel.json<{ size: number }>('export', '--out', 'before.zip');
    await redact('--text', 'typed', '--yes');
    await novel.json('export', '--out', 'earlier.zip', '--at', `${size}`);
    assert.deepEqual(inPackage('earlier.zip', 'typed line'), []);
    const { wrong, whys } = await verified('earlier.zip');
    assert.deepEqual([wrong, whys.some(why => why.startsWith('withheld'))], [[], true]);
  });

  it('takes out a passage, and its wording in a prompt; and a prompt by its id', async () => {
    await redact('--file', 'ch1.md', '--from', '8', '--to', '21', '--yes');
    assert.deepEqual(placesOf('typed line', novel.home), []);
    const { out } = await novel.run('spans', 'ch1.md');
    assert.match(out, /▮ ▮▮▮▮▮ ▮▮▮▮▮/);
    // The file still has the words: it is compared but for them.
    assert.equal((await novel.json<SpansDocument>('spans', 'ch1.md')).current, true);
    await redact('--prompt', 'claude-code:talk:m1', '--yes');
    assert.deepEqual(placesOf('End it', novel.home), []);
    const { prompts } = await novel.json<{ prompts: { text: string }[] }>('prompts');
    assert.equal(prompts[0]?.text, '▮▮▮ ▮▮▮');
  });

  it('names what hooks left and nobody has taken in yet, and forgets what the watch of agents remembers', async () => {
    const { journal, folder } = (await novel.json<StatusDocument>('status')).journals[0]!;
    const remembered = join(novel.home, 'journals', journal, 'agents.json');
    writeFileSync(remembered, '{}');
    const id = 'codex:s:1';
    const asked = { id, agent: 'codex', conversation: 's', time: 1, text: 'typed' };
    leave(spoolOf(novel.home, folder), { ...noRecords, prompts: [asked] }, 1);
    const { notSearched } = await redact('--text', 'typed', '--yes');
    assert.deepEqual(notSearched.map(dirname), [spoolOf(novel.home, folder)]);
    assert.ok(!existsSync(remembered));
  });

  it('names the files beside the journal that it does not search', async () => {
    const { journal } = (await novel.json<StatusDocument>('status')).journals[0]!;
    const copy = join(novel.home, 'journals', journal, 'recovered.sqlite');
    writeFileSync(copy, 'a typed copy');
    assert.deepEqual((await redact('--text', 'typed', '--yes')).notSearched, [copy]);
  });

  it('names the recorded files that still have the words', async () => {
    assert.deepEqual((await redact('--text', 'typed', '--dry-run')).stillIn, ['ch1.md']);
    assert.deepEqual((await redact('--file', 'ch1.md', '--from', '8', '--to', '21', '--yes')).stillIn, ['ch1.md']);
    writeFileSync(novel.path('ch1.md'), 'Before.');
    assert.deepEqual((await redact('--text', 'agent', '--yes')).stillIn, []);
  });

  it('names other journals of the work, and what was recovered of them', async () => {
    const { journal, work } = (await novel.json<StatusDocument>('status')).journals[0]!;
    const old = join(novel.home, 'journals', 'old');
    mkdirSync(old);
    for (const name of ['journal.sqlite', 'recovered.sqlite', 'recovered-beyond.jsonl'])
      writeFileSync(join(old, name), 'typed');
    const catalogue = Catalogue.open(novel.home);
    catalogue.shelve('old', work, novel.folder);
    catalogue.close();
    const found = await redact('--text', 'typed', '--yes');
    assert.deepEqual(
      [found.journal, found.otherJournals.map(path => basename(path)).sort()],
      [journal, ['journal.sqlite', 'recovered-beyond.jsonl', 'recovered.sqlite']],
    );
  });

  it('says where words stand that it does not take out: names of files, the folder, the description', async () => {
    const { alsoNamed } = await redact('--text', 'ch1', '--text', 'novel', '--text', 'typed', '--yes');
    assert.deepEqual(alsoNamed.toSorted(), ['Novel', 'ch1.md']);
    const { err } = await novel.run('export', '--out', 'x.zip', '--withhold-name', 'Author');
    assert.match(err, /still stand in .*A\. Author/);
  });

  it('withholds words from a package, and keeps them', async () => {
    await novel.json(
      'export',
      '--out',
      'some.zip',
      '--withhold-name',
      'typed',
      '--withhold-prompt',
      'claude-code:talk:m1',
    );
    assert.deepEqual([...inPackage('some.zip', 'typed line'), ...inPackage('some.zip', 'End it')], []);
    assert.notDeepEqual(placesOf('typed line', novel.home), []);
    const { wrong, whys } = await verified('some.zip');
    assert.deepEqual(wrong, []);
    assert.ok(
      whys.some(why => why.startsWith('withheld')),
      `${whys}`,
    );
  });

  for (const [argv, line] of [
    [[], /is missing|missing/i],
    [['--text', ' '], /missing|words/i],
    [['--prompt', 'nobody:1'], /The record has no nobody:1/],
    [['--file', 'ch2.md', '--from', '0', '--to', '99'], /The record has no ch2\.md:0-99/],
    [['--file', 'ch1.md', '--from', '0', '--to', '7', '--expect', 'Another'], /The record has no ch1\.md:0-7/],
    [['--text', 'typed', '--reason', 'who Typed it'], /The reason says what is to be taken out/],
    [['--passage', 'ch1.md:0-35', '--reason', 'the AGENT line'], /The reason says what is to be taken out/],
    [['--prompt', 'claude-code:talk:m1', '--reason', 'asked to END IT'], /The reason says what is to be taken out/],
    [['--passage', 'ch2.md'], /ch2\.md is no passage/],
  ] as const) {
    it(`cannot with ${JSON.stringify(argv)}`, async () => {
      const { code, err } = await novel.run('redact', ...argv, '--yes');
      assert.equal(code, 2);
      assert.match(err, line);
    });
  }
});
