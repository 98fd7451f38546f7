import type { Origin } from '../provenance/origin.ts';
import { Origins } from '../provenance/origins.ts';
import { beginning, placing, type Standing } from './replayed.ts';

/**
 * The state before the first event, for a replay that only checks that events fit each other: it keeps texts, and which
 * serials are taken, and none of what grows with each event. So its memory follows the texts and not the journal.
 */
export function forgetting(): Standing {
  return {
    ...beginning(),
    origins: new TakenSerials(),
    actors: new Forgotten(),
    prompts: new Forgotten(),
    records: new Forgotten(),
    commits: new Forgotten(),
    placings: new Forgotten(),
    skipped: new Forgotten(),
    repeats: new ForgottenList(),
  };
}

/** Neighbours are one range, whatever made them. */
class TakenSerials extends Origins {
  override add(first: number, count: number, _origin: Origin, _act: number): void {
    super.add(first, count, placing, 0);
  }

  override addEach(first: number, counts: Float64Array, at: number, end: number): boolean {
    let count = 0;
    for (let k = at; k < end; k++) count += counts[k]!;
    try {
      super.add(first, count, placing, 0);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  override resolve(): void {
    // What made them is not kept.
  }
}

class Forgotten<K, V> extends Map<K, V> {
  override set(): this {
    return this;
  }
}

class ForgottenList<T> extends Array<T> {
  override push(): number {
    return 0;
  }
}
