import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { placed } from './attach.ts';
import { copy, type Held, heldBy, heldIn, settled } from './backup.ts';
import { redactionsLacking } from './bringsBack.ts';
import type { Actor, Catalogue } from './catalogue.ts';
import { JournalDatabase } from './database.ts';
import { toHex } from './digest.ts';
import { withoutPurged } from './exhibits.ts';
import { journalFile, journalFolder, ownFolder, renameForGood } from './home.ts';
import { JournalError } from './problem.ts';
import { type JournalReader, openJournal } from './reader.ts';
import { SessionTable } from './sessionTable.ts';

/**
 * What became of a backup. `restored`: it was not here, and is now. `continued`: the journal here was an earlier state
 * of it (`from` events), and has all of it now. `same`, `newer`: the journal here has all of it already; nothing was
 * changed. `fork`: both go on differently after `at` events; `unreadable`: the journal here is damaged. In these two
 * the backup lies beside it, to be read, and both are kept; if it `prefers` the backup, that is the journal now and what
 * was here lies beside it. `bringsBack`: so many redactions here took out what the backup still has; nothing was done,
 * for nobody said that it may. `records`: what is done in the folder is recorded in it.
 */
export type Restored = { readonly held: Held; readonly file: string } & (
  | { readonly kind: 'restored'; readonly records: boolean }
  | { readonly kind: 'continued'; readonly from: number }
  | { readonly kind: 'same' }
  | { readonly kind: 'newer'; readonly here: number }
  | { readonly kind: 'fork'; readonly at: number; readonly here: number; readonly prefers: boolean }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'bringsBack'; readonly redactions: number }
  | { readonly kind: 'inUse' }
);

export interface RestoreRequest {
  /** The backup: a journal in one file. */
  readonly file: string;
  /** Where the work lies now; where it lay, if absent. */
  readonly folder?: string | undefined;
  /** Where both went on differently, the backup is what recording goes on in. */
  readonly prefer?: boolean;
  /** Words that were taken out here may come back with it. */
  readonly bringBack?: boolean;
  readonly by: Actor;
  readonly software: string;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Brings a backup into the data folder. Every event of it is verified before; nothing that is here is overwritten.
 * Throws JournalError: `corrupt` where the backup itself does not verify.
 */
export async function restore(catalogue: Catalogue, request: RestoreRequest): Promise<Restored> {
  const held = verified(request.file);
  const file = journalFile(catalogue.home, held.journal);
  const refusal = (): Restored | undefined => {
    const redactions = request.bringBack ? 0 : redactionsLacking(herePlaces(catalogue, held), request.file);
    return redactions > 0 ? { kind: 'bringsBack', held, file, redactions } : undefined;
  };
  if (!existsSync(file)) return refusal() ?? restoredTo(catalogue, file, held, request);
  const reader = readable(file);
  if (reader === undefined) {
    return refusal() ?? { kind: 'unreadable', held, file: await beside(catalogue, held, request) };
  }
  let here: Held;
  let at: number;
  try {
    here = heldBy(reader);
    at = commonSize(reader, request.file);
  } finally {
    reader.close();
  }
  if (at === held.size)
    return at === here.size ? { kind: 'same', held, file } : { kind: 'newer', held, file, here: here.size };
  if (at < here.size) {
    const refused = refusal();
    if (refused !== undefined) return refused;
    if (request.prefer) return preferred(catalogue, file, { here, held, at }, request);
    const put = await beside(catalogue, held, request);
    return { kind: 'fork', at, held, here: here.size, file: put, prefers: false };
  }
  return (await goneOn(file, { here, held, at }, request))
    ? { kind: 'continued', held, file, from: at }
    : { kind: 'inUse', held, file };
}

/** The journal's own file, and second copies of it. */
function herePlaces(catalogue: Catalogue, { journal }: Held): string[] {
  const copies = catalogue.all().filter(one => one.journal.startsWith(`${journal}~`));
  return [journalFile(catalogue.home, journal), ...copies.map(({ file }) => file)];
}

interface Both {
  readonly here: Held;
  readonly held: Held;
  /** Events that both begin with. */
  readonly at: number;
}

/** The backup becomes the journal; what was here is copied beside it first. */
async function preferred(catalogue: Catalogue, file: string, both: Both, request: RestoreRequest): Promise<Restored> {
  const { here, held, at } = both;
  if (isRunning(file)) return { kind: 'inUse', held, file };
  const kept = await beside(catalogue, here, { ...request, file });
  if (!(await goneOn(file, both, request))) return { kind: 'inUse', held, file };
  return { kind: 'fork', at, held, here: here.size, file: kept, prefers: true };
}

function isRunning(file: string): boolean {
  const database = JournalDatabase.open(file);
  try {
    return new SessionTable(database).running(hostname()).length > 0;
  } finally {
    database.close();
  }
}

async function restoredTo(catalogue: Catalogue, file: string, held: Held, request: RestoreRequest): Promise<Restored> {
  const folder = request.folder ?? held.folder;
  // The folder has a journal of its own, such as the one that followed this one: this one is read only.
  const records = catalogue.at(folder) === undefined;
  await brought(file, request, folder);
  if (records) catalogue.enter(held.journal);
  else catalogue.shelve(held.journal, held.work, folder);
  return { kind: 'restored', held, file, records };
}

/** A second copy, under a name of its own: it is read and never written. */
async function beside(catalogue: Catalogue, held: Held, request: RestoreRequest): Promise<string> {
  const name = `${held.journal}~${held.root.slice(0, 16)}`;
  const file = journalFile(catalogue.home, name);
  if (!existsSync(file)) {
    ownFolder(journalFolder(catalogue.home, name));
    await brought(file, request, undefined);
  }
  catalogue.shelve(name, held.work, held.folder);
  return file;
}

/** Copied whole under another name first, so that a kill leaves the file or none. */
async function brought(file: string, request: RestoreRequest, folder: string | undefined): Promise<void> {
  ownFolder(dirname(file));
  await withCopy(file, request, folder, part => {
    forgetIndex(file);
    renameForGood(part, file);
  });
}

/** The backup takes the place of the journal here in one transaction. False where a session runs in it. */
async function goneOn(file: string, { here, held, at }: Both, request: RestoreRequest): Promise<boolean> {
  return withCopy(file, request, request.folder ?? held.folder, part => {
    forgetIndex(file);
    const database = JournalDatabase.open(file);
    try {
      database.guarded(() => database.connection.prepare('ATTACH ? AS backup').run(part));
      return database.transaction(() => {
        const running = new SessionTable(database).running(hostname()).length > 0;
        if (running || database.head().size !== here.size) return false;
        const tables = database.connection
          .prepare("SELECT name FROM backup.sqlite_master WHERE type = 'table'")
          .pluck()
          .all() as string[];
        for (const table of tables) {
          const gone = added.has(table) ? ` WHERE size > ${at}` : '';
          database.connection.exec(`DELETE FROM main."${table}"${gone}`);
          database.connection.exec(`INSERT OR IGNORE INTO main."${table}" SELECT * FROM backup."${table}"`);
        }
        return true;
      });
    } finally {
      database.close();
    }
  });
}

/** The index of text that returns is of another state, whose serials may be given anew; it is made again. */
function forgetIndex(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(dirname(file), `recall.sqlite${end}`), { force: true });
}

/** A copy of the backup beside `file`, for as long as `use` runs; with the gap and the folder that are now its own. */
async function withCopy<T>(
  file: string,
  { file: from, by, software, onProgress }: RestoreRequest,
  folder: string | undefined,
  use: (part: string) => T,
): Promise<T> {
  const part = `${file}.${process.pid}.part`;
  try {
    closeSync(openSync(part, 'w', 0o600));
    await copy(from, part, onProgress);
    if (folder !== undefined)
      placed(part, folder, software, { by, gap: { reason: 'restored', since: heldIn(part).last }, copied: true });
    withoutPurged(part);
    settled(part);
    return use(part);
  } catch (error) {
    throw JournalError.from(error, part);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
  }
}

/** What was said of the events that both have is never taken away. */
const added: ReadonlySet<string> = new Set(['checkpoint', 'token']);

function verified(file: string): Held {
  const reader = openJournal(file);
  try {
    const [wrong] = reader.verify().wrong;
    if (wrong === undefined) return heldBy(reader);
    throw new JournalError({ code: 'corrupt', path: file, detail: `event ${wrong.sequence}: ${wrong.detail}` });
  } finally {
    reader.close();
  }
}

function readable(file: string): JournalReader | undefined {
  let reader: JournalReader | undefined;
  try {
    reader = openJournal(file);
    heldBy(reader);
    return reader;
  } catch (error) {
    reader?.close();
    const { code } = JournalError.from(error, file).problem;
    if (code === 'corrupt') return undefined;
    throw error;
  }
}

/** How many events two journals begin with alike. */
function commonSize(reader: JournalReader, file: string): number {
  const other = openJournal(file);
  try {
    const alike = (size: number) => toHex(reader.root(size)) === toHex(other.root(size));
    let low = 0;
    let high = Math.min(reader.size, other.size);
    if (alike(high)) return high;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (alike(middle)) low = middle;
      else high = middle;
    }
    return low;
  } finally {
    other.close();
  }
}
