import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Origins } from '../provenance/origins.ts';
import { bodyBytes, contentOf } from './body.ts';
import { Content } from './content.ts';
import type { JournalDatabase } from './database.ts';
import { sha256 } from './digest.ts';
import { DocumentState, TrackerState } from './documentState.ts';
import type { FileFormat } from './event.ts';
import { addFound } from './found.ts';
import { isDamage, whole } from './keptBytes.ts';
import { KeptFound } from './keptFound.ts';
import type { Packs } from './packs.ts';
import { Replay } from './replay.ts';
import { beginning, type Of, type SessionState, type Standing } from './replayed.ts';
import type { Statement } from './runtime.ts';
import type { Stop } from './stops.ts';

/** Keyframes that are kept: the newest, and one for those who have just begun to read from the one before. */
const kept = 2;

/** A text that a keyframe names is not there any more: a newer keyframe has taken its place. */
export class Stale extends Error {}

interface Row {
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

/** The state but for texts and for what only grows. */
interface Frame {
  /** Number of findings that were kept then. */
  readonly found: number;
  readonly started: Of<'started'>;
  readonly recording: boolean;
  readonly stops: readonly Stop[];
  readonly sessions: readonly SessionState[];
  readonly documents: readonly {
    readonly document: number;
    readonly path?: string;
    /** Whether the path means this document, and no later one. */
    readonly holds: boolean;
    readonly present: boolean;
    readonly format: FileFormat;
    readonly savedAt: number;
    /** The text stands in the event at `savedAt`. */
    readonly asBaselined: boolean;
    readonly leftAt: number;
    readonly textDigest: string;
    readonly fileDigest?: string;
  }[];
  readonly trackers: readonly {
    readonly session: number;
    readonly tracker: number;
    readonly document: number;
    readonly version: number;
    readonly synced: number;
    readonly cell?: string;
    readonly format: FileFormat;
  }[];
}

/**
 * States of the replay kept beside the events, so that opening does not begin at the first. No evidence: each
 * can be made again, verification looks at none, and one that is damaged is as good as none.
 */
export class Keyframes {
  readonly #packs: Packs;
  readonly #found: KeptFound;
  readonly #frame: Statement;
  readonly #body: Statement;
  readonly #last: Statement;
  readonly #put: readonly [frame: Statement, body: Statement];
  readonly #bodies: Statement;
  readonly #cut: readonly [frame: Statement, body: Statement];
  readonly #clear: readonly Statement[];
  /** Something that a keyframe names was found damaged: none is used until all are made anew. */
  #spoilt = false;

  constructor(database: JournalDatabase, packs: Packs) {
    const { connection } = database;
    this.#packs = packs;
    this.#found = new KeptFound(database, packs);
    this.#frame = connection.prepare('SELECT size, bytes, digest FROM keyframe WHERE size <= ? ORDER BY size DESC');
    this.#body = connection.prepare('SELECT bytes, digest FROM body WHERE document = ? AND at = ? AND what = ?');
    this.#last = connection.prepare('SELECT max(size) FROM keyframe').pluck();
    this.#put = [
      connection.prepare('INSERT OR REPLACE INTO keyframe VALUES (?, ?, ?)'),
      connection.prepare('INSERT OR REPLACE INTO body VALUES (?, ?, ?, ?, ?)'),
    ];
    this.#bodies = connection.prepare('SELECT document, at, what FROM body');
    this.#cut = [
      connection.prepare('DELETE FROM keyframe WHERE size = ?'),
      connection.prepare('DELETE FROM body WHERE document = ? AND at = ? AND what = ?'),
    ];
    this.#clear = ['keyframe', 'body'].map(table => connection.prepare(`DELETE FROM ${table}`));
  }

  /** Size of the newest, 0 when there is none. */
  get size(): number {
    return (this.#last.get() as number | null) ?? 0;
  }

  /** A replay that stands at the newest keyframe up to this size; undefined when none can be used. */
  newest(upTo: number): Replay | undefined {
    if (this.#spoilt) return undefined;
    for (const row of this.#frame.all(upTo) as (Row & { size: number })[]) {
      try {
        return this.#standing(row);
      } catch (error) {
        // A damaged keyframe is passed over: the events say the same.
        if (!(error instanceof Error)) throw error;
      }
    }
    return undefined;
  }

  /**
   * Keeps the state as it stands. Call inside a transaction, with nothing appended in it. Gives what lets go, once that is
   * committed, of all in memory that is kept now.
   */
  keep(replay: Replay): () => void {
    const { size, started } = replay;
    if (started === undefined) return () => undefined;
    if (this.#spoilt) {
      for (const statement of this.#clear) statement.run();
      this.#found.clear();
    }
    if (this.size < size) {
      this.#found.keep(size);
      const documents = [...replay.documents.values()];
      const trackers = [...replay.trackers];
      const frame = frameOf(replay, started, documents, trackers);
      const bytes = deflateRawSync(JSON.stringify({ ...frame, found: this.#found.total } satisfies Frame));
      this.#put[0].run(size, bytes, sha256(bytes));
      this.#putBodies(size, documents, trackers);
    }
    const { total } = this.#found;
    return () => {
      this.#spoilt = false;
      replay.origins.shelve(this.#found.older(size, total));
    };
  }

  /** Puts those that are not there yet, and takes away what no kept keyframe names. */
  #putBodies(size: number, documents: readonly DocumentState[], trackers: readonly TrackerState[]): void {
    const there = new Map((this.#bodies.all() as Key[]).map(key => [nameOf(key), key]));
    const put = (key: Key, content: () => Content) => {
      if (there.has(nameOf(key))) return;
      const bytes = bodyBytes(content());
      this.#put[1].run(key.document, key.at, key.what, bytes, sha256(bytes));
    };
    for (const { document, content, session, tracker } of trackers) {
      put({ document: document.document, at: size, what: `${session}:${tracker}` }, () => content);
    }
    for (const state of documents) {
      const { document, savedAt, leftAt, asBaselined } = state;
      if (!asBaselined) put({ document, at: savedAt, what: 'file' }, () => state.content);
      if (leftAt >= 0) put({ document, at: leftAt, what: 'left' }, () => state.left ?? Content.empty);
    }
    const frames = this.#frame.all(size) as (Row & { size: number })[];
    const named = new Set(
      frames
        .slice(0, kept)
        .flatMap(row => keysOf(row.size, frameIn(row)))
        .map(nameOf),
    );
    for (const { size: old } of frames.slice(kept)) this.#cut[0].run(old);
    for (const [name, { document, at, what }] of there) if (!named.has(name)) this.#cut[1].run(document, at, what);
  }

  #standing({ size, ...row }: Row & { size: number }): Replay {
    const frame = frameIn(row);
    const origins = new Origins(this.#found.older(size, frame.found));
    const standing: Standing = { ...beginning(), origins, size, started: frame.started, recording: frame.recording };
    standing.stops.push(...frame.stops);
    for (const part of this.#found.parts(size)) addFound(standing, part, size);
    for (const session of frame.sessions) standing.sessions.set(session.number, session);
    for (const of of frame.documents) {
      const { asBaselined, savedAt } = of;
      const fetch = asBaselined ? this.#baselined(savedAt) : this.#lazy(of.document, savedAt, 'file');
      const document = new DocumentState(of.document, of.format, fetch, of.textDigest);
      document.asBaselined = asBaselined;
      document.path = of.path;
      document.present = of.present;
      document.savedAt = savedAt;
      document.fileDigest = of.fileDigest;
      if (of.leftAt >= 0) document.leave(this.#lazy(of.document, of.leftAt, 'left'), of.leftAt);
      standing.documents.set(of.document, document);
      if (of.holds && of.path !== undefined) standing.paths.set(of.path, document);
    }
    for (const { session, tracker, document, version, synced, cell, format } of frame.trackers) {
      const key = `${session}:${tracker}`;
      const of = standing.documents.get(document) as DocumentState;
      const state = new TrackerState(session, tracker, of, this.#lazy(document, size, key)(), format);
      state.version = version;
      state.synced = synced;
      state.cell = cell;
      standing.trackers.add(state);
    }
    return new Replay({ from: standing });
  }

  #lazy(document: number, at: number, what: string): () => Content {
    return () => {
      const row = this.#body.get(document, at, what) as Row | undefined;
      if (row === undefined) throw new Stale(`no ${what} of document ${document} at ${at}`);
      try {
        return contentOf(whole(row));
      } catch (error) {
        if (!isDamage(error)) throw error;
        this.#spoilt = true;
        throw new Stale(`the ${what} of document ${document} at ${at} is damaged`);
      }
    };
  }

  /** The text that a baseline states. */
  #baselined(sequence: number): () => Content {
    return () => {
      const event = this.#packs.events(sequence).next().value;
      const [text = ''] = event?.texts ?? [];
      if (event?.kind !== 'baseline') throw new Stale(`no baseline at ${sequence}`);
      return Content.of(text, text === '' ? [] : [{ serial: event.first, length: text.length }]);
    };
  }
}

/** Which text a body is. */
interface Key {
  readonly document: number;
  readonly at: number;
  readonly what: string;
}

function nameOf({ document, at, what }: Key): string {
  return `${document} ${at} ${what}`;
}

/** The bodies that a frame names. */
function keysOf(size: number, { documents, trackers }: Frame): Key[] {
  return [
    ...trackers.map(({ session, tracker, document }) => ({ document, at: size, what: `${session}:${tracker}` })),
    ...documents.flatMap(({ document, savedAt, leftAt, asBaselined }) => [
      ...(asBaselined ? [] : [{ document, at: savedAt, what: 'file' }]),
      ...(leftAt < 0 ? [] : [{ document, at: leftAt, what: 'left' }]),
    ]),
  ];
}

function frameIn(row: Row): Frame {
  return JSON.parse(inflateRawSync(whole(row)).toString('utf8')) as Frame;
}

function frameOf(
  replay: Replay,
  started: Of<'started'>,
  documents: readonly DocumentState[],
  trackers: readonly TrackerState[],
): Omit<Frame, 'found'> {
  return {
    started,
    recording: replay.recording,
    stops: replay.stops,
    sessions: [...replay.sessions.values()],
    documents: documents.map(document => {
      const { path, fileDigest, present, format, savedAt, asBaselined, leftAt, textDigest } = document;
      const named = { ...(path !== undefined && { path }), ...(fileDigest !== undefined && { fileDigest }) };
      const holds = path !== undefined && replay.at(path) === document;
      const texts = { savedAt, asBaselined, leftAt, textDigest };
      return { document: document.document, holds, present, format, ...texts, ...named };
    }),
    trackers: trackers.map(({ session, tracker, document, version, synced, cell, format }) => {
      const of = { session, tracker, document: document.document, version, synced };
      return { ...of, ...(cell !== undefined && { cell }), format };
    }),
  };
}
