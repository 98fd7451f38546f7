import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import type { Machine } from '../../../../src/agents/reading/machine.ts';
import { agentHost } from '../../../../src/agents/tools/agentHost.ts';
import { HostStore } from '../hostStore.ts';
import { cleanFolders, folder, Transcript } from '../transcript.ts';
import { CopilotLog } from './copilotLog.ts';

const sdk = '301561f1-558a-43e9-a144-82d3ca12ab62';
const call = 'call_0123456789abcdef';

describe("VS Code's Agent Host", () => {
  let home: string;
  let machine: Machine;
  let store: HostStore;
  const read = (file = store.file): Promise<AgentRecords> => agentHost.reader(file, machine).read();
  const told = ({ edits }: AgentRecords): unknown => edits.map(({ file, before, after }) => [file, before, after]);
  const messages = ({ problems }: AgentRecords): string[] => problems.map(({ message }) => message);

  beforeEach(() => {
    home = folder();
    machine = { env: { HOME: home, COPILOT_HOME: join(home, '.copilot') }, platform: 'linux' };
    store = new HostStore(join(home, 'data', 'agentSessionData', 'hosted', 'session.db'));
    store.meta('defaultChatProviderData', { sdkSessionId: sdk, model: { id: 'gpt-5' } }).turn('request_1', null);
  });
  afterEach(() => {
    store.database.close();
    cleanFolders();
  });

  const rows: readonly (readonly [
    name: string,
    before: string | null,
    after: string | null,
    kind: string,
    edits: unknown,
  ])[] = [
    ['an edit', 'old', 'new', 'edit', [['/work/a', 'old', 'new']]],
    ['a new file', '', 'new', 'create', [['/work/a', null, 'new']]],
    ['a new file, nothing kept of before', null, 'new', 'create', [['/work/a', null, 'new']]],
    ['a renamed file', 'old', 'new', 'rename', [['/work/a', 'old', 'new']]],
    ['a mark of byte order', '\uFEFFold', '\uFEFFnew', 'edit', [['/work/a', 'old', 'new']]],
    ['before is not kept', null, 'new', 'edit', [['/work/a', undefined, 'new']]],
    ['a deleted file', 'old', null, 'delete', []],
    ['a call that changed nothing', 'old', 'old', 'edit', []],
    ['after is not kept', 'old', null, 'edit', []],
  ];
  for (const [name, before, after, kind, edits] of rows) {
    it(`gives: ${name}`, async () => {
      const records = await read(store.edit('request_1', call, '/work/a', before, after, kind).file);
      assert.deepEqual([told(records), messages(records)], [edits, []]);
    });
  }

  it('a prompt, an answer, a time and a model come from the record of the harness', async () => {
    const log = new CopilotLog(join(home, '.copilot', 'session-state', sdk, 'events.jsonl'), {
      session: sdk,
      cwd: '/work',
    });
    log.prompt('Shorten it').says('I do.').call(call, 'create', { path: '/work/a', file_text: 'new' });
    store.turn('request_2', 'event-2', 'claude-sonnet-4').edit('request_2', call, '/work/a', '', 'new', 'create');
    store.edit('request_2', `${call}2`, '/work/b', 'old', 'new');
    const { prompts, answers, edits } = await read();
    const prompt = prompts[0]!.id;
    assert.deepEqual(
      prompts.map(({ text, folder }) => [text, folder]),
      [['Shorten it', '/work']],
    );
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['I do.'],
    );
    const at = (second: number): number => Date.UTC(2026, 0, 2, 10, 0, second);
    // The second call is not in the harness's record: it has the time of its prompt.
    assert.deepEqual(
      edits.map(({ id, time, prompt, model }) => [id, time, prompt, model]),
      [
        [`copilot:${sdk}:${call}`, at(5), prompt, 'anthropic/claude-sonnet-4'],
        [`copilot:${sdk}:${call}2`, at(2), prompt, 'anthropic/claude-sonnet-4'],
      ],
    );
  });

  it("Claude Code's conversations have its ids and its prompts", async () => {
    const talk = new Transcript(join(home, '.claude', 'projects', '-work', `${sdk}.jsonl`), { session: sdk });
    talk.prompt('Shorten it', { uuid: 'message-1' }).edit('toolu_1', '/work/a', 'old', 'old', 'new');
    store.meta('claude.transport', 'proxy').edit('request_1', 'toolu_1', '/work/a', 'old', 'new');
    const { prompts, edits } = await read();
    assert.deepEqual(
      [prompts.map(({ id }) => id), edits.map(({ id, prompt, model }) => [id, prompt, model])],
      [
        [`claude-code:${sdk}:message-1`],
        [[`claude-code:${sdk}:toolu_1`, `claude-code:${sdk}:message-1`, 'anthropic/claude-opus-5']],
      ],
    );
  });

  it("Codex's conversations have its ids", async () => {
    store.database.exec(
      "DELETE FROM session_metadata; INSERT INTO session_metadata VALUES ('codex.threadId', 'thread')",
    );
    const { edits } = await read(store.edit('request_1', 'call_1', '/work/a', 'old', 'new').file);
    assert.deepEqual(
      edits.map(({ id }) => id),
      ['codex:thread:call_1'],
    );
  });

  it('without that record an edit has the time of the database and no prompt', async () => {
    store.edit('request_1', call, '/work/a', 'old', 'new').close();
    utimesSync(store.file, 1_700_000_000, 1_700_000_000);
    const { prompts, edits } = await read();
    assert.deepEqual(
      [prompts, edits.map(({ time, prompt, model }) => [time, prompt, model])],
      [[], [[1_700_000_000_000, undefined, 'openai/gpt-5']]],
    );
  });

  it('the files of one call are told apart', async () => {
    store.edit('request_1', call, '/work/a', 'old', 'new').edit('request_1', call, '/work/b', 'old', 'new');
    const { edits } = await read();
    assert.deepEqual(
      edits.map(({ id, file }) => [id.split(':').at(-1), file]),
      [
        [`${call}-1`, '/work/a'],
        [`${call}-2`, '/work/b'],
      ],
    );
  });

  it('what comes later is given later, once, also where it takes the place of rows that went', async () => {
    const reader = agentHost.reader(store.edit('request_1', call, '/work/a', 'old', 'new').file, machine);
    assert.deepEqual(told(await reader.read()), [['/work/a', 'old', 'new']]);
    store.database.exec('DELETE FROM turns');
    store.turn('request_2', null).edit('request_2', `${call}2`, '/work/b', 'old', 'new');
    assert.deepEqual(told(await reader.read()), [['/work/b', 'old', 'new']]);
    assert.deepEqual(told(await reader.read()), []);
  });

  it('much is given in parts', async () => {
    const large = 'x'.repeat(1_500_000);
    for (let index = 0; index < 6; index++)
      store.edit('request_1', `${call}${index}`, '/work/a', large, `${index}${large}`);
    const reader = agentHost.reader(store.file, machine);
    const parts: number[] = [];
    for (let more: true | undefined = true; more; ) {
      const records = await reader.read();
      parts.push(records.edits.length);
      more = records.more;
    }
    assert.deepEqual(parts, [2, 2, 2, 0]);
  });

  it('the schema of before it had kinds of edits', async () => {
    const schema = [
      'CREATE TABLE turns (id TEXT PRIMARY KEY NOT NULL)',
      `CREATE TABLE file_edits (turn_id TEXT NOT NULL, tool_call_id TEXT NOT NULL, file_path TEXT NOT NULL,
        before_content BLOB NOT NULL, after_content BLOB NOT NULL, PRIMARY KEY (tool_call_id, file_path))`,
    ];
    const older = new HostStore(join(home, 'older', 'session.db'), { version: 1, schema });
    const insert = 'INSERT INTO file_edits VALUES (?, ?, ?, ?, ?)';
    older.database.prepare(insert).run('1', call, '/work/a', Buffer.from('old'), Buffer.from('new'));
    const records = await read(older.close().file);
    assert.deepEqual([told(records), messages(records)], [[['/work/a', 'old', 'new']], []]);
  });

  it('a newer version is a problem, and is read; another schema is one and is not', async () => {
    store.database.pragma('user_version = 14');
    store.edit('request_1', call, '/work/a', 'old', 'new');
    const newer = await read();
    assert.deepEqual([told(newer), messages(newer)], [[['/work/a', 'old', 'new']], ['unknown version']]);
    store.database.exec('ALTER TABLE file_edits RENAME COLUMN after_content TO after_bytes');
    const other = await read();
    assert.deepEqual([told(other), messages(other)], [[], ['unknown version', 'unknown schema']]);
  });

  it('bytes that are no text, and an unknown kind of edit, are problems told once', async () => {
    store.edit('request_1', call, '/work/a', 'old', Uint8Array.of(255, 0));
    store
      .edit('request_1', `${call}2`, '/work/b', 'old', 'a\0b')
      .edit('request_1', `${call}3`, '/work/c', 'a', 'b', 'merge');
    const reader = agentHost.reader(store.file, machine);
    const records = await reader.read();
    assert.deepEqual(
      [told(records), messages(records)],
      [[['/work/c', 'a', 'b']], ['no UTF-8', 'unknown kind of edit']],
    );
    assert.deepEqual(messages(await reader.read()), []);
  });

  it('leaves the database as it is, and nothing beside it', async () => {
    store.edit('request_1', call, '/work/a', 'old', 'new').close();
    const before = statSync(store.file).mtimeMs;
    await read();
    assert.equal(statSync(store.file).mtimeMs, before);
    const lone = join(home, 'lone');
    mkdirSync(lone);
    copyFileSync(store.file, join(lone, 'session.db'));
    await read(join(lone, 'session.db'));
    assert.deepEqual(
      agentHost.places('/work', { ...machine, editorData: [join(home, 'data')] })[0],
      join(home, 'data', 'agentSessionData'),
    );
  });
});
