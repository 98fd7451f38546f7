import type { Fields } from './form.ts';
import { pointer, type WorkProblem } from './reading.ts';

/**
 * The thresholds that a house sets for itself: `review` in `holograph.json`. They are its own policy, and no law's. What is
 * absent is not asked. Shares are 0 to 1 of the characters (code points).
 */
export interface HousePolicy extends SharePolicy {
  /** The same of each file by itself. */
  readonly perFile?: SharePolicy;
  /** Characters, white space apart, of the longest run that may be machine text and that no person changed. */
  readonly runAtMost?: number;
  /** Every file stands as a recorded human review saw it, and none was refused there. */
  readonly reviewedBy?: boolean;
  /** The labels say what the record says. */
  readonly labelled?: boolean;
  /** The reservation against AI training stands wherever the record says. */
  readonly reserved?: boolean;
  /** No field of the description that the profile's readers look for is empty. */
  readonly describe?: boolean;
}

export interface SharePolicy {
  /** Against all that may be machine text: what is not known counts. */
  readonly machineAtMost?: number;
  readonly unknownAtMost?: number;
  /** Against what is known to be human alone. */
  readonly humanAtLeast?: number;
}

export const shareRules = ['machineAtMost', 'unknownAtMost', 'humanAtLeast'] as const;
const flags = ['reviewedBy', 'labelled', 'reserved', 'describe'] as const;

/** Names of all thresholds, those of a file by itself apart. */
export const policyFields = [...shareRules, 'perFile', 'runAtMost', ...flags] as const;

/** What `review` of a work's JSON says; undefined where it has none. What is of the wrong form is a problem, and absent. */
export function policyIn(json: Fields, problems: WorkProblem[]): HousePolicy | undefined {
  const { review } = json;
  if (review === undefined) return undefined;
  const note = (at: readonly string[], what: WorkProblem['what']) =>
    void problems.push({ field: pointer('review', ...at), what });
  if (!isObject(review)) return void note([], 'notObject');
  const policy: Record<string, unknown> = sharesIn(review, [], note);
  const { perFile, runAtMost } = review;
  if (isObject(perFile)) {
    policy.perFile = sharesIn(perFile, ['perFile'], note);
    strangers(perFile, shareRules, ['perFile'], note);
  } else if (perFile !== undefined) note(['perFile'], 'notObject');
  if (Number.isSafeInteger(runAtMost) && (runAtMost as number) >= 0) policy.runAtMost = runAtMost;
  else if (runAtMost !== undefined) note(['runAtMost'], 'notCount');
  for (const name of flags) {
    const value = review[name];
    if (typeof value === 'boolean') policy[name] = value;
    else if (value !== undefined) note([name], 'notFlag');
  }
  strangers(review, policyFields, [], note);
  return policy;
}

export function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

type Note = (at: readonly string[], what: WorkProblem['what']) => void;

function sharesIn(json: Fields, at: readonly string[], note: Note): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const name of shareRules) {
    const value = json[name];
    if (isShare(value)) read[name] = value;
    else if (value !== undefined) note([...at, name], 'notShare');
  }
  return read;
}

function strangers(json: Fields, known: readonly string[], at: readonly string[], note: Note): void {
  for (const name of Object.keys(json)) if (!known.includes(name)) note([...at, name], 'unknownField');
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
