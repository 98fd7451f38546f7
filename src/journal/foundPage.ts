import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Origin, sameOrigin } from '../provenance/origin.ts';
import { Column, writeColumn } from './columns.ts';
import { Numbers } from './numbers.ts';
import { ByteReader, ByteWriter, fold } from './varint.ts';

/** More ranges than any page has; one that counts more is not believed. */
const mostRanges = 2 ** 16;
/** Used for one page after the other. */
const columns = [new Column(false), new Column(false), new Column(false), new Column(true)] as const;

/** Serials of one origin that one event made. */
export interface FoundRange {
  readonly first: number;
  /** Exclusive. */
  readonly until: number;
  readonly origin: Origin;
  readonly act: number;
}

/**
 * Ranges, sorted and disjoint, as bytes: raw deflate of their number (varint); four columns (`columns.ts`): the gap before
 * each, its length, the rank of its origin, and the step of its act, signed; then JSON of the origins.
 */
export function pageBytes(ranges: readonly FoundRange[]): Uint8Array {
  const ranks = new Map<string, number>();
  const origins: Origin[] = [];
  const rankOf = (origin: Origin): number => {
    const key = keyOf(origin);
    const rank = ranks.get(key) ?? origins.push(plain(origin)) - 1;
    ranks.set(key, rank);
    return rank;
  };
  const out = new ByteWriter();
  out.varint(ranges.length);
  const write = (of: (range: FoundRange, i: number) => number) => writeColumn(out, Numbers.of(ranges.map(of)));
  write(({ first }, i) => first - (ranges[i - 1]?.until ?? 0));
  write(({ first, until }) => until - first);
  write(({ origin }) => rankOf(origin));
  write(({ act }, i) => fold(act - (ranges[i - 1]?.act ?? 0)));
  return deflateRawSync(Buffer.concat([out.done(), Buffer.from(JSON.stringify(origins))]));
}

/** Ranges in columns, to be looked up. */
export class FoundPage {
  readonly count: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly acts: Float64Array;
  readonly #ranks: Uint32Array;
  readonly #origins: readonly Origin[];
  #near = 0;

  /** `origin`: one object for all that are equal. Throws where the bytes are not of `pageBytes`. */
  constructor(bytes: Uint8Array, origin: (equal: Origin) => Origin) {
    const from = new ByteReader(inflateRawSync(bytes));
    const count = from.varint();
    if (count > mostRanges) throw new RangeError(`a page of ${count} ranges`);
    this.count = count;
    this.starts = new Float64Array(count);
    this.ends = new Float64Array(count);
    const [gaps, lengths, ranks, steps] = columns;
    for (const column of columns) column.read(from, count);
    this.acts = steps.values.slice(0, count);
    this.#ranks = Uint32Array.from(ranks.values.subarray(0, count));
    let [end, act] = [0, 0];
    for (let i = 0; i < count; i++) {
      this.starts[i] = end + gaps.values[i]!;
      this.ends[i] = end = this.starts[i]! + lengths.values[i]!;
      this.acts[i] = act += this.acts[i]!;
    }
    const rest = Buffer.from(from.bytes.subarray(from.at)).toString('utf8');
    this.#origins = (JSON.parse(rest) as Origin[]).map(origin);
  }

  /** The last range that begins at a serial or before; -1 when there is none. */
  find(serial: number): number {
    const near = this.#near;
    if (near < this.count && this.starts[near]! <= serial && serial < (this.starts[near + 1] ?? Infinity)) return near;
    let [low, high] = [-1, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= serial) low = middle;
      else high = middle - 1;
    }
    this.#near = Math.max(low, 0);
    return low;
  }

  originOf(range: number): Origin {
    return this.#origins[this.#ranks[range]!]!;
  }

  ranges(): FoundRange[] {
    return Array.from(this.starts, (first, i) => {
      return { first, until: this.ends[i]!, origin: this.originOf(i), act: this.acts[i]! };
    });
  }
}

/** Both, sorted, each serial once; neighbours of one event and origin as one range. */
export function merged(known: readonly FoundRange[], news: readonly FoundRange[]): FoundRange[] {
  const out: FoundRange[] = [];
  for (const range of [...known, ...news].sort((a, b) => a.first - b.first)) {
    const last = out.at(-1);
    if (last !== undefined && range.first < last.until) continue;
    const joins = last?.until === range.first && last.act === range.act && sameOrigin(last.origin, range.origin);
    if (joins) out[out.length - 1] = { ...last, until: range.until };
    else out.push(range);
  }
  return out;
}

/** Equal for equal origins. */
export function keyOf({ kind, basis, rule, prompt, commit }: Origin): string {
  return JSON.stringify([kind, basis, rule, prompt, commit]);
}

function plain({ kind, basis, rule, prompt, commit }: Origin): Origin {
  return { kind, basis, rule, ...(prompt !== undefined && { prompt }), ...(commit !== undefined && { commit }) };
}
