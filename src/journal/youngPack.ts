import type { JournalEvent } from './event.ts';

/** Units of text above which events are rather read again than kept in memory. */
const most = 1 << 20;

/**
 * The events of the pack that grows at the tail's end, as long as this process alone appends to it: completing the pack
 * need not read them again. The running link tells whether they are still what lies in the tables. Mutable.
 */
export class YoungPack {
  #events: JournalEvent[] = [];
  #units = 0;
  /** Sequence behind the last of them, and the running link there. */
  #end = -1;
  #link: Uint8Array = new Uint8Array(0);

  /** The events from `begin` up to `end`, where nothing else was put there since; undefined where that is not known. */
  from(begin: number, end: number, link: Uint8Array): readonly JournalEvent[] | undefined {
    if (begin === end) return [];
    const isOurs = end === this.#end && Buffer.compare(link, this.#link) === 0;
    return isOurs && this.#events[0]?.sequence === begin ? this.#events : undefined;
  }

  /** Events were put behind `before`, which is what the pack held so far. `link`: the running link after them. */
  put(before: readonly JournalEvent[] | undefined, events: readonly JournalEvent[], link: Uint8Array): void {
    if (before !== this.#events) {
      this.#events = [];
      this.#units = 0;
    }
    this.#end = -1;
    if (before === undefined || (this.#events.length === 0 && before.length > 0)) return;
    for (const event of events) {
      for (const { length } of event.texts ?? []) this.#units += length;
      this.#events.push(event);
    }
    const last = events.at(-1);
    if (this.#units > most || last === undefined) return;
    this.#end = last.sequence + 1;
    this.#link = link;
  }
}
