import { sliceSpans } from '../provenance/spans.ts';
import type { JournalEvent } from './event.ts';
import { hasSerials, type Serialled, spansOf } from './eventSpans.ts';
import { occurrences, type Range } from './occurrences.ts';
import type { EventPlan, Plan, TakenBefore } from './redactionPlan.ts';
import { contentOf, type RedactionSearch } from './redactionSearch.ts';
import { Replay } from './replay.ts';
import { type SaltedPart, saltedParts } from './saltedParts.ts';
import { SerialSet } from './serialSet.ts';
import { digestsIn, digestTaken, statesDigests } from './statedDigests.ts';

type Events = () => Iterable<JournalEvent>;

/** Says of each event which of its parts go, once it is known which characters do. */
export class RedactionMarks {
  readonly #search: RedactionSearch;
  readonly #before: TakenBefore;
  readonly #taken = new Map<number, Set<number>>();
  /** Of the words that go: white space between them stays. */
  readonly #gone = new SerialSet();
  readonly #words = new Map<string, number>();
  readonly #files = new Map<string, number>();
  readonly #digests = new Set<string>();

  constructor(search: RedactionSearch, before: TakenBefore) {
    this.#search = search;
    this.#before = before;
  }

  plan(events: Events): Plan {
    this.#markTexts(events);
    for (const event of events()) if (!hasSerials(event)) this.#markRecord(event);
    const plans = new Map<number, EventPlan>();
    for (const event of events()) {
      const plan = this.#planOf(event);
      if (plan !== undefined) plans.set(event.sequence, plan);
    }
    return {
      events: plans,
      serials: this.#gone.spans(),
      digests: this.#digests,
      words: this.#words,
      named: this.#search.named,
      files: this.#files,
    };
  }

  #markTexts(events: Events): void {
    const replay = new Replay();
    for (const event of events()) {
      const before = event.kind === 'changed' && event.observation.before !== undefined;
      if (before && this.#holds(event, replay)) this.#digests.add(event.observation.before as string);
      replay.apply(event);
      if (!hasSerials(event)) {
        if (event.kind === 'saved' && this.#holds(event, replay)) this.#addDigests(event);
        continue;
      }
      const marked = this.#isFar(event) ? [] : this.#markSerials(event);
      this.#noteFile(event, marked, replay);
      if (event.kind === 'baseline' && marked.length > 0) this.#addDigests(event);
      if (event.kind === 'changed' && event.observation.after !== undefined && this.#holds(event, replay))
        this.#digests.add(event.observation.after);
    }
    this.#digests.delete('');
    this.#digests.delete(digestTaken);
  }

  /** Whether it can be told at once that nothing of an event goes: most are a letter elsewhere. */
  #isFar(event: Serialled): boolean {
    const { serials, shortest } = this.#search;
    const { texts = [] } = event;
    if (texts.some(({ length }) => length >= shortest)) return false;
    const length = texts.reduce((sum, text) => sum + text.length, 1);
    if (serials.touches(event.first, length)) return false;
    return event.kind === 'baseline' || !event.changes.some(({ spans = [] }) => serials.touchesAny(spans));
  }

  #markSerials(event: Serialled): SaltedPart[] {
    const { serials } = this.#search;
    const spans = spansOf(event);
    const marked = this.#mark(event, rank => [...serials.within(spans[rank] ?? [])]);
    for (const { text, from, to } of marked) {
      for (const { serial, length } of sliceSpans(spans[text] ?? [], from, to)) {
        serials.add(serial, length);
        this.#gone.add(serial, length);
      }
    }
    return marked;
  }

  /** What no document has: prompts, notes on them, answers, agents' texts, names of commits' authors, reasons. */
  #markRecord(event: JournalEvent): void {
    const { prompts } = this.#search;
    // A note on a prompt says what is in it.
    const wanted =
      event.kind === 'promptNote'
        ? prompts.has(event.prompt)
        : (event.kind === 'prompt' || event.kind === 'answer') && prompts.has(event.id);
    const marked = this.#mark(event, (_, text) =>
      wanted ? [{ from: 0, to: text.length }] : [...this.#search.passages.within(text)],
    );
    // A digest of such a file would let the word be guessed.
    const file = event.kind === 'agentEdit' ? event.path : event.kind === 'restriction' ? event.texts?.[0] : undefined;
    if (file !== undefined && (marked.length > 0 || this.#files.has(file))) this.#addDigests(event);
  }

  /** Marks the words of an event that what is found in its texts touches. */
  #mark(event: JournalEvent, found: (rank: number, text: string) => readonly Range[]): SaltedPart[] {
    const { texts = [] } = event;
    const ranges = texts.map((text, rank) => [...found(rank, text), ...occurrences(text, this.#search.needles)]);
    if (ranges.every(({ length }) => length === 0)) return [];
    const before = this.#before(event.sequence);
    const own = new Set<number>();
    const marked = saltedParts(event).filter(({ text, from, to, run }, i) => {
      if (text < 0 || before?.[i] || !ranges[text]!.some(range => range.from < to && range.to > from)) return false;
      own.add(i);
      this.#words.set(run, (this.#words.get(run) ?? 0) + 1);
      return true;
    });
    if (own.size > 0) this.#taken.set(event.sequence, own);
    if (hasSerials(event)) this.#learn(event, marked);
    return marked;
  }

  /** How a passage was worded when it came, so that it is known again in an agent's record of it. */
  #learn({ texts = [] }: JournalEvent, marked: readonly SaltedPart[]): void {
    if (this.#search.passages.isEmpty) return;
    for (const [rank, text] of texts.entries()) {
      const own = marked.filter(part => part.text === rank);
      const gaps = own.flatMap((part, i) => (/\S/.test(text.slice(own[i - 1]?.to ?? part.from, part.from)) ? [i] : []));
      const starts = [0, ...gaps];
      for (const [i, start] of starts.entries()) {
        const [first, last] = [own[start], own[(starts[i + 1] ?? own.length) - 1]];
        if (first !== undefined && last !== undefined) this.#search.passages.add(text.slice(first.from, last.to));
      }
    }
  }

  #noteFile(event: JournalEvent, { length }: readonly SaltedPart[], replay: Replay): void {
    if (length === 0 || !('document' in event)) return;
    const path = replay.documents.get(event.document ?? -1)?.path ?? '';
    this.#files.set(path, (this.#files.get(path) ?? 0) + length);
  }

  /** Whether the text that the event is of holds any character that goes. */
  #holds(event: Parameters<typeof contentOf>[0], replay: Replay): boolean {
    return this.#search.serials.touchesAny(contentOf(event, replay)?.provenance.spans() ?? []);
  }

  #addDigests(event: JournalEvent): void {
    for (const digest of digestsIn(event)) this.#digests.add(digest);
  }

  #planOf(event: JournalEvent): EventPlan | undefined {
    const own = this.#taken.get(event.sequence);
    if (own === undefined && !statesDigests(event)) return undefined;
    const stated = digestsIn(event).filter(digest => this.#digests.has(digest) && digest !== digestTaken);
    if (own === undefined && stated.length === 0) return undefined;
    const taken = saltedParts(event).map(({ text, run }, i) =>
      text < 0 ? run !== digestTaken && this.#digests.has(run) : own?.has(i) === true,
    );
    return { taken, parts: own?.size ?? 0, digests: stated.length };
  }
}
