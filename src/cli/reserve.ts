import { packageSoftware } from '../evidence/software.ts';
import { Repository } from '../git/repository.ts';
import { type Act, appendEvents } from '../journal/append.ts';
import type { Consented } from '../journal/catalogue.ts';
import { appendOwnTexts, type OwnWrite } from '../journal/ownTexts.ts';
import type { Change } from '../text/change.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { byWhom } from './exhibit.ts';
import { recordedFor, workOf } from './journals.ts';
import { faultsOf, type ReserveFault } from './reserveCheck.ts';
import type { ReservedFile } from './reservedFile.ts';
import {
  isInside,
  type KnownFolder,
  knownOf,
  type Planned,
  planned,
  ReservedFiles,
  targetsOf,
  withdrawn,
} from './reservePlan.ts';
import { published } from './reservePublished.ts';
import { rewriteAll } from './rewrite.ts';

/** What `holograph reserve --json` prints. Form: `media/schema/reserve.schema.json`. */
export interface ReserveDocument {
  readonly schema: 'holograph.reserve';
  readonly version: 1;
  readonly journal: string;
  /** Nothing was written. */
  readonly dryRun: boolean;
  readonly places: readonly ReservedPlace[];
  /** The files that are written; absent where none was asked to be. */
  readonly files?: readonly WrittenFile[];
  /** What files and record say otherwise than each other; absent where it was not asked. */
  readonly faults?: readonly ReserveFault[];
}

export interface ReservedPlace extends Omit<Planned, 'created'> {
  readonly created: boolean;
}

export interface WrittenFile {
  readonly place: string;
  readonly was: 'changed' | 'created' | 'deleted';
  /** In offsets of the text before with `\n` line ends; of one that is deleted none. */
  readonly changes: readonly Change[];
}

/** Without an argument it lists what stands, by the record. */
export const reserveCommand: Command = {
  name: 'reserve',
  usage: '[FILE… | --site DIR] [--remove | --check | --published URL] [--dry-run]',
  about: 'help.reserve',
  options: {
    site: { about: 'help.reserveSite', value: 'DIR' },
    form: { about: 'help.reserveForm', value: 'FORM', several: true },
    url: { about: 'help.reserveUrl', value: 'URL' },
    policy: { about: 'help.reservePolicy', value: 'URL' },
    remove: { about: 'help.reserveRemove' },
    check: { about: 'help.reserveCheck' },
    published: { about: 'help.reservePublished', value: 'URL' },
    date: { about: 'help.reserveDate', value: 'DATE' },
    copy: { about: 'help.reserveCopy', value: 'FILE' },
    'dry-run': { about: 'help.reserveDryRun' },
  },
  async run(call) {
    const { consented } = recordedFor({ ...call, paths: [] });
    const known = knownOf(consented);
    if (call.flag('check')) return checked(call, known);
    const address = addressOf(call, 'published');
    if (address !== undefined) return answer(call, known, published(call, consented, known, address));
    const remove = call.flag('remove');
    const targets = targetsOf(call, known, true);
    const named = call.paths.length > 0 || call.option('site') !== undefined;
    if (!remove && !named) {
      const standing = known.history.filter(({ standing }) => standing);
      const places = standing.map(({ form, place, text }): Planned => ({ form, place, did: 'stands', stands: text }));
      return answer(call, known, places);
    }
    const saying = {
      work: workOf(call, consented.folder),
      policy: addressOf(call, 'policy'),
      site: addressOf(call, 'url')?.replace(/\/*$/, '/'),
    };
    const files = new ReservedFiles(known);
    const places = targets.map(target =>
      remove ? withdrawn(target, files, known) : planned(target, files, known, saying),
    );
    const written = files.changed.map(([place, file]) => writtenOf(place, file));
    if (!call.flag('dry-run')) await carryOut(call, consented, { known, files, places });
    return answer(call, known, places, written);
  },
};

interface Doing {
  readonly known: KnownFolder;
  readonly files: ReservedFiles;
  readonly places: readonly Planned[];
}

/**
 * Writes the files and what was done to them. What is put into a recorded file is on record as a tool's; where the file is
 * not what the record has, only the act is, and what came into the file is found when it is next looked at. Where the files
 * cannot be written, or the record, neither is.
 */
async function carryOut(call: Call, { file, folder }: Consented, { known, files, places }: Doing): Promise<void> {
  const acts = actsOf(call, files, places);
  if (acts.length === 0 && files.changed.length === 0) return;
  const repository = await Repository.of(folder);
  const own: OwnWrite[] = [];
  for (const [path, reserved] of files.changed) {
    const recorded = known.files.get(path);
    if (recorded?.text !== reserved.recordable || !isInside(path, known)) continue;
    if (recorded === undefined && repository instanceof Repository && (await repository.ignores(path))) continue;
    const { after } = reserved;
    if (after !== undefined) own.push({ path, changes: reserved.recorded, ...after });
    else if (recorded !== undefined) own.push({ path, gone: true });
  }
  let back: (() => void) | undefined;
  const write = () => {
    back = rewriteAll(files.changed.map(([, { rewrite }]) => rewrite));
  };
  try {
    if (own.length > 0) appendOwnTexts(file, packageSoftware, own, () => acts, write);
    else {
      write();
      appendEvents(file, packageSoftware, acts);
    }
  } catch (error) {
    back?.();
    throw error;
  }
  for (const [, reserved] of files.changed) reserved.tidy();
}

function actsOf(call: Call, files: ReservedFiles, places: readonly Planned[]): Act[] {
  return places.flatMap(({ form, place, did, stands, created }): Act[] => {
    if (did !== 'set' && did !== 'changed' && did !== 'removed') return [];
    const file = files.at(place);
    const fileDigest = file?.after?.fileDigest;
    const body = {
      kind: 'restriction',
      form,
      act: did,
      ...(fileDigest !== undefined && { fileDigest }),
      ...(created && { created }),
      by: byWhom(call),
    } as const;
    return [{ body, texts: [place, stands ?? ''] }];
  });
}

function checked(call: Call, known: KnownFolder): number {
  const faults = faultsOf(known, targetsOf(call, known, false));
  if (call.json) call.document({ ...head(call, known), places: [], faults } satisfies ReserveDocument);
  else if (faults.length === 0) call.print(call.words.t('reserve.agree'));
  for (const { form, place, why, detail } of call.json ? [] : faults) {
    const what = call.words.t(`reserve.fault.${why}`, { detail: plain(detail) });
    call.print(`${plain(place)} (${call.words.t(`reserve.form.${form}`)}): ${what}`);
  }
  return faults.length === 0 ? 0 : 1;
}

function answer(call: Call, known: KnownFolder, places: readonly Planned[], files?: readonly WrittenFile[]): number {
  const { words, print } = call;
  const told = places.map(({ created = false, ...place }): ReservedPlace => ({ ...place, created }));
  if (call.json)
    call.document({ ...head(call, known), places: told, ...(files && { files }) } satisfies ReserveDocument);
  else if (places.length === 0) print(words.t('reserve.none'));
  else if (call.flag('dry-run')) print(words.t('reserve.dryRun'));
  for (const { form, place, did, why, detail = '' } of call.json ? [] : told) {
    const done =
      why === undefined ? words.t(`reserve.did.${did}`) : words.t(`reserve.cannot.${why}`, { detail: plain(detail) });
    print(`${plain(place)} (${words.t(`reserve.form.${form}`)}): ${done}`);
  }
  return places.some(({ did }) => did === 'cannot') ? 1 : 0;
}

function writtenOf(place: string, file: ReservedFile): WrittenFile {
  const was = file.text === undefined ? 'deleted' : file.wasThere ? 'changed' : 'created';
  return { place, was, changes: was === 'deleted' ? [] : file.recorded };
}

function head(call: Call, { journal }: KnownFolder) {
  return { schema: 'holograph.reserve', version: 1, journal, dryRun: call.flag('dry-run') } as const;
}

/** Throws Refusal unless it is an address of the web, as it is to be written. */
function addressOf(call: Call, name: 'url' | 'policy' | 'published'): string | undefined {
  const given = call.option(name);
  if (given === undefined) return undefined;
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new Refusal('error.address', { address: given });
  return new URL(given).href;
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
