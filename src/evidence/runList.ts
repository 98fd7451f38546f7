import type { Origin } from '../provenance/origin.ts';
import { RunColumns } from '../provenance/runColumns.ts';
import type { Piece } from './pieces.ts';

/** Serials, each once, in rising order, in columns: run `i` begins at `serials[i]`; its origin is `origins[numbers[i]]`. */
export interface Standing {
  readonly count: number;
  readonly serials: Float64Array;
  readonly lengths: Int32Array;
  readonly numbers: Int32Array;
  readonly origins: readonly Origin[];
}

/** The characters of texts, as runs of one origin whose serials follow one another. Append-only columns: there may be a million. */
export class RunList {
  readonly #runs = new RunColumns(0);
  #numbers = new Int32Array(16);
  readonly #origins: Origin[] = [];
  readonly #known = new Map<Origin, number>();
  #standing: Standing | undefined;

  /** All runs of several lists. */
  static joined(lists: readonly RunList[]): RunList {
    if (lists.length === 1) return lists[0]!;
    const out = new RunList();
    for (const list of lists) {
      for (let i = 0; i < list.#runs.count; i++) {
        out.#push(list.#runs.values[i]!, list.#runs.lengths[i]!, list.#origins[list.#numbers[i]!]!);
      }
    }
    return out;
  }

  /** A piece that goes on from the one before makes its run longer. */
  add({ serial, from, to, origin }: Piece): void {
    this.#push(serial, to - from, origin);
  }

  /** Each serial of the runs once; of a serial that stands in several places, the origin is the same. */
  get standing(): Standing {
    this.#standing ??= this.#distinct();
    return this.#standing;
  }

  #push(serial: number, length: number, origin: Origin): void {
    this.#standing = undefined;
    const runs = this.#runs;
    const number = this.#numberOf(origin);
    const last = runs.count - 1;
    if (last >= 0 && this.#numbers[last] === number && runs.values[last]! + runs.lengths[last]! === serial) {
      runs.lengths[last]! += length;
      return;
    }
    if (runs.count === this.#numbers.length) {
      const more = new Int32Array(runs.count * 2);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[runs.count] = number;
    runs.push(length, serial);
  }

  #numberOf(origin: Origin): number {
    let number = this.#known.get(origin);
    if (number === undefined) {
      number = this.#origins.push(origin) - 1;
      this.#known.set(origin, number);
    }
    return number;
  }

  #distinct(): Standing {
    const { count, values, lengths } = this.#runs;
    const rising = ranks(values, count);
    const out = {
      serials: new Float64Array(count),
      lengths: new Int32Array(count),
      numbers: new Int32Array(count),
    };
    let [n, end] = [0, -1];
    for (let k = 0; k < count; k++) {
      const i = rising === undefined ? k : rising[k]!;
      const from = Math.max(values[i]!, end);
      const to = values[i]! + lengths[i]!;
      if (to <= from) continue;
      out.serials[n] = from;
      out.lengths[n] = to - from;
      out.numbers[n++] = this.#numbers[i]!;
      end = to;
    }
    return { ...out, count: n, origins: this.#origins };
  }
}

/** Places of the first `count` values in rising order; undefined where that is their own. */
function ranks(values: Float64Array, count: number): Uint32Array | undefined {
  let rising = true;
  for (let i = 1; i < count && rising; i++) rising = values[i]! >= values[i - 1]!;
  if (rising) return undefined;
  return Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
}
