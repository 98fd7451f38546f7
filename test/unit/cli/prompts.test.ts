import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { PromptsDocument } from '../../../src/cli/prompts.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import { Recorded } from './recorded.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/prompts.schema.json', import.meta.url), 'utf8'),
) as object;

describe('holograph prompts', () => {
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());

  const said = async (...argv: string[]) => {
    const { prompts } = await novel.json<PromptsDocument>('prompts', ...argv);
    return prompts.map(({ note, protect }) => [note?.text ?? '', protect]);
  };

  for (const [argv, shown] of [
    [['--agent', 'Claude-Code'], 1],
    [['--agent', 'Claude Code'], 1],
    [['--agent', 'gemini'], 0],
    [['--led'], 1],
    [['--marked'], 0],
    [['--text', 'END'], 1],
    [['--text', 'begin'], 0],
  ] as const) {
    it(`${argv.join(' ')}: ${shown}`, async () => assert.equal((await said(...argv)).length, shown));
  }

  it('none that fits is not none on record', async () => {
    assert.match((await novel.run('prompts', '--marked')).out, /^No prompt on record fits; there are 1 in all\.$/m);
  });

  it('names the files in which its text stands, and times as people write them', async () => {
    const { out } = await novel.run('prompts', '--language', 'ru');
    assert.match(out, /^1\. \d\d\.\d\d\.\d{4} \d\d:\d\d \(UTC\S*\), claude-code, /);
    assert.match(out, /^ - то, к чему он привёл, стоит в: ch1\.md$/m);
  });

  it('--excerpt cuts the texts', async () => {
    const cut = async (length: string) => {
      const { prompts } = await novel.json<PromptsDocument>('prompts', '--excerpt', length);
      return prompts.map(({ text }) => text).join();
    };
    assert.deepEqual([await cut('3'), await cut('7'), await cut('99')], ['End…', 'End it.', 'End it.']);
    assert.equal((await novel.run('prompts', '--excerpt', 'x')).code, 2);
  });

  it('--answers tells what was answered, and nothing else does', async () => {
    const other = await Recorded.novel();
    await other.answered('It ended.\nSo they say.');
    const given = async (...argv: string[]) =>
      (await other.json<PromptsDocument>('prompts', ...argv)).prompts.map(prompt =>
        prompt.given?.map(({ text }) => text),
      );
    assert.deepEqual(await given(), [undefined]);
    assert.deepEqual(await given('--answers'), [['It ended.\nSo they say.']]);
    assert.deepEqual(await given('--answers', '--excerpt', '2'), [['It…']]);
    const { out } = await other.run('prompts', '--answers');
    assert.match(
      out,
      / - answers in words on record: 1\n - answer, \d{4}-\d\d-\d\d \d\d:\d\d \(UTC\S*\):\n {3}It ended\.\n {3}So they say\.\n/,
    );
    const valid = new Ajv({ strict: true }).compile(schema);
    assert.ok(valid(await other.json('prompts', '--answers')), JSON.stringify(valid.errors));
    other.remove();
  });

  it('note: what is not given stays as it is, and an empty text takes the note away', async () => {
    const note = (...argv: string[]) => said('note', ...argv);
    const { id } = (await novel.json<PromptsDocument>('prompts')).prompts[0]!;
    assert.deepEqual(await note('1', 'My own turn of phrase.'), [['My own turn of phrase.', 'undecided']]);
    assert.deepEqual(await note('--protect', 'yes', id), [['My own turn of phrase.', 'yes']]);
    assert.deepEqual(await note('1', 'Shorter.'), [['Shorter.', 'yes']]);
    assert.deepEqual(await said('--marked', '--text', 'shorter'), [['Shorter.', 'yes']]);
    assert.match(
      (await novel.run('prompts')).out,
      / - the author's note, \d{4}-\d\d-\d\d \d\d:\d\d \(UTC\S*\): Shorter\.\n - marked for protection\n/,
    );
    assert.deepEqual(await note('1', ''), [['', 'yes']]);
    await novel.run('prompts', 'note', '1', '--protect', 'undecided', '--', '-- a dash');
    assert.deepEqual(await said(), [['-- a dash', 'undecided']]);
  });

  it('its JSON with a note fits the published form, and the journal verifies', async () => {
    await novel.run('prompts', 'note', '1', 'A note.', '--protect', 'no');
    const document = await novel.json<PromptsDocument>('prompts');
    const valid = new Ajv({ strict: true }).compile(schema);
    assert.ok(valid(document), JSON.stringify(valid.errors));
    const { journal } = await novel.json<{ journal: string }>('export', '--out', 'noted.zip');
    assert.equal((await novel.run('verify', journal)).code, 0);
    assert.equal((await novel.run('verify', 'noted.zip')).code, 0);
  });

  it('no note changes what the text is', async () => {
    const before = await novel.json<SpansDocument>('spans', 'ch1.md');
    await novel.run('prompts', 'note', '1', 'By an agent.');
    assert.deepEqual(await novel.json<SpansDocument>('spans', 'ch1.md'), before);
  });

  it('--all tells of text in files that the work does not name', async () => {
    const other = await Recorded.novel();
    writeFileSync(other.path('holograph.json'), JSON.stringify({ title: 'The Novel', files: ['ch2.md'] }));
    const retained = async (...argv: string[]) =>
      (await other.json<PromptsDocument>('prompts', ...argv)).prompts.map(prompt => prompt.retained);
    assert.deepEqual([await retained(), await retained('--all')], [[0], [13]]);
    other.remove();
  });

  it('a prompt that is taken out takes the notes on it along', async () => {
    const other = await Recorded.novel();
    await other.run('prompts', 'note', '1', 'Zest, first of all.');
    const { code } = await other.run('redact', '--prompt', 'claude-code:talk:m1', '--reason', 'private', '--yes');
    const { prompts } = await other.json<PromptsDocument>('prompts');
    assert.deepEqual([code, prompts[0]?.text, prompts[0]?.note?.text], [0, '▮▮▮ ▮▮▮', '▮▮▮▮▮ ▮▮▮▮▮ ▮▮ ▮▮▮▮']);
    other.remove();
  });

  for (const [argv, why] of [
    [['note'], /N is missing/],
    [['note', '7', 'x'], /has no 7/],
    [['note', '1'], /TEXT \| --protect is missing/],
    [['note', '1', 'x', 'y'], /y/],
    [['note', '1', '--protect', 'perhaps'], /no mark perhaps/],
    [['--protect', 'yes'], /note N is missing/],
  ] as const) {
    it(`refuses ${argv.join(' ')}`, async () => {
      const { code, err } = await novel.run('prompts', ...argv);
      assert.equal(code, 2);
      assert.match(err, why);
    });
  }
});
