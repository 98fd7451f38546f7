import type { SegmentCursor } from '../journal/cursor.ts';
import type { Finding, JournalEvent } from '../journal/event.ts';
import { type Onlooker, PackFold } from '../journal/packFold.ts';
import type { Replay } from '../journal/replay.ts';
import type { Actor } from '../provenance/origin.ts';
import { ActRows } from './acts.ts';
import { Beginnings } from './beginnings.ts';
import type { Folding, Placing } from './folding.ts';
import { type Entry, Insertions, pairs } from './insertions.ts';
import { type EventOf, type KeptKind, keptNothing } from './keptEvents.ts';
import type { Moment } from './moment.ts';
import { MoveTrail } from './moves.ts';
import { PromptTrail } from './promptTrail.ts';
import { reviewedDigests } from './reviews.ts';
import { noteRevision, stepAt, wantsText } from './revisionSteps.ts';
import { RevisionTrail } from './revisionTrail.ts';

export type { Folding, Placing, ReplayedDocument } from './folding.ts';
export type { EventOf } from './keptEvents.ts';

/** What a journal must give to be reported: its reader does, up to one size. */
export interface ChronicleSource {
  readonly id: string;
  /** Number of events that the report covers. */
  readonly size: number;
  events(): Iterable<JournalEvent>;
  /** The same events as opened packs, each to be walked before the next is asked for: where it can give them. */
  packs?(): Iterable<SegmentCursor>;
}

/** All that the report needs of one journal, gathered in one pass over its events. */
export class Chronicle implements Onlooker {
  readonly source: ChronicleSource;
  readonly folding: Folding;
  readonly insertions = new Insertions();
  readonly acts = new ActRows();
  readonly trail = new PromptTrail();
  readonly beginnings = new Beginnings();
  readonly moves = new MoveTrail();
  readonly revisions = new RevisionTrail();
  /** By the serial that names the act. */
  readonly placings = new Map<number, Placing>();
  /** Who placed what was there before, as the event says, by its sequence. */
  readonly placers = new Map<number, Actor>();
  readonly kept: { [K in KeptKind]: EventOf<K>[] } = keptNothing();
  /** Of the files of each review, by its sequence: digests of the texts that they had then. */
  readonly reviewed = new Map<number, readonly (string | null)[]>();
  /** By number of the session: its last event, and how many events it wrote. */
  readonly sessions = new Map<number, { readonly last: Now; events: number }>();
  /** By document: the last event that changed, baselined or saved it. */
  readonly lastTouched = new Map<number, Now>();
  readonly counts = { events: 0, changes: 0, liveChanges: 0 };
  /** Of the first and the last event in the journal's order. */
  first: Moment | undefined;
  last: Now | undefined;
  /** Texts of the pack last seen, and whether a surrogate pair is among them. */
  #joined = '';
  #paired = false;

  private constructor(source: ChronicleSource, folding: Folding) {
    this.source = source;
    this.folding = folding;
  }

  /** Reads all events once, and folds them into `replay`. Cost: linear in events. */
  static read(source: ChronicleSource, replay: Replay): Chronicle {
    const chronicle = new Chronicle(source, replay);
    if (source.packs !== undefined) {
      const fold = new PackFold(replay, chronicle);
      for (const pack of source.packs()) fold.fold(pack);
    } else {
      for (const event of source.events()) {
        chronicle.before(event);
        replay.apply(event);
        chronicle.after(event);
      }
    }
    chronicle.revisions.endAll(replay);
    return chronicle;
  }

  get id(): string {
    return this.source.id;
  }

  before(event: JournalEvent): void {
    if (event.kind === 'changed') {
      this.acts.note(event, this.folding);
      this.moves.note(event);
    }
    noteRevision(this.revisions, event, this.folding);
    if (event.kind === 'changed' || event.kind === 'prompt' || event.kind === 'opened')
      this.trail.before(event, this.folding);
  }

  after(event: JournalEvent): void {
    this.#seen(event.session, event.time, event.zone);
    if (event.kind === 'review') this.reviewed.set(event.sequence, reviewedDigests(event, this.folding));
    switch (event.kind) {
      case 'changed':
        this.#changed(event);
        return;
      case 'baseline':
        this.#touched(event.document, event.time, event.zone);
        this.#add(event, event.document, event.first, event.finding, entryOf(event));
        this.insertions.addPairs(event.texts?.[0] ?? '', event.first);
        return;
      case 'saved':
        this.#touched(event.document, event.time, event.zone);
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
      case 'promptNote':
      case 'decision':
      case 'commit':
      case 'resolution':
      case 'repeats':
      case 'redaction':
      case 'exhibit':
      case 'exhibitRemoved':
      case 'milestone':
      case 'review':
      case 'restriction':
      case 'notice':
      case 'label':
      case 'exported':
        // The kinds of `kept` are these, so the list and the event are of one kind.
        (this.kept[event.kind] as JournalEvent[]).push(event);
        return;
      case 'answer':
      case 'agentEdit': {
        // Whole files and long answers, which no one asks for.
        const { texts: _, ...rest } = event;
        (this.kept[event.kind] as JournalEvent[]).push(rest);
        return;
      }
      case 'attached':
      case 'renamed':
      case 'deleted':
      case 'opened':
      case 'closed':
        return;
    }
  }

  wants(cursor: SegmentCursor): boolean {
    return wantsText(this.revisions, cursor);
  }

  /** The same of an event that puts in nothing but new characters in one place. */
  plain(cursor: SegmentCursor): void {
    this.revisions.note(stepAt(cursor), this.folding);
    const { session, document, time, zone, origins, first, finding, found } = cursor;
    const entry = this.#plain(cursor, 1);
    this.trail.plain(cursor);
    let serial = first;
    for (let i = 0; i < origins.length; i++) {
      const count = found[finding + i]!;
      this.insertions.add({ time, zone, session, document, first: serial, count, entry, origin: origins[i]! });
      serial += count;
    }
    if (origins[0]?.kind !== 'typed') this.beginnings.add(cursor.textOf(cursor.change), first);
    if (this.#isPaired(cursor)) this.insertions.addPairs(cursor.textOf(cursor.change), first);
  }

  wentOn(cursor: SegmentCursor, events: number, first: number): void {
    const { session, document, tracker, clocks, inserted, changeEnd } = cursor;
    this.revisions.wentOn(session, tracker, cursor.first + cursor.fresh - first, first, cursor);
    const entry = this.#plain(cursor, events);
    const shared = { session, document, first, entry, origin: cursor.origins[0]! };
    this.trail.wentOn(events, cursor.first + cursor.fresh - first);
    const from = changeEnd - events;
    const clock = { ...clocks, at: clocks.at - events + 1 };
    this.insertions.addEach(shared, events, clock, { counts: inserted, at: from });
    if (!this.#isPaired(cursor)) return;
    for (let k = from, serial = first; k < changeEnd; serial += inserted[k++]!) {
      this.insertions.addPairs(cursor.textOf(k), serial);
    }
  }

  /** Counts so many plain events of one shape and document, the last of which is at the cursor. */
  #plain({ session, document, time, zone, observation }: SegmentCursor, events: number): Entry {
    this.#seen(session, time, zone, events);
    this.#touched(document, time, zone);
    this.counts.changes += events;
    const live = observation.by === 'editor';
    if (live) this.counts.liveChanges += events;
    return live ? 'live' : 'unseen';
  }

  #isPaired(cursor: SegmentCursor): boolean {
    if (cursor.joined !== this.#joined) {
      this.#joined = cursor.joined;
      this.#paired = pairs.test(this.#joined);
    }
    return this.#paired;
  }

  removed({ document, sequence, actor }: SegmentCursor, serial: number, length: number): void {
    this.acts.takenOut(serial, length, document, sequence, actor);
  }

  #seen(session: number, time: number, zone: number, events = 1): void {
    this.first ??= { time, zone };
    this.last = set(this.last, time, zone);
    this.counts.events += events;
    const of = this.sessions.get(session);
    if (of === undefined) this.sessions.set(session, { last: { time, zone }, events });
    else {
      set(of.last, time, zone);
      of.events += events;
    }
  }

  #touched(document: number, time: number, zone: number): void {
    const last = this.lastTouched.get(document);
    if (last === undefined) this.lastTouched.set(document, { time, zone });
    else set(last, time, zone);
  }

  #changed(event: EventOf<'changed'>): void {
    this.counts.changes++;
    this.#touched(event.document, event.time, event.zone);
    const live = event.observation.by === 'editor';
    if (live) this.counts.liveChanges++;
    if (event.placed !== undefined) {
      this.placings.set(event.placed, { how: event.placement, sequence: event.sequence });
      if (event.actor !== undefined) this.placers.set(event.sequence, event.actor);
    }
    if (event.findings.length === 0) return;
    const first = event.placed === undefined ? event.first : event.first + 1;
    let end = first;
    for (const finding of event.findings) {
      this.#add(event, event.document, end, finding, live ? 'live' : 'unseen');
      end += finding.length;
    }
    let serial = first;
    const typed = event.findings.every(({ kind }) => kind === 'typed');
    event.changes.forEach((change, i) => {
      const text = event.texts?.[i] ?? '';
      if (change.spans === undefined) {
        if (!typed) this.beginnings.add(text, serial);
        this.insertions.addPairs(text, serial);
        serial += text.length;
        return;
      }
      let at = 0;
      for (const span of change.spans) {
        if (span.serial >= first && span.serial < end) {
          this.beginnings.add(text.slice(at, at + span.length), span.serial);
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

/** A moment that moves on with the events. */
type Now = { -readonly [K in keyof Moment]: Moment[K] };

function set(now: Now | undefined, time: number, zone: number): Now {
  if (now === undefined) return { time, zone };
  now.time = time;
  now.zone = zone;
  return now;
}

function entryOf(event: EventOf<'baseline'>): Entry {
  return event.finding.kind === 'initial' ? 'initial' : 'unseen';
}
