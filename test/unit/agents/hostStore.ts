import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** The tables as version 13 of the Agent Host has them, as far as they are told of. */
const tables = [
  'CREATE TABLE turns (id TEXT PRIMARY KEY NOT NULL, event_id TEXT, checkpoint_ref TEXT)',
  `CREATE TABLE file_edits (turn_id TEXT NOT NULL REFERENCES turns(id) ON DELETE CASCADE, tool_call_id TEXT NOT NULL,
    file_path TEXT NOT NULL, edit_type TEXT NOT NULL DEFAULT 'edit', original_path TEXT, before_content BLOB,
    after_content BLOB, added_lines INTEGER, removed_lines INTEGER, PRIMARY KEY (tool_call_id, file_path))`,
  'CREATE TABLE session_metadata (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)',
  `CREATE TABLE turn_usage (turn_id TEXT PRIMARY KEY NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
    usage TEXT NOT NULL)`,
];

type Bytes = string | Uint8Array | null;

/** Writes a session's database as the Agent Host does: a rollback journal, one transaction a statement. */
export class HostStore {
  readonly file: string;
  readonly database: Database.Database;

  constructor(file: string, { version = 13, schema = tables } = {}) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.database = new Database(file);
    this.database.pragma('foreign_keys = ON');
    for (const table of schema) this.database.exec(table);
    this.database.pragma(`user_version = ${version}`);
  }

  meta(key: string, value: unknown): this {
    this.database.prepare('INSERT OR REPLACE INTO session_metadata VALUES (?, ?)').run(key, JSON.stringify(value));
    return this;
  }

  turn(id: string, event: string | null, model?: string): this {
    this.database.prepare('INSERT INTO turns (id, event_id) VALUES (?, ?)').run(id, event);
    if (model === undefined) return this;
    this.database.prepare('INSERT INTO turn_usage VALUES (?, ?)').run(id, JSON.stringify({ model, inputTokens: 1 }));
    return this;
  }

  edit(turn: string, call: string, file: string, before: Bytes, after: Bytes, kind = 'edit'): this {
    const [old, next] = [before, after].map(bytes => (typeof bytes === 'string' ? Buffer.from(bytes) : bytes));
    this.database
      .prepare(
        `INSERT OR REPLACE INTO file_edits (turn_id, tool_call_id, file_path, edit_type, before_content, after_content)
          VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(turn, call, file, kind, old, next);
    return this;
  }

  close(): this {
    this.database.close();
    return this;
  }
}
