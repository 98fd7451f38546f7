import type { EventKind, FileFormat, Finding, JournalEvent } from '../journal/event.ts';
import type { Actor, Placement } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Provenance } from '../provenance/provenance.ts';
import { ActRows } from './acts.ts';
import { type Entry, Insertions } from './insertions.ts';
import type { Moment } from './moment.ts';

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<JournalEvent, { readonly kind: K }>;

/** What a journal must give to be reported: its reader does, up to one size. */
export interface ChronicleSource {
  readonly id: string;
  /** Number of events that the report covers. */
  readonly size: number;
  events(): Iterable<JournalEvent>;
}

/** A document as the events leave it. */
export interface ReplayedDocument {
  readonly document: number;
  readonly path?: string | undefined;
  /** The file is there: not deleted. */
  readonly present: boolean;
  readonly format: FileFormat;
  readonly text: string | { toString(): string };
  readonly provenance: Provenance;
  /** A tracker has changed it since it was last the file's. */
  readonly unsaved: boolean;
  /** What a tracker left unsaved when it ended. */
  readonly left?: unknown;
}

/** What folds events into documents and origins. */
export interface Folding {
  apply(event: JournalEvent): void;
  readonly documents: ReadonlyMap<number, ReplayedDocument>;
  readonly origins: Origins;
  /** Who removed or moved text by an event, where a later one has said so, by sequence. */
  readonly actors: ReadonlyMap<number, Actor>;
  tracker(session: number, tracker: number): { readonly provenance: Provenance } | undefined;
}

/** An act that placed characters which were there before. */
export interface Placing {
  readonly how: Placement;
  readonly sequence: number;
}

/** All that the report needs of one journal, gathered in one pass over its events. */
export class Chronicle {
  readonly source: ChronicleSource;
  readonly folding: Folding;
  readonly insertions = new Insertions();
  readonly acts = new ActRows();
  /** By the serial that names the act. */
  readonly placings = new Map<number, Placing>();
  readonly kept: { [K in KeptKind]: EventOf<K>[] } = keptNothing();
  /** By number of the session: its last event, and how many events it wrote. */
  readonly sessions = new Map<number, { last: Moment; events: number }>();
  /** By document: the last event that changed, baselined or saved it. */
  readonly lastTouched = new Map<number, Moment>();
  readonly counts = { events: 0, changes: 0, liveChanges: 0 };
  /** Of the first and the last event in the journal's order. */
  first: Moment | undefined;
  last: Moment | undefined;

  private constructor(source: ChronicleSource, folding: Folding) {
    this.source = source;
    this.folding = folding;
  }

  /** Reads all events once. Cost: linear in events. */
  static read(source: ChronicleSource, folding: Folding): Chronicle {
    const chronicle = new Chronicle(source, folding);
    for (const event of source.events()) chronicle.#note(event);
    return chronicle;
  }

  get id(): string {
    return this.source.id;
  }

  #note(event: JournalEvent): void {
    if (event.kind === 'changed') this.acts.note(event, this.folding);
    this.folding.apply(event);
    this.first ??= { time: event.time, zone: event.zone };
    this.last = event;
    this.counts.events++;
    const session = this.sessions.get(event.session);
    if (session === undefined) this.sessions.set(event.session, { last: event, events: 1 });
    else {
      session.last = event;
      session.events++;
    }
    switch (event.kind) {
      case 'changed':
        this.#changed(event);
        return;
      case 'baseline':
        this.lastTouched.set(event.document, event);
        this.#add(event, event.document, event.first, event.finding, entryOf(event));
        this.insertions.addPairs(event.texts?.[0] ?? '', event.first);
        return;
      case 'saved':
        this.lastTouched.set(event.document, event);
        return;
      case 'started':
      case 'consent':
      case 'session':
      case 'sessionEnd':
      case 'paused':
      case 'resumed':
      case 'key':
      case 'skipped':
      case 'gap':
      case 'prompt':
      case 'agentEdit':
      case 'commit':
      case 'resolution':
        // The kinds of `kept` are these, so the list and the event are of one kind.
        (this.kept[event.kind] as JournalEvent[]).push(event);
        return;
      case 'attached':
      case 'renamed':
      case 'deleted':
      case 'opened':
      case 'closed':
        return;
    }
  }

  #changed(event: EventOf<'changed'>): void {
    this.counts.changes++;
    this.lastTouched.set(event.document, event);
    const live = event.observation.by === 'editor';
    if (live) this.counts.liveChanges++;
    if (event.placed !== undefined) {
      this.placings.set(event.placed, { how: event.placement, sequence: event.sequence });
    }
    if (event.findings.length === 0) return;
    const first = event.placed === undefined ? event.first : event.first + 1;
    let end = first;
    for (const finding of event.findings) {
      this.#add(event, event.document, end, finding, live ? 'live' : 'unseen');
      end += finding.length;
    }
    let serial = first;
    event.changes.forEach((change, i) => {
      const text = event.texts?.[i] ?? '';
      if (change.spans === undefined) {
        this.insertions.addPairs(text, serial);
        serial += text.length;
        return;
      }
      let at = 0;
      for (const span of change.spans) {
        if (span.serial >= first && span.serial < end) {
          this.insertions.addPairs(text.slice(at, at + span.length), span.serial);
          serial = span.serial + span.length;
        }
        at += span.length;
      }
    });
  }

  #add(event: JournalEvent, document: number, first: number, finding: Finding, entry: Entry): void {
    const { time, zone, session } = event;
    this.insertions.add({ time, zone, session, document, first, count: finding.length, entry, origin: finding });
  }
}

type KeptKind =
  | 'started'
  | 'consent'
  | 'session'
  | 'sessionEnd'
  | 'paused'
  | 'resumed'
  | 'key'
  | 'skipped'
  | 'gap'
  | 'prompt'
  | 'agentEdit'
  | 'commit'
  | 'resolution';

function keptNothing(): Chronicle['kept'] {
  return {
    started: [],
    consent: [],
    session: [],
    sessionEnd: [],
    paused: [],
    resumed: [],
    key: [],
    skipped: [],
    gap: [],
    prompt: [],
    agentEdit: [],
    commit: [],
    resolution: [],
  };
}

function entryOf(event: EventOf<'baseline'>): Entry {
  return event.finding.kind === 'initial' ? 'initial' : 'unseen';
}
