/** What a walk over two steps in a row needs to know of a change. */
interface Sized {
  readonly from: number;
  readonly to: number;
  readonly insert: { readonly length: number };
}

/** Receives, in the order of the text, what both steps together do to the old text. */
export interface Composition {
  /** `n` old characters stay. */
  keep(n: number): void;
  /** `n` old characters go. */
  remove(n: number): void;
  /** The part `start`..`end` of what change `index` of the first step inserts stays. */
  first(index: number, start: number, end: number): void;
  /** Change `index` of the next step inserts. */
  next(index: number): void;
}

/**
 * Walks two steps as one. Both lists are sorted and disjoint, `next` in the offsets that `first` makes.
 * Ties: what `next` inserts at an offset where `first` removed something comes after the removal.
 * What stays behind the last change is not reported. Costs O(changes).
 */
export function compose(first: readonly Sized[], next: readonly Sized[], out: Composition): void {
  const a = new Cursor(first);
  const b = new Cursor(next);
  while (!(a.ended && b.ended)) {
    if (a.part === 'remove') {
      out.remove(a.left);
      a.advance(a.left);
    } else if (b.part === 'insert') {
      out.next(b.index);
      b.advance(b.left);
    } else {
      // `a` keeps or inserts middle characters, `b` keeps or removes them.
      const n = Math.min(a.left, b.left);
      if (a.part === 'insert') {
        if (b.part === 'keep') out.first(a.index, a.done, a.done + n);
      } else if (b.part === 'keep') out.keep(n);
      else out.remove(n);
      a.advance(n);
      b.advance(n);
    }
  }
}

/** A step read as runs that are kept, removed and inserted, in this order for each change. */
class Cursor {
  part: 'keep' | 'remove' | 'insert' = 'keep';
  index = 0;
  left = 0;
  done = 0;
  readonly #changes: readonly Sized[];

  constructor(changes: readonly Sized[]) {
    this.#changes = changes;
    this.left = changes[0]?.from ?? Infinity;
    if (this.left === 0) this.#turn();
  }

  get ended(): boolean {
    return this.index === this.#changes.length;
  }

  advance(n: number): void {
    this.left -= n;
    this.done += n;
    if (this.left === 0) this.#turn();
  }

  #turn(): void {
    while (this.left === 0) {
      const change = this.#changes[this.index]!;
      this.done = 0;
      if (this.part === 'keep') {
        this.part = 'remove';
        this.left = change.to - change.from;
      } else if (this.part === 'remove') {
        this.part = 'insert';
        this.left = change.insert.length;
      } else {
        this.part = 'keep';
        this.index++;
        this.left = (this.#changes[this.index]?.from ?? Infinity) - change.to;
      }
    }
  }
}
