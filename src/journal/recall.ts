import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Span } from '../provenance/span.ts';
import { lengthOf } from '../provenance/spans.ts';
import type { Stretch } from './echoSearch.ts';
import type { Journal } from './journal.ts';
import { JournalError, passes } from './problem.ts';
import { RecallCatchUp } from './recallCatchUp.ts';
import { type Coming, type Inherited, inherited } from './recallClaims.ts';
import { type Fed, type Look, RecallFeed } from './recallFeed.ts';
import type { Match } from './recallMatches.ts';
import { type OutputMatch, RecallOutputs } from './recallOutputs.ts';
import { RecallSearch } from './recallSearch.ts';
import type { Source } from './recallSource.ts';
import { Emptied, type Passage, RecallStore } from './recallStore.ts';
import type { Replay } from './replay.ts';

interface Open {
  readonly store: RecallStore;
  readonly search: RecallSearch;
  readonly outputs: RecallOutputs;
}

/** Milliseconds that a piece of work in the background takes, about, … */
const slice = 8;
/** … and that a look waits for what is not taken in yet. */
const patience = 25;
/** Times that the file is made anew or waited for in one session. */
const tries = 5;

/**
 * Text that was there before, in whatever document: it comes back with the serials it had. It is kept in a file of its
 * own beside the journal, which is no evidence: damaged or gone, it is made anew from the events, and meanwhile less
 * is found. Nothing that befalls it is a fault of the journal.
 */
export class Recall {
  /** Sees the journal's events. */
  readonly feed: RecallFeed;
  readonly #journal: Journal;
  readonly #file: string;
  #open: Open | undefined;
  #catchUp: RecallCatchUp | undefined;
  /** Something is to be taken in. */
  #loads = true;
  #left = tries;
  /** Oldest first. */
  #looks: Look[] = [];
  /** Events that are known to be looked at. */
  #upTo = 0;
  /** The error after which nothing is kept or found any more in this session. */
  failure: unknown;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#file = join(dirname(journal.database.file), 'recall.sqlite');
    this.feed = new RecallFeed(journal.replay.size);
  }

  /** Whether `step` has something to do. */
  get waits(): boolean {
    return this.failure === undefined && (this.#loads || this.#catchUp !== undefined || !this.feed.isEmpty);
  }

  /** Opens the file before a session appends: that it is ahead of the journal can be told only then. */
  open(): void {
    this.#safely(() => undefined);
  }

  /** A piece of the work in the background, outside of transactions. False when there is nothing to do, or not now. */
  step(): boolean {
    return (
      this.#safely(({ store, search, outputs }) => {
        const end = performance.now() + slice;
        const enough = () => performance.now() > end;
        this.#flush(store, this.#catchUp === undefined);
        if (this.#catchUp !== undefined) this.#goOn(store, this.#catchUp, enough);
        else this.#loads = search.load(enough) || outputs.load(enough);
        return this.waits;
      }) ?? false
    );
  }

  /** What a document's whole text of this digest was made of, when it had it last. */
  whole(document: number, digest: string, length: number): readonly Span[] | undefined {
    return this.#safely(({ store }) => {
      this.#flush(store, false);
      const whole = store.wholes(digest).find(of => of.document === document);
      return whole !== undefined && lengthOf(whole.spans) === length && this.#knows(whole.spans)
        ? whole.spans
        : undefined;
    });
  }

  /** The text cut into runs that are known from before and those that are not. */
  runs(text: string, coming: Coming, replay: Replay): Inherited {
    const found = this.#safely(({ store, search }) => {
      this.#flush(store, false);
      const end = performance.now() + patience;
      this.#loads = search.load(() => performance.now() > end);
      const matches = search.matches(text, replay, id => !this.feed.isStale(id));
      return inherited(text, matches, replay.origins, coming);
    });
    return found ?? { runs: [{ length: text.length }], moved: false };
  }

  /** What is to be looked for next, when all is taken in that it may be found in. It stays until it is `looked` for. */
  get look(): Look | undefined {
    return this.waits || this.failure !== undefined ? undefined : this.#looks[0];
  }

  /** The oldest look is done with. */
  looked(): void {
    this.#looks.shift();
  }

  /** Runs of the text that stand in outputs of AIs. */
  outputs(text: string): readonly OutputMatch[] {
    return this.#safely(({ outputs }) => outputs.matches(text)) ?? [];
  }

  /** Runs of the text that stand in texts that the journal has or had. */
  standing(text: string, replay: Replay): readonly Match[] {
    return this.#safely(({ search }) => search.matches(text, replay, id => !this.feed.isStale(id))) ?? [];
  }

  /** The same of several texts, with so many units around each run, as far as they stand there. */
  around(texts: readonly string[], replay: Replay, units: number): readonly Stretch[] {
    const found = this.#safely(({ search }) => {
      const stretches: Stretch[] = [];
      const done = new Map<Source, number>();
      for (const text of texts) {
        const matches = search.matches(text, replay, id => !this.feed.isStale(id)).toSorted((a, b) => a.at - b.at);
        for (const { source, at, from, to } of matches) {
          if ((done.get(source) ?? -1) >= at + to - from) continue;
          const [start, end] = [Math.max(0, at - units), Math.min(source.length, at + to - from + units)];
          done.set(source, end);
          stretches.push({ text: source.slice(start, end), spans: source.spans(start, end) });
        }
      }
      return stretches;
    });
    return found ?? [];
  }

  /** What a transaction did that was rolled back is forgotten. */
  undo(): void {
    this.feed.undo();
    this.#open?.search.forget();
  }

  /** Nothing is left of any text: what was kept is purged, and kept anew from the events as they stand now. */
  empty(): void {
    this.#safely(({ store }) => {
      store.empty();
      this.#upTo = 0;
      this.#looks = [];
      this.#begin(0);
    });
  }

  /** Words were taken out of the events: nothing that was read of them before is kept; the file is looked at anew. */
  forget(): void {
    this.feed.forget();
    this.#catchUp = undefined;
    this.#open?.store.close();
    this.#open = undefined;
    this.#loads = true;
  }

  close(): void {
    this.#safely(({ store }) => {
      this.#flush(store, this.#catchUp === undefined);
      store.close();
    });
    this.#open = undefined;
    this.failure = new RangeError('closed');
  }

  #goOn(store: RecallStore, catchUp: RecallCatchUp, enough: () => boolean): void {
    const more = catchUp.step(enough);
    const fed = catchUp.take();
    store.keep(fed.passages, fed.wholes);
    this.#lookFor(fed.looks);
    // As they stand now, not as they stood then.
    this.feed.giveBack({ passages: [], wholes: [], stale: fed.stale, looks: [] });
    this.#loads = true;
    if (!more) this.#catchUp = undefined;
  }

  /** A text is looked at once, as it stands then. */
  #lookFor(looks: readonly Look[]): void {
    const again = new Set(looks.flatMap(({ of, document }) => (of === 'text' ? [document] : [])));
    this.#looks = this.#looks.filter(({ of, document }) => of !== 'text' || !again.has(document));
    const last = new Map(looks.map(look => [look.of === 'text' ? `text ${look.document}` : look, look]));
    this.#looks.push(...last.values());
  }

  /** Keeps what committed events left. `all`: nothing else waits, so that all events so far are looked at. */
  #flush(store: RecallStore, all: boolean): void {
    const seen = all ? Math.min(this.#journal.seen?.size ?? 0, oldest(this.#looks)) : undefined;
    if (this.feed.isEmpty && (seen ?? 0) <= this.#upTo) return;
    const fed = this.feed.take();
    // What was not looked for yet is fed again if this process is killed.
    const upTo = seen && Math.min(seen, oldest(fed.looks));
    try {
      store.keep([...fed.passages, ...this.#texts(fed)], fed.wholes, upTo);
      this.#upTo = upTo ?? this.#upTo;
      this.#lookFor(fed.looks);
    } catch (error) {
      this.feed.giveBack(fed);
      throw error;
    }
    this.#loads = true;
  }

  /** Texts as they stand, but for those that a tracker holds: they are looked at themselves. */
  #texts({ stale }: Fed): Passage[] {
    const replay = this.#journal.seen;
    if (replay === undefined) return [];
    const open = new Set([...replay.trackers].map(tracker => tracker.document.document));
    return [...stale].flatMap(([document, sequence]): Passage[] => {
      const content = open.has(document) ? undefined : replay.documents.get(document)?.content;
      if (content === undefined) return [];
      const text = content.text.toString();
      return [{ kind: 'text', document, sequence, time: 0, text, spans: content.provenance.spans() }];
    });
  }

  /** Serials that were never given are no one's. */
  #knows(spans: readonly Span[]): boolean {
    const acts = this.#journal.seen?.origins.walk(spans) ?? [];
    for (const { act } of acts) if (act < 0) return false;
    return true;
  }

  #begin(from: number): void {
    const until = Math.min(this.feed.turn, this.#journal.seen?.size ?? 0);
    const isNeeded = RecallCatchUp.isNeeded(this.#journal, from, until);
    this.#catchUp = isNeeded ? new RecallCatchUp(this.#journal, from, until, from > 0) : undefined;
    this.#loads = true;
  }

  #opened(): Open {
    if (this.#open !== undefined) return this.#open;
    const store = RecallStore.open(this.#file, this.#journal.id);
    // The journal was taken back to an earlier state, by a power cut or a copy: the serials of what came then are
    // given anew, and stand for other characters. Asked in this order, since others append meanwhile.
    if (store.reach > this.#journal.database.head().size) store.empty();
    this.#open = { store, search: new RecallSearch(store), outputs: new RecallOutputs(store) };
    this.#upTo = store.upTo;
    this.#begin(this.#upTo);
    return this.#open;
  }

  /** What goes wrong here stays here: the file is made anew where it is damaged, waited for where it is locked. */
  #safely<T>(work: (open: Open) => T): T | undefined {
    if (this.failure !== undefined || this.#journal.seen === undefined) return undefined;
    try {
      return work(this.#opened());
    } catch (error) {
      const code = error instanceof JournalError ? error.problem.code : undefined;
      if (code === 'locked') return undefined;
      if (error instanceof Emptied) {
        this.forget();
        return undefined;
      }
      this.#open?.store.close();
      this.#open = undefined;
      if (--this.#left === 0) this.failure = error;
      else if (code === undefined || !passes(code))
        for (const end of ['', '-wal', '-shm']) rmSync(this.#file + end, { force: true });
      return undefined;
    }
  }
}

function oldest(looks: readonly Look[]): number {
  return looks.reduce((least, { sequence }) => Math.min(least, sequence), Infinity);
}
