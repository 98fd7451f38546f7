import type { Draft } from './draft.ts';

/** Units of text above which a pack is rather read again than kept in memory. */
const most = 1 << 20;

/**
 * The pack that grows at the tail's end, as long as this process alone appends to it: completing it need not read again
 * what it holds. The running link tells whether that is still what lies in the tables. Mutable.
 */
export class YoungPack {
  #draft: Draft | undefined;
  /** Sequence behind its last event, and the running link there. */
  #end = -1;
  #link: Uint8Array = new Uint8Array(0);

  /**
   * The pack with all its events before `end`, where nothing else was put there since; undefined where that is not known.
   * It is not kept here any more: who does not come to the end of what is added to it has spoilt it.
   */
  take(end: number, link: Uint8Array): Draft | undefined {
    const draft = end === this.#end && Buffer.compare(link, this.#link) === 0 ? this.#draft : undefined;
    this.#draft = undefined;
    return draft;
  }

  keep(draft: Draft, end: number, link: Uint8Array): void {
    this.#draft = draft.units > most ? undefined : draft;
    this.#end = end;
    this.#link = link;
  }
}
