import { places } from '../evidence/measures.ts';
import type { HousePolicy, SharePolicy } from '../evidence/work/policy.ts';
import { type Bounds, bounds } from '../provenance/tally.ts';
import type { FileReview, Looked, ReviewFigures } from './review.ts';

/** A rule of the house, and whether it is kept. What is not known always counts against its being kept. */
export interface Rule {
  readonly rule: RuleName;
  /** Of all texts together, or of each file by itself. */
  readonly scope: 'whole' | 'file';
  readonly limit: number | true;
  readonly kept: boolean;
  /** What is held against the limit; of each file by itself, that of the file that is furthest from keeping it. Null: no figure. */
  readonly value: number | null;
  /** Which bound of the figure that is: what is not known is counted in (`high`) or left out (`low`). */
  readonly side: 'high' | 'low' | null;
  /** The other bound. */
  readonly other: number | null;
  /** Where it is not kept. */
  readonly broken: readonly Breach[];
}

export type RuleName = (typeof ruleNames)[number];
export const ruleNames = [
  'stands',
  'machineAtMost',
  'unknownAtMost',
  'humanAtLeast',
  'runAtMost',
  'reviewedBy',
  'labelled',
  'reserved',
  'describe',
] as const;

export interface Breach {
  /** Null: of the whole. */
  readonly file: string | null;
  readonly why: BreachReason;
  readonly value: number | null;
  /** Lines from 1, where there is a place for it. */
  readonly line: number | null;
  readonly endLine: number | null;
  /** What else there is to say: a field, a reviewer, a fault of a label; empty: nothing. */
  readonly detail: string;
}

export type BreachReason = (typeof breachReasons)[number];
export const breachReasons = [
  'limit',
  'otherText',
  'unrecorded',
  'notReviewed',
  'changedSince',
  'refused',
  'fault',
  'notAsked',
  'emptyField',
] as const;

interface Figured extends Omit<Looked, 'files'> {
  readonly files: readonly FileReview[];
  readonly whole: ReviewFigures;
}

/** Thresholds on a share, of the whole and of each file. */
const shareRules = ['machineAtMost', 'unknownAtMost', 'humanAtLeast'] as const satisfies readonly (keyof SharePolicy)[];

/** Raising a tolerance never breaks a rule that was kept: each looks at its own threshold alone. */
export function rulesOf(looked: Figured, policy: HousePolicy): Rule[] {
  const { perFile = {}, runAtMost } = policy;
  const asked = [
    ...shareRules.flatMap(rule => shareRule(rule, 'whole', policy, looked)),
    ...shareRules.flatMap(rule => shareRule(rule, 'file', perFile, looked)),
    ...(runAtMost === undefined ? [] : [runRule(runAtMost, looked)]),
    ...(policy.reviewedBy ? [flagRule('reviewedBy', looked.files.flatMap(unreviewed))] : []),
    ...(policy.labelled ? [flagRule('labelled', faults(looked.labels))] : []),
    ...(policy.reserved ? [flagRule('reserved', faults(looked.reservations))] : []),
    ...(policy.describe ? [flagRule('describe', looked.empty.map(emptyField))] : []),
  ];
  // Figures of other texts than those that go out say nothing of these.
  return asked.length === 0 ? [] : [standsRule(looked), ...asked];
}

function standsRule({ files, unrecorded }: Figured): Rule {
  const other = files.filter(({ stands }) => !stands);
  return flagRule('stands', [
    ...other.map(({ path }) => breach(path, 'otherText')),
    ...unrecorded.map(path => breach(path, 'unrecorded')),
  ]);
}

function shareRule(
  rule: (typeof shareRules)[number],
  scope: 'whole' | 'file',
  policy: SharePolicy,
  { files, whole }: Figured,
): Rule[] {
  const limit = policy[rule];
  if (limit === undefined) return [];
  const side = rule === 'humanAtLeast' ? 'low' : rule === 'machineAtMost' ? 'high' : null;
  // An empty text has no shares, nor has one that only tools put in.
  const of = (scope === 'whole' ? [whole] : files).filter(({ characters, hands }) => characters > hands.mechanical);
  const sorted = of.toSorted((a, b) => badness(rule, b) - badness(rule, a));
  const over = of.filter(one => isOver(rule, limit, one));
  const [worst] = sorted;
  const broken = over.map((one): Breach => {
    const file = 'path' in one ? (one as FileReview) : undefined;
    const run = rule === 'humanAtLeast' ? file?.run : rule === 'machineAtMost' ? (file?.machineRun ?? file?.run) : null;
    return { ...breach(file?.path ?? null, 'limit', shownOf(rule, one)), ...placeOf(run) };
  });
  return [
    {
      rule,
      scope,
      limit,
      kept: over.length === 0,
      value: worst === undefined ? null : shownOf(rule, worst),
      side,
      other: worst === undefined ? null : otherOf(rule, worst),
      broken,
    },
  ];
}

function runRule(limit: number, { files }: Figured): Rule {
  const over = files.filter(({ run }) => run !== null && run.characters > limit);
  const longest = (known: boolean) =>
    files.reduce((most, file) => Math.max(most, (known ? file.machineRun : file.run)?.characters ?? 0), 0);
  const broken = over.map(({ path, run, machineRun }): Breach => {
    const shown = machineRun !== null && machineRun.characters > limit ? machineRun : run;
    return { ...breach(path, 'limit', run?.characters ?? null), ...placeOf(shown) };
  });
  const figures = { value: longest(false), side: 'high', other: longest(true) } as const;
  return { rule: 'runAtMost', scope: 'file', limit, kept: over.length === 0, ...figures, broken };
}

function flagRule(rule: RuleName, broken: readonly Breach[]): Rule {
  const figures = { value: null, side: null, other: null };
  return {
    rule,
    scope: rule === 'describe' ? 'whole' : 'file',
    limit: true,
    kept: broken.length === 0,
    ...figures,
    broken,
  };
}

/** An empty text has nothing to look at. */
function unreviewed({ path, characters, reviewed }: FileReview): Breach[] {
  if (characters === 0) return [];
  if (reviewed === null) return [breach(path, 'notReviewed')];
  if (reviewed.text !== 'same') return [{ ...breach(path, 'changedSince'), detail: reviewed.by }];
  return reviewed.approved === false ? [{ ...breach(path, 'refused'), detail: reviewed.by }] : [];
}

function faults(found: Looked['labels']): Breach[] {
  if (found === undefined) return [breach(null, 'notAsked')];
  return found.map(({ file, detail }) => ({ ...breach(file, 'fault'), detail }));
}

function emptyField(field: string): Breach {
  return { ...breach(null, 'emptyField'), detail: field };
}

function breach(file: string | null, why: BreachReason, value: number | null = null): Breach {
  return { file, why, value, line: null, endLine: null, detail: '' };
}

function placeOf(run: FileReview['run'] | undefined): Pick<Breach, 'line' | 'endLine'> {
  return { line: run?.line ?? null, endLine: run?.endLine ?? null };
}

/** Against the figures as they are, not as they are rounded to be shown. */
function isOver(rule: (typeof shareRules)[number], limit: number, figures: ReviewFigures): boolean {
  const value = exact(rule, figures);
  return rule === 'humanAtLeast' ? value < limit : value > limit;
}

function badness(rule: (typeof shareRules)[number], figures: ReviewFigures): number {
  return rule === 'humanAtLeast' ? -exact(rule, figures) : exact(rule, figures);
}

function exact(rule: (typeof shareRules)[number], figures: ReviewFigures): number {
  const { human, machine, unknown } = held(figures);
  return rule === 'humanAtLeast' ? human.low : rule === 'machineAtMost' ? machine.high : unknown;
}

function shownOf(rule: (typeof shareRules)[number], figures: ReviewFigures): number {
  return places(exact(rule, figures));
}

function otherOf(rule: (typeof shareRules)[number], figures: ReviewFigures): number | null {
  const { human, machine } = held(figures);
  return rule === 'humanAtLeast' ? places(human.high) : rule === 'machineAtMost' ? places(machine.low) : null;
}

/** Shares of what no tool of the editor put in: a label, a reservation, an indent must not make a machine's share less. */
function held({ hands, characters }: ReviewFigures): Bounds {
  return bounds({ kinds: {}, hands, length: characters - hands.mechanical });
}
