import { JournalError } from './problem.ts';
import { printsOf } from './recallPrints.ts';
import type { RecallStore } from './recallStore.ts';
import { RecallTable } from './recallTable.ts';

/** Where a print stands: a kept passage, and an offset in it. */
export interface Place {
  readonly id: number;
  readonly at: number;
}

/** A document's whole text was replaced so often: what the table has of it is swept out. */
const mostReplaced = 8;
/** Beyond this a new table is begun: places are numbers of 32 bits. */
const mostPlaces = 0xfff00000;

/** Prints of the kept passages, or of the outputs, in memory. They are made from the texts when a session begins, some at a time. */
export class RecallPassages {
  readonly #store: RecallStore;
  readonly #of: 'texts' | 'outputs';
  #now: Loaded;
  /** Takes the place of `#now` once it has all. */
  #next: Loaded | undefined;

  constructor(store: RecallStore, of: 'texts' | 'outputs' = 'texts') {
    this.#store = store;
    this.#of = of;
    this.#now = new Loaded(of);
  }

  /** Number of prints. */
  get count(): number {
    return this.#now.table.count;
  }

  /** What was kept lately is taken in; `enough` is asked after each passage. False when nothing is left to do. */
  load(enough: () => boolean): boolean {
    if (!this.#now.load(this.#store, enough)) return true;
    if (this.#next === undefined && !this.#now.isWorn(this.#store)) return false;
    this.#next ??= new Loaded(this.#of);
    if (!this.#next.load(this.#store, enough)) return true;
    this.#now = this.#next;
    this.#next = undefined;
    return false;
  }

  /** Undefined where a print stands in too many places to tell anything. */
  places(hash: number): readonly Place[] | undefined {
    return this.#now.table.places(hash)?.map(place => this.#now.placeOf(place));
  }
}

/** The passages that one table has. */
class Loaded {
  readonly table = new RecallTable();
  readonly #of: 'texts' | 'outputs';
  /** Where the passages begin in one long text, and which they are. */
  readonly #starts: number[] = [];
  readonly #ids: number[] = [];
  #end = 0;

  constructor(of: 'texts' | 'outputs') {
    this.#of = of;
  }

  /** Whether all is in it. */
  load(store: RecallStore, enough: () => boolean): boolean {
    for (const { id, length } of store.after(this.#ids.at(-1) ?? 0, this.#of)) {
      if (!store.isWhole(id)) throw new JournalError({ code: 'corrupt', path: store.file, detail: `passage ${id}` });
      const base = this.#end;
      let text = '';
      for (let at = 0; at < length; ) {
        const part = store.part(id, at);
        if (part === undefined) break;
        text += part.text;
        at = part.start + part.text.length;
      }
      printsOf(text, (hash, at) => this.table.put(hash, base + at));
      this.#starts.push(base);
      this.#ids.push(id);
      this.#end += length + 1;
      if (enough()) return false;
    }
    return true;
  }

  /** Whether much of it is not kept any more. */
  isWorn(store: RecallStore): boolean {
    if (this.#end > mostPlaces) return true;
    const gone = this.#ids.length - store.count(this.#of);
    return gone > mostReplaced && gone * 4 > this.#ids.length;
  }

  placeOf(place: number): Place {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return { id: this.#ids[low]!, at: place - this.#starts[low]! };
  }
}
