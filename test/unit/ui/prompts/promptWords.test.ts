import assert from 'node:assert/strict';
import type { PromptEntry } from '../../../../src/evidence/register.ts';
import { languages, Texts } from '../../../../src/host/texts.ts';
import { fateOf, ledTo, promptTooltip, spoken } from '../../../../src/ui/prompts/promptWords.ts';

const noEdits = { made: 0, accepted: 0, rejected: 0, undone: 0 };
const bare: PromptEntry = {
  number: 3,
  id: 'claude-code:c1:3',
  agent: 'claude-code',
  conversation: 'c1',
  model: null,
  asked: '2026-11-12T09:20:00+05:00',
  by: 'record',
  event: 'j1:7',
  text: 'Tell of the horse.\nBriefly.',
  written: null,
  rewords: null,
  inserted: 0,
  retained: 0,
  unaltered: 0,
  altered: 0,
  removed: 0,
  removedBy: {},
  edits: noEdits,
  answers: 0,
  loop: null,
  note: null,
  protect: 'undecided',
  spans: [],
};
const stands = { inserted: 20, retained: 15, unaltered: 10, altered: 5, removed: 5, removedBy: { human: 4 } };

describe('words of the prompts’ view', () => {
  for (const [fate, part] of [
    ['nothing', {}],
    ['answered', { answers: 1 }],
    ['rejected', { edits: { ...noEdits, made: 2, rejected: 1, undone: 1 } }],
    ['edited', { edits: { ...noEdits, made: 2, rejected: 1 } }],
    ['edited', { edits: { ...noEdits, made: 1 }, answers: 1 }],
    ['removed', { inserted: 20, removed: 20 }],
    ['rejected', { inserted: 20, removed: 20, edits: { ...noEdits, made: 1, undone: 1 } }],
    ['altered', stands],
    ['unaltered', { inserted: 20, retained: 20, unaltered: 20 }],
  ] as const) {
    it(`${JSON.stringify(part)}: ${fate}`, () => assert.equal(fateOf({ ...bare, ...part }), fate));
  }

  for (const language of languages) {
    it(`leave no place open (${language})`, () => {
      const texts = new Texts(language);
      const changes = [
        { removed: 'two', added: '' },
        { removed: '', added: 'three' },
        { removed: 'four', added: 'five' },
      ];
      const full: PromptEntry = {
        ...bare,
        ...stands,
        model: 'anthropic/claude-opus-5',
        written: { file: 'plan.md', at: bare.asked, hands: { human: 12, unknown: 3 } },
        rewords: { number: 2, id: 'x', changes, more: 0 },
        withheld: 1,
        answers: 2,
        edits: { ...noEdits, made: 1 },
        loop: { first: 1, step: 2, steps: 2 },
        note: { text: 'The horse is mine.', at: bare.asked, event: 'j1:9' },
        protect: 'yes',
      };
      const [brief, whole] = [ledTo(full, texts), promptTooltip(full, texts)];
      for (const said of [brief, whole, spoken(full, texts), promptTooltip(bare, texts)])
        assert.doesNotMatch(said, /\{\w+\}/);
      for (const fact of ['plan', '12', 'two', 'three', 'four', 'five', '▮', 'horse is mine'])
        assert.ok(whole.includes(fact), fact);
      assert.ok(brief.includes(texts.t('prompts.marked')));
    });
  }

  it('a prompt cannot be mark-up, nor end its line', () => {
    const hostile = { ...bare, text: '[x](command:y) **b**\n\n# <img>' };
    const shown = promptTooltip(hostile, new Texts('en'));
    assert.doesNotMatch(shown, /\]\(command|<img|\*\*b|^#/m);
    assert.doesNotMatch(spoken(hostile, new Texts('en')), /\n/);
  });
});
