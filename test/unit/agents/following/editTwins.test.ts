import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentEdit, type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { Relevance } from '../../../../src/agents/following/relevance.ts';
import { Remembered } from '../../../../src/agents/following/remembered.ts';
import { copilotEdits } from '../../../../src/agents/tools/copilotChat.ts';
import { copilotTranscript } from '../../../../src/agents/tools/copilotTranscript.ts';
import { decidedEdits } from '../../../../src/evidence/agentEdits.ts';
import type { Chronicle } from '../../../../src/evidence/chronicle.ts';
import { readAll } from '../recordPicture.ts';
import { at, chat, editing, operation, request, session, storage, timeline } from '../tools/chatState.ts';
import { CopilotLog } from '../tools/copilotLog.ts';
import { cleanFolders, folder } from '../transcript.ts';

const minute = 60_000;
const readers = {
  calls: { name: 'copilot-transcript', checked: 'samples' },
  steps: { name: 'copilot-edits', checked: 'documentation' },
} as const;

/** What is told, a word an edit: `call:old>new` as it was asked for, `step=before>after` with whole texts. */
type Told = string;

function editOf(told: Told, more: Partial<AgentEdit>): AgentEdit {
  const [, name, sign, first = '', second = ''] = /^(\w+)([:=])(.*)>(.*)$/.exec(told)!;
  const texts =
    sign === '='
      ? { before: first === '' ? null : first, after: second }
      : { replaced: { old: first, new: second, all: false } };
  const about = { agent: 'copilot', conversation: 'talk', time: minute, file: '/book/a.md' };
  return { id: `copilot:talk:${name}`, ...about, ...texts, ...more };
}

describe('an edit that VS Code’s chat keeps in two stores', () => {
  let relevance: Relevance;
  beforeEach(() => {
    relevance = new Relevance(['/book'], 0, []);
  });

  after(cleanFolders);

  /** Ids of the edits that are given. */
  function given(...all: readonly Told[]): string {
    return all.flatMap(told => ids(taken([told]))).join(' ');
  }

  function taken(all: readonly Told[], more: Partial<AgentEdit> = {}): AgentRecords {
    const edits = all.map(told => editOf(told, more));
    return relevance.of(readers[all[0]!.includes('=') ? 'steps' : 'calls'], { ...noRecords, edits });
  }

  /** Each with the one of which it is another account. */
  const ids = ({ edits }: AgentRecords) =>
    edits.map(({ id, of }) => [id, of].flatMap(one => one?.split(':').at(-1) ?? []).join('='));

  const cases: readonly (readonly [string, readonly Told[], string])[] = [
    ['the call first', ['c:b>B', 's=abc>aBc'], 'c s=c'],
    ['the session’s step first', ['s=abc>aBc', 'c:b>B'], 's c=s'],
    ['a step of several calls is of the first', ['c:b>B', 'd:c>C', 's=abc>aBC'], 'c d s=c'],
    ['each step has its own call', ['c:b>B', 'd:c>C', 's=abc>aBc', 't=aBc>aBC'], 'c d s=c t=d'],
    ['a call made twice has a step each time', ['c:b>B', 'd:b>B', 's=abc>aBc', 't=xbc>xBc'], 'c d s=c t=d'],
    ['a new file', ['c:>abc', 's=>abc'], 'c s=c'],
    ['another text is another edit', ['c:b>B', 's=abc>aXc'], 'c s'],
    ['a call that does not fit the text is another edit', ['s=abc>aBc', 'c:x>B'], 's c'],
    ['a step that has its call is no other’s', ['s=abc>aBc', 'c:b>B', 'd:b>B'], 's c=s d'],
  ];
  for (const [what, told, is] of cases) it(what, () => assert.equal(given(...told), is));

  it('in another file, conversation or turn it is another, and so it is long after where no turn is named', () => {
    for (const more of [
      { file: '/book/b.md' },
      { conversation: 'other', id: 'copilot:other:s' },
      { time: 12 * minute },
      { prompt: 'copilot:talk:q' },
    ]) {
      relevance = new Relevance(['/book'], 0, []);
      const prompts = ['p', 'q'].map(name => {
        const about = { agent: 'copilot', conversation: 'talk', time: 1, text: name, folder: '/book' };
        return { id: `copilot:talk:${name}`, ...about };
      });
      relevance.of(readers.calls, { ...noRecords, prompts });
      const asked = 'prompt' in more ? { prompt: 'copilot:talk:p' } : {};
      assert.deepEqual([...ids(taken(['c:b>B'], asked)), ...ids(taken(['s=abc>aBc'], more))], ['c', 's']);
    }
  });

  it('of one turn it is one, however long the turn lasts, and whatever its steps are', () => {
    const prompt = 'copilot:talk:p';
    const about = { agent: 'copilot', conversation: 'talk', time: 1, text: 'Go', folder: '/book' };
    relevance.of(readers.calls, { ...noRecords, prompts: [{ id: prompt, ...about }] });
    assert.deepEqual(ids(taken(['c:b>BB'], { prompt })), ['c']);
    assert.deepEqual(ids(taken(['s=abc>aBc', 't=aBc>aBBc'], { prompt, time: 60 * minute })), ['s=c', 't=c']);
  });

  it('is one in the next session too', () => {
    assert.equal(given('c:b>B'), 'c');
    relevance = new Relevance(['/book'], 0, [], JSON.parse(JSON.stringify(relevance.told)));
    assert.equal(given('c:b>B', 's=abc>aBc'), 'c s=c');
  });

  it('is one where the next session reads of the other account alone: they are of one turn', () => {
    const prompt = 'copilot:talk:p';
    const about = { agent: 'copilot', conversation: 'talk', time: 1, text: 'Go', folder: '/book' };
    for (const [first, second, is] of [
      ['c:b>B', 's=abc>aBc', 's=c'],
      ['s=abc>aBc', 'c:b>B', 'c=s'],
    ] as const) {
      relevance = new Relevance(['/book'], 0, []);
      relevance.of(readers.calls, { ...noRecords, prompts: [{ id: prompt, ...about }] });
      const [known] = taken([first], { prompt }).edits;
      const file = join(folder(), 'agents.json');
      writeFileSync(file, JSON.stringify({ version: 1, ...relevance.told }));
      relevance = new Relevance(['/book'], 0, [prompt, known!.id], new Remembered(file).told);
      assert.deepEqual(ids(taken([second], { prompt })), [is]);
    }
  });

  it('no calls that double a text again and again take the memory', () => {
    const calls = Array.from({ length: 16 }, (_, i) =>
      editOf(`k${i}:a>b`, { replaced: { old: 'a', new: 'a'.repeat(64), all: true } }),
    );
    relevance.of(readers.calls, { ...noRecords, edits: calls });
    assert.equal(given('s=a>zz'), 's');
  });

  it('with a hook’s account there are three', () => {
    const hook = relevance.ofHook({ ...noRecords, edits: [editOf('c:b>B', {})] });
    assert.deepEqual(ids(hook), ['c']);
    assert.equal(given('c:b>B', 's=abc>aBc', 'c:b>B'), 'c~ s=c');
  });

  it('is known in the stores themselves, by its turn', async () => {
    const store = storage(folder(), '/book');
    const talk = new CopilotLog(join(store, 'GitHub.copilot-chat', 'transcripts', 'talk.jsonl'), { cwd: '/book' });
    const input = { filePath: '/book/a.md', oldString: 'b', newString: 'B' };
    talk.prompt('Write it').call('call_0123456789abcdef', 'replace_string_in_file', input);
    chat(join(store, 'chatSessions', 'talk.json'), session([request('1', 'Write it')]));
    const edits = [at('B', [1, 2], [1, 3])];
    const step = timeline([['1', '/book/a.md', 'abc']], [operation('textEdit', '1', '/book/a.md', { edits })]);
    const state = editing(join(store, 'chatEditingSessions', 'talk'), step);
    const [told] = relevance.of(copilotTranscript, await readAll(copilotTranscript.reader(talk.file))).edits;
    const [other] = relevance.of(copilotEdits, await readAll(copilotEdits.reader(state))).edits;
    assert.deepEqual([other?.before, other?.after, other?.prompt], ['abc', 'aBc', told?.prompt]);
    assert.equal(other?.of, told?.id);
    assert.notEqual(told?.prompt, undefined);
  });

  it('counts once, with what was decided of either', () => {
    const about = { agent: 'copilot', conversation: 'talk', made: 1, path: 'a.md', gives: 'none' } as const;
    const of = { of: 'copilot:talk:c' };
    const edits = [{ id: 'copilot:talk:c' }, { id: 'copilot:talk:s', ...of }, { id: 'copilot:talk:c~' }];
    const kept = {
      agentEdit: edits.map(edit => ({ kind: 'agentEdit', ...about, ...edit })),
      decision: [{ kind: 'decision', edit: 'copilot:talk:s', agent: 'copilot', decided: 1, outcome: 'rejected' }],
    } as unknown as Chronicle['kept'];
    const told = decidedEdits({ kept } as Chronicle);
    assert.deepEqual(
      told.map(({ edit: { id }, outcome }) => [id, outcome]),
      [['copilot:talk:c~', 'rejected']],
    );
  });
});
