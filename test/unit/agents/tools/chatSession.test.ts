import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import type { Fields } from '../../../../src/agents/reading/json.ts';
import { ChatLog } from '../../../../src/agents/tools/chatLog.ts';
import { ChatSessionReader } from '../../../../src/agents/tools/chatSession.ts';
import { copilotChat, copilotEdits } from '../../../../src/agents/tools/copilotChat.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { called, chat, editing, request, said, session, storage, timeline, uri, wrote } from './chatState.ts';

const read = (file: string): Promise<AgentRecords> => new ChatSessionReader(file).read();
const call = 'call_0123456789abcdef';

describe("VS Code's chat sessions", () => {
  let file: string;
  beforeEach(() => {
    file = join(storage(folder(), '/work'), 'chatSessions', 'talk.jsonl');
  });
  afterEach(cleanFolders);

  const replays: readonly (readonly [name: string, entries: readonly object[], state: unknown])[] = [
    ['a state', [{ kind: 0, v: { a: 1 } }], { a: 1 }],
    [
      'a value set',
      [
        { kind: 0, v: { a: [1] } },
        { kind: 1, k: ['a', 0], v: 2 },
      ],
      { a: [2] },
    ],
    [
      'values added',
      [
        { kind: 0, v: { a: [1] } },
        { kind: 2, k: ['a'], v: [2, 3] },
      ],
      { a: [1, 2, 3] },
    ],
    [
      'a list cut and added to',
      [
        { kind: 0, v: { a: [1, 2] } },
        { kind: 2, k: ['a'], v: [3], i: 1 },
      ],
      { a: [1, 3] },
    ],
    [
      'a list cut',
      [
        { kind: 0, v: { a: [1, 2] } },
        { kind: 2, k: ['a'], i: 1 },
      ],
      { a: [1] },
    ],
    [
      'a value taken away',
      [
        { kind: 0, v: { a: 1, b: 2 } },
        { kind: 3, k: ['a'] },
      ],
      { a: undefined, b: 2 },
    ],
    [
      'begun anew',
      [
        { kind: 0, v: { a: 1 } },
        { kind: 0, v: { b: 2 } },
      ],
      { b: 2 },
    ],
    [
      'what does not fit',
      [
        { kind: 0, v: { a: 1 } },
        { kind: 2, k: ['a'], v: [2] },
      ],
      { a: 1 },
    ],
    [
      'a place far beyond a list',
      [
        { kind: 0, v: { a: [] } },
        { kind: 1, k: ['a', 9e9], v: 1 },
      ],
      { a: [] },
    ],
    [
      'an inherited name',
      [
        { kind: 0, v: {} },
        { kind: 1, k: ['__proto__', 'x'], v: 1 },
      ],
      {},
    ],
  ];
  for (const [name, entries, state] of replays) {
    it(`a log replays: ${name}`, () => {
      const log = new ChatLog();
      for (const entry of entries) log.apply(entry as Fields);
      assert.deepEqual(log.state, state);
    });
  }

  it('a prompt is told at once, its answer when it is done', async () => {
    const going = request('1', 'Shorten it', [said('I ')], { result: undefined, modelState: { value: 0 } });
    const reader = new ChatSessionReader(chat(file, session([going])));
    const first = await reader.read();
    assert.deepEqual(
      first.prompts.map(({ text, folder, model }) => [text, folder, model]),
      [['Shorten it', '/work', 'openai/gpt-4o']],
    );
    assert.deepEqual(first.answers, []);
    const done = Date.UTC(2026, 0, 2, 10, 0, 7);
    appendFileSync(
      file,
      [
        { kind: 2, k: ['requests', 0, 'response'], v: [said('do.')] },
        { kind: 1, k: ['requests', 0, 'modelState'], v: { value: 1, completedAt: done } },
      ]
        .map(entry => `${JSON.stringify(entry)}\n`)
        .join(''),
    );
    const second = await reader.read();
    assert.deepEqual(second.prompts, []);
    assert.deepEqual(
      second.answers.map(({ text, time, prompt }) => [text, time, prompt]),
      [['I do.', done, first.prompts[0]!.id]],
    );
  });

  it('the older file of a whole session is read too', async () => {
    const older = chat(join(dirname(file), 'talk.json'), session([request('1', 'Shorten it', [said('Done.')])]));
    const { prompts, answers, problems } = await read(older);
    assert.deepEqual([prompts.length, answers.length, problems], [1, 1, []]);
  });

  const none: readonly (readonly [name: string, more: object])[] = [
    ['a request of the tool', { isSystemInitiated: true }],
    ['a request of an agent', { origin: { kind: 'agent' } }],
    ['a hidden request', { hiddenFromTranscript: true }],
    ['a button', { confirmation: 'Yes' }],
    ['a cut text', { message: { text: '[JustRide: value truncated for persistence; original 2000000 chars]' } }],
    ['our own participant', { agent: { extensionId: { value: 'holograph.Holograph' } } }],
  ];
  for (const [name, more] of none) {
    it(`${name} is no prompt`, async () => {
      const { prompts } = await read(chat(file, session([request('1', 'Shorten it', [], more)])));
      assert.deepEqual(prompts, []);
    });
  }

  it('an answer is its words and the code in it, not thinking, not what went to files', async () => {
    const response = [
      { kind: 'thinking', value: 'Hm.' },
      said('See '),
      { kind: 'inlineReference', inlineReference: uri('/work/a.md') },
      said(':\n```ts\nx\n```\n'),
      said('\n```\n'),
      { kind: 'codeblockUri', uri: uri('/work/a.md'), isEdit: true },
      wrote('/work/a.md', ['x', [1, 1], [1, 1]]),
      said('\n```\n'),
      { kind: 'toolInvocationSerialized', invocationMessage: said('Reading') },
      said('Done.'),
    ];
    const { answers } = await read(chat(file, session([request('1', 'Look', response)])));
    assert.deepEqual(
      answers.map(answer => answer.text),
      ['See a.md:\n```ts\nx\n```\n\n\nDone.'],
    );
  });

  const input = { filePath: '/work/a.md', oldString: 'o', newString: 'n' };
  const group = wrote('/work/a.md', ['n', [2, 1], [2, 2]]);
  const edits: readonly (readonly [name: string, response: readonly object[], more: object, edits: unknown])[] = [
    [
      'a call whose file was edited',
      [group],
      { result: called([`${call}__vscode-7`, 'replace_string_in_file', input]) },
      [[call, '/work/a.md', { old: 'o', new: 'n', all: false }]],
    ],
    ['a call that edited nothing', [], { result: called([call, 'replace_string_in_file', input]) }, []],
    ['an edit that has not ended', [{ ...group, done: false }], {}, []],
    ['an edit of a range', [group], {}, [['talk-request_1.1', '/work/a.md', undefined]]],
    [
      'an insertion',
      [wrote('/work/a.md', ['n', [2, 1], [2, 1]])],
      {},
      [['talk-request_1.1', '/work/a.md', { old: '', new: 'n', all: false }]],
    ],
  ];
  for (const [name, response, more, told] of edits) {
    it(`without an editing session: ${name}`, async () => {
      const records = await read(chat(file, session([request('1', 'Write', response, more)])));
      assert.deepEqual(
        records.edits.map(({ id, file, replaced }) => [id.split(':').at(-1), file, replaced]),
        told,
      );
    });
  }

  it('where an editing session is, it tells the edits', async () => {
    const first = chat(file, session([request('1', 'Write', [wrote('/work/a.md', ['n', [2, 1], [2, 1]])])]));
    editing(join(dirname(dirname(file)), 'chatEditingSessions', 'talk'), timeline([], []));
    assert.deepEqual((await read(first)).edits, []);
  });

  it('a window without a folder: the prompt stands in none that is known', async () => {
    const empty = join(folder(), 'globalStorage', 'emptyWindowChatSessions', 'talk.jsonl');
    const { prompts } = await read(chat(empty, session([request('1', 'Shorten it')])));
    assert.deepEqual(
      prompts.map(prompt => prompt.folder),
      [''],
    );
  });

  it('a log that is rewritten whole gives nothing twice; what does not fit and other versions are told once', async () => {
    const reader = new ChatSessionReader(chat(file, session([request('1', 'One')]), { kind: 7 }));
    assert.deepEqual(
      (await reader.read()).problems.map(({ line, message }) => `${line} ${message}`),
      ['2 entry does not fit'],
    );
    chat(file, session([request('1', 'One'), request('2', 'Two')], { version: 9 }), { kind: 7 });
    const { prompts, problems } = await reader.read();
    assert.deepEqual(
      [prompts.map(prompt => prompt.text), problems.map(({ message }) => message)],
      [['Two'], ['unknown version']],
    );
  });

  it('lies in the storages of workspaces that are the folder, above it or below it', () => {
    const data = folder();
    for (const [hash, opened] of [
      ['same', '/home/a/work'],
      ['above', '/home/a'],
      ['below', '/home/a/work/part'],
      ['beside', '/home/a/working'],
    ] as const) {
      storage(join(data, 'User', 'workspaceStorage', hash), opened);
    }
    const listed = join(data, 'work.code-workspace');
    writeFileSync(listed, JSON.stringify({ folders: [{ path: '/elsewhere' }, { path: '/home/a/work' }] }));
    storage(join(data, 'User', 'workspaceStorage', 'several'), '/');
    writeFileSync(
      join(data, 'User', 'workspaceStorage', 'several', 'workspace.json'),
      JSON.stringify({ workspace: `file://${listed}` }),
    );
    const machine = { env: { HOME: data, XDG_CONFIG_HOME: data }, platform: 'linux' as const, editorData: [data] };
    const hashes = (agent: typeof copilotChat): string[] =>
      agent
        .places('/home/a/work', machine)
        .filter(place => place.includes('workspaceStorage'))
        .map(place => place.slice(join(data, 'User', 'workspaceStorage').length + 1))
        .sort();
    assert.deepEqual(
      hashes(copilotChat),
      ['above', 'below', 'same', 'several'].map(hash => join(hash, 'chatSessions')),
    );
    assert.deepEqual(
      hashes(copilotEdits),
      ['above', 'below', 'same', 'several'].map(hash => join(hash, 'chatEditingSessions')),
    );
    assert.ok(copilotChat.isRecord('talk.jsonl') && !copilotChat.isRecord(join('talk', 'state.json')));
  });
});
