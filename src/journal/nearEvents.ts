import type { JournalEvent } from './event.ts';
import type { Packs } from './packs.ts';

/** Events that are read at once, before the one asked for and from it on; fewer, where their texts are long. */
const [before, behind] = [64, 448];
const mostUnits = 4_000_000;

/**
 * Single events by their sequence. To unpack one costs as much as to unpack its neighbours, so they are kept until others
 * are asked for. Mutable; `forget` what words may be taken out of.
 */
export class NearEvents {
  readonly #packs: Packs;
  #first = 0;
  #events: readonly JournalEvent[] = [];

  constructor(packs: Packs) {
    this.#packs = packs;
  }

  /** Undefined where there is none. Errors are those of the packs. */
  at(sequence: number): JournalEvent | undefined {
    const known = this.#events[sequence - this.#first];
    return known ?? this.#read(sequence);
  }

  forget(): void {
    this.#events = [];
  }

  #read(sequence: number): JournalEvent | undefined {
    const first = Math.max(0, sequence - before);
    const events: JournalEvent[] = [];
    let units = 0;
    for (const event of this.#packs.events(first)) {
      if (event.sequence > sequence && (event.sequence >= sequence + behind || units > mostUnits)) break;
      events.push(event);
      for (const text of event.texts ?? []) units += text.length;
    }
    this.#first = first;
    this.#events = events;
    return events[sequence - first];
  }
}
