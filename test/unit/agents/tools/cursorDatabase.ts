import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

/** Writes Cursor's database as it does: one row a message, written anew under a new number when it changes. */
export class CursorDatabase {
  readonly file: string;
  readonly #database: Database.Database;
  readonly #headers: { bubbleId: string; type: number }[] = [];
  readonly #composer: string;

  constructor(file: string, composer = 'c1') {
    this.file = file;
    this.#composer = composer;
    this.#database = new Database(file);
    this.#database.pragma('journal_mode = WAL');
    for (const table of ['ItemTable', 'cursorDiskKV']) {
      this.#database.exec(`CREATE TABLE ${table} (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)`);
    }
  }

  close(): void {
    this.#database.close();
  }

  row(key: string, value: unknown, table = 'cursorDiskKV'): this {
    const stored = typeof value === 'string' ? value : JSON.stringify(value);
    this.#database.prepare(`INSERT INTO ${table} VALUES (?, ?)`).run(key, stored);
    return this;
  }

  forget(key: string): this {
    this.#database.prepare('DELETE FROM cursorDiskKV WHERE key = ?').run(key);
    return this;
  }

  /** What the conversation is, with the messages so far. */
  composer(more: object = {}): this {
    return this.row(`composerData:${this.#composer}`, {
      _v: 3,
      composerId: this.#composer,
      createdAt: 1_767_348_000_000,
      lastUpdatedAt: 1_767_348_100_000,
      status: 'completed',
      modelConfig: { modelName: 'gpt-5' },
      workspaceIdentifier: { id: 'w', uri: { fsPath: '/work' } },
      fullConversationHeadersOnly: this.#headers,
      ...more,
    });
  }

  user(id: string, text: string, time = Date.UTC(2026, 0, 2, 10, 0, 1)): this {
    return this.#bubble(id, { type: 1, text, createdAt: new Date(time).toISOString() });
  }

  says(id: string, text: string, time = 1_767_348_005_000.5): this {
    return this.#bubble(id, {
      type: 2,
      text,
      timingInfo: { clientStartTime: 12.5, clientEndTime: time },
    });
  }

  tool(id: string, name: string, call: object, status = 'completed'): this {
    const { params, rawArgs, result, ...more } = call as Record<string, unknown>;
    const texts = Object.fromEntries(
      Object.entries({ params, rawArgs, result }).map(([key, value]) => [key, value && JSON.stringify(value)]),
    );
    return this.#bubble(id, {
      type: 2,
      text: '',
      toolFormerData: { tool: 7, toolCallId: `call_${id}`, name, status, ...texts, ...more },
    });
  }

  /** Stores a whole text and gives its key. */
  content(text: string): string {
    const key = `composer.content.${createHash('sha256').update(text).digest('hex')}`;
    this.row(key, text);
    return key;
  }

  #bubble(id: string, message: { readonly type: number; readonly [field: string]: unknown }): this {
    if (!this.#headers.some(header => header.bubbleId === id)) this.#headers.push({ bubbleId: id, type: message.type });
    return this.row(`bubbleId:${this.#composer}:${id}`, { _v: 3, bubbleId: id, ...message });
  }
}
