import type { Span } from '../provenance/span.ts';
import type { SegmentCursor } from './cursor.ts';
import type { TrackerState } from './documentState.ts';

/** Is told of each run of serials that an event takes out. */
interface Onlooker {
  removed(cursor: SegmentCursor, serial: number, length: number): void;
}

/** Is told of runs of serials that are taken out, in the order of the text. */
type Told = (gone: readonly Span[]) => void;

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

  /** Whether what is gathered is of the tracker that the event is of. */
  isOf(cursor: SegmentCursor): boolean {
    const { tracker } = this;
    return tracker !== undefined && tracker.tracker === cursor.tracker && tracker.session === cursor.session;
  }

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

  /** Takes the cursor's plain event up, whose change `meets` this. */
  add(cursor: SegmentCursor, onlooker: Onlooker | undefined): void {
    const k = cursor.change;
    const from = cursor.from[k]!;
    const to = cursor.to[k]!;
    if (from < to) this.#remove(from, to, onlooker && (gone => tell(onlooker, cursor, gone)));
    const inserted = cursor.inserted[k]!;
    if (inserted > 0) this.#put(inserted, cursor.first, cursor.startOf(k));
  }

  /** Takes a change up that `meets` this: so many new characters, from `serial` on, whose text is at `start` of all texts. */
  replace(from: number, to: number, inserted: number, serial: number, start: number): void {
    if (from < to) this.#remove(from, to, undefined);
    if (inserted > 0) this.#put(inserted, serial, start);
  }

  /** Takes up so many more characters right behind those taken up last, as `goesOn` of the cursor counts them. */
  goOn(characters: number): void {
    this.#lengths[this.#count - 1]! += characters;
    this.#length += characters;
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

  #put(length: number, serial: number, start: number): void {
    this.#length += length;
    const last = this.#count - 1;
    if (last >= 0) {
      const before = this.#lengths[last]!;
      if (this.#serials[last]! + before === serial && this.#starts[last]! + before === start) {
        this.#lengths[last] = before + length;
        return;
      }
    }
    this.#serials[this.#count] = serial;
    this.#starts[this.#count] = start;
    this.#lengths[this.#count++] = length;
  }

  /** Takes out what stands from `from` up to the end of what was gathered, and on to `to`. */
  #remove(from: number, to: number, told: Told | undefined): void {
    const { provenance } = this.tracker!;
    const beyond = to - (this.#from + this.#length);
    if (from < this.#from) told?.(provenance.slice(from, this.#from));
    this.#shorten(Math.min(this.#length, this.#from + this.#length - from), told);
    this.#from = Math.min(this.#from, from);
    if (beyond > 0) told?.(provenance.slice(this.#to, this.#to + beyond));
    this.#to += beyond;
  }

  /** Drops the last characters of what was gathered. */
  #shorten(by: number, told: Told | undefined): void {
    const gone: Span[] = [];
    for (let left = by; left > 0; ) {
      const last = this.#count - 1;
      const length = Math.min(left, this.#lengths[last]!);
      this.#lengths[last]! -= length;
      if (told !== undefined) gone.unshift({ serial: this.#serials[last]! + this.#lengths[last]!, length });
      if (this.#lengths[last] === 0) this.#count--;
      left -= length;
    }
    this.#length -= by;
    told?.(gone);
  }
}

function tell(onlooker: Onlooker, cursor: SegmentCursor, gone: readonly Span[]): void {
  for (const { serial, length } of gone) onlooker.removed(cursor, serial, length);
}
