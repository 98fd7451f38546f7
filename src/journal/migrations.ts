import { type Connection, connect } from './runtime.ts';

/** Version of the tables and packs that this program writes; kept in SQLite's `user_version`. */
export const formatVersion = 1;

/** Marks the file as a Holograph journal ("HOLO") in SQLite's `application_id`. */
export const applicationId = 0x484f4c4f;

/**
 * Each migration leads from the version of its rank to the next. Frozen once released: never edit one,
 * append another.
 */
const migrations: readonly string[] = [
  `
  -- The one row that every append reads and writes. link: running link after the last pack of the tail;
  -- block: next lease of 2^32 serials; session: number of the next session.
  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    format INTEGER NOT NULL,
    size INTEGER NOT NULL,
    link BLOB NOT NULL,
    block INTEGER NOT NULL,
    session INTEGER NOT NULL,
    recording INTEGER NOT NULL
  ) STRICT;

  -- Where the work lies on this machine; not evidence, and not in any event.
  CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), folder TEXT NOT NULL) STRICT;

  -- Events 4096 n to 4096 n + 4095, sealed. root: of the complete subtree over their digests.
  CREATE TABLE segment (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL, root BLOB NOT NULL) STRICT;

  -- What the salts of segment n are made of; drawn with its first event. Where something was taken out of a segment:
  -- gone if it is full, else another, for events that have no row in \`kept\`.
  CREATE TABLE secret (segment INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

  -- Salts of events in segments of which something was taken out: of each salted part in order 0x00 and its salt, or
  -- 0x01 and the leaf of what was taken out.
  CREATE TABLE kept (sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

  -- Redactions after which pages that are no longer in use, the log and the index may still hold what was taken out.
  CREATE TABLE purge (sequence INTEGER PRIMARY KEY) STRICT;

  -- Packs that are not sealed yet, each with the running link after it.
  CREATE TABLE tail (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, bytes BLOB NOT NULL, link BLOB NOT NULL) STRICT;

  -- Signed notes over the head.
  CREATE TABLE checkpoint (size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (size, note)) STRICT, WITHOUT ROWID;

  -- RFC 3161 tokens over the UTF-8 of a checkpoint's note, whose SHA-256 is the imprint: the server's answer as it
  -- came, and the certificates (PEM) that its chain is made of. server: the URL that was asked; not evidence.
  CREATE TABLE token (
    size INTEGER NOT NULL,
    imprint BLOB NOT NULL,
    server TEXT NOT NULL,
    answer BLOB NOT NULL,
    certificates TEXT NOT NULL,
    PRIMARY KEY (size, imprint, server)
  ) STRICT, WITHOUT ROWID;

  -- Time stamp servers that were asked: when last (ms since 1970 UTC), how often in vain since the last token, and why.
  -- No evidence.
  CREATE TABLE clock (
    server TEXT PRIMARY KEY,
    asked INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    problem TEXT
  ) STRICT, WITHOUT ROWID;

  -- Files that people attached, by the SHA-256 of their bytes, as events state it.
  CREATE TABLE exhibit (digest BLOB NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

  -- From here on: indexes that can be made again from the events.

  -- State of the replay after \`size\` events, and the texts with spans that it names: a document's as it became the
  -- file's at event \`at\`, as it was left unsaved at that event, or a tracker's at that size. digest: SHA-256 of bytes.
  CREATE TABLE keyframe (size INTEGER PRIMARY KEY, bytes BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
  CREATE TABLE body (
    document INTEGER NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    bytes BLOB NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (document, at, what)
  ) STRICT, WITHOUT ROWID;
  -- What made the characters, by serial: a row has those from its serial up to the next row's. until: behind the last.
  CREATE TABLE finding (
    serial INTEGER PRIMARY KEY,
    until INTEGER NOT NULL,
    count INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    digest BLOB NOT NULL
  ) STRICT;
  -- What else the events from \`first\` up to \`until\`, exclusive, add to the state.
  CREATE TABLE found (first INTEGER PRIMARY KEY, until INTEGER NOT NULL, bytes BLOB NOT NULL, digest BLOB NOT NULL) STRICT;

  -- Changes that came from outside the editor, by the digests of the whole text before and after.
  CREATE TABLE outside (
    sequence INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    path TEXT,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    fresh TEXT NOT NULL
  ) STRICT;
  CREATE INDEX outside_after ON outside (after);
  CREATE INDEX outside_before ON outside (before);

  -- Sessions that may be running: the process that writes them, and how far its acts are committed.
  CREATE TABLE live (
    session INTEGER PRIMARY KEY,
    process TEXT NOT NULL,
    ordinal INTEGER NOT NULL
  ) STRICT;
  `,
];

/** Brings the tables to this program's version; writes nothing where they have it. Call inside a transaction. */
export function migrate(connection: Connection): void {
  const from = connection.pragma('user_version', { simple: true }) as number;
  if (from === formatVersion) return;
  for (const migration of migrations.slice(from)) connection.exec(migration);
  if (from === 0) connection.pragma(`application_id = ${applicationId}`);
  // Whoever has the journal open in an older version reads it here, before each append.
  else connection.prepare('UPDATE head SET format = ?').run(formatVersion);
  connection.pragma(`user_version = ${formatVersion}`);
}

/**
 * The first thing in a file's schema that no migration makes, if there is one. A view or a trigger could give one answer
 * to who verifies and another to who reads.
 */
export function foreignIn(connection: Connection): string | undefined {
  own ??= new Set(definitionsIn(migrated()).map(({ whole }) => whole));
  return definitionsIn(connection).find(({ whole }) => !own!.has(whole))?.name;
}

let own: ReadonlySet<string> | undefined;

function migrated(): Connection {
  const connection = connect(':memory:');
  migrate(connection);
  return connection;
}

/** Of all but what SQLite makes of itself. */
function definitionsIn(connection: Connection): { readonly name: string; readonly whole: string }[] {
  const all = connection.prepare(
    "SELECT name, json_array(type, name, tbl_name, sql) whole FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  return all.all() as { name: string; whole: string }[];
}
