import type { Origin } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Span } from '../provenance/span.ts';
import type { Content } from './content.ts';
import type { Echoed, Repeat } from './echoed.ts';
import { type Echo, EchoSearch, pastes, type Stretch, typing } from './echoSearch.ts';
import type { JournalEvent } from './event.ts';
import type { Journal } from './journal.ts';
import { NearEvents } from './nearEvents.ts';
import { type OutputEvent, writtenBy } from './outputTexts.ts';
import { isOurs, type JournalProblem } from './problem.ts';
import type { Look } from './recallFeed.ts';
import { SerialSet } from './serialSet.ts';
import type { SessionWriter } from './sessionWriter.ts';
import { type Changed, stepOf } from './step.ts';

/** Units around a place that are looked at: whoever typed on within a sentence has it compared in whole. */
const around = 4000;

/**
 * Text that an AI gave and that came another way. What was pasted from outside and stands in an output becomes
 * `ai.pasted` by a resolution, whichever of the two was recorded first; what was typed stays typed, and an event
 * `repeats` says so. It is looked for in the background, when a text is saved or closed, pasted or an output is recorded.
 */
export class Echoes {
  readonly #journal: Journal;
  readonly #writer: SessionWriter;
  readonly #events: NearEvents;
  readonly #search: EchoSearch;
  /** Number of events when the session began: of those the window has heard. */
  readonly #since: number;
  /** By document: acts up to this one have been looked at. */
  readonly #looked = new Map<number, number>();
  readonly #problem: (problem: JournalProblem) => void;
  /** The look that failed last. */
  #failed: Look | undefined;

  /** `problem`: a look has failed by a bug of ours. */
  constructor(journal: Journal, writer: SessionWriter, problem: (problem: JournalProblem) => void) {
    this.#journal = journal;
    this.#writer = writer;
    this.#problem = problem;
    this.#events = new NearEvents(journal.packs);
    this.#search = new EchoSearch(journal, this.#events);
    this.#since = journal.replay.size;
  }

  get waits(): boolean {
    return this.#journal.recall.waits || this.#journal.recall.look !== undefined;
  }

  /** A piece of the work, outside of transactions. False when there is nothing to do, or not now. Throws JournalError. */
  step(tell: (found: Echoed) => void): boolean {
    const { recall, replay } = this.#journal;
    if (recall.step()) return true;
    const { look } = recall;
    if (look === undefined || !replay.recording) return false;
    if (this.#isDone(look, tell)) recall.looked();
    if (recall.look === undefined) this.#events.forget();
    return this.waits;
  }

  /** False: it failed, and is to be tried once more. What only the search for echoes cannot do is nobody else's trouble. */
  #isDone(look: Look, tell: (found: Echoed) => void): boolean {
    try {
      this.#look(look, tell);
      return true;
    } catch (error) {
      if (!isOurs(error)) throw error;
      const again = this.#failed === look;
      this.#failed = look;
      if (!again) this.#problem({ code: 'search', detail: error.stack ?? error.message });
      return again;
    }
  }

  #look({ of, sequence, document }: Look, tell: (found: Echoed) => void): void {
    const event = this.#events.at(sequence);
    if (of === 'paste' && event?.kind === 'changed') {
      for (const stretch of pastedBy(event)) this.#resolve(this.#search.find(stretch, pastes), tell);
    } else if (of === 'output' && (event?.kind === 'answer' || event?.kind === 'agentEdit')) {
      for (const stretch of this.#standing(event)) {
        this.#resolve(this.#search.find(stretch, pastes), tell);
        this.#mark(this.#search.find(stretch, typing), tell);
      }
    } else if (of === 'told' && sequence >= this.#since && event?.session !== this.#writer.session) {
      if (event?.kind === 'resolution')
        tell({ kind: 'resolved', ranges: event.ranges, origin: event.origin, act: sequence });
      if (event?.kind === 'repeats') tell(event);
    } else if (of === 'text' && document !== undefined) {
      const { stretches, upTo } = this.#typed(document);
      for (const stretch of stretches) this.#mark(this.#search.find(stretch, typing), tell);
      this.#looked.set(document, upTo);
    }
  }

  /** What of the record is like an output that came in: with all that stands around it. */
  #standing(event: OutputEvent): readonly Stretch[] {
    const { recall, replay } = this.#journal;
    return recall.around(writtenBy(event), replay, around);
  }

  /**
   * Where a document's texts have typed characters that were not looked at, acts up to `upTo` among them. The state is
   * asked for once, and all is read before anything is written: each time it is asked for, what other windows have done
   * to these very texts is taken in.
   */
  #typed(document: number): { readonly stretches: readonly Stretch[]; readonly upTo: number } {
    const since = this.#looked.get(document) ?? -1;
    return this.#journal.read(replay => {
      const contents = [...replay.trackers].flatMap(of => (of.document.document === document ? [of.content] : []));
      const own = replay.documents.get(document);
      if (contents.length === 0 && own !== undefined) contents.push(own.content);
      const stretches = contents.flatMap(content => [...typedIn(content, replay.origins, since)]);
      return { stretches, upTo: replay.size - 1 };
    });
  }

  #resolve(echoes: readonly Echo[], tell: (found: Echoed) => void): void {
    for (const { output, ranges } of echoes) {
      const of = this.#outputOf(output);
      if (of === undefined) continue;
      const rule = of.kind === 'answer' ? 'output.answer' : 'output.edit';
      const origin: Origin = { kind: 'ai.pasted', basis: 'reported', rule, ...this.#promptOf(of) };
      const found = this.#writer.aside(({ turn, session, stamp }) => {
        const open = [...turn.replay.origins.walk(ranges)].filter(run => pastes.kinds.includes(run.origin.kind));
        if (open.length === 0) return undefined;
        const own = open.map(({ length, serial }) => ({ length, serial }));
        const on = of.kind === 'answer' ? { answer: of.id } : { edits: [of.id] };
        return { ranges: own, act: turn.push(session, stamp, { kind: 'resolution', ranges: own, origin, ...on }) };
      });
      if (found !== undefined) tell({ kind: 'resolved', ...found, origin });
    }
  }

  #mark(echoes: readonly Echo[], tell: (found: Echoed) => void): void {
    for (const { output, ranges } of echoes) {
      const of = this.#outputOf(output);
      if (of === undefined) continue;
      const repeat = this.#writer.aside(({ turn, session, stamp }): Repeat | undefined => {
        const marked = SerialSet.of(turn.replay.repeats.flatMap(event => event.ranges));
        const own = unmarked(ranges, marked);
        if (own.length === 0) return undefined;
        const found: Repeat = { kind: 'repeats', ranges: own, of: of.id, ...this.#promptOf(of) };
        turn.push(session, stamp, found);
        return found;
      });
      if (repeat !== undefined) tell(repeat);
    }
  }

  #outputOf(sequence: number): OutputEvent | undefined {
    const event = this.#events.at(sequence);
    return event?.kind === 'answer' || event?.kind === 'agentEdit' ? event : undefined;
  }

  #promptOf({ prompt }: OutputEvent): { readonly prompt?: string } {
    return prompt !== undefined && this.#journal.replay.prompts.has(prompt) ? { prompt } : {};
  }
}

/** Where a text has characters that were typed after the act `since`, with what stands around them. */
function* typedIn({ text, provenance, length }: Content, origins: Origins, since: number): Generator<Stretch> {
  let [start, end, at] = [0, -1, 0];
  const stretch = () => ({ text: text.slice(start, end), spans: provenance.slice(start, end) });
  for (const { serial: first, length: count } of provenance.spans()) {
    for (let serial = first; serial < first + count; ) {
      const { origin, act, each, until } = origins.runAt(serial);
      const run = Math.min(until, first + count) - serial;
      // What was typed key by key is one run of many acts: of a long text only the last are looked at.
      const old = each ? Math.min(run, Math.max(0, since - act + 1)) : act > since ? 0 : run;
      if (origin.kind === 'typed' && old < run) {
        const from = Math.max(0, at + old - around);
        if (end >= 0 && from > end) {
          yield stretch();
          end = -1;
        }
        if (end < 0) start = from;
        end = Math.min(length, at + run + around);
      }
      at += run;
      serial += run;
    }
  }
  if (end >= 0) yield stretch();
}

/** What an event put in, with its characters. */
function pastedBy(event: Changed & Pick<JournalEvent, 'texts'>): Stretch[] {
  return stepOf(event, event.texts ?? []).changes.map(({ insert, spans }) => ({ text: insert, spans }));
}

/** Parts of the ranges that were not marked before. */
function unmarked(ranges: readonly Span[], marked: SerialSet): Span[] {
  return ranges.flatMap(range => {
    const parts: Span[] = [];
    let from = 0;
    for (const { from: start, to } of [...marked.within([range]), { from: range.length, to: range.length }]) {
      if (start > from) parts.push({ length: start - from, serial: range.serial + from });
      from = Math.max(from, to);
    }
    return parts;
  });
}
