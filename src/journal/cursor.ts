import type { Observation } from '../classify/observation.ts';
import type { Actor, Origin, Placement } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { JournalEvent } from './event.ts';
import { changedEvent, rowEvent } from './eventObject.ts';
import { Fault } from './fault.ts';
import { PackColumns } from './packColumns.ts';
import { noShape, type Shape } from './shape.ts';

const none = new Float64Array(0);
/**
 * Walks the events of a pack without making objects of them. Mutable and reusable: `open` a pack, then `next` until
 * it is false. Its arrays change with `open`; numbers are as in events. Throws Fault `newer` or `corrupt`.
 *
 *     while (cursor.next()) {
 *       if (!cursor.changed) other(cursor.event());
 *       else for (let k = cursor.change; k < cursor.changeEnd; k++) replace(cursor.from[k], cursor.to[k], cursor.inserted[k]);
 *     }
 */
export class SegmentCursor {
  readonly #columns = new PackColumns();
  #shape: Shape = noShape;
  #end = 0;
  /** Ranks of the event among those in columns, and among the rows. */
  #event = -1;
  #row = -1;
  #placed = 0;
  /** What the next event's offsets and serials are measured from. */
  #offset = 0;
  #serial = 0;
  /** Columns that are asked for with every event; those of time once they were read. */
  #rows: Float64Array = none;
  #spans: Float64Array = none;
  #encoding: Float64Array = none;
  #time: Float64Array = none;
  #firstOfPack = 0;

  sequence = -1;
  /** Whether all below speaks of this event; false for a `changed` event that columns cannot hold, see `fits.ts`. */
  changed = false;
  session = 0;
  document = 0;
  tracker = 0;
  first = 0;
  /** The serial that names the act of placing; -1 when there is none. */
  placed = -1;
  /** The event's changes stand from `change` up to `changeEnd` in `from`, `to` and `inserted` (UTF-16 units). */
  change = 0;
  changeEnd = 0;
  from: Float64Array = none;
  to: Float64Array = none;
  inserted: Float64Array = none;
  /** The lengths of its findings stand from `finding` up to `findingEnd` in `found`; `origins` has the rest of them. */
  finding = 0;
  findingEnd = 0;
  found: Float64Array = none;
  /** Count of its new characters: the sum of the findings' lengths. */
  fresh = 0;

  constructor(bytes?: Uint8Array) {
    if (bytes !== undefined) this.open(bytes);
  }

  get placement(): Placement {
    return this.#shape.placement;
  }

  get actor(): Actor | undefined {
    return this.#shape.actor;
  }

  get origins(): readonly Origin[] {
    return this.#shape.origins;
  }

  /** All of the event that is no number; one object for all of the pack that share it. */
  get shape(): Shape {
    return this.#shape;
  }

  /** Those of a pack share observations: do not change them. */
  get observation(): Observation {
    return this.#shape.observation;
  }

  /** Sequence behind the last event that it goes to. */
  get end(): number {
    return this.#end;
  }

  /** From here on as in events, once `readClocks` was called for this pack. */
  get time(): number {
    return this.#time[this.#event]!;
  }

  /** Times and zones of all events in columns, with the place of this event's among them. */
  get clocks(): { readonly times: Float64Array; readonly zones: Float64Array; readonly at: number } {
    return { times: this.#time, zones: this.#columns.of.zone.values, at: this.#event };
  }

  get monotonic(): number {
    return this.#columns.of.clock.values[this.#event]!;
  }

  get zone(): number {
    return this.#columns.of.zone.values[this.#event]!;
  }

  get version(): number {
    return this.#columns.of.version.values[this.#event]!;
  }

  /** Whether the event is one change of one tracker's text that puts in nothing but new characters, all in known words. */
  get plain(): boolean {
    const k = this.change;
    return (
      this.changeEnd === k + 1 &&
      this.#spans[k] === 0 &&
      this.#encoding[k] === 0 &&
      this.#shape.plain &&
      this.tracker !== 0
    );
  }

  /** `until`: events from this sequence on are left out. */
  open(bytes: Uint8Array, until = Number.POSITIVE_INFINITY): this {
    const columns = this.#columns;
    columns.open(bytes);
    this.sequence = columns.pack.first - 1;
    this.#end = Math.min(until, columns.pack.first + columns.pack.count);
    this.from = columns.of.from.values;
    this.to = columns.of.deleted.values;
    this.inserted = columns.of.inserted.values;
    this.found = columns.of.finding.values;
    this.#rows = columns.of.row.values;
    this.#spans = columns.of.spans.values;
    this.#encoding = columns.of.encoding.values;
    this.#firstOfPack = columns.pack.first;
    this.#event = this.#row = -1;
    this.#placed = this.#offset = this.#serial = this.changeEnd = this.findingEnd = 0;
    return this;
  }

  /** Goes on to the next event; false behind the last. */
  next(): boolean {
    if (this.sequence + 1 >= this.#end) return false;
    this.sequence++;
    this.changed = this.#rows[this.sequence - this.#firstOfPack] === 0;
    if (this.changed) this.#nextChanged();
    else this.#row++;
    return true;
  }

  /**
   * How many of the next events only go on with what this plain one put in: of the same shape and tracker, each with new
   * characters right behind those of the one before it, the next serials and the next version. After `readClocks`.
   */
  get goesOn(): number {
    const { origins, placed } = this.#shape;
    if (placed || origins.length !== 1 || this.inserted[this.change] === 0) return 0;
    const { shape, session, document, tracker, first, changes, version } = this.#columns.of;
    const rows = this.#rows;
    const event = this.#event;
    const row = this.sequence - this.#firstOfPack - event;
    const end = event + this.#end - this.sequence;
    const ofShape = shape.values[event]!;
    let next = event + 1;
    let step = version.values[event]! + 1;
    // Of all that an event may have, what goes on has differences of 0.
    while (
      next < end &&
      rows[row + next] === 0 &&
      shape.values[next] === ofShape &&
      session.values[next] === this.session &&
      document.values[next] === this.document &&
      tracker.values[next] === this.tracker &&
      first.values[next] === 0 &&
      changes.values[next] === 1 &&
      version.values[next] === step &&
      this.#isTypedOn(this.changeEnd + next - event - 1, this.findingEnd + next - event - 1)
    ) {
      next++;
      step++;
    }
    return next - event - 1;
  }

  #isTypedOn(k: number, finding: number): boolean {
    return (
      this.from[k] === 0 &&
      this.to[k] === 0 &&
      this.inserted[k]! > 0 &&
      this.#spans[k] === 0 &&
      this.#encoding[k] === 0 &&
      this.found[finding] === 0
    );
  }

  /** Goes on over so many of the events that `goesOn` counts, one at least. Gives the count of their new characters. */
  skip(events: number): number {
    let typed = 0;
    for (let k = this.changeEnd; k < this.changeEnd + events; k++) typed += this.inserted[k]!;
    this.sequence += events;
    this.#event += events;
    this.changeEnd += events;
    this.findingEnd += events;
    this.change = this.changeEnd - 1;
    this.finding = this.findingEnd - 1;
    this.fresh = this.found[this.finding] = this.inserted[this.change]!;
    this.from[this.change] = this.to[this.change] = this.#offset + typed - this.fresh;
    this.first = this.#serial + typed - this.fresh;
    this.#offset += typed;
    this.#serial += typed;
    return typed;
  }

  /** Makes the columns of time known, for this pack. Throws Fault `corrupt`. */
  readClocks(): void {
    this.#columns.readClocks();
    this.#time = this.#columns.of.time.values;
  }

  /** Where a plain change's text begins in `joined`, `k` as in `from`. */
  startOf(k: number): number {
    return this.#columns.texts.startOf(k);
  }

  /** The texts of all plain changes of the pack, in order. */
  get joined(): string {
    return this.#columns.texts.joined;
  }

  /** Spans of what a change inserts, `k` as in `from`; `undefined` when all of it is new. */
  spansOf(k: number): Span[] | undefined {
    return this.#columns.spansOf(k);
  }

  /** What a change inserts, `k` as in `from`. */
  textOf(k: number): string {
    return this.#columns.texts.ofChange(k);
  }

  /** The event as an object. Those of a pack share observations: do not change them. */
  event(): JournalEvent {
    if (this.changed) {
      this.readClocks();
      return changedEvent(this);
    }
    const { rows, texts } = this.#columns;
    return rowEvent(rows[this.#row]!, this.sequence, texts.ofRow(this.#row));
  }

  #nextChanged(): void {
    const { of, shapes } = this.#columns;
    const event = ++this.#event;
    this.#shape = shapes[of.shape.values[event]!]!;
    this.session = of.session.values[event]!;
    this.document = of.document.values[event]!;
    this.tracker = of.tracker.values[event]!;
    this.first = this.#serial + of.first.values[event]!;
    this.placed = this.#shape.placed ? this.first + of.placed.values[this.#placed++]! : -1;
    this.change = this.changeEnd;
    this.changeEnd += of.changes.values[event]!;
    const unseen = this.#nextChanges();
    this.finding = this.findingEnd;
    this.findingEnd += this.#shape.origins.length;
    this.fresh = this.#nextFindings(unseen);
    this.#serial = this.first + this.fresh + (this.#shape.placed ? 1 : 0);
    if (!(this.first >= 0)) throw new Fault('corrupt', 'a serial below 0');
  }

  /** Makes the event's offsets absolute; gives the length of what it inserts without spans. */
  #nextChanges(): number {
    const { from, to, inserted } = this;
    const spans = this.#spans;
    let [offset, unseen] = [this.#offset, 0];
    for (let k = this.change; k < this.changeEnd; k++) {
      const start = offset + from[k]!;
      if (!(start >= 0)) throw new Fault('corrupt', 'an offset below 0');
      from[k] = start;
      offset = start + to[k]!;
      to[k] = offset;
      if (spans[k] === 0) unseen += inserted[k]!;
    }
    this.#offset = this.change < this.changeEnd ? from[this.change]! + inserted[this.change]! : offset;
    return unseen;
  }

  #nextFindings(unseen: number): number {
    let [rest, fresh] = [unseen, 0];
    for (let i = this.finding; i < this.findingEnd; i++) {
      const length = rest + this.found[i]!;
      if (!(length >= 0)) throw new Fault('corrupt', 'a finding shorter than nothing');
      this.found[i] = length;
      rest -= length;
      fresh += length;
    }
    return fresh;
  }
}
