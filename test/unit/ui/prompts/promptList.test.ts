import assert from 'node:assert/strict';
import type { Origin } from '../../../../src/provenance/origin.ts';
import { asksNothing, type Filtered, isShown, type PromptFilter } from '../../../../src/ui/prompts/promptFilter.ts';
import { groupsOf } from '../../../../src/ui/prompts/promptGroups.ts';
import { promptRuns } from '../../../../src/ui/prompts/promptRuns.ts';

const note = { text: 'The horse is mine.', at: '', event: '' };
const prompts: readonly (Filtered & { id: string })[] = [
  { id: 'a', agent: 'codex', model: 'openai/x', inserted: 5, protect: 'yes', note, text: 'Write.' },
  { id: 'b', agent: 'codex', model: null, inserted: 0, protect: 'no', note: null, text: 'Rewrite the HORSE.' },
  { id: 'c', agent: 'gemini', model: null, inserted: 9, protect: 'undecided', note: null, text: 'Sheep.' },
];

describe('which prompts are shown', () => {
  for (const [filter, shown] of [
    [{}, 'abc'],
    [{ agent: 'codex' }, 'ab'],
    [{ model: null }, 'bc'],
    [{ model: 'openai/x' }, 'a'],
    [{ led: true }, 'ac'],
    [{ led: false }, 'b'],
    [{ marked: true }, 'a'],
    [{ noted: true }, 'a'],
    [{ words: 'horse' }, 'ab'],
    [{ words: 'horse', led: false, agent: 'codex' }, 'b'],
    [{ words: '.*' }, ''],
  ] as [PromptFilter, string][]) {
    it(`${JSON.stringify(filter)}: ${shown || 'none'}`, () => {
      const found = prompts.filter(prompt => isShown(prompt, filter));
      assert.equal(found.map(({ id }) => id).join(''), shown);
      assert.equal(asksNothing(filter), shown === 'abc');
    });
  }
});

describe('how prompts are grouped', () => {
  const asked = (id: string, agent: string, conversation: string, time: string) => ({
    id,
    agent,
    conversation,
    asked: time,
  });
  const listed = [
    asked('d', 'codex', '1', '2026-11-13T00:10:00+05:00'),
    asked('c', 'gemini', '1', '2026-11-12T23:50:00+05:00'),
    asked('b', 'codex', '1', '2026-11-12T09:00:00+05:00'),
    asked('a', 'codex', '2', '2026-11-12T08:00:00+05:00'),
  ];
  for (const [by, groups] of [
    ['conversation', 'db c a'],
    ['day', 'd cba'],
  ] as const) {
    it(`by ${by}: ${groups}`, () => {
      const found = groupsOf(listed, by).map(({ prompts: of }) => of.map(({ id }) => id).join(''));
      assert.equal(found.join(' '), groups);
    });
  }
});

describe('where a prompt’s text stands in a text that is open', () => {
  const origin = (prompt?: string): Origin => ({
    kind: 'ai.agent',
    basis: 'proven',
    rule: 'r',
    ...(prompt && { prompt }),
  });
  /** A letter a character: `p` and `q` came of prompts of that name. */
  for (const [picture, runs] of [
    ['', ''],
    ['..pp..p', '2-4 6-7'],
    ['ppqq.', '0-2'],
    ['qq', ''],
  ] as const) {
    it(`${picture || 'an empty text'}: ${runs || 'nowhere'}`, () => {
      const spans = Array.from(picture, letter => ({
        length: 1,
        origin: origin(letter === '.' ? undefined : letter),
        placement: 'insert' as const,
      }));
      assert.equal(
        promptRuns(spans, 'p')
          .map(({ from, to }) => `${from}-${to}`)
          .join(' '),
        runs,
      );
    });
  }
});
