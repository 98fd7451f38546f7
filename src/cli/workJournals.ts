import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PackageSource } from '../evidence/packageSource.ts';
import type { Catalogued, Consented } from '../journal/catalogue.ts';
import { JournalError } from '../journal/problem.ts';
import { type JournalReader, openJournal } from '../journal/reader.ts';
import { recoveredFile } from '../journal/recovery.ts';
import { type Call, Refusal } from './command.ts';
import { demandFile } from './inputFile.ts';
import { sourceOf, withCatalogue } from './journals.ts';

/** A journal of the same work beside the one that records a folder. */
interface Other {
  readonly journal: string;
  readonly file: string;
  /** It was set aside as damaged, or came from elsewhere: it has to verify before anything is taken from it. */
  readonly checked: boolean;
}

/**
 * Uses the journals of a folder's work, oldest first, the folder's own last: those of other folders and machines, of the
 * damaged one that it follows, and the file that `--with` names. What cannot be read, or does not verify though it
 * should, is named and left out. Throws Refusal where `--with` names no journal of this work.
 */
export function withJournals<T>(call: Call, consented: Consented, use: (sources: readonly PackageSource[]) => T): T {
  const own = openJournal(consented.file);
  const before: JournalReader[] = [];
  try {
    for (const other of others(call, consented)) {
      const reader = read(call, other);
      if (reader === undefined) continue;
      const why =
        reader.work !== own.work ? 'otherWork' : [own, ...before].some(({ id }) => id === reader.id) && 'copy';
      if (why === false) {
        before.push(reader);
        continue;
      }
      reader.close();
      if (why === 'otherWork' && other.journal === named) throw new Refusal('error.otherWork', { file: other.file });
      // Two copies of one journal tell the same events twice.
      if (why === 'copy') call.note(call.words.t('work.copy', { file: other.file }));
    }
    before.sort((a, b) => startOf(a) - startOf(b));
    return use([...before, own].map(sourceOf));
  } finally {
    for (const reader of [own, ...before]) reader.close();
  }
}

/** What another journal of a folder's work says that the folder's own does not; the newest first. */
export function inOtherJournals<T>(
  call: Call,
  consented: Consented,
  find: (reader: JournalReader) => T | undefined,
): T | undefined {
  for (const other of others(call, consented).toReversed()) {
    const reader = read(call, other);
    try {
      const found = reader?.work === consented.work ? find(reader) : undefined;
      if (found !== undefined) return found;
    } finally {
      reader?.close();
    }
  }
  return undefined;
}

/** Ids of the other journals of a folder's work on this machine. */
export function otherJournals(call: Call, consented: Consented): readonly string[] {
  return others(call, consented).map(({ journal }) => journal);
}

const named = '';

function others(call: Call, { journal, work }: Consented): readonly Other[] {
  const catalogued = withCatalogue(call, catalogue => catalogue.all()) ?? [];
  const known = catalogued
    .filter(one => one.work === work && one.journal !== journal && existsSync(one.file))
    .map((one): Other => ({ journal: one.journal, file: readableFile(one), checked: one.state === 'aside' }));
  const asked = call.option('with');
  if (asked === undefined) return known;
  const given = resolve(call.io.cwd, asked);
  const inside = join(given, 'journal.sqlite');
  const file = existsSync(given) && statSync(given).isDirectory() ? inside : given;
  demandFile(file);
  return [...known, { journal: named, file, checked: true }];
}

/** Of one that was set aside as damaged, what `doctor --repair` could save of it. */
function readableFile({ file, state }: Catalogued): string {
  const recovered = recoveredFile(file);
  return state === 'aside' && existsSync(recovered) ? recovered : file;
}

function read(call: Call, { journal, file, checked }: Other): JournalReader | undefined {
  let reader: JournalReader | undefined;
  try {
    reader = openJournal(file);
    if (!checked || reader.verify().wrong.length === 0) return reader;
    reader.close();
  } catch (error) {
    reader?.close();
    if (!(error instanceof JournalError)) throw error;
  }
  if (journal === named) throw new Refusal('error.notWhole', { file });
  call.note(call.words.t('work.notRead', { journal }));
  return undefined;
}

function startOf(reader: JournalReader): number {
  return reader.events(0, 1).next().value?.time ?? 0;
}
