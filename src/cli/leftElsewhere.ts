import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spoolOf, unsortedSpool } from '../agents/hooks/hookSpool.ts';
import { exhibitEntries } from '../evidence/exhibits.ts';
import type { Consented } from '../journal/catalogue.ts';
import { readText } from '../journal/fileText.ts';
import { type Needle, occurrences } from '../journal/occurrences.ts';
import type { Plan, Target } from '../journal/redactionPlan.ts';
import { spooled } from '../journal/spool.ts';
import type { Call } from './command.ts';
import { reading, withCatalogue } from './journals.ts';

/** Texts that targets of words look for. */
export function needlesOf(targets: readonly Target[]): Needle[] {
  return targets.flatMap((target): Needle[] => {
    if (target.kind === 'text') return [{ text: target.text, word: false }];
    return target.kind === 'name' ? [{ text: target.name, word: true }] : [];
  });
}

/** Files beside a journal that nobody searches: acts that no session could take in, what was recovered of a damaged one. */
export function besideJournal(file: string): string[] {
  const own = /^(journal|recall)\.sqlite(-wal|-shm)?$|^spool$|^agents\.json$/;
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const strangers = readdirSync(folder).filter(name => !own.test(name));
  return [...spooled(file).map(({ path }) => path), ...strangers.map(name => join(folder, name))];
}

/** Exhibits whose copies are kept: files of any kind, in which words are not looked for. */
export function keptExhibits(file: string): string[] {
  return reading(file, reader =>
    exhibitEntries(reader.id, reader.events()).flatMap(({ name, file: of, sha256 }) =>
      sha256 !== null && reader.exhibit(sha256) !== undefined ? [`${name} (${of})`] : [],
    ),
  );
}

/** What AI tools' hooks left of a folder's work and no window has taken in yet: that comes into the record later. */
export function hooksLeft({ file, folder }: Consented): string[] {
  const home = join(dirname(file), '..', '..');
  return [spoolOf(home, folder), unsortedSpool(home)].flatMap(spool =>
    existsSync(spool) ? readdirSync(spool).map(name => join(spool, name)) : [],
  );
}

/**
 * Journals of the same work that are their own (of another folder, set aside as damaged, copies that went another way)
 * and what lies beside them: nothing is taken out of these.
 */
export function otherFiles(call: Call, { journal, work }: Consented): string[] {
  const all = withCatalogue(call, catalogue => catalogue.all()) ?? [];
  return all
    .filter(one => one.work === work && one.journal !== journal)
    .flatMap(({ file }) => [...(existsSync(file) ? [file] : []), ...besideJournal(file)]);
}

/** Recorded files of the author's that still have the words, by their names in the journal: what they hold comes in again. */
export function stillIn({ folder, file }: Consented, targets: readonly Target[], plan: Plan): string[] {
  const needles = needlesOf(targets);
  const documents = reading(file, reader => [...reader.replay().documents.values()]);
  const has = (path: string, text: string) =>
    !occurrences(text, needles).next().done ||
    targets.some(target => {
      if (target.kind !== 'passage' || target.path !== path) return false;
      return text
        .slice(target.from, target.to)
        .split(/\s+/)
        .some(word => plan.words.has(word));
    });
  return documents.flatMap(({ path, present, format }) => {
    if (!present || path === undefined) return [];
    const read = readText(folder, path, format.encoding);
    return read !== undefined && 'text' in read && has(path, read.text) ? [path] : [];
  });
}
