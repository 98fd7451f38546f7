import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Origin, sameOrigin } from '../provenance/origin.ts';
import { ByteReader, ByteWriter, fold, unfold } from './varint.ts';

/** Serials of one origin that one event made. */
export interface FoundRange {
  readonly first: number;
  /** Exclusive. */
  readonly until: number;
  readonly origin: Origin;
  readonly act: number;
}

/**
 * Ranges, sorted and disjoint, as bytes: raw deflate of their number; for each the gap before it, its length, the rank
 * of its origin and the step of its act (all varints, the last one signed); then JSON of the origins.
 */
export function pageBytes(ranges: readonly FoundRange[]): Uint8Array {
  const out = new ByteWriter();
  const ranks = new Map<string, number>();
  const origins: Origin[] = [];
  let [end, act] = [0, 0];
  out.varint(ranges.length);
  for (const { first, until, origin, act: by } of ranges) {
    const key = keyOf(origin);
    let rank = ranks.get(key);
    if (rank === undefined) {
      rank = origins.push(plain(origin)) - 1;
      ranks.set(key, rank);
    }
    out.varints([first - end, until - first, rank, fold(by - act)]);
    [end, act] = [until, by];
  }
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
    this.count = from.varint();
    if (this.count > from.bytes.length) throw new RangeError('more ranges than bytes');
    this.starts = new Float64Array(this.count);
    this.ends = new Float64Array(this.count);
    this.acts = new Float64Array(this.count);
    this.#ranks = new Uint32Array(this.count);
    let [end, act] = [0, 0];
    for (let i = 0; i < this.count; i++) {
      this.starts[i] = end += from.varint();
      this.ends[i] = end += from.varint();
      this.#ranks[i] = from.varint();
      this.acts[i] = act += unfold(from.varint());
    }
    const rest = Buffer.from(from.bytes.subarray(from.at)).toString('utf8');
    this.#origins = (JSON.parse(rest) as Origin[]).map(origin);
  }

  /** The last range that begins at a serial or before; -1 when there is none. */
  find(serial: number): number {
    const near = this.#near;
    if (near < this.count && this.starts[near]! <= serial && serial < (this.starts[near + 1] ?? 0)) return near;
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
