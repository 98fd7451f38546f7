import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import { cursor } from '../../../../src/agents/tools/cursor.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { CursorDatabase } from './cursorDatabase.ts';

const sample = new URL('../../../../../shared/fixtures/agents/git-ai/cursor-session-simple.jsonl', import.meta.url);

function picture({ prompts, answers, edits, decisions, problems }: AgentRecords): string {
  const own = (id = '-') => id.slice(id.lastIndexOf(':') + 1);
  return [
    ...prompts.map(({ id, text, model }) => `${own(id)} ${JSON.stringify(text)}@${model}`),
    ...edits.map(({ file, before, after, replaced, prompt }) => {
      const texts = after === undefined ? (replaced ? `${replaced.old}>${replaced.new}` : '?') : `${before}=>${after}`;
      return `${file} ${texts} of ${own(prompt)}`;
    }),
    ...answers.map(({ text, prompt }) => `${own(prompt)}: ${text}`),
    ...decisions.map(({ outcome }) => outcome),
    ...problems.map(({ message }) => `!${message}`),
  ].join('; ');
}

describe('cursor', () => {
  let base: CursorDatabase;
  let read: () => Promise<string>;
  beforeEach(() => {
    base = new CursorDatabase(join(folder(), 'state.vscdb'));
    const reader = cursor.reader(base.file);
    read = async () => picture(await reader.read());
  });
  afterEach(() => base.close());
  after(cleanFolders);

  const edit = { params: { relativeWorkspacePath: 'a.md' } };

  it('gives a prompt, an answer, and an edit by the whole texts that it refers to', async () => {
    const result = { beforeContentId: base.content('ax'), afterContentId: base.content('ay') };
    base
      .user('u1', 'Shorten it')
      .says('b1', 'Done.')
      .tool('b2', 'edit_file_v2', { ...edit, result })
      .composer();
    assert.equal(await read(), 'u1 "Shorten it"@openai/gpt-5; /work/a.md ax=>ay of u1; u1: Done.');
    assert.equal(await read(), '');
  });

  const replace = { file_path: '/work/a.md', old_string: 'x', new_string: 'y' };
  const calls: readonly (readonly [string, string, object, string, string?])[] = [
    ['a replacement', 'search_replace', { rawArgs: replace }, '/work/a.md x>y of u1'],
    [
      'several',
      'MultiEdit',
      { rawArgs: { file_path: '/work/a.md', edits: [replace, { old_string: 'p', new_string: 'q' }] } },
      '/work/a.md x>y of u1; /work/a.md p>q of u1',
    ],
    [
      'a file written whole',
      'write',
      { rawArgs: { file_path: 'a.md', contents: 'x' } },
      '/work/a.md undefined=>x of u1',
    ],
    [
      'the pieces of a diff',
      'edit_file',
      {
        rawArgs: { target_file: 'a.md', code_edit: '// ... existing code ...' },
        result: { diff: { chunks: [{ diffString: ' k\n-x\n+y\n' }] } },
      },
      '/work/a.md k\nx>k\ny of u1',
    ],
    [
      'a sketch without texts',
      'edit_file',
      { rawArgs: { target_file: 'a.md', code_edit: '// ...' } },
      '/work/a.md ? of u1',
    ],
    [
      'a patch',
      'apply_patch',
      { rawArgs: { file_path: 'a.md', patch: '*** Begin Patch\n*** Update File: a.md\n@@\n-x\n+y\n*** End Patch' } },
      '/work/a.md x\n>y\n of u1',
    ],
    [
      'what the person took',
      'search_replace',
      { rawArgs: replace, userDecision: 'accepted' },
      '/work/a.md x>y of u1; accepted',
    ],
    [
      'what the person refused afterwards',
      'search_replace',
      { rawArgs: replace, userDecision: 'rejected' },
      '/work/a.md x>y of u1; rejected',
    ],
    [
      'nothing that completed and failed',
      'search_replace',
      { rawArgs: replace, additionalData: { status: 'error' } },
      '',
    ],
    ['nothing that was not applied', 'edit_file', { ...edit, result: { applyFailed: true } }, ''],
    ['nothing that failed', 'search_replace', { rawArgs: replace }, '', 'error'],
    ['nothing of a tool that reads', 'read_file', { rawArgs: { target_file: 'a.md' } }, ''],
  ];
  for (const [what, name, call, is, status] of calls) {
    it(`takes ${what}`, async () => {
      base.user('u1', 'A').tool('b1', name, call, status).composer();
      assert.equal(await read(), ['u1 "A"@openai/gpt-5', is].filter(Boolean).join('; '));
    });
  }

  it('reads only rows that changed, and looks again at what was not finished', async () => {
    base.user('u1', 'A').tool('b1', 'search_replace', { rawArgs: replace }, 'loading').composer();
    assert.equal(await read(), 'u1 "A"@openai/gpt-5');
    base.tool('b1', 'search_replace', { rawArgs: replace });
    assert.equal(await read(), '/work/a.md x>y of u1');
    base.tool('b1', 'search_replace', { rawArgs: replace, userDecision: 'rejected' });
    assert.equal(await read(), 'rejected');
  });

  it('waits for the end of an answer, and for the conversation that a message belongs to', async () => {
    base.user('u1', 'A').says('b1', 'So').composer({ status: 'generating' });
    assert.equal(await read(), 'u1 "A"@openai/gpt-5');
    base.says('b1', 'So it is.').composer();
    assert.equal(await read(), 'u1: So it is.');
    const other = JSON.stringify({ type: 1, text: 'B', createdAt: '2026-01-02T10:00:01Z' });
    base.row('bubbleId:c2:u2', other);
    assert.equal(await read(), '');
    base.row('composerData:c2', { workspaceIdentifier: { uri: { fsPath: '/work' } } });
    assert.equal(await read(), 'u2 "B"@undefined');
  });

  it('finds its place when the last rows were deleted and their numbers given again', async () => {
    base.user('u1', 'A').composer().row('other', '1').row('another', '2');
    await read();
    base.forget('another').forget('other').user('u2', 'B').row('bubbleId:c1:u3', { type: 1, text: 'C' });
    assert.equal(await read(), 'u2 "B"@openai/gpt-5; u3 "C"@openai/gpt-5');
  });

  it('reads more than it can in one look', async () => {
    base.composer();
    for (let nth = 0; nth < 1500; nth++) base.row(`bubbleId:c1:u${nth}`, { type: 1, text: `A${nth}` });
    const reader = cursor.reader(base.file);
    const [first, second] = [await reader.read(), await reader.read()];
    assert.deepEqual(
      [first.more, first.prompts.length, second.more, second.prompts.length],
      [true, 999, undefined, 501],
    );
  });

  it('takes what an agent asked a subagent for no prompt', async () => {
    const [call, id] = [
      {
        type: 2,
        text: '',
        toolFormerData: { name: 'search_replace', status: 'completed', rawArgs: JSON.stringify(replace) },
      },
      'task-call_1\nfc_2',
    ];
    base.row(`bubbleId:${id}:u9`, { type: 1, text: 'Do it' }).row(`bubbleId:${id}:b9`, call);
    assert.equal(await read(), '/work/a.md x>y of -');
  });

  it('says so where a prompt’s folder is not known, and takes the one that it names', async () => {
    base.user('u1', 'A').composer({ workspaceIdentifier: { id: 'empty-window' } });
    base.row('composerData:c2', { createdAt: 1 }).row('bubbleId:c2:u2', { type: 1, text: 'B' });
    base.row('bubbleId:c2:u3', { type: 1, text: 'C', workspaceUris: ['file:///work'] });
    const { prompts } = await cursor.reader(base.file).read();
    assert.deepEqual(
      prompts.map(({ text, folder }) => [text, folder]),
      [
        ['A', ''],
        ['B', ''],
        ['C', '/work'],
      ],
    );
  });

  it('reads the form of versions before 3, whose messages and tools stand in one row', async () => {
    const tools = JSON.stringify({
      b1: { name: 'search_replace', status: 'completed', rawArgs: JSON.stringify(replace) },
    });
    base.composer({
      _v: 1,
      fullConversationHeadersOnly: [],
      conversation: [
        { bubbleId: 'u1', type: 1, text: 'A' },
        { bubbleId: 'b1', type: 2, text: 'Done.' },
      ],
      capabilities: [{ type: 15, data: { bubbleDataMap: tools } }],
    });
    assert.equal(await read(), 'u1 "A"@openai/gpt-5; /work/a.md x>y of u1; u1: Done.');
  });

  describe('its transcripts', () => {
    const line = (role: string, ...content: object[]) => `${JSON.stringify({ role, message: { content } })}\n`;
    const said = (text: string) => ({ type: 'text', text });

    it('give prompts, answers and what was to be written', async () => {
      const file = join(folder(), 't.jsonl');
      const patch = '*** Begin Patch\n*** Update File: /w/b.md\n@@\n-p\n+q\n*** End Patch';
      const use = (name: string, input: object) => ({ type: 'tool_use', name, input });
      writeFileSync(
        file,
        line('user', said('<attached_files>x</attached_files>'), said('<user_query>\nShorten it\n</user_query>')) +
          line('assistant', said('I will.\n\n[REDACTED]'), use('Read', { path: '/w/a.md' })) +
          line('assistant', use('StrReplace', { path: '/w/a.md', old_string: 'x', new_string: 'y' })) +
          line('assistant', { type: 'tool_use', name: 'ApplyPatch', input: patch }) +
          line('oracle', said('A')),
      );
      assert.match(
        picture(await cursor.reader(file).read()),
        /^\w+ "Shorten it"@undefined; \/w\/a\.md x>y of \w+; \/w\/b\.md p\n>q\n of \w+; \w+: I will\.; !unknown role$/,
      );
    });

    it('are left where the database has the conversation', async () => {
      const home = folder();
      const own = join(home, '.config', 'Cursor', 'User', 'globalStorage');
      const place = join(home, '.cursor', 'projects', 'work-book', 'agent-transcripts');
      mkdirSync(own, { recursive: true });
      const database = new CursorDatabase(join(own, 'state.vscdb'), 'shared');
      database.user('u1', 'In both').composer({ workspaceIdentifier: { uri: { fsPath: '/work/book' } } });
      for (const name of ['shared', 'alone']) {
        mkdirSync(join(place, name), { recursive: true });
        const write = { type: 'tool_use', name: 'Write', input: { path: '/work/book/a.md', contents: 'x' } };
        const lines = line('user', said(`<user_query>\nIn ${name}\n</user_query>`)) + line('assistant', write);
        writeFileSync(join(place, name, `${name}.jsonl`), lines);
      }
      const seen: string[] = [];
      const watch = new AgentWatch({
        agents: [cursor],
        folders: ['/work/book'],
        machine: { env: { HOME: home }, platform: 'linux' },
        since: 0,
        onRecords: ({ prompts }) => void seen.push(...prompts.map(({ text }) => text)),
      });
      await watch.read();
      watch.dispose();
      database.close();
      assert.deepEqual(seen, ['In both', 'In alone']);
    });

    it('equal the real one', async function () {
      if (!existsSync(sample)) {
        console.log('      skipped: ../shared/fixtures/agents is not there');
        this.skip();
      }
      const raw = readFileSync(sample, 'utf8');
      const { prompts, edits, answers, problems } = await cursor.reader(sample.pathname).read();
      assert.equal(prompts.length, raw.match(/<user_query>/g)?.length);
      assert.equal(edits.length, raw.match(/"name":"(Write|StrReplace)"/g)?.length);
      assert.equal(prompts[0]?.text, "Generate a file with all the HBO shows from the 90's in it");
      assert.ok(raw.includes(JSON.stringify(edits[0]?.after)));
      assert.match(edits[0]?.file ?? '', /\/hbo-shows-1990s\.txt$/);
      // What the model said in words, by the texts that are more than what was blacked out.
      assert.equal(answers.length, (raw.match(/"type":"text","text":"(?!<user_query>|\[REDACTED\]")/g) ?? []).length);
      assert.deepEqual(problems, []);
    });
  });
});
