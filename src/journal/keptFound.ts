import { type OlderOrigins, OriginColumns } from '../provenance/originColumns.ts';
import type { JournalDatabase } from './database.ts';
import { sha256 } from './digest.ts';
import type { JournalEvent } from './event.ts';
import { type FoundPart, gather, joined, noPart, partBytes, partOf, rangesOf } from './found.ts';
import type { FoundRange } from './foundPage.ts';
import { FoundPages } from './foundPages.ts';
import { isDamage, whole } from './keptBytes.ts';
import type { Packs } from './packs.ts';
import type { Statement } from './runtime.ts';

/** Findings that are gathered before they are put into their pages. */
const mostRanges = 16_384;

interface PartRow {
  readonly first: number;
  readonly until: number;
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

/**
 * What only ever grows in a replay's state, kept beside the events for all keyframes together: findings in pages by
 * serial, all else in a few parts. Each speaks of more events than a keyframe may, which passes the later ones over.
 */
export class KeptFound {
  readonly #packs: Packs;
  readonly #pages: FoundPages;
  readonly #all: Statement;
  readonly #put: Statement;
  readonly #cut: Statement;
  readonly #clear: Statement;

  constructor(database: JournalDatabase, packs: Packs) {
    const { connection } = database;
    this.#packs = packs;
    this.#pages = new FoundPages(database);
    this.#all = connection.prepare('SELECT first, until, bytes, digest FROM found ORDER BY first');
    this.#put = connection.prepare('INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)');
    this.#cut = connection.prepare('DELETE FROM found WHERE first = ?');
    this.#clear = connection.prepare('DELETE FROM found');
  }

  /** Number of findings, to be given to `older` again. */
  get total(): number {
    return this.#pages.total;
  }

  clear(): void {
    this.#clear.run();
    this.#pages.clear();
  }

  /** Adds what the events say that came since, up to this size. Call inside a transaction. */
  keep(size: number): void {
    try {
      this.#keep(size);
    } catch (error) {
      // What was kept is damaged: it is made anew, with nothing else in it.
      if (!isDamage(error)) throw error;
      this.clear();
      this.#keep(size);
    }
  }

  /** The parts that speak of all events up to this size. Throws where they are damaged or do not. */
  parts(size: number): FoundPart[] {
    let until = 0;
    const parts = this.#rows().map(row => {
      if (row.first !== until) throw new RangeError('findings are missing');
      until = row.until;
      return partOf(whole(row));
    });
    if (until < size) throw new RangeError('findings are missing');
    return parts;
  }

  /** What the events before `size` made each character, looked up when it is asked for. `total`: as it was at that size. */
  older(size: number, total: number): OlderOrigins {
    return this.#pages.older(size, total, () => {
      const made = new OriginColumns();
      for (const event of upTo(this.#packs.events(), size)) {
        for (const { first, until, origin, act } of rangesOf(event)) made.add(first, until - first, origin, act);
      }
      return made;
    });
  }

  #keep(size: number): void {
    const rows = this.#rows();
    const first = rows.at(-1)?.until ?? 0;
    const news = noPart();
    const ranges: FoundRange[] = [];
    for (const event of upTo(this.#packs.events(first), size)) {
      gather(news, event);
      for (const range of rangesOf(event)) ranges.push(range);
      if (ranges.length >= mostRanges) this.#pages.put(ranges.splice(0));
    }
    this.#pages.put(ranges);
    let [part, bytes, from] = [news, partBytes(news), first];
    // Each part is at least twice as large as the next, so that there are ever few.
    for (let row = rows.pop(); row !== undefined && row.bytes.length <= 2 * bytes.length; row = rows.pop()) {
      this.#cut.run(row.first);
      part = joined(partOf(whole(row)), part);
      bytes = partBytes(part);
      from = row.first;
    }
    this.#put.run(from, size, bytes, sha256(bytes));
  }

  #rows(): PartRow[] {
    return this.#all.all() as PartRow[];
  }
}

function* upTo(events: Iterable<JournalEvent>, size: number): Generator<JournalEvent> {
  for (const event of events) {
    if (event.sequence >= size) return;
    yield event;
  }
}
