import type { Actor } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import { Content } from './content.ts';
import { DocumentState, TrackerState } from './documentState.ts';
import type { JournalEvent, SkipReason } from './event.ts';
import { demandHead, isBeside } from './eventKinds.ts';
import {
  beginning,
  grow,
  Misfit,
  type Of,
  onlyText,
  originOf,
  type Placing,
  place,
  placing,
  type Recorded,
  rename,
  type SessionState,
  type Standing,
  sessionOf,
} from './replayed.ts';
import { demandDigest } from './statedDigests.ts';
import { stepOf } from './step.ts';
import { recordsAfter, type Stop } from './stops.ts';

export { Misfit, type Placing, type SessionState } from './replayed.ts';

/**
 * The state that a journal's events lead to: every document and tracker with its text and spans, and what
 * made each character. It only folds: no rule, no diff, no file and no database is asked, so a stranger's
 * verifier can do the same. Mutable; `apply` takes the events in order, from sequence 0 or from a keyframe.
 */
export class Replay {
  readonly origins: Origins;
  /** Who removed or moved text by an event, where a later one has said so, by sequence. */
  readonly actors: ReadonlyMap<number, Actor>;
  readonly documents: ReadonlyMap<number, DocumentState>;
  readonly sessions: ReadonlyMap<number, SessionState>;
  /** Prompts by their id. */
  readonly prompts: ReadonlyMap<string, Of<'prompt'>>;
  /** What agents' records have said beside prompts, by `recordKey`. */
  readonly records: ReadonlyMap<string, Recorded>;
  /** Git commits that brought text, by their id. */
  readonly commits: ReadonlyMap<string, Of<'commit'>>;
  /** Acts of placing, by the serial that names each. */
  readonly placings: ReadonlyMap<number, Placing>;
  /** Files that are not recorded, by path, with the reason last given. */
  readonly skipped: ReadonlyMap<string, SkipReason>;
  /** Keys that entered, oldest first. */
  readonly keys: readonly Of<'key'>[];
  /** Typed characters that say what an AI had given before, and words that were taken out, oldest first. */
  readonly repeats: readonly Of<'repeats'>[];
  readonly redactions: readonly Of<'redaction'>[];
  /** Number of events applied: the next event's sequence. */
  size: number;
  /** The journal's first event. */
  started: Of<'started'> | undefined;
  /** Recording was not stopped by the person; `stops`: when it was, oldest first. */
  recording: boolean;
  readonly stops: readonly Stop[];
  readonly #standing: Standing;
  readonly #checks: boolean;
  #origin = placing;

  /**
   * `checks`: every digest that an event states of a text is recomputed, and a wrong one is a Misfit. `from`: a
   * keyframe's state, taken over; else the state before the first event.
   */
  constructor({ checks = false, from = beginning() }: { readonly checks?: boolean; readonly from?: Standing } = {}) {
    this.#checks = checks;
    this.#standing = from;
    this.size = from.size;
    this.started = from.started;
    this.recording = from.recording;
    this.stops = from.stops;
    this.origins = from.origins;
    this.actors = from.actors;
    this.documents = from.documents;
    this.sessions = from.sessions;
    this.prompts = from.prompts;
    this.records = from.records;
    this.commits = from.commits;
    this.placings = from.placings;
    this.skipped = from.skipped;
    this.keys = from.keys;
    this.repeats = from.repeats;
    this.redactions = from.redactions;
  }

  get trackers(): Iterable<TrackerState> {
    return this.#standing.trackers;
  }

  tracker(session: number, tracker: number): TrackerState | undefined {
    return this.#standing.trackers.get(session, tracker);
  }

  /** The number that the next new document takes. */
  get nextDocument(): number {
    return this.documents.size + 1;
  }

  /** The document that has this path now, or had it when it was deleted. */
  at(path: string): DocumentState | undefined {
    return this.#standing.paths.get(path);
  }

  /** Throws Misfit, and changes nothing, where the event does not fit. */
  apply(event: JournalEvent): void {
    if (event.sequence !== this.size) throw new Misfit(event.sequence, `follows ${this.size} events`);
    try {
      demandHead(event);
      this.#apply(event);
    } catch (error) {
      // A stranger's event may be of any shape.
      if (error instanceof RangeError || error instanceof TypeError)
        throw new Misfit(event.sequence, error.message, error);
      throw error;
    }
    const session = this.sessions.get(event.session);
    if (session !== undefined) session.last = event.time;
    this.size++;
  }

  #apply(event: JournalEvent): void {
    if (isBeside(event)) return;
    switch (event.kind) {
      case 'changed':
        this.#changed(event);
        return;
      case 'started':
        this.started = event;
        return;
      case 'consent':
      case 'paused':
      case 'resumed':
        this.recording = recordsAfter(event, this.#standing.stops);
        return;
      case 'session':
        this.#standing.sessions.set(event.session, sessionOf(event));
        return;
      case 'sessionEnd':
        this.#ended(event.session, event.sequence);
        return;
      case 'gap':
        if (event.crashed !== undefined) this.#ended(event.crashed, event.sequence);
        return;
      case 'baseline':
        this.#baseline(event);
        return;
      case 'renamed':
        rename(this.#standing.paths, this.#demand(event.document), event);
        return;
      case 'deleted':
        this.#demand(event.document).present = false;
        return;
      case 'opened':
        this.#opened(event);
        return;
      case 'saved':
        this.#saved(event);
        return;
      case 'closed':
        this.#closed(this.#demandTracker(event), event.sequence);
        return;
      case 'attached':
      case 'prompt':
      case 'promptNote':
      case 'answer':
      case 'agentEdit':
      case 'decision':
      case 'commit':
      case 'resolution':
      case 'repeats':
      case 'redaction':
      case 'key':
      case 'skipped':
        grow(this.#standing, event);
        return;
    }
  }

  #changed(event: Of<'changed'>): void {
    const step = stepOf(event, event.texts ?? []);
    const tracker = event.tracker === 0 ? undefined : this.#demandTracker(event);
    const document = this.#demand(event.document);
    if (event.version !== (tracker === undefined ? 0 : tracker.version + 1)) throw new RangeError('a step is missing');
    this.#unused(event.first, step.fresh.first + step.fresh.count - event.first);
    if (tracker === undefined) {
      document.stepped(step);
      document.present = true;
      document.savedAt = event.sequence;
    } else {
      document.step(tracker, step);
      tracker.version = event.version;
    }
    if (event.placed !== undefined) {
      this.origins.add(event.placed, 1, placing, event.sequence);
      this.#standing.placings.set(event.placed, { placement: event.placement, act: event.sequence });
    }
    let serial = step.fresh.first;
    for (const finding of event.findings) {
      this.#origin = originOf(finding, this.#origin);
      this.origins.add(serial, finding.length, this.#origin, event.sequence);
      serial += finding.length;
    }
  }

  #baseline(event: Of<'baseline'>): void {
    const text = onlyText(event);
    const { length: found, ...origin } = event.finding;
    if (found !== text.length) throw new RangeError(`a finding for ${found} of ${text.length} characters`);
    if (this.#checks) demandDigest(text, event.textDigest);
    this.#unused(event.first, text.length);
    const document = this.#make(event.document, event.format);
    if (text.length > 0) this.origins.add(event.first, text.length, origin, event.sequence);
    document.set(Content.of(text, text === '' ? [] : [{ serial: event.first, length: text.length }]), event.textDigest);
    place(this.#standing.paths, document, event.path);
    this.#written(document, event);
    document.asBaselined = true;
  }

  #opened(event: Of<'opened'>): void {
    if (this.tracker(event.session, event.tracker) !== undefined)
      throw new RangeError(`tracker ${event.tracker} is open`);
    const from = event.continues === undefined ? undefined : this.tracker(event.session, event.continues);
    if (event.continues !== undefined && from === undefined) throw new RangeError(`no tracker ${event.continues}`);
    if (event.restores && !this.documents.get(event.document)?.left) throw new RangeError('nothing was left unsaved');
    const document = this.#make(event.document, event.format);
    const start = from?.content.clone() ?? (event.restores ? document.left?.clone() : undefined);
    const make = (content: Content) => new TrackerState(event.session, event.tracker, document, content, event.format);
    const own = start ?? (event.cell === undefined ? undefined : Content.empty);
    const tracker = own === undefined ? document.lend(make) : make(own);
    if (own !== undefined) tracker.synced = -1;
    tracker.cell = event.cell;
    this.#standing.trackers.add(tracker);
    if (event.path !== undefined) place(this.#standing.paths, document, event.path);
  }

  #saved(event: Of<'saved'>): void {
    const document = this.#demand(event.document);
    if (event.tracker === 0) {
      document.asBaselined = false;
      this.#check(document, event.textDigest);
    } else {
      const tracker = this.#demandTracker(event);
      this.#check(tracker, event.textDigest);
      document.saved(tracker, event.textDigest);
      tracker.format = event.format;
    }
    this.#written(document, event);
  }

  #written(document: DocumentState, event: Of<'saved' | 'baseline'>): void {
    document.format = event.format;
    document.fileDigest = event.fileDigest;
    document.savedAt = event.sequence;
    document.present = true;
  }

  #closed(tracker: TrackerState, at: number): void {
    this.#standing.trackers.delete(tracker);
    tracker.document.closed(tracker, at);
  }

  #ended(session: number, sequence: number): void {
    const state = this.sessions.get(session);
    if (state !== undefined) state.ended = sequence;
    for (const tracker of this.#standing.trackers) if (tracker.session === session) this.#closed(tracker, sequence);
  }

  #make(id: number, format: DocumentState['format']): DocumentState {
    const document = this.documents.get(id) ?? new DocumentState(id, format);
    this.#standing.documents.set(id, document);
    return document;
  }

  #demand(id: number): DocumentState {
    const document = this.documents.get(id);
    if (document === undefined) throw new RangeError(`no document ${id}`);
    return document;
  }

  #demandTracker(event: Of<'changed' | 'saved' | 'closed'>): TrackerState {
    const tracker = this.tracker(event.session, event.tracker);
    if (tracker === undefined) throw new RangeError(`no tracker ${event.tracker} of session ${event.session}`);
    if (tracker.document.document !== event.document) throw new RangeError('the tracker is of another document');
    return tracker;
  }

  /** Serials are given once. */
  #unused(first: number, count: number): void {
    if (count > 0 && !this.origins.areFree(first, count)) throw new RangeError(`serials from ${first} are taken`);
  }

  #check(of: DocumentState | TrackerState, digest: string): void {
    if (this.#checks) demandDigest(of.content.text, digest);
  }
}
