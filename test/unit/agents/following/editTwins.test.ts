import assert from 'node:assert/strict';
import { type AgentEdit, type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { Relevance } from '../../../../src/agents/following/relevance.ts';

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

  /** Ids of the edits that are given. */
  function given(...all: readonly Told[]): string {
    return all.flatMap(told => ids(taken([told]))).join(' ');
  }

  function taken(all: readonly Told[], more: Partial<AgentEdit> = {}): AgentRecords {
    const edits = all.map(told => editOf(told, more));
    return relevance.of(readers[all[0]!.includes('=') ? 'steps' : 'calls'], { ...noRecords, edits });
  }

  const ids = ({ edits }: AgentRecords) => edits.map(({ id }) => id.split(':').at(-1)!);

  const cases: readonly (readonly [string, readonly Told[], string])[] = [
    ['counts once, the call first', ['c:b>B', 's=abc>aBc'], 'c c~~'],
    ['counts once, the session’s step first', ['s=abc>aBc', 'c:b>B'], 's s~'],
    ['a step of several calls is of the first', ['c:b>B', 'd:c>C', 's=abc>aBC'], 'c d c~~'],
    ['a step of several calls, told before them', ['s=abc>aBC', 'c:b>B', 'd:c>C'], 's s~'],
    ['each step has its own call', ['c:b>B', 'd:c>C', 's=abc>aBc', 't=aBc>aBC'], 'c d c~~ d~~'],
    ['a call made twice has a step each time', ['c:b>B', 'd:b>B', 's=abc>aBc', 't=xbc>xBc'], 'c d c~~ d~~'],
    ['a new file', ['c:>abc', 's=>abc'], 'c c~~'],
    ['another text is another edit', ['c:b>B', 's=abc>aXc'], 'c s'],
    ['a call that does not fit the text is another edit', ['s=abc>aBc', 'c:x>B'], 's c'],
    ['a step that has its call is no other’s', ['s=abc>aBc', 'c:b>B', 'd:c>B'], 's s~ d'],
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

  it('of one turn it is one, however long the turn lasts', () => {
    const prompt = 'copilot:talk:p';
    const about = { agent: 'copilot', conversation: 'talk', time: 1, text: 'Go', folder: '/book' };
    relevance.of(readers.calls, { ...noRecords, prompts: [{ id: prompt, ...about }] });
    assert.deepEqual(ids(taken(['c:b>B'], { prompt })), ['c']);
    assert.deepEqual(ids(taken(['s=abc>aBc'], { prompt, time: 60 * minute })), ['c~~']);
  });

  it('is one in the next session too, and what is decided of it is decided of the call', () => {
    assert.equal(given('c:b>B', 's=abc>aBc'), 'c c~~');
    relevance = new Relevance(['/book'], 0, [], JSON.parse(JSON.stringify(relevance.told)));
    assert.equal(given('c:b>B', 's=abc>aBc'), 'c c~~');
    const decision = { edit: 'copilot:talk:s', agent: 'copilot', time: 1, outcome: 'rejected' } as const;
    const { decisions } = relevance.of(readers.steps, { ...noRecords, decisions: [decision] });
    assert.deepEqual(decisions, [{ ...decision, edit: 'copilot:talk:c' }]);
  });

  it('with a hook’s account there are three', () => {
    const hook = relevance.ofHook({ ...noRecords, edits: [editOf('c:b>B', {})] });
    assert.deepEqual(ids(hook), ['c']);
    assert.equal(given('c:b>B', 's=abc>aBc', 'c:b>B'), 'c~ c~~');
  });
});
