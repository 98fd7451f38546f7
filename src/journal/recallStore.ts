import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import type { Span } from '../provenance/span.ts';
import { readSpans, writeSpans } from '../provenance/spanBytes.ts';
import { JournalError } from './problem.ts';
import { recallStatements } from './recallStatements.ts';
import { migrateRecall, recallVersion } from './recallTables.ts';
import { type Connection, connect } from './runtime.ts';
import { TextCache } from './textCache.ts';

/**
 * Text that a document once had, or that an AI gave. `removed`: a step took it out; `text`: the whole text, as it stood
 * last; `output`: of no document (0), with no spans, as `bareOf` has it.
 */
export interface Passage {
  readonly kind: (typeof kinds)[number];
  readonly document: number;
  /** The event that took it out, or after which it stood so, or that has the output. */
  readonly sequence: number;
  /** Of that event, ms since 1970 UTC; of an output, when it was given. */
  readonly time: number;
  readonly text: string;
  readonly spans: readonly Span[];
}

/** A passage without its text. */
export interface Kept extends Omit<Passage, 'text'> {
  readonly id: number;
  readonly length: number;
}

/** What the whole text of a document was made of. */
export interface Whole {
  /** SHA-256 of the text (hex). */
  readonly digest: string;
  readonly document: number;
  readonly sequence: number;
  readonly spans: readonly Span[];
}

interface PassageRow {
  readonly id: number;
  readonly kind: number;
  readonly document: number;
  readonly sequence: number;
  readonly time: number;
  readonly length: number;
  readonly digest: Uint8Array;
  readonly spans: Uint8Array;
}

/** Another process has emptied the file since it was opened: what was kept of texts is not to come back to it. */
export class Emptied extends Error {}

/** Code units of a passage that lie in one row. */
const partLength = 1 << 16;
/** Code units of all passages and of outputs, and bytes of the spans of whole texts, that are kept at most; the oldest go first. */
const room = { passages: 32_000_000, outputs: 16_000_000, wholes: 32_000_000 };
const kinds = ['removed', 'text', 'output'] as const;

/**
 * The SQLite file beside a journal that holds what its texts were, to be found again: no evidence, made anew from the
 * events where it is lost. Several processes share it. Synchronous; throws JournalError.
 */
export class RecallStore {
  readonly file: string;
  readonly #connection: Connection;
  readonly #sql: ReturnType<typeof recallStatements>;
  readonly #room: typeof room;
  /** Parts that were read lately. A part never changes, and no other gets its id. */
  #read = new TextCache();
  #keeps = 0;
  /** How often the file had been emptied when it was opened. */
  #generation: unknown;

  private constructor(file: string, connection: Connection, limits: typeof room) {
    this.file = file;
    this.#connection = connection;
    this.#sql = recallStatements(connection);
    this.#room = limits;
    this.#generation = this.#sql.generation.get();
  }

  /** Made anew where it is damaged, of another version or another journal's. */
  static open(file: string, journal: string, limits = room): RecallStore {
    try {
      return opened(file, journal, connection => new RecallStore(file, connection, limits));
    } catch (error) {
      if (JournalError.from(error, file).problem.code !== 'corrupt') throw JournalError.from(error, file);
      remove(file);
      return opened(file, journal, connection => new RecallStore(file, connection, limits));
    }
  }

  /** All events before this one have been looked at. */
  get upTo(): number {
    return this.#guarded(() => this.#sql.upTo.get() as number);
  }

  /** No event from this one on has left anything here. */
  get reach(): number {
    return this.#guarded(() => this.#sql.reach.get() as number);
  }

  /** Keeps what was found, in one transaction. `upTo`: all events before it are looked at now. */
  keep(passages: readonly Passage[], wholes: readonly Whole[], upTo?: number): void {
    this.#guarded(() =>
      this.#connection
        .transaction(() => {
          if (this.#sql.generation.get() !== this.#generation) throw new Emptied();
          for (const passage of passages) this.#put(passage);
          for (const whole of wholes) this.#putWhole(whole);
          if (upTo !== undefined) this.#sql.setUpTo.run(upTo);
          // To count all takes a while in a long file, and to be a little over is no harm.
          if (this.#keeps++ % 64 === 0) this.#cut();
        })
        .immediate(),
    );
  }

  /** Number of passages, or of outputs. */
  count(of: 'texts' | 'outputs'): number {
    return this.#guarded(() => this.#sql.count[of].get() as number);
  }

  /** Ids of the passages, or of the outputs, behind this one, oldest first, with their lengths. */
  after(id: number, of: 'texts' | 'outputs'): { readonly id: number; readonly length: number }[] {
    return this.#guarded(() => this.#sql.after[of].all(id) as { id: number; length: number }[]);
  }

  passage(id: number): Kept | undefined {
    return this.#guarded(() => {
      const row = this.#sql.passage.get(id) as PassageRow | undefined;
      return row && { ...row, kind: kinds[row.kind] ?? 'removed', spans: readSpans(row.spans, 1) };
    });
  }

  /** A row of a passage's text from the one on that holds this offset; undefined behind its end. */
  part(id: number, offset: number): { readonly start: number; readonly text: string } | undefined {
    return this.#guarded(() => {
      const start = offset - (offset % partLength);
      const key = `${id} ${start}`;
      const known = this.#read.get(key);
      if (known !== undefined) return { start, text: known };
      const row = this.#sql.part.get(id, start) as { wide: number; bytes: Buffer } | undefined;
      if (row === undefined) return undefined;
      const text = row.bytes.toString(row.wide === 1 ? 'utf16le' : 'latin1');
      this.#read.put(key, text);
      return { start, text };
    });
  }

  /** Whether a passage is as it was written. */
  isWhole(id: number): boolean {
    return this.#guarded(() => {
      const row = this.#sql.passage.get(id) as PassageRow | undefined;
      if (row === undefined) return true;
      let text = '';
      for (let at = 0; at < row.length; at += partLength) text += this.part(id, at)?.text ?? '';
      const { kind, document, spans, digest } = row;
      return text.length === row.length && digest.toString() === digestOf(kind, document, spans, text).toString();
    });
  }

  /** What texts of this digest were made of, the newest first. */
  wholes(digest: string): readonly Whole[] {
    return this.#guarded(() => {
      const rows = this.#sql.wholes.all(Buffer.from(digest, 'hex')) as (Omit<PassageRow, 'digest'> & { sum: Buffer })[];
      return rows
        .filter(row => row.sum.equals(sumOf(digest, row.document, row.spans)))
        .map(({ document, sequence, spans }) => ({ digest, document, sequence, spans: readSpans(spans, 1) }));
    });
  }

  /** Nothing is left of any text; not in what the file no longer uses either. */
  empty(): void {
    this.#read = new TextCache();
    this.#guarded(() => {
      this.#connection.pragma('secure_delete = ON');
      const clear = () => {
        for (const statement of this.#sql.empty) statement.run();
      };
      this.#connection.transaction(clear).immediate();
      this.#generation = this.#sql.generation.get();
      this.#connection.exec('VACUUM');
      this.#connection.pragma('wal_checkpoint(TRUNCATE)');
    });
  }

  close(): void {
    this.#connection.close();
  }

  #put({ kind, document, sequence, time, text, spans }: Passage): void {
    const rank = kinds.indexOf(kind);
    const bytes = writeSpans(spans, 1);
    const digest = digestOf(rank, document, bytes, text);
    if (kind === 'text') this.#forget(this.#sql.others.all(document, digest) as number[]);
    const again = kind === 'output' ? this.#sql.first : this.#sql.again;
    if (text === '' || again.run(sequence, time, digest).changes > 0) return;
    const { lastInsertRowid: id } = this.#sql.put.run(rank, document, sequence, time, text.length, digest, bytes);
    for (let at = 0; at < text.length; at += partLength) {
      const part = text.slice(at, at + partLength);
      const wide = /[^\0-\xff]/.test(part);
      this.#sql.putPart.run(id, at, wide ? 1 : 0, Buffer.from(part, wide ? 'utf16le' : 'latin1'));
    }
  }

  #putWhole({ digest, document, sequence, spans }: Whole): void {
    const bytes = writeSpans(spans, 1);
    const sum = sumOf(digest, document, bytes);
    this.#sql.putWhole.run(Buffer.from(digest, 'hex'), document, sequence, bytes, sum);
  }

  #cut(): void {
    for (const [of, most] of [['texts', this.#room.passages] as const, ['outputs', this.#room.outputs] as const])
      while ((this.#sql.length[of].get() as number) > most) {
        const oldest = this.#sql.oldest[of].all() as number[];
        if (oldest.length === 0) break;
        this.#forget(oldest);
      }
    while ((this.#sql.bytes.get() as number) > this.#room.wholes) {
      if (this.#sql.cutWholes.run().changes === 0) break;
    }
  }

  #forget(ids: readonly number[]): void {
    for (const id of ids) {
      this.#sql.cutParts.run(id);
      this.#sql.cut.run(id);
    }
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof RangeError) {
        throw new JournalError({ code: 'corrupt', path: this.file, detail: error.message }, error);
      }
      throw JournalError.from(error, this.file);
    }
  }
}

function opened<T>(file: string, journal: string, make: (connection: Connection) => T): T {
  closeSync(openSync(file, 'a', 0o600));
  const connection = connect(file, { exists: true, patience: 50 });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    connection.transaction(() => migrateRecall(connection, journal)).immediate();
    return make(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function remove(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}

function digestOf(kind: number, document: number, spans: Uint8Array, text: string): Buffer {
  const of = createHash('sha256').update(`${recallVersion} ${kind} ${document} ${spans.length} `).update(spans);
  return of.update(Buffer.from(text, 'utf16le')).digest().subarray(0, 16);
}

function sumOf(digest: string, document: number, spans: Uint8Array): Buffer {
  return createHash('sha256').update(`${digest} ${document} `).update(spans).digest().subarray(0, 16);
}
