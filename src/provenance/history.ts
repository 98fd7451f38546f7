import type { ChangeSet } from '../text/change.ts';
import { compare, type TextReader } from './likeness.ts';
import type { AlignedChange, Span } from './span.ts';
import { lengthOf } from './spans.ts';
import { composeTwoWay, inverse, type Removed, type TwoWayChange } from './twoWay.ts';

/** A step as it was applied: `removed[i]` is what `changes[i]` took out; absent where that is not known. */
export interface PastStep {
  readonly changes: readonly AlignedChange[];
  readonly removed?: readonly Removed[];
  /** An undo of what this history has not seen. */
  readonly undo?: boolean;
}

export interface HistoryLimits {
  readonly steps: number;
  /** UTF-16 code units inserted and removed by the steps kept. */
  readonly characters: number;
}

/** Steps that one search looks at: more than an editor makes one undo of. */
const depth = 2_000;
/** Runs of steps with the right change of length that are compared in one search; each is composed. */
const compared = 64;

/** Runs that are compared behind one that fits to the letter: another such run leaves another place, with the same text. */
const further = 8;
/** Places that are kept in mind. */
const places = 8;

/** How far the limits are overrun before the oldest steps go. */
const slack = 1.25;

/**
 * The undo stack of one tracker, seen from outside: the editor says only that a change is an undo or
 * a redo, and one of its undo steps may be many of ours. Mutable. Steps lie in a line, with a place
 * in it up to which they stand; an undo goes back, a redo forward, any other step cuts off what lay
 * ahead. Bounded: the oldest steps go first, and what they removed is then not found.
 */
export class History {
  readonly #limits: HistoryLimits;
  #steps: TwoWayChange[][] = [];
  /** Steps that were undos of what was not seen: only these does a redo take back, and another undo make again. */
  readonly #undos = new WeakSet<readonly TwoWayChange[]>();
  /** How many steps stand, the likeliest first: undone runs of different lengths may leave the same text and serials. */
  #standing: readonly number[] = [0];
  #characters = 0;
  #matched: Match | undefined;

  constructor(limits: HistoryLimits = { steps: 10_000, characters: 4_000_000 }) {
    this.#limits = limits;
  }

  /**
   * Every step that was applied, those that `match` gave included: they move the place in the line; one that changes
   * nothing does not. Behind a step of which it is not known what it took out nothing is found any more.
   */
  push({ changes, removed, undo }: PastStep): void {
    const matched = this.#matched;
    this.#matched = undefined;
    if (matched !== undefined && same(matched.changes, changes)) {
      this.#standing = matched.standing;
      return;
    }
    // It says nothing of where the text stands: an undo of nothing must not cut off what a redo brings.
    if (changes.length === 0) return;
    if (removed === undefined) {
      [this.#steps, this.#standing, this.#characters] = [[], [0], 0];
      return;
    }
    if (removed.length !== changes.length || removed.some(({ text, spans }) => text.length !== lengthOf(spans)))
      throw new RangeError(`${removed.length} removed by ${changes.length}, or their spans are not their text's`);
    // What may stand is kept: an undo finds its way over steps that leave nothing.
    for (const ahead of this.#steps.splice(Math.max(...this.#standing))) this.#characters -= weight(ahead);
    const step = changes.map((change, i) => ({ ...change, removed: removed[i]! }));
    this.#steps.push(step);
    if (undo) this.#undos.add(step);
    this.#characters += weight(step);
    this.#forget();
    this.#standing = [this.#steps.length];
  }

  /**
   * The change with the serials that its characters had before: of the shortest run of steps whose
   * composed inverse (for a redo: whose composition) has the same effect; one that equals `changes`
   * to the letter goes before one that differs in ends that stay the same. `text`, the text before
   * the change, lets ends be compared that no step touched. Undefined: there is none, and nothing
   * may be inherited: an editor's undo stack may be older than this one, and bring back the like of
   * what was just undone here.
   */
  match(changes: ChangeSet, reason: 'undo' | 'redo', text?: TextReader): readonly AlignedChange[] | undefined {
    this.#matched = undefined;
    const found =
      reason === 'undo'
        ? (this.#find(changes, -1, text) ?? this.#find(changes, 1, text, true))
        : (this.#find(changes, 1, text) ?? this.#find(changes, -1, text, true));
    if (found === undefined) return undefined;
    this.#matched = found;
    return found.changes;
  }

  /** `undos`: only among steps that were undos themselves; else what is taken back last is none. */
  #find(wanted: ChangeSet, way: -1 | 1, text: TextReader | undefined, undos = false): Match | undefined {
    const all = this.#standing.flatMap(place => this.#search(place, wanted, way, text, undos));
    const found = all.find(run => run.equal) ?? all[0];
    if (found === undefined) return undefined;
    const { changes } = found;
    const standing = new Set([found, ...all.filter(run => same(run.changes, changes, true))].map(run => run.standing));
    return { changes, standing: [...standing].slice(0, places) };
  }

  /** The runs from a place on that may be what is wanted, the shortest first. */
  #search(place: number, wanted: ChangeSet, way: -1 | 1, text: TextReader | undefined, undos: boolean): Run[] {
    const growth = wanted.newLength - wanted.length;
    const at = (k: number) => this.#steps[way < 0 ? place - 1 - k : place + k]!;
    const step = (k: number) => (way < 0 ? inverse(at(k)) : at(k));
    const count = Math.min(depth, way < 0 ? place : this.#steps.length - place);
    const runs: Run[] = [];
    let composed: TwoWayChange[] = [];
    let done = 0;
    let grown = 0;
    for (let k = 0, left = compared; k < count && left > 0; k++) {
      if (undos && !this.#undos.has(at(k))) break;
      grown += way * growthOf(at(k));
      if (grown !== growth || this.#undos.has(at(k)) !== undos) continue;
      left--;
      composed = composeTwoWay(composed, fold(step, done, k + 1));
      done = k + 1;
      const likeness = compare(wanted.changes, composed, text);
      if (likeness === 'other') continue;
      const equal = likeness === 'equal';
      if (equal) left = Math.min(left, further);
      runs.push({ changes: composed.map(withoutRemoved), standing: place + way * done, equal });
    }
    return runs;
  }

  /** The oldest steps go, many at once: an array's front is dear to cut. */
  #forget(): void {
    const { steps, characters } = this.#limits;
    if (this.#steps.length <= steps * slack && this.#characters <= characters * slack) return;
    let gone = 0;
    while (gone < this.#steps.length - 1 && (this.#steps.length - gone > steps || this.#characters > characters)) {
      this.#characters -= weight(this.#steps[gone++]!);
    }
    this.#steps.splice(0, gone);
  }
}

interface Match {
  readonly changes: readonly AlignedChange[];
  /** How many steps may stand once it is applied, the likeliest first. */
  readonly standing: readonly number[];
}

/** Some steps in a row as one. */
interface Run {
  readonly changes: readonly AlignedChange[];
  /** How many steps stand behind it. */
  readonly standing: number;
  /** It is what was wanted, to the letter. */
  readonly equal: boolean;
}

/** Steps `from` to `to` composed, halves first, so that long runs stay linear. */
function fold(step: (k: number) => TwoWayChange[], from: number, to: number): TwoWayChange[] {
  if (to - from === 1) return step(from);
  const middle = (from + to) >>> 1;
  return composeTwoWay(fold(step, from, middle), fold(step, middle, to));
}

function weight(step: readonly TwoWayChange[]): number {
  let n = 0;
  for (const { insert, removed } of step) n += insert.length + removed.text.length;
  return n;
}

function growthOf(step: readonly TwoWayChange[]): number {
  let n = 0;
  for (const { from, to, insert } of step) n += insert.length - (to - from);
  return n;
}

function withoutRemoved({ from, to, insert, spans }: TwoWayChange): AlignedChange {
  return { from, to, insert, spans };
}

/** `spans`: with the same serials too. */
function same(a: readonly AlignedChange[], b: readonly AlignedChange[], spans = false): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((x, i) => {
        const y = b[i]!;
        return x.from === y.from && x.to === y.to && x.insert === y.insert && (!spans || sameSpans(x.spans, y.spans));
      }))
  );
}

function sameSpans(a: readonly Span[], b: readonly Span[]): boolean {
  return (
    a.length === b.length && a.every(({ length, serial }, i) => length === b[i]!.length && serial === b[i]!.serial)
  );
}
