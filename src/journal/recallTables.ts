import type { Connection } from './runtime.ts';

/** Of the tables below, and of what a passage's digest covers. A file of another version is made anew. */
export const recallVersion = 3;

/** Marks the file ("HOLR") in SQLite's `application_id`. */
const applicationId = 0x484f4c52;

const tables = `
  -- up_to: all events of the journal before this sequence have been looked at. generation: how often it was emptied.
  CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    journal TEXT NOT NULL,
    up_to INTEGER NOT NULL,
    generation INTEGER NOT NULL
  ) STRICT;

  -- kind: 0 removed, 1 the whole text of a document as it stood last, 2 an AI's output, its words in a row (document 0,
  -- no spans). digest: of all of it, text included.
  CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    document INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    time INTEGER NOT NULL,
    length INTEGER NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    spans BLOB NOT NULL
  ) STRICT;
  CREATE INDEX passage_of ON passage (document, kind);
  CREATE INDEX passage_age ON passage (kind, sequence);

  -- Its text in rows of 65,536 units; wide: UTF-16LE, else Latin-1.
  CREATE TABLE part (
    passage INTEGER NOT NULL,
    start INTEGER NOT NULL,
    wide INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (passage, start)
  ) STRICT, WITHOUT ROWID;

  -- What the whole text of this digest was made of. sum: over the other columns.
  CREATE TABLE whole (
    digest BLOB NOT NULL,
    document INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    spans BLOB NOT NULL,
    sum BLOB NOT NULL,
    PRIMARY KEY (digest, document)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX whole_age ON whole (sequence);
`;

/** Makes the tables, or makes them anew where they are not ours. Call inside a transaction. */
export function migrateRecall(connection: Connection, journal: string): void {
  const ours =
    connection.pragma('application_id', { simple: true }) === applicationId &&
    connection.pragma('user_version', { simple: true }) === recallVersion &&
    connection.prepare('SELECT journal FROM state').pluck().get() === journal;
  if (ours) return;
  const names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  for (const name of names.pluck().all()) connection.exec(`DROP TABLE "${String(name)}"`);
  connection.exec(tables);
  connection.prepare('INSERT INTO state VALUES (1, ?, 0, 0)').run(journal);
  connection.pragma(`application_id = ${applicationId}`);
  connection.pragma(`user_version = ${recallVersion}`);
}

/** First event, by its sequence, from which on none has left anything in the tables. */
export const reachSql = `SELECT max(reach) FROM (
  SELECT up_to AS reach FROM state
  UNION ALL SELECT max(sequence) + 1 FROM passage WHERE kind = 0
  UNION ALL SELECT max(sequence) + 1 FROM passage WHERE kind = 1
  UNION ALL SELECT max(sequence) + 1 FROM passage WHERE kind = 2
  UNION ALL SELECT max(sequence) + 1 FROM whole
)`;
