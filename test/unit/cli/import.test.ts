import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import type { ImportDocument } from '../../../src/cli/importFound.ts';
import { run } from '../../../src/cli/run.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import { equalsGolden } from '../../support/golden.ts';
import { Line } from '../agents/line.ts';
import { cleanFolders, Transcript } from '../agents/transcript.ts';
import { Recorded } from './recorded.ts';

const schema = new URL('../../../media/schema/import.schema.json', import.meta.url);
const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
const first = 'The wind came over the steppe.\nNobody heard it.\n';
const second = 'The wind came over the empty steppe.\nNobody heard it.\n';

describe('import', () => {
  let line: Line;
  /** A transcript that no watch follows. */
  let talk: Transcript;

  beforeEach(async () => {
    line = await Line.open(first);
    talk = new Transcript(join(line.home, 'old', 'talk.jsonl'), { cwd: dirname(line.file), time: Date.now() });
  });
  afterEach(() => line.close());
  after(cleanFolders);

  async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    const env = { HOLOGRAPH_HOME: join(line.home, 'holograph'), HOME: line.home, LANG: 'C' };
    const [stdout, stderr] = [out, err].map(list => ({ write: (text: string) => list.push(text) }));
    const code = await run(argv, { stdout: stdout!, stderr: stderr!, env, cwd: dirname(line.file) });
    return { code, out: out.join(''), err: err.join('') };
  }

  async function imported(...argv: string[]): Promise<ImportDocument> {
    const { out, err, code } = await call('import', ...argv, '--json');
    assert.deepEqual([code, err], [0, ''], err);
    const document = JSON.parse(out) as ImportDocument;
    assert.ok(validate(document), JSON.stringify(validate.errors));
    return document;
  }

  it('what a record tells of unknown text is reported, never proven, and belongs to its prompt', async () => {
    await line.write(second);
    talk.prompt('Make it lonelier').says('So it is.').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    const { taken, journal } = await imported('claude-code', talk.file);
    assert.deepEqual(taken, { prompts: 1, answers: 1, edits: 1, decisions: 0, known: 0, left: 0, explained: 6 });
    assert.ok(journal);
    assert.deepEqual(await line.spans(), [
      'initial "The wind came over the "',
      'ai.agent reported Make it lonelier "empty "',
      'initial "steppe.\\nNobody heard it.\\n"',
    ]);
    assert.deepEqual(await line.marks(), ['prompt import', 'answer reconstructed', 'agentEdit reconstructed']);
  });

  it('a history that git may have brought is taken only where the person names it', async () => {
    const folder = dirname(line.file);
    const history = join(folder, '.aider.chat.history.md');
    writeFileSync(history, '\n# aider chat started at 2026-03-01 10:00:00\n\n#### theirs  \n\nYes.\n');
    const prompts = async (...argv: string[]) => {
      const { out } = await call('import', 'aider', ...argv, '--was', folder, '--dry-run', '--json');
      const { taken, problems } = JSON.parse(out) as ImportDocument;
      return [taken?.prompts, problems.map(({ message }) => message.slice(0, 21))];
    };
    assert.deepEqual(await prompts(), [1, []]);
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
    ])
      execFileSync('git', args, { cwd: folder });
    assert.deepEqual(await prompts(), [0, ['left out: git has it,']]);
    assert.deepEqual(await prompts(history), [1, []]);
  });

  it('again takes nothing: neither events nor spans change', async () => {
    await line.write(second);
    talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await imported('claude-code', talk.file);
    const before = [await line.records(), await line.spans()];
    const { taken } = await imported('claude-code', talk.file);
    assert.deepEqual(taken, { prompts: 0, answers: 0, edits: 0, decisions: 0, known: 2, left: 0, explained: 0 });
    assert.deepEqual([await line.records(), await line.spans()], before);
  });

  it('what was read live stays as it was found, and proven', async () => {
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(second);
    await line.read();
    const before = [await line.records(), await line.spans(), await line.marks()];
    const { taken } = await imported('claude-code', line.talk.file);
    assert.equal(taken?.known, 2);
    assert.deepEqual([await line.records(), await line.spans(), await line.marks()], before);
    assert.match((await line.spans()).join(), /ai\.agent proven/);
  });

  it('a dry run tells the same and writes nothing', async () => {
    await line.write(second);
    talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    const { taken, edits } = await imported('claude-code', talk.file, '--dry-run');
    assert.equal(taken?.explained, 6);
    assert.deepEqual([edits[0]?.before, edits[0]?.after], [first, second]);
    assert.deepEqual(await line.records(), []);
    assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
  });

  it('what stood there before recording stays earlier, whatever a record has', async () => {
    talk.prompt('Begin').call('e1', 'Write', { file_path: line.file, content: first }, { type: 'create' });
    const { taken } = await imported('claude-code', talk.file);
    assert.deepEqual([taken?.edits, taken?.explained], [1, 0]);
    assert.deepEqual(await line.spans(), [`initial ${JSON.stringify(first)}`]);
  });

  it('what was typed stays typed, and what is proven so, whatever a record claims; a package of it verifies', async () => {
    const novel = await Recorded.novel();
    try {
      const before = await novel.json<SpansDocument>('spans', 'ch1.md');
      const text = readFileSync(novel.path('ch1.md'), 'utf8');
      const file = novel.path('ch1.md');
      talk = new Transcript(join(line.home, 'old', 'd.jsonl'), { cwd: novel.folder, session: 'd', time: Date.now() });
      talk.prompt('Write it all').call('w', 'Write', { file_path: file, content: text }, { type: 'create' });
      talk.edit('e', file, 'Before.\n', 'Before.', 'Before.\nA typed line.').says('Done.');
      const { taken } = await novel.json<ImportDocument>('import', 'claude-code', talk.file);
      assert.deepEqual([taken?.edits, taken?.explained], [2, 0]);
      const after = await novel.json<SpansDocument>('spans', 'ch1.md');
      assert.deepEqual(after.spans, before.spans);
      const made = await novel.run('export', '--out', join(line.home, 'novel.zip'));
      assert.equal(made.code, 0, made.err);
      const verified = await novel.run('verify', join(line.home, 'novel.zip'));
      assert.equal(verified.code, 0, verified.out);
    } finally {
      novel.remove();
    }
  });

  it('a folder is searched; what is of other folders, or of files that are not recorded, is left', async () => {
    const other = new Transcript(join(line.home, 'old', 'deep', 'b.jsonl'), { cwd: '/elsewhere', session: 'b' });
    talk.prompt('Set the token').edit('e1', join(line.file, '..', '.env'), 'A=1', '1', '2');
    other.prompt('Not here').edit('e2', '/elsewhere/x.md', 'a', 'a', 'b');
    const { taken, conversations, prompts } = await imported('claude-code', dirname(talk.file));
    assert.deepEqual(prompts.map(({ text }) => text).sort(), ['Not here', 'Set the token']);
    assert.equal(conversations.length, 2);
    assert.deepEqual([taken?.prompts, taken?.edits], [1, 0]);
    assert.deepEqual(await line.edits(), []);
  });

  it('a record under another name is found in a folder where none has a record’s name', async () => {
    mkdirSync(join(line.home, 'copies'));
    const said = { id: 'm', timestamp: '2026-01-02T10:00:00Z', type: 'user', content: 'Begin' };
    const answer = { ...said, id: 'n', type: 'gemini', content: 'Done', model: 'gemini-2.5-pro', toolCalls: [] };
    const chat = { sessionId: 's', projectHash: 'h', startTime: said.timestamp, messages: [said, answer] };
    writeFileSync(join(line.home, 'copies', 'my chat.json'), JSON.stringify(chat));
    writeFileSync(join(line.home, 'copies', 'other.json'), '{}');
    const { prompts, problems } = await imported('gemini', join(line.home, 'copies'), '--dry-run');
    assert.deepEqual([prompts.map(({ text }) => text), problems], [['Begin'], []]);
  });

  it('a work that lay elsewhere is known by its former folder', async () => {
    const old = new Transcript(join(line.home, 'old', 'b.jsonl'), { cwd: '/was/book', session: 'b', time: Date.now() });
    await line.write(second);
    old.prompt('Make it lonelier').edit('e1', '/was/book/a.md', first, 'the steppe', 'the empty steppe');
    assert.equal((await imported('claude-code', old.file)).taken?.explained, 0);
    assert.match((await call('import', 'claude-code', old.file)).out, /--was FOLDER/);
    assert.equal((await imported('claude-code', old.file, '--was', '/was/book')).taken?.explained, 6);
  });

  it('secrets are withheld, and counted', async () => {
    talk.prompt(`Use sk-ant-${'a1B2'.repeat(8)}`).says('Yes.');
    const { prompts } = await imported('claude-code', talk.file);
    assert.equal(prompts[0]?.withheld, 1);
    assert.ok(!(await line.records()).join().includes('sk-ant'));
  });

  it('its document is the schema’s and the golden one', async () => {
    const time = Date.UTC(2026, 0, 2, 10);
    const old = new Transcript(join(line.home, 'old', 'c.jsonl'), { cwd: '/was/book', session: 'c', time });
    old
      .prompt('Make it lonelier')
      .says('So it is.')
      .edit('e1', '/was/book/a.md', first, 'the steppe', 'the empty steppe');
    const { journal, ...document } = await imported('claude-code', old.file, '--dry-run', '--was', '/was/book');
    equalsGolden('cli/import.json', `${JSON.stringify({ ...document, journal: journal && 'ID' }, null, 2)}\n`);
  });

  it('people are told in words that it proves nothing', async () => {
    talk.prompt('Make it lonelier').says('So it is.');
    const would = await call('import', 'claude-code', talk.file, '--dry-run', '--language', 'ru');
    assert.match(would.out, /восстановленное/);
    const { out } = await call('import', 'claude-code', talk.file);
    assert.match(out, /Found: 1 conversation, 1 prompt, 0 edits\./);
    assert.match(out, /marked as reconstructed/);
  });

  it('what cannot be read is said in one line', async () => {
    assert.deepEqual((await call('import', 'nobody', 'x')).code, 2);
    assert.match((await call('import', 'claude-code', join(line.home, 'none'))).err, /none/);
    assert.equal((await call('import')).code, 2);
    mkdirSync(join(line.home, 'empty'));
    assert.equal((await call('import', 'claude-code', join(line.home, 'empty'))).code, 1);
    assert.match((await call('import', 'git', join(line.home, 'empty'))).err, /git/);
    writeFileSync(join(line.home, 'bad.jsonl'), 'no json\n');
    const { out } = await call('import', 'claude-code', join(line.home, 'bad.jsonl'), '--json');
    assert.equal((JSON.parse(out) as ImportDocument).problems.length, 1);
  });
});
