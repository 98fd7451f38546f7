import type { Origin } from '../provenance/origin.ts';
import type { Made, OlderOrigins } from '../provenance/originColumns.ts';
import type { JournalDatabase } from './database.ts';
import { sha256 } from './digest.ts';
import { FoundPage, type FoundRange, keyOf, merged, pageBytes } from './foundPage.ts';
import { isDamage, whole } from './keptBytes.ts';
import type { Statement } from './runtime.ts';

/** Ranges in a page, about, … */
const full = 4096;
/** … and pages that are kept in memory. */
const most = 256;

/** What is known of serials that no event has. */
const hole = { origin: undefined, act: -1 };

interface Row {
  readonly serial: number;
  readonly until: number;
  readonly count: number;
}

interface PageRow extends Row {
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

/** A page in memory with the serials that it speaks of: no other page has one of them. */
interface Loaded {
  /** Absent of the serials before all pages. */
  readonly page: FoundPage | undefined;
  readonly from: number;
  readonly to: number;
  /** When it was used last, in a count of uses. */
  used: number;
}

/**
 * The findings of a journal's events by serial, in pages that are read when they are asked for: neither opening a journal
 * nor the memory it takes depends on how many there are. A page only ever gains ranges, so that each keyframe sees in it
 * what it needs: the ranges of the events before it.
 */
export class FoundPages {
  readonly #at: Statement;
  readonly #behind: Statement;
  readonly #total: Statement;
  readonly #put: Statement;
  readonly #clear: Statement;

  constructor({ connection }: JournalDatabase) {
    this.#at = connection.prepare('SELECT * FROM finding WHERE serial <= ? ORDER BY serial DESC LIMIT 1');
    this.#behind = connection.prepare('SELECT min(serial) FROM finding WHERE serial > ?').pluck();
    this.#total = connection.prepare('SELECT total(count) FROM finding').pluck();
    this.#put = connection.prepare('INSERT OR REPLACE INTO finding VALUES (?, ?, ?, ?, ?)');
    this.#clear = connection.prepare('DELETE FROM finding');
  }

  /** Ranges of all pages. */
  get total(): number {
    return this.#total.get() as number;
  }

  clear(): void {
    this.#clear.run();
  }

  /** Adds ranges; those that are there already are passed over. Call inside a transaction. Throws where a page is damaged. */
  put(ranges: readonly FoundRange[]): void {
    const news = merged([], ranges);
    for (let at = 0; at < news.length; ) {
      const { first } = news[at]!;
      const row = this.#at.get(first) as PageRow | undefined;
      const next = this.#next(first);
      let end = at;
      while (end < news.length && news[end]!.first < next) end++;
      const some = news.slice(at, end);
      const isOpen = row !== undefined && (row.count < full || first < row.until);
      const all = isOpen ? merged(pageOf(row).ranges(), some) : some;
      for (let from = 0; from < all.length; from += full) this.#write(all.slice(from, from + full));
      at = end;
    }
  }

  /** What the events before `size` made. `total`: ranges that were there when that was kept. `all`: the same, where pages are gone. */
  older(size: number, total: number, all: () => OlderOrigins): OlderOrigins {
    return new Older(this, size, total, all);
  }

  /** The page that speaks of a serial. Throws where it is damaged. */
  load(serial: number, origin: (equal: Origin) => Origin): Loaded {
    const row = this.#at.get(serial) as PageRow | undefined;
    const page = row && pageOf(row, origin);
    return { page, from: row?.serial ?? 0, to: this.#next(serial), used: 0 };
  }

  /** Where the page behind this serial begins; Infinity where there is none. */
  #next(serial: number): number {
    return (this.#behind.get(serial) as number | null) ?? Infinity;
  }

  #write(ranges: readonly FoundRange[]): void {
    const bytes = pageBytes(ranges);
    this.#put.run(ranges[0]!.first, ranges.at(-1)!.until, ranges.length, bytes, sha256(bytes));
  }
}

class Older implements OlderOrigins {
  readonly #pages: FoundPages;
  readonly #size: number;
  readonly #total: number;
  readonly #lost: () => OlderOrigins;
  /** Sorted by where they begin. */
  readonly #loaded: Loaded[] = [];
  #uses = 0;
  readonly #origins = new Map<string, Origin>();
  #near: Loaded | undefined;
  /** In place of the pages, where one is damaged or gone. */
  #all: OlderOrigins | undefined;

  constructor(pages: FoundPages, size: number, total: number, lost: () => OlderOrigins) {
    this.#pages = pages;
    this.#size = size;
    this.#total = total;
    this.#lost = lost;
  }

  at(serial: number): Made {
    const made = this.#made(serial);
    // Holes are rarely asked for: it may be that pages were taken away.
    if (made.origin !== undefined || this.#all !== undefined || this.#pages.total >= this.#total) return made;
    this.#all = this.#lost();
    return this.#all.at(serial);
  }

  freeUntil(serial: number): number {
    const { origin, until } = this.#made(serial);
    return origin === undefined ? until : serial;
  }

  #made(serial: number): Made {
    const loaded = this.#all === undefined ? this.#loadedAt(serial) : undefined;
    if (loaded !== undefined) return this.#in(loaded, serial);
    return this.#all?.at(serial) ?? { ...hole, until: serial + 1 };
  }

  #in({ page, to }: Loaded, serial: number): Made {
    if (page === undefined) return { ...hole, until: to };
    const i = page.find(serial);
    const next = i + 1 < page.count ? page.starts[i + 1]! : to;
    if (i < 0 || serial >= page.ends[i]!) return { ...hole, until: next };
    if (page.acts[i]! >= this.#size) return { ...hole, until: page.ends[i]! };
    return { origin: page.originOf(i), act: page.acts[i]!, until: page.ends[i]! };
  }

  #loadedAt(serial: number): Loaded | undefined {
    const near = this.#near;
    if (near !== undefined && serial >= near.from && serial < near.to) return near;
    const known = this.#loaded[this.#rank(serial) - 1];
    if (known !== undefined && serial < known.to) return this.#use(known);
    try {
      const loaded = this.#pages.load(serial, origin => this.#one(origin));
      if (this.#loaded.length >= most) this.#drop();
      this.#loaded.splice(this.#rank(loaded.from), 0, loaded);
      return this.#use(loaded);
    } catch (error) {
      // A damaged page is as good as none: the events say the same.
      if (!isDamage(error)) throw error;
      this.#all = this.#lost();
      return undefined;
    }
  }

  #use(loaded: Loaded): Loaded {
    loaded.used = ++this.#uses;
    this.#near = loaded;
    return loaded;
  }

  /** How many of the pages in memory begin at a serial or before. */
  #rank(serial: number): number {
    let [low, high] = [0, this.#loaded.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#loaded[middle]!.from <= serial) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The one that was used longest ago goes. */
  #drop(): void {
    let oldest = 0;
    for (let i = 1; i < this.#loaded.length; i++) if (this.#loaded[i]!.used < this.#loaded[oldest]!.used) oldest = i;
    this.#loaded.splice(oldest, 1);
  }

  #one(origin: Origin): Origin {
    const key = keyOf(origin);
    const known = this.#origins.get(key);
    if (known === undefined) this.#origins.set(key, origin);
    return known ?? origin;
  }
}

function pageOf(row: PageRow, origin = (own: Origin): Origin => own): FoundPage {
  return new FoundPage(whole(row), origin);
}
