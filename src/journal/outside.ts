import type { Span } from '../provenance/span.ts';
import type { JournalDatabase } from './database.ts';
import type { JournalEvent } from './event.ts';
import type { Statement } from './runtime.ts';
import { stepOf } from './step.ts';

/** A change that came from outside the editor, for the matcher of agents' edits. */
export interface OutsideChange {
  readonly sequence: number;
  readonly document: number;
  /** Path of the document at that time, relative to the folder; undefined for an untitled text. */
  readonly path: string | undefined;
  /** SHA-256 (hex) of the whole text before and after. */
  readonly before: string;
  readonly after: string;
  /** Serials of the new characters, a span a run, in the order of the text. */
  readonly fresh: readonly Span[];
}

/** Index of the changes that came from outside; made again from the events when it is lost. */
export class OutsideIndex {
  readonly #put: Statement;
  readonly #since: Statement;
  readonly #with: Statement;

  constructor(database: JournalDatabase) {
    const { connection } = database;
    this.#put = connection.prepare('INSERT OR REPLACE INTO outside VALUES (?, ?, ?, ?, ?, ?)');
    this.#since = connection.prepare('SELECT * FROM outside WHERE sequence >= ? ORDER BY sequence');
    this.#with = connection.prepare(
      'SELECT * FROM outside WHERE after = ? UNION SELECT * FROM outside WHERE before = ? ORDER BY sequence LIMIT 1',
    );
  }

  put(event: JournalEvent, path: string | undefined): void {
    if (event.kind !== 'changed') return;
    const { before, after } = event.observation;
    if (before === undefined || after === undefined) return;
    this.#put.run(event.sequence, event.document, path ?? null, before, after, JSON.stringify(freshOf(event)));
  }

  since(sequence: number): OutsideChange[] {
    return this.#since.all(sequence).map(toChange);
  }

  /** A change whose text before or after has this digest. */
  withText(digest: string): OutsideChange | undefined {
    const row = this.#with.get(digest, digest);
    return row === undefined ? undefined : toChange(row);
  }
}

/** The new serials of an event, a span a run. */
export function freshOf(event: Extract<JournalEvent, { kind: 'changed' }>): Span[] {
  const { changes, fresh } = stepOf(event, event.texts ?? []);
  const end = fresh.first + fresh.count;
  return changes.flatMap(({ spans }) => spans.filter(span => span.serial >= fresh.first && span.serial < end));
}

function toChange(row: unknown): OutsideChange {
  const { path, fresh, ...rest } = row as Omit<OutsideChange, 'fresh'> & { path: string | null; fresh: string };
  return { ...rest, path: path ?? undefined, fresh: JSON.parse(fresh) as Span[] };
}
