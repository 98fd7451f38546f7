import { sliceSpans } from '../provenance/spans.ts';
import { Content } from './content.ts';
import type { JournalEvent } from './event.ts';
import { lastOf } from './lastText.ts';
import { masked } from './masked.ts';
import { type Needle, occurrences, type Range, reachOf, wordsAt } from './occurrences.ts';
import { PassageWords } from './passageWords.ts';
import { recordKey } from './recordKey.ts';
import type { Target } from './redactionPlan.ts';
import { Replay } from './replay.ts';
import { SerialSet } from './serialSet.ts';

/** A target that is not in the journal. */
export class NoSuchTarget extends Error {
  readonly target: Target;

  constructor(target: Target) {
    super(`no such ${target.kind}`);
    this.name = 'NoSuchTarget';
    this.target = target;
  }
}

/** Units between two parts of a passage that stood within it; what is wider parted them. */
const widestGap = 200;
/** A longer step does not tell letter by letter what a word was. */
const longestStep = 64;

/** Where the targets stand, or ever stood, by the serials of their characters. */
export class RedactionSearch {
  readonly serials = new SerialSet();
  readonly needles: readonly Needle[];
  /** Units of the shortest needle. */
  readonly shortest: number;
  readonly prompts: ReadonlySet<string>;
  readonly passages = new PassageWords();
  /** Where the words stand beside the texts, as a name of a file: they are not taken out there. */
  readonly named = new Set<string>();

  /** Throws NoSuchTarget. */
  constructor(events: () => Iterable<JournalEvent>, targets: readonly Target[]) {
    this.needles = targets.flatMap((target): Needle[] => {
      if (target.kind === 'text') return [{ text: target.text, word: false }];
      return target.kind === 'name' ? [{ text: target.name, word: true }] : [];
    });
    this.shortest = Math.min(...this.needles.map(({ text }) => shortestForm(text).length));
    this.prompts = new Set(targets.flatMap(target => (target.kind === 'prompt' ? [target.id] : [])));
    const reach = reachOf(this.needles);
    const replay = new Replay();
    for (const event of events()) {
      replay.apply(event);
      if (this.needles.length === 0) continue;
      for (const place of touched(event, replay)) this.#find(place, reach);
      this.#nameIn(event);
    }
    for (const target of targets) this.#demand(target, replay);
    if (!this.serials.isEmpty) this.#wholeWords(events);
  }

  #nameIn(event: JournalEvent): void {
    const { path, from, folder, note, cell } = event as unknown as Readonly<Record<string, unknown>>;
    const reason = event.kind === 'changed' ? event.observation.detailedReason : undefined;
    for (const said of stringsIn([path, from, folder, note, cell, reason])) {
      if (!occurrences(said, this.needles).next().done) this.named.add(said);
    }
  }

  #find({ content: { text, provenance }, from, to }: Place, reach: number): void {
    const start = Math.max(0, from - reach);
    for (const found of occurrences(text.slice(start, Math.min(text.length, to + reach)), this.needles)) {
      this.#add(provenance.slice(start + found.from, start + found.to));
    }
  }

  #demand(target: Target, replay: Replay): void {
    if (target.kind === 'prompt' && !isAsked(replay, target.id)) throw new NoSuchTarget(target);
    if (target.kind !== 'passage') return;
    const { from, to } = target;
    const document = replay.at(target.path);
    const content = document && lastOf(replay, document).content;
    if (content === undefined || !(from >= 0 && from < to && to <= content.length)) throw new NoSuchTarget(target);
    const { expect } = target;
    const part = Content.of(content.text.slice(from, to), content.provenance.slice(from, to));
    if (expect !== undefined && !part.text.equals(masked(replay, part, expect))) throw new NoSuchTarget(target);
    this.#add(content.provenance.slice(from, to));
    this.passages.add(content.text.slice(from, to));
  }

  /** What was typed into a word that goes, and taken away again, tells of the word. */
  #wholeWords(events: () => Iterable<JournalEvent>): void {
    const replay = new Replay();
    for (const event of events()) {
      replay.apply(event);
      for (const { content, from, to } of touched(event, replay)) {
        if (!this.passages.isEmpty) this.#fill(content, from, to);
        if (to - from > longestStep) continue;
        const { text, provenance } = content;
        const start = Math.max(0, from - longestStep);
        const end = Math.min(text.length, to + longestStep);
        if (!this.serials.touchesAny(provenance.slice(start, end))) continue;
        const near = text.slice(start, end);
        for (const word of wordsAt(near, { from: from - start, to: to - start })) {
          const spans = provenance.slice(start + word.from, start + word.to);
          if (this.serials.touchesAny(spans)) this.#add(spans);
        }
      }
    }
  }

  /** What once stood within a passage, and is not part of it any more, belonged to it. */
  #fill({ provenance, length }: Content, from: number, to: number): void {
    const spans = provenance.slice(Math.max(0, from - widestGap), Math.min(length, to + widestGap));
    let end = Number.NEGATIVE_INFINITY;
    for (const range of [...this.serials.within(spans)]) {
      if (range.from > end && range.from - end <= widestGap) this.#add(sliceSpans(spans, end, range.from));
      end = range.to;
    }
  }

  #add(spans: Iterable<{ readonly serial: number; readonly length: number }>): void {
    for (const { serial, length } of spans) this.serials.add(serial, length);
  }
}

/** Whether this is a recorded prompt's or answer's id. */
function isAsked({ prompts, records }: Replay, id: string): boolean {
  return prompts.has(id) || records.has(recordKey({ kind: 'answer', id }));
}

/** White space between words may be less than the needle has, and letters composed. */
function shortestForm(needle: string): string {
  return needle.trim().replace(/\s+/g, ' ').normalize('NFC');
}

/** Every string of a plain value. */
function* stringsIn(value: unknown): Generator<string, void, undefined> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) yield* stringsIn(member);
}

interface Place extends Range {
  readonly content: Content;
}

/** Where an event changed a text, in the text after it. */
function* touched(event: JournalEvent, replay: Replay): Generator<Place, void, undefined> {
  if (event.kind === 'baseline') {
    const content = replay.documents.get(event.document)?.content;
    if (content !== undefined) yield { content, from: 0, to: content.length };
  }
  if (event.kind !== 'changed') return;
  const content = contentOf(event, replay);
  let shift = 0;
  for (const [i, { from, to }] of event.changes.entries()) {
    const length = event.texts?.[i]?.length ?? 0;
    if (content !== undefined) yield { content, from: from + shift, to: from + shift + length };
    shift += length - (to - from);
  }
}

/** The text that a `changed` or `saved` event is of. */
export function contentOf(
  event: { readonly session: number; readonly tracker: number; readonly document: number },
  replay: Replay,
): Content | undefined {
  const tracker = event.tracker === 0 ? undefined : replay.tracker(event.session, event.tracker);
  return (tracker ?? replay.documents.get(event.document))?.content;
}
