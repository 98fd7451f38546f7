import type { Origin } from './origin.ts';

/** Serials `from` to `until` (exclusive) are of another origin, or are the same characters as those from `to` on. */
export type Revision = Resolved | Equated;

interface Resolved {
  readonly from: number;
  readonly until: number;
  readonly origin: Origin;
  readonly act: number;
}

interface Equated {
  readonly from: number;
  readonly until: number;
  readonly to: number;
}

/** Where a chain of equations from one serial ends. */
export interface Elder {
  readonly serial: number;
  /** The answer is the same, serial for serial, up to here (exclusive), counted at the elder. */
  readonly until: number;
  readonly revision: Resolved | undefined;
}

/** Later findings about serials: sorted, disjoint; what is put later wins for the serials it names. */
export class Revisions {
  readonly #sorted: Revision[] = [];

  get isEmpty(): boolean {
    return this.#sorted.length === 0;
  }

  /** The caller sees to it that equations form no circle. */
  put(revision: Revision): void {
    const { from, until } = revision;
    const start = this.#firstEndingAfter(from);
    let end = start;
    const put: Revision[] = [];
    for (; end < this.#sorted.length && this.#sorted[end]!.from < until; end++) {
      const other = this.#sorted[end]!;
      if (other.from < from) put.push({ ...other, until: from });
    }
    put.push(revision);
    const last = this.#sorted[end - 1];
    if (end > start && last !== undefined && last.until > until) put.push(startingAt(last, until));
    this.#sorted.splice(start, end - start, ...put);
  }

  eldest(serial: number): Elder {
    let at = serial;
    let room = Infinity;
    for (;;) {
      const next = this.#sorted[this.#firstEndingAfter(at)];
      if (next === undefined || next.from > at) {
        const free = next === undefined ? Infinity : next.from - at;
        return { serial: at, until: at + Math.min(room, free), revision: undefined };
      }
      room = Math.min(room, next.until - at);
      if ('origin' in next) return { serial: at, until: at + room, revision: next };
      at = next.to + (at - next.from);
    }
  }

  /** Whether the way from any of the `count` serials to their elders, which go one way, leads into a range. */
  leadsInto(serial: number, count: number, from: number, until: number): boolean {
    for (let at = serial; ; ) {
      if (at < until && from < at + count) return true;
      const next = this.#sorted[this.#firstEndingAfter(at)];
      if (next === undefined || next.from > at || 'origin' in next) return false;
      at = next.to + (at - next.from);
    }
  }

  #firstEndingAfter(serial: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]!.until > serial) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function startingAt(revision: Revision, from: number): Revision {
  return 'to' in revision ? { ...revision, from, to: revision.to + (from - revision.from) } : { ...revision, from };
}
