import assert from 'node:assert/strict';
import { type Label, labelOf, saysSame, toolText } from '../../../src/rights/label.ts';
import {
  type LabelFacts,
  labelLevels,
  leastLevel,
  proposedLevel,
  saysTooLittle,
  sourceOf,
} from '../../../src/rights/labelFacts.ts';
import { faultsOfLabel, type LabelledFile, termIn } from '../../../src/rights/labelLint.ts';

const claude = { name: 'Claude Code', model: 'anthropic/claude-opus-5' };
const facts = (machine: number, human: number, open: number, machinePassages: number): LabelFacts => ({
  machine,
  human,
  open,
  passages: 4,
  machinePassages,
  unnamed: 0,
  tools: machine > 0 ? [claude] : [],
});

describe('what a label must say at least', () => {
  // AI, person, open; passages that an AI began, of 4; least and proposed level, and the term of the proposed one.
  const cases: readonly (readonly [string, LabelFacts, string | undefined, string | undefined, string])[] = [
    ['no AI text', facts(0, 9, 9, 0), undefined, undefined, ''],
    ['a word within a sentence', facts(1, 9, 0, 0), 'edited', 'edited', 'compositeWithTrainedAlgorithmicMedia'],
    ['one sentence of four', facts(3, 9, 0, 1), 'parts', 'parts', 'compositeSynthetic'],
    ['all began as an AI’s and were revised', facts(9, 3, 0, 4), 'parts', 'generated', 'compositeSynthetic'],
    ['the rest is open', facts(9, 0, 1, 4), 'parts', 'generated', 'compositeSynthetic'],
    ['nothing else', facts(9, 0, 0, 4), 'generated', 'generated', 'trainedAlgorithmicMedia'],
  ];
  for (const [what, of, least, proposed, term] of cases) {
    it(what, () => {
      assert.deepEqual([leastLevel(of), proposedLevel(of)], [least, proposed]);
      if (proposed !== undefined) assert.equal(sourceOf(proposedLevel(of)!, of), term);
      for (const level of labelLevels)
        assert.equal(
          saysTooLittle(level, of),
          labelLevels.indexOf(level) < labelLevels.indexOf((least ?? 'edited') as (typeof labelLevels)[number]),
          level,
        );
    });
  }
});

describe('the words of a label', () => {
  const label = (more: Partial<Parameters<typeof labelOf>[0]> = {}): Label =>
    labelOf({
      file: 'a.md',
      level: 'parts',
      facts: facts(3, 9, 0, 1),
      authors: ['A. Author', 'B. Author'],
      reviewed: false,
      wording: 'generic',
      language: 'en',
      date: '2026-11-23T00:00:00+05:00',
      record: 'j:1',
      china: false,
      ...more,
    });

  const tool = '(Claude Code: anthropic/claude-opus-5)';
  const said: readonly (readonly [Partial<Parameters<typeof labelOf>[0]>, string])[] = [
    [
      {},
      `Contains parts generated with an AI system ${tool}. Composition, selection and revision: A. Author, B. Author.`,
    ],
    [{ authors: [] }, `Contains parts generated with an AI system ${tool}.`],
    [{ level: 'edited', authors: ['A'] }, `An AI system ${tool} was used for editing. Created by: A.`],
    [
      { level: 'generated', reviewed: true, authors: ['A'] },
      `Generated with an AI system ${tool}. Reviewed by a human: A.`,
    ],
    [{ level: 'generated', reviewed: true, authors: [] }, `Generated with an AI system ${tool}. Reviewed by a human.`],
    [
      { language: 'ru', wording: 'kz', authors: [] },
      `Информация для пользователей: произведение содержит фрагменты, созданные с использованием системы искусственного интеллекта ${tool}.`,
    ],
    [
      { facts: { ...facts(3, 9, 0, 1), unnamed: 2 }, authors: [] },
      'Contains parts generated with an AI system (Claude Code: anthropic/claude-opus-5; another is not named on record).',
    ],
    [
      { facts: { ...facts(3, 9, 0, 1), tools: [], unnamed: 3 }, authors: [] },
      'Contains parts generated with an AI system.',
    ],
    [{ facts: facts(0, 9, 0, 0), authors: [] }, 'Contains parts generated with an AI system.'],
  ];
  for (const [more, notice] of said) it(notice, () => assert.equal(label(more).notice, notice));

  it('names each product once, with its models', () =>
    assert.equal(
      toolText([claude, { name: 'Codex' }, { ...claude, model: 'x' }]),
      'Claude Code: anthropic/claude-opus-5, x; Codex',
    ));

  it('are the same but for when and by which event', () => {
    assert.ok(saysSame(label(), label({ date: 'later', record: 'j:2' })));
    assert.ok(!saysSame(label(), label({ china: true })));
    assert.notEqual(label().id, label({ record: 'j:2' }).id);
    assert.match(label({ china: true }).AIGC!, /"Label":"1"/);
  });
});

describe('the check of a label', () => {
  const of = facts(9, 0, 0, 4);
  const term = 'digitalsourcetype/trainedAlgorithmicMedia Claude Code';
  const file: LabelledFile = {
    form: 'markdown',
    machine: term,
    visible: 'Generated.',
    beside: undefined,
    written: undefined,
    altered: false,
    now: undefined,
    facts: of,
  };
  const whys = (more: Partial<LabelledFile>) => faultsOfLabel({ ...file, ...more }).map(({ why }) => why);
  const cases: readonly (readonly [string, Partial<LabelledFile>, readonly string[]])[] = [
    ['nobody wrote it', {}, ['unjournalled']],
    ['nothing there', { machine: undefined, visible: undefined }, ['missing']],
    ['nothing there, and no AI text', { machine: undefined, visible: undefined, facts: facts(0, 9, 0, 0) }, []],
    ['half of it', { visible: undefined }, ['visibleMissing']],
    ['the other half', { machine: undefined }, ['machineMissing']],
    ['nothing beside plain text', { form: 'text', machine: undefined }, ['machineMissing']],
    ['nothing beside code', { form: 'code' }, ['besideMissing']],
    [
      'a composite, where all is an AI’s',
      { machine: 'digitalsourcetype/compositeSynthetic Claude Code' },
      ['saysLess'],
    ],
    ['a human’s', { machine: 'digitalSourceType: digitalCreation # Claude Code' }, ['saysLess']],
    ['beside it a human’s', { form: 'code', beside: '"digitalSourceType": "humanEdits" Claude Code' }, ['saysLess']],
    ['no tool', { machine: 'digitalsourcetype/trainedAlgorithmicMedia' }, ['toolMissing']],
  ];
  for (const [what, more, expected] of cases) it(what, () => assert.deepEqual(whys(more), expected));

  it('reads a term by its address or its name', () => {
    assert.equal(
      termIn('"digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits"'),
      'humanEdits',
    );
    assert.equal(termIn('digitalSourceType = "digitalCreation"'), 'digitalCreation');
    assert.equal(termIn('nothing'), undefined);
  });
});
