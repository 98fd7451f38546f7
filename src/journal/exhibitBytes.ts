import { hash } from 'node:crypto';
import type { JournalDatabase } from './database.ts';
import type { Statement } from './runtime.ts';

/** The bytes of exhibits, by their SHA-256 (hex). Throws JournalError. */
export class ExhibitBytes {
  readonly #database: JournalDatabase;
  readonly #get: Statement;

  constructor(database: JournalDatabase) {
    this.#database = database;
    this.#get = database.guarded(() =>
      database.connection.prepare('SELECT bytes FROM exhibit WHERE digest = ?').pluck(),
    );
  }

  /** Undefined where they are missing, or others stand there. */
  get(digest: string): Uint8Array | undefined {
    const bytes = this.#database.guarded(() => this.#get.get(keyOf(digest))) as Uint8Array | undefined;
    return bytes !== undefined && hash('sha256', bytes, 'hex') === digest ? bytes : undefined;
  }

  has(digest: string): boolean {
    const { connection } = this.#database;
    const found = this.#database.guarded(() =>
      connection.prepare('SELECT 1 FROM exhibit WHERE digest = ?').pluck().get(keyOf(digest)),
    );
    return found !== undefined;
  }

  /** Bytes of all together. */
  total(): number {
    const { connection } = this.#database;
    return this.#database.guarded(
      () => connection.prepare('SELECT coalesce(sum(length(bytes)), 0) FROM exhibit').pluck().get() as number,
    );
  }

  /** Call inside a transaction. */
  put(bytes: Uint8Array): string {
    const digest = hash('sha256', bytes, 'hex');
    const { connection } = this.#database;
    connection.prepare('INSERT OR REPLACE INTO exhibit VALUES (?, ?)').run(keyOf(digest), bytes);
    return digest;
  }

  /** Call inside a transaction. */
  remove(digest: string): void {
    this.#database.connection.prepare('DELETE FROM exhibit WHERE digest = ?').run(keyOf(digest));
  }

  /** Call inside a transaction. */
  removeWrong(): void {
    for (const digest of this.wrong()) this.remove(digest);
  }

  /** Digests under which other bytes stand. */
  wrong(): string[] {
    const { connection } = this.#database;
    return this.#database.guarded(() => {
      const rows = connection.prepare('SELECT digest, bytes FROM exhibit').iterate();
      const wrong: string[] = [];
      // One after another: together they may be large.
      for (const { digest, bytes } of rows as Iterable<{ digest: Uint8Array; bytes: Uint8Array }>) {
        const stated = Buffer.from(digest).toString('hex');
        if (hash('sha256', bytes, 'hex') !== stated) wrong.push(stated);
      }
      return wrong;
    });
  }
}

/** What is no digest is none that there is. */
function keyOf(digest: string): Uint8Array {
  return Buffer.from(digest, 'hex');
}
