import type { Appended, PlainRun } from './appended.ts';
import { canonicalJson } from './canonical.ts';
import { writeColumn } from './columns.ts';
import type { EventChange, JournalEvent } from './event.ts';
import { type ChangedEvent, fitsColumns } from './fits.ts';
import { aloneFrom, type ColumnName, columnNames } from './layout.ts';
import { Numbers } from './numbers.ts';
import { type Codec, writePack } from './pack.ts';
import { wellFormed } from './parts.ts';
import type { PlainSteps } from './plainSteps.ts';
import { ShapeTable } from './shape.ts';
import { ByteWriter, fold } from './varint.ts';
import { Versions } from './versions.ts';

/** A pack as it is written: what each event adds to the columns. Mutable; it can be packed as it stands and go on. */
export class Draft {
  /** Those of signed columns are folded. */
  readonly #columns = spare.pop() ?? noColumns();
  readonly #shapes = new ShapeTable();
  readonly #rows: string[] = [];
  #joined = '';
  #aloneBytes = 0;
  readonly #alone: Uint8Array[] = [];
  readonly #rowTexts: Uint8Array[] = [];
  /** What the next event in columns is measured from. */
  #serial = 0;
  #offset = 0;
  #spanSerial = 0;
  #time = 0;
  #clock = 0;
  readonly #versions = new Versions();

  /** Events that were added. */
  get count(): number {
    return this.#columns.row.length;
  }

  /** Length of all texts, about. */
  get units(): number {
    return this.#joined.length + this.#aloneBytes;
  }

  /** Throws TypeError at what `canonicalJson` refuses; the draft is of no use then. */
  add(event: JournalEvent): void {
    const changed = fitsColumns(event);
    this.#columns.row.push(changed ? 0 : 1);
    if (changed) this.#addChanged(event);
    else this.#addRow(event);
  }

  /** The same of several. */
  addAll(all: readonly Appended[]): void {
    for (let i = 0; i < all.length; i++) {
      const one = all[i]!;
      if ('steps' in one) this.#addPlain(one);
      else this.add(one);
    }
  }

  pack(first: number, codec: Codec): Uint8Array {
    const out = new ByteWriter();
    for (const block of [this.#shapes.json(), this.#rows.join('\n')]) {
      const bytes = Buffer.from(block, 'utf8');
      out.varint(bytes.length);
      out.raw(bytes);
    }
    for (const name of columnNames) writeColumn(out, this.#columns[name]);
    const texts = Buffer.concat([Buffer.from(this.#joined, 'utf8'), ...this.#alone, ...this.#rowTexts]);
    return writePack({ codec, first, count: this.count }, out.done(), texts);
  }

  /** The pack, the last time: the draft is of no use then. */
  packed(first: number, codec: Codec): Uint8Array {
    const bytes = this.pack(first, codec);
    keepSpare(this.#columns);
    return bytes;
  }

  #addRow(event: JournalEvent): void {
    const { sequence: _sequence, texts, ...rest } = event;
    this.#rows.push(canonicalJson(rest));
    this.#columns.texts.push(texts === undefined ? 0 : texts.length + 1);
    for (const text of texts ?? [])
      this.#rowTexts.push(this.#bytesOf(text, this.#columns.rowEncoding, this.#columns.rowBytes));
  }

  #addChanged(event: ChangedEvent & { readonly texts: readonly string[] }): void {
    const columns = this.#columns;
    const { session, document, tracker, first, placed, changes, findings, texts } = event;
    columns.shape.push(this.#shapes.rank(event));
    columns.session.push(session);
    columns.document.push(document);
    columns.tracker.push(tracker);
    columns.first.push(fold(first - this.#serial));
    if (placed !== undefined) columns.placed.push(fold(placed - first));
    columns.changes.push(changes.length);
    let fresh = 0;
    for (let i = 0; i < changes.length; i++) {
      const [change, inserted] = [changes[i] as EventChange, (texts[i] as string).length];
      this.#addChange(change, inserted);
      if (change.spans === undefined) fresh += inserted;
      this.#addText(texts[i] as string);
    }
    if (changes[0] !== undefined) this.#offset = changes[0].from + (texts[0] as string).length;
    this.#serial = placed === undefined ? first : first + 1;
    for (let i = 0; i < findings.length; i++) {
      const { length } = findings[i]!;
      columns.finding.push(fold(length - fresh));
      fresh -= length;
      this.#serial += length;
    }
    this.#addClocks(event);
  }

  /** As `#addChanged` of each, a column at a time. */
  #addPlain({ steps, session, from: at, until }: PlainRun): void {
    const columns = this.#columns;
    const count = until - at;
    if (count === 0) return;
    columns.row.repeat(0, count);
    columns.session.repeat(session, count);
    columns.document.copy(steps.document, at, until);
    columns.tracker.copy(steps.tracker, at, until);
    columns.changes.repeat(1, count);
    columns.inserted.copy(steps.inserted, at, until);
    columns.spans.repeat(0, count);
    columns.encoding.repeat(0, count);
    const last = until - 1;
    this.#joined += steps.texts.slice(steps.start[at]!, steps.start[last]! + steps.inserted[last]!);
    this.#addPlainPlaces(steps, at, until);
    this.#addPlainClocks(steps, session, at, until);
  }

  #addPlainPlaces({ shapes, shape, first, from, to, inserted }: PlainSteps, at: number, until: number): void {
    const columns = this.#columns;
    let [serial, offset] = [this.#serial, this.#offset];
    for (let i = at; i < until; i++) {
      const length = inserted[i]!;
      columns.shape.push(this.#shapes.rankOf(shapes[shape[i]!]!));
      columns.first.push(fold(first[i]! - serial));
      columns.from.push(fold(from[i]! - offset));
      columns.deleted.push(to[i]! - from[i]!);
      if (length > 0) columns.finding.push(0);
      serial = first[i]! + length;
      offset = from[i]! + length;
    }
    this.#serial = serial;
    this.#offset = offset;
  }

  #addPlainClocks(steps: PlainSteps, session: number, at: number, until: number): void {
    const columns = this.#columns;
    const { time, monotonic, zone, version, tracker } = steps;
    let [now, clock] = [this.#time, this.#clock];
    for (let i = at; i < until; i++) {
      const ahead = monotonic[i]! - time[i]!;
      columns.time.push(fold(time[i]! - now));
      columns.clock.push(fold(ahead - clock));
      columns.zone.push(fold(zone[i]!));
      columns.version.push(fold(version[i]! - this.#versions.next(session, tracker[i]!)));
      this.#versions.set(version[i]!);
      now = time[i]!;
      clock = ahead;
    }
    this.#time = now;
    this.#clock = clock;
  }

  /** An offset is measured from the change before it in the event, else from the end of what the last event put in. */
  #addChange({ from, to, spans }: EventChange, inserted: number): void {
    const columns = this.#columns;
    columns.from.push(fold(from - this.#offset));
    columns.deleted.push(to - from);
    columns.inserted.push(inserted);
    columns.spans.push(spans === undefined ? 0 : spans.length + 1);
    this.#offset = to;
    if (spans === undefined) return;
    for (const { length, serial } of spans) {
      columns.spanLength.push(length);
      columns.spanSerial.push(fold(serial - this.#spanSerial));
      this.#spanSerial = serial + length;
    }
  }

  #addClocks({ session, tracker, time, monotonic, zone, version }: ChangedEvent): void {
    const columns = this.#columns;
    columns.time.push(fold(time - this.#time));
    columns.clock.push(fold(monotonic - time - this.#clock));
    columns.zone.push(fold(zone));
    this.#time = time;
    this.#clock = monotonic - time;
    columns.version.push(fold(version - this.#versions.next(session, tracker)));
    this.#versions.set(version);
  }

  #addText(text: string): void {
    const { encoding, bytes } = this.#columns;
    if (text.length >= aloneFrom || !wellFormed(text)) {
      this.#alone.push(this.#bytesOf(text, encoding, bytes));
      return;
    }
    encoding.push(0);
    this.#joined += text;
  }

  #bytesOf(text: string, encodings: Numbers, lengths: Numbers): Uint8Array {
    const whole = wellFormed(text);
    const bytes = Buffer.from(text, whole ? 'utf8' : 'utf16le');
    encodings.push(whole ? 1 : 2);
    lengths.push(bytes.length);
    this.#aloneBytes += bytes.length;
    return bytes;
  }
}

/** Columns of drafts that are no more: to make them costs as much as to fill them. */
const spare: Record<ColumnName, Numbers>[] = [];
const mostSpare = 2;
/** Numbers of a column above which it is rather made anew than kept. */
const mostKept = 2 ** 12;

function keepSpare(columns: Record<ColumnName, Numbers>): void {
  if (spare.length >= mostSpare || columnNames.some(name => columns[name].values.length > mostKept)) return;
  for (const name of columnNames) columns[name].length = 0;
  spare.push(columns);
}

/** Written out: an object that is made so is quicker to make and to look into than one of a list of names. */
function noColumns(): Record<ColumnName, Numbers> {
  return {
    row: new Numbers(),
    shape: new Numbers(),
    session: new Numbers(),
    document: new Numbers(),
    tracker: new Numbers(),
    first: new Numbers(),
    placed: new Numbers(),
    changes: new Numbers(),
    from: new Numbers(),
    deleted: new Numbers(),
    inserted: new Numbers(),
    spans: new Numbers(),
    spanLength: new Numbers(),
    spanSerial: new Numbers(),
    finding: new Numbers(),
    encoding: new Numbers(),
    bytes: new Numbers(),
    texts: new Numbers(),
    rowEncoding: new Numbers(),
    rowBytes: new Numbers(),
    time: new Numbers(),
    clock: new Numbers(),
    zone: new Numbers(),
    version: new Numbers(),
  };
}
