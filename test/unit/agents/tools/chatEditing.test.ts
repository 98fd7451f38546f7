import assert from 'node:assert/strict';
import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { applyRanges } from '../../../../src/agents/reading/rangeEdit.ts';
import { ChatEditingReader } from '../../../../src/agents/tools/chatEditing.ts';
import { ChatSessionReader } from '../../../../src/agents/tools/chatSession.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { at, chat, editing, nameOf, operation, request, session, storage, timeline } from './chatState.ts';

const read = (file: string): Promise<AgentRecords> => new ChatEditingReader(file).read();
const told = ({ edits }: AgentRecords): unknown => edits.map(({ file, before, after }) => [file, before, after]);
const a = '/work/a.md';
const b = '/work/b.md';

describe("editing sessions of VS Code's chat", () => {
  let place: string;
  let storageFolder: string;
  beforeEach(() => {
    storageFolder = storage(folder(), '/work');
    place = join(storageFolder, 'chatEditingSessions', 'talk');
  });
  afterEach(cleanFolders);

  const edit = (id: string, file: string, ...edits: readonly object[]): object =>
    operation('textEdit', id, file, { edits });
  const x = at('x', [1, 1], [1, 2]);
  const y = at('y', [1, 2], [1, 2]);

  const replays: readonly (readonly [name: string, state: object, edits: unknown])[] = [
    ['one operation', timeline([['1', a, 'abc']], [edit('1', a, x)]), [[a, 'abc', 'xbc']]],
    [
      'several of one request',
      timeline([['1', a, 'abc']], [edit('1', a, x), edit('1', a, y)]),
      [
        [a, 'abc', 'xbc'],
        [a, 'xbc', 'xybc'],
      ],
    ],
    ['several at once', timeline([['1', a, 'abc']], [edit('1', a, y, x)]), [[a, 'abc', 'xybc']]],
    [
      'what a person typed between',
      timeline(
        [
          ['1', a, 'abc'],
          ['2', a, 'xbcd'],
        ],
        [edit('1', a, x), edit('2', a, y)],
      ),
      [
        [a, 'abc', 'xbc'],
        [a, 'xbcd', 'xybcd'],
      ],
    ],
    [
      'a new file',
      timeline([], [operation('create', '1', a, { initialContent: '' }), edit('1', a, at('new', [1, 1], [1, 1]))]),
      [[a, null, 'new']],
    ],
    [
      'a renamed file',
      timeline(
        [['1', a, 'abc']],
        [
          operation('rename', '1', b, { oldUri: { scheme: 'file', path: a }, newUri: { scheme: 'file', path: b } }),
          edit('1', b, x),
        ],
      ),
      [[b, 'abc', 'xbc']],
    ],
    [
      'a deleted file',
      timeline([['1', a, 'abc']], [edit('1', a, x), operation('delete', '1', a)]),
      [[a, 'abc', 'xbc']],
    ],
    [
      'a file made again',
      timeline(
        [['1', a, 'abc']],
        [operation('delete', '1', a), operation('create', '1', a, { initialContent: 'new' })],
      ),
      [[a, null, 'new']],
    ],
    [
      'a file made over one that is not known',
      timeline([], [edit('1', a, x), operation('create', '1', a, { initialContent: 'new' })]),
      [[a, undefined, 'new']],
    ],
    ['no baseline', timeline([], [edit('1', a, x)]), []],
    ['nothing changed', timeline([['1', a, 'xbc']], [edit('1', a, x)]), []],
    [
      'Windows line ends',
      timeline([['1', a, 'a\r\nb\r\n']], [edit('1', a, at('x\ny', [2, 1], [2, 2]))]),
      [[a, 'a\r\nb\r\n', 'a\r\nx\r\ny\r\n']],
    ],
  ];
  for (const [name, state, edits] of replays) {
    it(`a timeline replays: ${name}`, async () => {
      assert.deepEqual(told(await read(editing(place, state))), edits);
    });
  }

  it('of many operations the first are told one by one, the others as one', async () => {
    const operations = Array.from({ length: 20 }, (_, index) => edit('1', a, at(`${index % 10}`, [1, 1], [1, 1])));
    const { edits } = await read(editing(place, timeline([['1', a, '']], operations)));
    assert.deepEqual(
      edits.map(({ before, after }) => [before?.length, after?.length]),
      [...Array.from({ length: 15 }, (_, index) => [index, index + 1]), [15, 20]],
    );
    assert.equal(new Set(edits.map(({ id }) => id)).size, edits.length);
  });

  it('much is given in parts', async () => {
    const large = 'x'.repeat(1_500_000);
    const file = editing(place, timeline([['1', a, large]], [edit('1', a, y), edit('1', a, y), edit('1', a, y)]));
    const reader = new ChatEditingReader(file);
    const parts = [await reader.read(), await reader.read(), await reader.read()];
    assert.deepEqual(
      parts.map(({ edits, more }) => [edits.length, more]),
      [
        [2, true],
        [1, undefined],
        [0, undefined],
      ],
    );
  });

  it('an edit has its request, its time and its model', async () => {
    const talk = chat(join(storageFolder, 'chatSessions', 'talk.jsonl'), session([request('1', 'Write')]));
    const { prompts } = await new ChatSessionReader(talk).read();
    const { edits } = await read(editing(place, timeline([['1', a, 'abc']], [edit('1', a, x)])));
    assert.deepEqual(
      edits.map(({ id, prompt, time, model }) => [id, prompt, time, model]),
      [['copilot:talk:talk-request_1-1.1', prompts[0]!.id, Date.UTC(2026, 0, 2, 10, 0, 2), 'openai/gpt-4o']],
    );
  });

  it('without a chat session an edit has the time of the file', async () => {
    const file = editing(place, timeline([['1', a, 'abc']], [edit('1', a, x)]));
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    assert.equal((await read(file)).edits[0]?.time, 1_700_000_000_000);
  });

  it('a request that is read at work is told in parts that follow one another', async () => {
    const operations = [edit('1', a, x), edit('1', a, y)];
    const reader = new ChatEditingReader(editing(place, timeline([['1', a, 'abc']], operations.slice(0, 1))));
    assert.deepEqual(told(await reader.read()), [[a, 'abc', 'xbc']]);
    editing(place, timeline([['1', a, 'abc']], operations));
    assert.deepEqual(told(await reader.read()), [[a, 'xbc', 'xybc']]);
  });

  const undone: readonly (readonly [name: string, later: object])[] = [
    ['wound back', timeline([['1', a, 'abc']], [edit('1', a, x)], { currentEpoch: 1 })],
    ['wound back, then other things done', timeline([['2', b, 'abc']], [edit('2', b, x)])],
  ];
  for (const [name, later] of undone) {
    it(`what is ${name} is undone`, async () => {
      const reader = new ChatEditingReader(editing(place, timeline([['1', a, 'abc']], [edit('1', a, x)])));
      const { edits, decisions } = await reader.read();
      assert.deepEqual(decisions, []);
      editing(place, later);
      assert.deepEqual(
        (await reader.read()).decisions.map(({ edit, outcome }) => [edit, outcome]),
        [[edits[0]!.id, 'undone']],
      );
    });
  }

  const outcomes = [
    [0, undefined],
    [1, 'accepted'],
    [2, 'rejected'],
  ] as const;
  for (const [state, outcome] of outcomes) {
    it(`the state ${state} of a file: ${outcome ?? 'not decided'}`, async () => {
      const entry = { resource: `file://${a}`, state, telemetryInfo: { requestId: 'request_1' } };
      const made = timeline([['1', a, 'abc']], [edit('1', a, x)]);
      const { decisions } = await read(editing(place, { ...made, recentSnapshot: { entries: [entry] } }));
      assert.deepEqual(
        decisions.map(({ outcome }) => outcome),
        outcome === undefined ? [] : [outcome],
      );
    });
  }

  it('the older form tells what each request made of a file', async () => {
    const entry = (current: string, original = 'abc'): object => ({
      resource: `file://${a}`,
      originalHash: nameOf(original),
      currentHash: nameOf(current),
    });
    const state = {
      initialFileContents: [[`file://${a}`, nameOf('abc')]],
      linearHistory: [
        { requestId: 'request_1', stops: [{ entries: [] }], postEdit: [entry('xbc')] },
        { requestId: 'request_2', stops: [{ entries: [entry('xbcd')] }], postEdit: [entry('xybcd')] },
        { requestId: 'request_3', stops: [{ entries: [entry('xybcd')] }] },
      ],
      linearHistoryIndex: 3,
    };
    assert.deepEqual(told(await read(editing(place, state, 'abc', 'xbc', 'xbcd', 'xybcd'))), [
      [a, 'abc', 'xbc'],
      [a, 'xbcd', 'xybcd'],
    ]);
  });

  const problems: readonly (readonly [name: string, state: object, problem: string])[] = [
    ['another version', { version: 3, ...timeline([], []) }, 'unknown version'],
    ['a notebook', timeline([], [operation('notebookEdit', '1', a)]), 'notebook operation'],
    ['an unknown operation', timeline([], [operation('chmod', '1', a)]), 'unknown operation'],
    ['an operation without a baseline', timeline([], [edit('1', a, x)]), 'operation does not fit'],
  ];
  for (const [name, state, problem] of problems) {
    it(`${name} is a problem`, async () => {
      const { problems } = await read(editing(place, state));
      assert.deepEqual(
        problems.map(({ message }) => message),
        [problem],
      );
    });
  }

  it('a text that is gone or another than its name says is a problem', async () => {
    const entry = { resource: `file://${a}`, originalHash: nameOf('abc'), currentHash: nameOf('xbc') };
    const state = { linearHistory: [{ requestId: 'request_1', stops: [], postEdit: [entry] }] };
    const file = editing(place, state, 'abc', 'xbc');
    rmSync(join(place, 'contents', nameOf('xbc')));
    const { edits, problems } = await read(file);
    assert.deepEqual([edits, problems.map(({ message }) => message)], [[], ['ENOENT']]);
  });

  it('edits of ranges give what the same edits of offsets give', () => {
    const lines = fc.array(fc.string({ maxLength: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(40), { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (parts, cuts, end) => {
        const plain = parts.map(part => part.replace(/[\r\n]/g, '')).join('\n');
        const offsets = cuts.map(cut => cut % (plain.length + 1)).sort((one, two) => one - two);
        const edits: object[] = [];
        let [expected, done] = ['', 0];
        for (let index = 0; index + 1 < offsets.length; index += 2) {
          const [from, to] = [offsets[index]!, offsets[index + 1]!];
          edits.push(at(`<${index}>`, placeOf(plain, from), placeOf(plain, to)));
          expected += `${plain.slice(done, from)}<${index}>`;
          done = to;
        }
        expected += plain.slice(done);
        const before = plain.replaceAll('\n', end);
        assert.equal(applyRanges(before, edits), before.includes('\n') ? expected.replaceAll('\n', end) : expected);
      }),
    );
  });

  it('edits that overlap, and what are no edits, give nothing', () => {
    assert.equal(applyRanges('abc', [at('x', [1, 1], [1, 3]), at('y', [1, 2], [1, 4])]), undefined);
    assert.equal(applyRanges('abc', [{ text: 'x' }]), undefined);
    assert.equal(applyRanges('abc', [at('x', [9, 9], [9, 9])]), 'abcx');
  });
});

function placeOf(text: string, offset: number): [number, number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}
