import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Texts } from '../../../../src/host/texts.ts';
import type { FileReview } from '../../../../src/rights/review.ts';
import { type Breach, breachReasons, type Rule, ruleNames } from '../../../../src/rights/reviewRules.ts';
import {
  breachLabel,
  breachText,
  figures,
  fileTooltip,
  ruleName,
  ruleValue,
} from '../../../../src/ui/review/reviewWords.ts';

const schema = JSON.parse(readFileSync(new URL('../../../../media/schema/review.schema.json', import.meta.url), 'utf8'))
  .properties.rules.items.properties;
const [en, ru, kk] = [new Texts('en'), new Texts('ru'), new Texts('kk')];
const rule = (more: Partial<Rule>): Rule => ({
  rule: 'machineAtMost',
  scope: 'whole',
  limit: 0.3,
  kept: true,
  value: 0.255,
  side: 'high',
  other: 0.1,
  broken: [],
  ...more,
});
const breach = (more: Partial<Breach>): Breach => ({
  file: 'a.md',
  why: 'limit',
  value: 0.5,
  line: null,
  endLine: null,
  detail: '',
  ...more,
});
const file: FileReview = {
  path: 'a.md',
  lines: 3,
  textDigest: '',
  stands: true,
  characters: 100,
  hands: { human: 40, machine: 20, mechanical: 0, outside: 0, earlier: 30, unknown: 10 },
  human: { low: 0.4, high: 0.8 },
  machine: { low: 0.2, high: 0.6 },
  unknown: 0.1,
  run: { characters: 30, from: 0, to: 40, line: 2, endLine: 3 },
  machineRun: null,
  reviewed: null,
};

describe('the words of the review', () => {
  const rules: readonly (readonly [Partial<Rule>, string])[] = [
    [{}, 'Machine text at most: 30% | 25.5% (known: 10%)'],
    [{ scope: 'file' }, 'Machine text at most in each file: 30% | 25.5% (known: 10%)'],
    [{ rule: 'humanAtLeast', side: 'low', value: 0.4, other: 0.8 }, 'Human text at least: 30% | 40% (at most: 80%)'],
    [{ rule: 'unknownAtMost', side: null, other: null }, 'Unknown at most: 30% | 25.5%'],
    [
      { rule: 'runAtMost', scope: 'file', limit: 1200, value: 1500, other: 1500 },
      'Longest run of untouched machine text: 1,200 | 1,500',
    ],
    [{ rule: 'stands', limit: true, value: null }, 'Figures are of the texts that stand there | '],
    [
      { rule: 'reviewedBy', limit: true, value: null, broken: [breach({}), breach({})] },
      'Human review of every file on record | 2',
    ],
  ];
  for (const [more, says] of rules)
    it(says, () => assert.equal(`${ruleName(rule(more), en)} | ${ruleValue(rule(more), en)}`, says));

  const breaches: readonly (readonly [Partial<Breach>, string])[] = [
    [{ line: 4 }, 'a.md | 50% · line 4'],
    [{ why: 'changedSince', detail: 'A. Reader' }, 'a.md | changed since the review by A. Reader'],
    [{ why: 'fault', detail: 'no label' }, 'a.md | no label'],
    [{ file: null, why: 'emptyField', detail: 'languages' }, 'Languages of the work | '],
  ];
  for (const [more, says] of breaches) {
    it(says, () => {
      const one = breach(more);
      assert.equal(`${breachLabel(one, rule({}), en)} | ${breachText(one, rule({}), en)}`, says);
    });
  }

  it('say of a file what is known and what may be', () => {
    assert.equal(figures(file, en), 'machine 20–60% · unknown 10%');
    assert.equal(figures({ ...file, stands: false }, en), 'another text than on record');
    assert.equal(figures({ ...file, characters: 0 }, en), 'empty');
    const reviewed = {
      by: 'A',
      recordedBy: 'command',
      at: '2026-11-20T10:00:00Z',
      event: '',
      approved: null,
      text: 'changed',
    } as const;
    assert.equal(figures({ ...file, unknown: 0, reviewed }, en), 'machine 20–60% · changed since the review');
    assert.match(fileTooltip({ ...file, reviewed }, en), /reviewed by A, .*, recorded by the command line$/);
    assert.match(fileTooltip(file, en), /longest untouched run that may be machine text: 30 characters, from line 2/);
  });

  it('there are, for every reason and rule, in three languages; and the schema has no other', () => {
    assert.deepEqual(schema.rule.enum, ruleNames);
    assert.deepEqual(schema.broken.items.properties.why.enum, breachReasons);
    for (const name of ruleNames)
      assert.equal(
        new Set([en, ru, kk].map(texts => ruleName(rule({ rule: name, limit: true }), texts))).size,
        3,
        name,
      );
    for (const why of breachReasons.filter(one => !['limit', 'fault', 'emptyField'].includes(one)))
      assert.equal(new Set([en, ru, kk].map(texts => breachText(breach({ why }), rule({}), texts))).size, 3, why);
  });
});
