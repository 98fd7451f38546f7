import type { Kind } from '../provenance/origin.ts';
import { counts, fewest } from '../text/moves.ts';
import type { JournalEvent } from './event.ts';
import { type OutputEvent, outputTexts, outputTime } from './outputTexts.ts';
import type { PlainSteps } from './plainSteps.ts';
import type { Passage, Whole } from './recallStore.ts';
import type { Replay } from './replay.ts';

/** What was pasted and is of no recorded text, as far as is known when it comes: a chat's code is an editor's text too. */
export const pastedKinds: readonly Kind[] = ['pasted.external', 'pasted.editor'];
/** Spans of a whole text that are kept at most. */
const mostSpans = 100_000;

/** What events leave behind that may come back. */
export interface Fed {
  readonly passages: Passage[];
  readonly wholes: Whole[];
  /** Documents whose text as it stands now is to be kept, with the event that made it so. */
  readonly stale: Map<number, number>;
  /** What is to be looked for among AIs' outputs, or the other way round. */
  readonly looks: Look[];
}

/**
 * `output`: an event has an AI's output, which may stand in some text; `paste`: text came from outside by an event; `text`:
 * a text was saved or closed, of which some may have been typed after an output; `told`: something was found of characters,
 * perhaps by another window, whose own has to hear of it.
 */
export interface Look {
  readonly of: 'output' | 'paste' | 'text' | 'told';
  readonly sequence: number;
  /** Of a text. */
  readonly document?: number;
}

/**
 * Looks at each event before it changes the state, and keeps what it takes away. What an event that is rolled back left
 * is taken back. `from`: events before it are passed over.
 */
export class RecallFeed {
  /** First sequence that was not looked at. */
  next: number;
  #fed: Fed = nothing();
  /** Events from here on are of a transaction that runs. */
  #turn = Number.MAX_SAFE_INTEGER;

  constructor(from: number) {
    this.next = from;
  }

  get isEmpty(): boolean {
    return this.#fed.passages.length + this.#fed.wholes.length + this.#fed.stale.size + this.#fed.looks.length === 0;
  }

  /** What is kept of a document's text is not as it stands now. */
  isStale(document: number): boolean {
    return this.#fed.stale.has(document);
  }

  /** Events from here on are not committed. */
  get turn(): number {
    return this.#turn;
  }

  /** A transaction begins behind this many events. */
  begin(size: number): void {
    this.#turn = size;
  }

  /** It is committed. */
  end(): void {
    this.#turn = Number.MAX_SAFE_INTEGER;
  }

  /** It was rolled back. */
  undo(): void {
    const { passages, wholes, stale, looks } = this.#fed;
    const stays = (of: { readonly sequence: number }) => this.#stays(of);
    this.#fed = { passages: passages.filter(stays), wholes: wholes.filter(stays), stale, looks: looks.filter(stays) };
    this.next = Math.min(this.next, this.#turn);
    this.#turn = Number.MAX_SAFE_INTEGER;
  }

  /** Nothing that was kept is given. */
  forget(): void {
    this.#fed = nothing();
  }

  /** Gives what was kept of events that are committed, and forgets it. */
  take(): Fed {
    const { passages, wholes, stale, looks } = this.#fed;
    this.#fed = nothing();
    const fed = nothing();
    for (const passage of passages) (this.#stays(passage) ? fed : this.#fed).passages.push(passage);
    for (const whole of wholes) (this.#stays(whole) ? fed : this.#fed).wholes.push(whole);
    for (const look of looks) (this.#stays(look) ? fed : this.#fed).looks.push(look);
    for (const [document, sequence] of stale)
      (this.#stays({ sequence }) ? fed : this.#fed).stale.set(document, sequence);
    return fed;
  }

  /** Not kept after all: it comes with the next. */
  giveBack({ passages, wholes, stale, looks }: Fed): void {
    this.#fed.looks.unshift(...looks);
    this.#fed.passages.unshift(...passages);
    this.#fed.wholes.unshift(...wholes);
    for (const [document, sequence] of stale) this.#stale(document, sequence);
  }

  /** So many plain steps, the first of this sequence, take nothing away that may come back; they may be pastes. */
  pass(steps: PlainSteps, from: number, until: number, sequence: number): void {
    this.next = Math.max(this.next, sequence + until - from - 1);
    const pasted = steps.shapes.map(({ origin }) => origin !== undefined && pastedKinds.includes(origin.kind));
    if (!pasted.includes(true)) return;
    for (let i = from; i < until; i++)
      if (pasted[steps.shape[i]!] && steps.inserted[i]! >= fewest)
        this.#fed.looks.push({ of: 'paste', sequence: sequence + i - from });
  }

  /** `replay` gives the state before the event; it is asked for only where the event takes something away. */
  look(event: JournalEvent, replay: () => Replay): void {
    if (event.sequence < this.next) return;
    this.next = event.sequence;
    switch (event.kind) {
      case 'changed':
        this.#changed(event, replay);
        return;
      case 'saved':
        this.#saved(event, replay);
        return;
      case 'baseline': {
        const { document, sequence, time, first, texts: [text = ''] = [] } = event;
        const spans = text === '' ? [] : [{ length: text.length, serial: first }];
        this.#fed.passages.push({ kind: 'text', document, sequence, time, text, spans });
        this.#fed.wholes.push({ digest: event.textDigest, document, sequence, spans });
        return;
      }
      case 'closed':
        this.#stale(event.document, event.sequence);
        this.#fed.looks.push({ of: 'text', sequence: event.sequence, document: event.document });
        return;
      case 'answer':
      case 'agentEdit':
        this.#output(event);
        return;
      case 'sessionEnd':
      case 'gap': {
        const session = event.kind === 'gap' ? event.crashed : event.session;
        for (const tracker of replay().trackers) {
          if (tracker.session === session) this.#stale(tracker.document.document, event.sequence);
        }
        return;
      }
      case 'resolution':
      case 'repeats':
        if (event.ranges.length > 0) this.#fed.looks.push({ of: 'told', sequence: event.sequence });
        return;
      case 'started':
      case 'consent':
      case 'session':
      case 'paused':
      case 'resumed':
      case 'attached':
      case 'key':
      case 'skipped':
      case 'renamed':
      case 'deleted':
      case 'opened':
      case 'prompt':
      case 'promptNote':
      case 'exhibit':
      case 'exhibitRemoved':
      case 'milestone':
      case 'review':
      case 'restriction':
      case 'notice':
      case 'label':
      case 'exported':
      case 'decision':
      case 'commit':
      case 'redaction':
        return;
    }
  }

  #changed(event: Extract<JournalEvent, { kind: 'changed' }>, state: () => Replay): void {
    const { document, sequence, time, changes } = event;
    const { before } = event.observation;
    if (event.findings.some(({ kind, length }) => pastedKinds.includes(kind) && length >= fewest))
      this.#fed.looks.push({ of: 'paste', sequence });
    if (event.tracker === 0) this.#stale(document, sequence);
    if (before === undefined && changes.every(({ from, to }) => to - from < fewest)) return;
    const replay = state();
    const content = (replay.tracker(event.session, event.tracker) ?? replay.documents.get(document))?.content;
    if (content === undefined) return;
    const { text, provenance } = content;
    if (before !== undefined && provenance.count <= mostSpans) {
      this.#fed.wholes.push({ digest: before, document, sequence, spans: provenance.spans() });
    }
    for (const { from, to } of changes) {
      if (to - from < fewest || from < 0 || to > content.length) continue;
      const removed = text.slice(from, to);
      const spans = provenance.slice(from, to);
      if (counts(removed)) this.#fed.passages.push({ kind: 'removed', document, sequence, time, text: removed, spans });
    }
  }

  #saved(event: Extract<JournalEvent, { kind: 'saved' }>, state: () => Replay): void {
    const replay = state();
    const { document, sequence, tracker, textDigest: digest } = event;
    if (tracker !== 0) this.#fed.looks.push({ of: 'text', sequence, document });
    const content = (tracker === 0 ? replay.documents.get(document) : replay.tracker(event.session, tracker))?.content;
    if (content === undefined || content.provenance.count > mostSpans) return;
    this.#fed.wholes.push({ digest, document, sequence, spans: content.provenance.spans() });
  }

  #output(event: OutputEvent): void {
    const { sequence } = event;
    const texts = outputTexts(event);
    const given = { kind: 'output', document: 0, sequence, time: outputTime(event), spans: [] } as const;
    for (const text of texts) this.#fed.passages.push({ ...given, text });
    if (texts.length > 0) this.#fed.looks.push({ of: 'output', sequence });
  }

  #stale(document: number, sequence: number): void {
    this.#fed.stale.set(document, Math.max(sequence, this.#fed.stale.get(document) ?? 0));
  }

  #stays({ sequence }: { readonly sequence: number }): boolean {
    return sequence < this.#turn;
  }
}

function nothing(): Fed {
  return { passages: [], wholes: [], stale: new Map(), looks: [] };
}
