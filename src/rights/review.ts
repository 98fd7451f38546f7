import type { FileAccount } from '../evidence/account.ts';
import { places } from '../evidence/measures.ts';
import type { HousePolicy } from '../evidence/work/policy.ts';
import { type Hand, hands } from '../provenance/origin.ts';
import { bounds, type Share } from '../provenance/tally.ts';
import { type Rule, rulesOf } from './reviewRules.ts';
import { longestRun, type UntouchedRun } from './reviewRuns.ts';

/**
 * The look before publication: figures of the texts as they are looked at, and the house's own thresholds. Without
 * thresholds it says no more than the figures.
 */
export interface Review {
  /** What the house set; null: nothing. */
  readonly policy: HousePolicy | null;
  /** Every rule that was set is kept. */
  readonly kept: boolean;
  readonly whole: ReviewFigures;
  readonly files: readonly FileReview[];
  /** In the order of the policy; empty where it sets none. */
  readonly rules: readonly Rule[];
}

/** Of one text or several. Unit: code points; shares are 0 to 1 with four places. */
export interface ReviewFigures {
  readonly characters: number;
  readonly hands: Readonly<Record<Hand, number>>;
  readonly human: Share;
  readonly machine: Share;
  readonly unknown: number;
}

export interface FileReview extends ReviewFigures {
  /** Relative to the recorded folder, with `/`. */
  readonly path: string;
  /** Lines of its text. */
  readonly lines: number;
  /** SHA-256 (hex) of the text that the figures are of, with `\n` line ends. */
  readonly textDigest: string;
  /** That text is the one that is looked at. */
  readonly stands: boolean;
  /** The longest run that may be machine text and that no person changed; null: there is none. */
  readonly run: UntouchedRun | null;
  /** The same of what is known to be machine text. */
  readonly machineRun: UntouchedRun | null;
  /** The latest human review on record that named the file; null: none. */
  readonly reviewed: HumanReview | null;
}

export interface HumanReview {
  /** Who reviewed, as stated. */
  readonly by: string;
  /** How it came on record: a command can be run by a program too. */
  readonly recordedBy: 'person' | 'command';
  /** RFC 3339. */
  readonly at: string;
  /** `journal:sequence`. */
  readonly event: string;
  readonly approved: boolean | null;
  /** The text is the one that was reviewed. `unknown`: it cannot be told. */
  readonly text: 'same' | 'changed' | 'unknown';
}

/** What is looked at. */
export interface Looked {
  readonly files: readonly LookedFile[];
  /** Files that the work names, or that were asked for, and that no record has. */
  readonly unrecorded: readonly string[];
  /** Fields of the description that its readers look for and that are empty. */
  readonly empty: readonly string[];
  /** What the labels, and the reservation, say otherwise than the record; absent: it was not asked. */
  readonly labels?: readonly RightsFault[];
  readonly reservations?: readonly RightsFault[];
}

export interface LookedFile {
  readonly account: Pick<
    FileAccount,
    'path' | 'journal' | 'format' | 'text' | 'lines' | 'textDigest' | 'spans' | 'measures'
  >;
  readonly stands: boolean;
  readonly reviewed: HumanReview | null;
}

/** In a person's words. */
export interface RightsFault {
  readonly file: string | null;
  readonly detail: string;
}

export function reviewOf(looked: Looked, policy: HousePolicy | undefined): Review {
  const files = looked.files.map(fileOf);
  const whole = figuresOf(looked.files.map(({ account }) => account.measures));
  const rules = rulesOf({ ...looked, files, whole }, policy ?? {});
  return { policy: policy ?? null, kept: rules.every(({ kept }) => kept), whole, files, rules };
}

function fileOf({ account, stands, reviewed }: LookedFile): FileReview {
  const { path, lines, textDigest, text, spans, measures } = account;
  return {
    path,
    lines,
    textDigest,
    stands,
    ...figuresOf([measures]),
    run: longestRun(text, spans, false),
    machineRun: longestRun(text, spans, true),
    reviewed,
  };
}

/** Characters of several texts added up, and their shares. */
function figuresOf(all: readonly FileAccount['measures'][]): ReviewFigures {
  const counts = Object.fromEntries(
    hands.map(hand => [hand, all.reduce((n, measures) => n + measures.hands[hand].characters, 0)]),
  ) as Record<Hand, number>;
  const length = all.reduce((n, { characters }) => n + characters, 0);
  const { human, machine, unknown } = bounds({ kinds: {}, hands: counts, length });
  const rounded = ({ low, high }: Share) => ({ low: places(low), high: places(high) });
  return {
    characters: length,
    hands: counts,
    human: rounded(human),
    machine: rounded(machine),
    unknown: places(unknown),
  };
}
