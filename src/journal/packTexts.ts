import { isUtf8 } from 'node:buffer';
import type { Column } from './columns.ts';
import { Fault } from './fault.ts';
import type { ColumnName } from './layout.ts';

/** Encoding of a text that stands alone, as columns number it. */
const encodings = ['utf8', 'utf8', 'utf16le'] as const;

/**
 * The second stream of a pack: first the short texts of changes, joined, in UTF-8; then the changes' texts that
 * stand alone; then the rows' texts.
 */
export class PackTexts {
  readonly #bytes: Uint8Array;
  readonly #of: Readonly<Record<ColumnName, Column>>;
  /** The texts of all changes but those that stand alone. */
  readonly joined: string;
  /** Bytes of the joined texts: behind them stand those alone. */
  readonly #aloneFrom: number;
  /** Where a change's text begins, in the joined string or behind its bytes; of one alone, its rank among them. */
  readonly #starts: Float64Array;
  readonly #ranks: Int32Array;
  /** Where the texts of each row begin behind the joined ones, and the rank of the first. */
  readonly #rowStarts: number[] = [];
  readonly #rowRanks: number[] = [];

  /** `columns`: those of the pack, with `changes` changes and `rows` rows. Throws Fault `corrupt`. */
  constructor(bytes: Uint8Array, columns: Readonly<Record<ColumnName, Column>>, changes: number, rows: number) {
    this.#bytes = bytes;
    this.#of = columns;
    this.#starts = new Float64Array(changes);
    this.#ranks = new Int32Array(changes);
    let [units, rank, at] = [0, 0, 0];
    for (let k = 0; k < changes; k++) {
      if (columns.encoding.values[k] === 0) {
        this.#starts[k] = units;
        units += columns.inserted.values[k]!;
      } else {
        this.#starts[k] = at;
        this.#ranks[k] = rank;
        at += columns.bytes.values[rank++]!;
      }
    }
    rank = 0;
    for (let row = 0; row < rows; row++) {
      this.#rowStarts.push(at);
      this.#rowRanks.push(rank);
      for (let count = columns.texts.values[row]!; count > 1; count--) at += columns.rowBytes.values[rank++]!;
    }
    this.joined = this.#decode(0, bytes.length - at, 1);
    this.#aloneFrom = bytes.length - at;
    if (this.joined.length !== units) throw new Fault('corrupt', 'joined texts of another length');
  }

  /** Where the text of a change that does not stand alone begins in `joined`. */
  startOf(k: number): number {
    return this.#starts[k]!;
  }

  ofChange(k: number): string {
    const { encoding, bytes, inserted } = this.#of;
    const [start, length] = [this.#starts[k]!, inserted.values[k]!];
    if (encoding.values[k] === 0) return this.joined.slice(start, start + length);
    const text = this.#decode(this.#aloneFrom + start, bytes.values[this.#ranks[k]!]!, encoding.values[k]!);
    if (text.length !== length) throw new Fault('corrupt', 'a text of another length');
    return text;
  }

  /** `undefined` for a row without a list of texts. */
  ofRow(row: number): string[] | undefined {
    const { texts, rowEncoding, rowBytes } = this.#of;
    const count = texts.values[row]! - 1;
    if (count < 0) return undefined;
    let [at, rank] = [this.#rowStarts[row]!, this.#rowRanks[row]!];
    return Array.from({ length: count }, () => {
      const length = rowBytes.values[rank]!;
      const text = this.#decode(this.#aloneFrom + at, length, rowEncoding.values[rank++]!);
      at += length;
      return text;
    });
  }

  #decode(from: number, length: number, encoding: number): string {
    const { buffer, byteOffset, length: end } = this.#bytes;
    const name = encodings[encoding];
    if (name === undefined) throw new Fault('corrupt', `encoding ${encoding}`);
    if (!(length >= 0 && from + length <= end)) throw new Fault('corrupt', 'the texts end too early');
    const part = Buffer.from(buffer, byteOffset + from, length);
    if (name === 'utf8' && !isUtf8(part)) throw new Fault('corrupt', 'a text is not UTF-8');
    return part.toString(name);
  }
}
