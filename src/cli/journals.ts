import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { PackageSource } from '../evidence/packageSource.ts';
import { takenFrom } from '../evidence/takenOut.ts';
import { keptTimeStamps, recordedIn } from '../evidence/timeStamps/kept.ts';
import { fieldName, problemName } from '../evidence/work/words.ts';
import { readWork, type WorkReading } from '../evidence/work.ts';
import { Catalogue, type Consented } from '../journal/catalogue.ts';
import { toHex } from '../journal/digest.ts';
import { dataHome } from '../journal/home.ts';
import { type JournalReader, openJournal } from '../journal/reader.ts';
import { type Call, Refusal } from './command.ts';
import { demandFile, unread } from './inputFile.ts';

/** Asks the catalogue, which nobody's question brings into being; undefined where nothing was ever recorded. */
export function withCatalogue<T>(call: Call, use: (catalogue: Catalogue) => T): T | undefined {
  const home = dataHome(call.io.env);
  if (!existsSync(home)) return undefined;
  const catalogue = Catalogue.open(home);
  try {
    return use(catalogue);
  } finally {
    catalogue.close();
  }
}

/** The recorded folder that a path lies in. Throws Refusal `error.notRecorded`. */
export function recordedAt(call: Call, path: string): Consented {
  const found = withCatalogue(call, catalogue => catalogue.find(path));
  if (found === undefined) throw new Refusal('error.notRecorded', { path });
  return found;
}

/** The same, also where the consent was taken back since. Throws Refusal `error.notRecorded`. */
export function everRecordedAt(call: Call, path: string): Consented {
  const found = withCatalogue(call, catalogue => catalogue.everRecorded(path));
  if (found === undefined) throw new Refusal('error.notRecorded', { path });
  return found;
}

/** The one folder that is recorded or was, that all the paths lie in, or the folder that is looked in; the paths as the journal names them. */
export function recordedFor(call: Call): { consented: Consented; paths: string[] } {
  const absolute = call.paths.map(path => resolve(call.folder, path));
  const consented = everRecordedAt(call, absolute[0] ?? call.folder);
  for (const path of absolute) {
    if (everRecordedAt(call, path).journal !== consented.journal) throw new Refusal('error.several');
  }
  return { consented, paths: absolute.map(path => pathIn(consented.folder, path)) };
}

/** A path relative to the folder, with `/`; '' for the folder itself. */
export function pathIn(folder: string, path: string): string {
  const direct = relative(folder, path);
  const below = direct.startsWith('..') ? relative(real(folder), real(path)) : direct;
  return below.split(sep).join('/');
}

export function reading<T>(file: string, use: (reader: JournalReader) => T, at?: number): T {
  const reader = openJournal(file, at === undefined ? {} : { at });
  try {
    return use(reader);
  } finally {
    reader.close();
  }
}

/** What reports and packages are made from. Valid while the reader is open. */
export function sourceOf(reader: JournalReader): PackageSource {
  const checkpoints = reader.checkpoints().map(({ note }) => note);
  return {
    id: reader.id,
    size: reader.size,
    root: toHex(reader.root()),
    checkpoints,
    timeStamps: keptTimeStamps(reader.tokens(), checkpoints, recordedIn(reader)),
    events: () => reader.events(),
    packs: () => reader.packs(),
    secret: segment => reader.secret(segment),
    exhibit: digest => reader.exhibit(digest),
    taken: takenFrom(reader.size, segment => reader.secret(segment)),
  };
}

/** What `holograph.json` says; its problems are told beside the answer. */
export function workOf(call: Call, folder: string): WorkReading['work'] {
  const file = join(folder, 'holograph.json');
  const { work, problems } = readWork(existsSync(file) ? textOf(file) : undefined);
  const { language } = call.words;
  for (const { field, what } of problems)
    call.note(call.words.t('export.problem', { field: fieldName(field, language), what: problemName(what, language) }));
  return work;
}

/** Throws Refusal where the file cannot be read; `pipe`: see `demandFile`. */
export function textOf(file: string, options: { readonly pipe?: boolean } = {}): string {
  return Buffer.from(bytesOf(file, options)).toString('utf8');
}

export function bytesOf(file: string, options: { readonly pipe?: boolean } = {}): Uint8Array {
  demandFile(file, options);
  try {
    return readFileSync(file);
  } catch (error) {
    throw unread(file, error);
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    // A file that is gone has no other name than the one given.
    if (error instanceof Error) return path;
    throw error;
  }
}
