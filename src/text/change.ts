import { type Composition, compose } from './compose.ts';

/**
 * One replacement: the characters from `from` to `to` (offsets in the old text, half-open) give way to
 * `insert`. Offsets are UTF-16 code units.
 */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * All changes of one step, immutable: sorted, disjoint, in old offsets, over a text of known length.
 * Canonical: no change is empty, and changes that touch are one. So two sets that keep the same old
 * characters and insert the same text between them are equal, and `compose` is associative to the letter.
 * Misuse (overlap, an offset outside the text, a wrong length) throws RangeError.
 */
export class ChangeSet {
  /** Length of the text before. */
  readonly length: number;
  /** Length of the text after. */
  readonly newLength: number;
  readonly changes: readonly Change[];

  private constructor(length: number, changes: readonly Change[]) {
    let newLength = length;
    for (const { from, to, insert } of changes) newLength += insert.length - (to - from);
    this.length = length;
    this.newLength = newLength;
    this.changes = changes;
  }

  /** Changes in any order; those that insert at one offset keep the order in which they are given. */
  static of(length: number, changes: readonly Change[]): ChangeSet {
    return new ChangeSet(length, canonical(length, changes));
  }

  /** Changes nothing. */
  static empty(length: number): ChangeSet {
    return new ChangeSet(length, []);
  }

  get isEmpty(): boolean {
    return this.changes.length === 0;
  }

  /** The text after. */
  apply(text: string): string {
    this.#demand(text.length === this.length, `a text of ${text.length}`);
    let out = '';
    let at = 0;
    for (const { from, to, insert } of this.changes) {
      out += text.slice(at, from) + insert;
      at = to;
    }
    return out + text.slice(at);
  }

  /** Both steps as one: `a.compose(b).apply(t) === b.apply(a.apply(t))`. */
  compose(next: ChangeSet): ChangeSet {
    this.#demand(next.length === this.newLength, `a next step over ${next.length}`);
    if (next.isEmpty) return this;
    if (this.isEmpty) return next;
    return new ChangeSet(this.length, new Collected(this.changes, next.changes).changes);
  }

  /** The step back: `a.invert(t).apply(a.apply(t)) === t`. */
  invert(oldText: string): ChangeSet {
    this.#demand(oldText.length === this.length, `an old text of ${oldText.length}`);
    let shift = 0;
    const back: Change[] = [];
    for (const { from, to, insert } of this.changes) {
      back.push({ from: from + shift, to: from + shift + insert.length, insert: oldText.slice(from, to) });
      shift += insert.length - (to - from);
    }
    return new ChangeSet(this.newLength, back);
  }

  /**
   * Where an old offset stands in the new text. An offset at or inside a change goes before (-1) or
   * after (1) what the change inserts; so `map` never falls as the offset grows.
   */
  map(offset: number, side: -1 | 1): number {
    this.#demand(offset >= 0 && offset <= this.length, `the offset ${offset}`);
    let shift = 0;
    for (const { from, to, insert } of this.changes) {
      if (offset < from) break;
      if (offset <= to) return side < 0 ? from + shift : from + shift + insert.length;
      shift += insert.length - (to - from);
    }
    return offset + shift;
  }

  equals(other: ChangeSet): boolean {
    if (other.length !== this.length || other.changes.length !== this.changes.length) return false;
    return this.changes.every((a, i) => {
      const b = other.changes[i]!;
      return a.from === b.from && a.to === b.to && a.insert === b.insert;
    });
  }

  /** For people: `10: 2-4 "ab", 7-7 "c"`. */
  toString(): string {
    return `${this.length}: ${this.changes.map(c => `${c.from}-${c.to} ${JSON.stringify(c.insert)}`).join(', ')}`;
  }

  #demand(holds: boolean, what: string): void {
    if (!holds) throw new RangeError(`${what} does not fit changes from length ${this.length} to ${this.newLength}`);
  }
}

function canonical(length: number, changes: readonly Change[]): Change[] {
  const sorted = inOrder(changes) ? changes : [...changes].sort((a, b) => a.from - b.from || a.to - b.to);
  const out: Change[] = [];
  for (const { from, to, insert } of sorted) {
    const last = out.at(-1);
    if (!(from >= (last?.to ?? 0) && to >= from && to <= length)) {
      throw new RangeError(`change ${from}-${to} overlaps another or leaves a text of ${length}`);
    }
    if (from === to && insert === '') continue;
    if (last?.to === from) out[out.length - 1] = { from: last.from, to, insert: last.insert + insert };
    else out.push({ from, to, insert });
  }
  return out;
}

/** Cheap test for the usual case. */
function inOrder(changes: readonly Change[]): boolean {
  return changes.every((c, i) => i === 0 || changes[i - 1]!.to <= c.from);
}

/** Collects a composition as changes in old offsets. */
class Collected implements Composition {
  readonly changes: Change[] = [];
  readonly #first: readonly Change[];
  readonly #next: readonly Change[];
  #from = 0;
  #to = 0;
  #insert = '';

  constructor(first: readonly Change[], next: readonly Change[]) {
    this.#first = first;
    this.#next = next;
    compose(first, next, this);
    this.#close();
  }

  keep(n: number): void {
    this.#close();
    this.#from = this.#to = this.#to + n;
  }

  remove(n: number): void {
    this.#to += n;
  }

  first(index: number, start: number, end: number): void {
    this.#insert += this.#first[index]!.insert.slice(start, end);
  }

  next(index: number): void {
    this.#insert += this.#next[index]!.insert;
  }

  #close(): void {
    if (this.#to > this.#from || this.#insert !== '') {
      this.changes.push({ from: this.#from, to: this.#to, insert: this.#insert });
      this.#insert = '';
    }
  }
}
