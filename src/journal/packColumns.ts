import { isUtf8 } from 'node:buffer';
import type { Span } from '../provenance/span.ts';
import { Column } from './columns.ts';
import { Fault } from './fault.ts';
import { type ColumnName, columnNames, layout } from './layout.ts';
import { type Pack, readPack } from './pack.ts';
import { PackTexts } from './packTexts.ts';
import { readShapes, type Shape } from './shape.ts';
import { ByteReader } from './varint.ts';
import { Versions } from './versions.ts';

/** More numbers than any column of 4096 events holds; a pack that counts more is not believed. */
const most = 2 ** 26;

/** The columns of one pack, read and counted against each other. Mutable and reusable; arrays change with `open`. */
export class PackColumns {
  pack!: Pack;
  shapes: readonly Shape[] = [];
  rows: readonly string[] = [];
  readonly of: Readonly<Record<ColumnName, Column>>;
  #reader!: ByteReader;
  #clocks = false;
  #texts: PackTexts | undefined;
  #changes = 0;
  /** Where each change's spans begin in their columns; made when first asked for. */
  #spanStarts: Float64Array | undefined;

  constructor() {
    const columns = columnNames.map(name => [name, new Column(layout[name])] as const);
    this.of = Object.fromEntries(columns) as Record<ColumnName, Column>;
  }

  /** Throws Fault `newer` or `corrupt`. */
  open(bytes: Uint8Array): void {
    this.pack = readPack(bytes);
    this.#reader = new ByteReader(this.pack.columns);
    this.#clocks = false;
    this.#texts = undefined;
    this.#spanStarts = undefined;
    this.shapes = readShapes(this.#block());
    const rows = this.#block();
    this.rows = rows === '' ? [] : rows.split('\n');
    const { of } = this;
    this.#read(['row'], this.pack.count);
    const rowCount = of.row.nonzero;
    if (of.row.sum !== rowCount || rowCount !== this.rows.length) {
      throw new Fault('corrupt', `${this.rows.length} rows where ${rowCount} are counted`);
    }
    this.#readChanged();
    this.#read(['texts'], rowCount);
    this.#read(['rowEncoding', 'rowBytes'], of.texts.sum - of.texts.nonzero);
  }

  /** Numbers of events in columns: all that are no rows. */
  get changed(): number {
    return this.pack.count - this.rows.length;
  }

  /** Makes the columns of time absolute: `clock` is then monotonic time, `version` the tracker's own. */
  readClocks(): void {
    if (this.#clocks) return;
    const { time, clock, version, session, tracker } = this.of;
    const count = this.changed;
    this.#read(['time', 'clock', 'zone', 'version'], count);
    if (this.#reader.at !== this.#reader.bytes.length) throw new Fault('corrupt', 'bytes behind the last column');
    const versions = new Versions();
    let [now, ahead] = [0, 0];
    for (let i = 0; i < count; i++) {
      now += time.values[i]!;
      ahead += clock.values[i]!;
      if (!(Number.isSafeInteger(now) && Number.isSafeInteger(now + ahead))) throw new Fault('corrupt', 'a time');
      time.values[i] = now;
      clock.values[i] = now + ahead;
      version.values[i]! += versions.next(session.values[i]!, tracker.values[i]!);
      versions.set(version.values[i]!);
    }
    this.#clocks = true;
  }

  /** The texts, inflated and decoded when first asked for. Throws Fault `corrupt`. */
  get texts(): PackTexts {
    this.#texts ??= new PackTexts(this.pack.texts(), this.of, this.#changes, this.rows.length);
    return this.#texts;
  }

  /** Spans of what change `k` inserts; `undefined` when all of it is new. */
  spansOf(k: number): Span[] | undefined {
    const { spans, spanLength, spanSerial } = this.of;
    const count = spans.values[k]! - 1;
    if (count < 0) return undefined;
    this.#spanStarts ??= starts(spans.values, this.#changes);
    const start = this.#spanStarts[k]!;
    return Array.from({ length: count }, (_, i) => {
      return { length: spanLength.values[start + i]!, serial: spanSerial.values[start + i]! };
    });
  }

  #readChanged(): void {
    const { of, changed: count } = this;
    this.#read(['shape', 'session', 'document', 'tracker', 'first'], count);
    const { placed, findings } = this.#shapeCounts();
    this.#read(['placed'], placed);
    this.#read(['changes'], count);
    this.#changes = of.changes.sum;
    this.#read(['from', 'deleted', 'inserted', 'spans'], this.#changes);
    const spans = of.spans.sum - of.spans.nonzero;
    this.#read(['spanLength', 'spanSerial'], spans);
    for (let i = 0, serial = 0; i < spans; i++) {
      of.spanSerial.values[i] = serial += of.spanSerial.values[i]!;
      serial += of.spanLength.values[i]!;
    }
    this.#read(['finding'], findings);
    this.#read(['encoding'], this.#changes);
    this.#read(['bytes'], of.encoding.nonzero);
  }

  /** How many of the events have `placed`, and their findings. */
  #shapeCounts(): { placed: number; findings: number } {
    const ranks = this.of.shape.values;
    const origins = this.shapes.map(shape => shape.origins.length);
    let [placed, findings] = [0, 0];
    for (let i = 0; i < this.changed; i++) {
      const count = origins[ranks[i]!];
      if (count === undefined) throw new Fault('corrupt', `no shape ${ranks[i]}`);
      findings += count;
      if (this.shapes[ranks[i]!]!.placed) placed++;
    }
    return { placed, findings };
  }

  #block(): string {
    const bytes = this.#reader.take(this.#reader.varint());
    if (!isUtf8(bytes)) throw new Fault('corrupt', 'shapes or rows are not UTF-8');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  }

  #read(names: readonly ColumnName[], count: number): void {
    if (count > most) throw new Fault('corrupt', `a column of ${count} numbers`);
    for (const name of names) this.of[name].read(this.#reader, count);
  }
}

function starts(spans: Float64Array, count: number): Float64Array {
  const found = new Float64Array(count);
  for (let k = 1; k < count; k++) found[k] = found[k - 1]! + Math.max(0, spans[k - 1]! - 1);
  return found;
}
