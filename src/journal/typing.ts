import type { Span } from '../provenance/span.ts';
import type { SegmentCursor } from './cursor.ts';
import type { TrackerState } from './documentState.ts';

/** Told of a run of serials that an event takes out. */
export type Removed = (serial: number, length: number) => void;

/**
 * What plain events of one tracker come to, each of which goes on where the one before left off: one replacement of a
 * part of the text as it was before them. Mutable and reusable; its texts are of one pack.
 */
export class Typing {
  /** Whose text it changes; undefined while nothing is gathered. */
  tracker: TrackerState | undefined;
  /** Replaced part of the text before, and the length of what stands there now. */
  #from = 0;
  #to = 0;
  #length = 0;
  /** What stands there, as runs of serials, each with the place of its text among the pack's. */
  #count = 0;
  readonly #lengths: number[] = [];
  readonly #serials: number[] = [];
  readonly #starts: number[] = [];

  /** Length of the tracker's text after all that was gathered. */
  lengthOf(tracker: TrackerState): number {
    const { length } = tracker.content;
    return tracker === this.tracker ? length - (this.#to - this.#from) + this.#length : length;
  }

  /** Begins with an event of this tracker at this offset; nothing may be gathered. */
  begin(tracker: TrackerState, at: number): void {
    this.tracker = tracker;
    this.#from = this.#to = at;
    this.#length = this.#count = 0;
  }

  /** Whether a change of the text as it stands now goes on here: it begins in what was gathered, or before it, and ends behind it. */
  meets(from: number, to: number): boolean {
    const end = this.#from + this.#length;
    return from <= end && to >= end;
  }

  /** Takes the cursor's plain event up, whose change `meets` this. `removed` is told of what it takes out. */
  add(cursor: SegmentCursor, removed: Removed | undefined): void {
    const k = cursor.change;
    const [from, to] = [cursor.from[k]!, cursor.to[k]!];
    if (from < to) this.#remove(from, to, removed);
    const inserted = cursor.inserted[k]!;
    if (inserted === 0) return;
    const [serial, start] = [cursor.first, cursor.startOf(k)];
    const last = this.#count - 1;
    const goesOn =
      last >= 0 &&
      this.#serials[last]! + this.#lengths[last]! === serial &&
      this.#starts[last]! + this.#lengths[last]! === start;
    if (goesOn) this.#lengths[last]! += inserted;
    else {
      this.#serials[this.#count] = serial;
      this.#starts[this.#count] = start;
      this.#lengths[this.#count++] = inserted;
    }
    this.#length += inserted;
  }

  /** Puts it into the tracker's text and spans; `joined` are the pack's texts. Nothing is gathered then. */
  apply(joined: string): void {
    const { tracker } = this;
    if (tracker === undefined) return;
    this.tracker = undefined;
    const spans: Span[] = [];
    let insert = '';
    let [first, end] = [Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < this.#count; i++) {
      const [length, serial, start] = [this.#lengths[i]!, this.#serials[i]!, this.#starts[i]!];
      spans.push({ length, serial });
      insert += joined.slice(start, start + length);
      first = Math.min(first, serial);
      end = Math.max(end, serial + length);
    }
    const changes = [{ from: this.#from, to: this.#to, insert, spans }];
    const fresh = this.#count === 0 ? { first: 0, count: 0 } : { first, count: end - first };
    tracker.document.step(tracker, { changes, fresh, placed: 0 });
  }

  /** Takes out what stands from `from` up to the end of what was gathered, and on to `to`. */
  #remove(from: number, to: number, removed: Removed | undefined): void {
    const { provenance } = this.tracker!;
    const end = this.#from + this.#length;
    const tell = (spans: readonly Span[]) => {
      for (const { serial, length } of spans) removed?.(serial, length);
    };
    if (from < this.#from) {
      if (removed !== undefined) tell(provenance.slice(from, this.#from));
      if (removed !== undefined) this.#tell(removed);
      this.#from = from;
      this.#length = this.#count = 0;
    } else this.#shorten(end - from, removed);
    if (to === end) return;
    if (removed !== undefined) tell(provenance.slice(this.#to, this.#to + to - end));
    this.#to += to - end;
  }

  #tell(removed: Removed): void {
    for (let i = 0; i < this.#count; i++) removed(this.#serials[i]!, this.#lengths[i]!);
  }

  /** Drops the last characters of what was gathered. */
  #shorten(by: number, removed: Removed | undefined): void {
    let [left, whole] = [by, this.#count];
    while (left > 0 && this.#lengths[whole - 1]! <= left) left -= this.#lengths[--whole]!;
    if (left > 0) {
      this.#lengths[whole - 1]! -= left;
      removed?.(this.#serials[whole - 1]! + this.#lengths[whole - 1]!, left);
    }
    for (let i = whole; i < this.#count; i++) removed?.(this.#serials[i]!, this.#lengths[i]!);
    this.#count = whole;
    this.#length -= by;
  }
}
