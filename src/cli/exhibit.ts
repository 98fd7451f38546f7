import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type ExhibitEntry, exhibitEntries } from '../evidence/exhibits.ts';
import { packageSoftware } from '../evidence/software.ts';
import { isDay } from '../evidence/work/reading.ts';
import type { Consented } from '../journal/catalogue.ts';
import { eventWords } from '../journal/eventWords.ts';
import type { ExhibitKind } from '../journal/exhibitEvent.ts';
import {
  attachExhibit,
  type Exhibit,
  exhibitName,
  exhibitsOf,
  largestExhibit,
  largestExhibits,
  removeExhibit,
} from '../journal/exhibits.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { commitNamed, fileIn } from './gitNamed.ts';
import { demandFile } from './inputFile.ts';
import { bytesOf, reading, recordedFor } from './journals.ts';

/** What `holograph exhibit --json` prints. Form: `media/schema/exhibits.schema.json`. */
export interface ExhibitsDocument {
  readonly schema: 'holograph.exhibits';
  readonly version: 1;
  readonly journal: string;
  readonly exhibits: readonly ListedExhibit[];
}

export interface ListedExhibit extends ExhibitEntry {
  /** Its bytes are kept here. */
  readonly kept: boolean;
}

export const exhibitCommand: Command = {
  name: 'exhibit',
  usage: '[list] | add FILE --shows TEXT [--kind KIND] [--date DATE] [--git REV] | remove EX-NN [--purge]',
  about: 'help.exhibit',
  most: 2,
  options: {
    shows: { about: 'help.exhibitShows', value: 'TEXT' },
    kind: { about: 'help.exhibitKind', value: 'KIND' },
    date: { about: 'help.exhibitDate', value: 'DATE' },
    git: { about: 'help.exhibitGit', value: 'REV' },
    purge: { about: 'help.exhibitPurge' },
  },
  async run(call) {
    const [action = 'list', named] = call.paths;
    const { consented } = recordedFor({ ...call, paths: [] });
    if (action === 'add') return added(call, consented, named);
    if (action === 'remove') return removed(call, consented, named);
    if (action !== 'list' || named !== undefined) throw new Refusal('error.arguments', { detail: named ?? action });
    return answer(call, consented, () => true);
  },
};

async function added(call: Call, { file, folder }: Consented, named: string | undefined): Promise<number> {
  if (named === undefined) throw new Refusal('error.missing', { what: 'FILE' });
  const [shows, rev, dated] = [call.option('shows')?.trim(), call.option('git'), call.option('date')];
  if (!shows) throw new Refusal('error.missing', { what: '--shows TEXT' });
  if (dated !== undefined && !isDay(dated)) throw new Refusal('error.day', { date: dated });
  const what = kindOf(call.option('kind') ?? (rev === undefined ? 'other' : 'version'));
  const path = resolve(call.io.cwd, named);
  const commit = rev === undefined ? undefined : await commitNamed(folder, rev);
  const bytes = commit === undefined ? within(path) : await fileIn(folder, commit, path);
  const number = attachExhibit(file, packageSoftware, {
    what,
    bytes,
    shows: shows.replaceAll('\r\n', '\n'),
    name: basename(path),
    ...(dated !== undefined && { dated }),
    ...(commit !== undefined && { commit }),
    by: byWhom(call),
  });
  if (number === 'full') throw tooLarge(call, bytes.length > largestExhibit ? 'one' : 'all');
  return answer(call, { file }, exhibit => exhibit.number === number);
}

function removed(call: Call, { file }: Pick<Consented, 'file'>, named: string | undefined): number {
  if (named === undefined) throw new Refusal('error.missing', { what: 'EX-NN' });
  const exhibit = reading(file, reader => exhibitsOf(reader.events())).find(
    ({ number }) => exhibitName(number) === named.toUpperCase() || String(number) === named,
  );
  const purge = call.flag('purge');
  if (exhibit === undefined || (exhibit.removed !== undefined && (!purge || exhibit.purged)))
    throw new Refusal('error.noTarget', { target: named });
  removeExhibit(file, packageSoftware, exhibit, { by: byWhom(call), purge });
  return answer(call, { file }, ({ number }) => number === exhibit.number);
}

/** Throws Refusal before a file that is too large is read. */
function within(path: string): Uint8Array {
  demandFile(path);
  if (statSync(path).size > largestExhibit) throw new Refusal('error.exhibitLarge', { most: largestExhibit / 2 ** 20 });
  return bytesOf(path);
}

function tooLarge(_call: Call, which: 'one' | 'all'): Refusal {
  return which === 'one'
    ? new Refusal('error.exhibitLarge', { most: largestExhibit / 2 ** 20 })
    : new Refusal('error.exhibitsLarge', { most: largestExhibits / 2 ** 20 });
}

/** In the editor a person asked for it; a command may be another program's. */
export function byWhom({ io }: Call): 'person' | 'command' {
  return io.signer === undefined ? 'command' : 'person';
}

function kindOf(kind: string): ExhibitKind {
  const { words } = eventWords.exhibit.what;
  if (!words.has(kind)) throw new Refusal('error.exhibitKind', { kind, kinds: [...words].join(', ') });
  return kind as ExhibitKind;
}

function answer(call: Call, { file }: Pick<Consented, 'file'>, wanted: (exhibit: Exhibit) => boolean): number {
  const document = reading(file, (reader): ExhibitsDocument => {
    const asked = new Set(
      exhibitsOf(reader.events())
        .filter(wanted)
        .map(({ number }) => exhibitName(number)),
    );
    const exhibits = exhibitEntries(reader.id, reader.events())
      .filter(({ name }) => asked.has(name))
      .map(entry => ({ ...entry, kept: entry.sha256 !== null && reader.exhibit(entry.sha256) !== undefined }));
    return { schema: 'holograph.exhibits', version: 1, journal: reader.id, exhibits };
  });
  if (call.json) call.document(document);
  else print(call, document);
  return 0;
}

function print({ words, print }: Call, { exhibits }: ExhibitsDocument): void {
  if (exhibits.length === 0) print(words.t('exhibit.none'));
  for (const { name, what, file, size, shows, dated, attached, removed, purged, kept } of exhibits) {
    const kind = words.t(`exhibit.kind.${what}`);
    print(words.t('exhibit.entry', { name, kind, file: plain(file), size: words.bytes(size), at: attached }));
    print(`   ${plain(shows)}`);
    if (dated !== null) print(`   ${words.t('exhibit.dated', { date: dated })}`);
    if (removed !== null) print(`   ${words.t(purged ? 'exhibit.purged' : 'exhibit.removed', { at: removed })}`);
    else if (!kept) print(`   ${words.t('exhibit.missing')}`);
  }
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
