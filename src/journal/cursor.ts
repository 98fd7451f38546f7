import type { Observation } from '../classify/observation.ts';
import type { Actor, Origin, Placement } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { EventChange, Finding, JournalEvent } from './event.ts';
import { Fault } from './fault.ts';
import { PackColumns } from './packColumns.ts';
import type { Shape } from './shape.ts';

const noShape: Shape = {
  placement: 'insert',
  placed: false,
  observation: { by: 'editor' },
  actor: undefined,
  origins: [],
};

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
  from: Float64Array = new Float64Array(0);
  to: Float64Array = new Float64Array(0);
  inserted: Float64Array = new Float64Array(0);
  /** The lengths of its findings stand from `finding` up to `findingEnd` in `found`; `origins` has the rest of them. */
  finding = 0;
  findingEnd = 0;
  found: Float64Array = new Float64Array(0);
  /** Count of its new characters: the sum of the findings' lengths. */
  fresh = 0;

  constructor(bytes?: Uint8Array) {
    if (bytes !== undefined) this.open(bytes);
  }

  get placement(): Placement {
    return this.#shape.placement;
  }

  /** Who removed or moved text by this event. */
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
    return this.#columns.of.time.values[this.#event]!;
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

  /** Whether the event is one change of one tracker's text that puts in nothing but new characters, as typing does. */
  get plain(): boolean {
    const { of } = this.#columns;
    const k = this.change;
    return (
      this.changeEnd === k + 1 &&
      of.spans.values[k] === 0 &&
      of.encoding.values[k] === 0 &&
      !this.#shape.placed &&
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
    this.#event = this.#row = -1;
    this.#placed = this.#offset = this.#serial = this.changeEnd = this.findingEnd = 0;
    return this;
  }

  /** Goes on to the next event; false behind the last. */
  next(): boolean {
    if (this.sequence + 1 >= this.#end) return false;
    const { of, pack } = this.#columns;
    this.sequence++;
    this.changed = of.row.values[this.sequence - pack.first] === 0;
    if (this.changed) this.#nextChanged();
    else this.#row++;
    return true;
  }

  /** Makes the columns of time known, for this pack. Throws Fault `corrupt`. */
  readClocks(): void {
    this.#columns.readClocks();
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
    if (this.changed) return this.#changedEvent();
    const { rows, texts } = this.#columns;
    const row = parsed(rows[this.#row]!);
    const own = texts.ofRow(this.#row);
    const event = { ...row, sequence: this.sequence, ...(own === undefined ? {} : { texts: own }) };
    return event as unknown as JournalEvent;
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
    const spans = this.#columns.of.spans.values;
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

  #changedEvent(): JournalEvent {
    const { of, texts } = this.#columns;
    this.#columns.readClocks();
    const event = this.#event;
    const changes: EventChange[] = [];
    const inserts: string[] = [];
    for (let k = this.change; k < this.changeEnd; k++) {
      const [from, to, spans] = [this.from[k]!, this.to[k]!, this.spansOf(k)];
      changes.push(spans === undefined ? { from, to } : { from, spans, to });
      inserts.push(texts.ofChange(k));
    }
    const findings = this.#shape.origins.map(({ basis, kind, prompt, rule }, i): Finding => {
      const length = this.found[this.finding + i]!;
      return prompt === undefined ? { basis, kind, length, rule } : { basis, kind, length, prompt, rule };
    });
    const { actor } = this.#shape;
    const common = {
      ...(actor && { actor: { basis: actor.basis, kind: actor.kind, rule: actor.rule } }),
      changes,
      document: this.document,
      findings,
      first: this.first,
      kind: 'changed',
      monotonic: of.clock.values[event]!,
      observation: this.#shape.observation,
      placement: this.#shape.placement,
      sequence: this.sequence,
      session: this.session,
      texts: inserts,
      time: of.time.values[event]!,
      tracker: this.tracker,
      version: of.version.values[event]!,
      zone: of.zone.values[event]!,
    } as const;
    return this.#shape.placed ? { ...common, placed: this.placed } : common;
  }
}

function parsed(row: string): object {
  try {
    const value: unknown = JSON.parse(row);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw new Fault('corrupt', 'a row', { cause });
  }
  throw new Fault('corrupt', 'a row');
}
