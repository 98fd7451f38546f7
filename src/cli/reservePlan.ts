import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { EventOf } from '../evidence/keptEvents.ts';
import { type RestrictionEntry, restrictionEntries } from '../evidence/restrictions.ts';
import type { WorkDescription } from '../evidence/work.ts';
import type { Consented } from '../journal/catalogue.ts';
import type { RestrictionForm } from '../journal/rightsEvent.ts';
import { isSecret } from '../journal/secrecy.ts';
import { commentStyleOf } from '../rights/comments.ts';
import { formsOfFile, type Reserving, reservationForms, reservationPlaces } from '../rights/reservation.ts';
import { type RightsLanguage, rightsText } from '../rights/texts.ts';
import { type Call, Refusal } from './command.ts';
import { pathIn, reading } from './journals.ts';
import { ReservedFile } from './reservedFile.ts';

/** A form in a place: what is asked for. */
export interface Target {
  readonly form: RestrictionForm;
  /** Relative to the recorded folder, with `/`. */
  readonly place: string;
}

/** What the record knows of a folder: its history of reservations, and the files that stand, each with its text and encoding. */
export interface KnownFolder {
  readonly journal: string;
  readonly folder: string;
  readonly history: readonly RestrictionEntry[];
  readonly files: ReadonlyMap<string, { readonly text: string; readonly encoding: string }>;
}

/** What becomes of one target. */
export interface Planned extends Target {
  readonly did: 'set' | 'changed' | 'removed' | 'published' | 'stands' | 'already' | 'nothing' | 'cannot';
  readonly why?: 'contrary' | 'foreign' | 'noPlace' | 'unreadable';
  readonly detail?: string;
  /** What stands there afterwards, with `\n` line ends. */
  readonly stands?: string;
  readonly created?: true;
}

export function knownOf({ file, folder }: Consented): KnownFolder {
  return reading(file, reader => {
    const kept: { restriction: EventOf<'restriction'>[]; exhibit: EventOf<'exhibit'>[] } = {
      restriction: [],
      exhibit: [],
    };
    for (const event of reader.events()) {
      if (event.kind === 'restriction') kept.restriction.push(event);
      else if (event.kind === 'exhibit') kept.exhibit.push(event);
    }
    const files = new Map<string, { text: string; encoding: string }>();
    for (const { path, present, text, format } of reader.replay().documents.values()) {
      if (path !== undefined && present) files.set(path, { text: text.toString(), encoding: format.encoding });
    }
    return { journal: reader.id, folder, history: restrictionEntries(reader.id, kept), files };
  });
}

/** What the call names: files, folders (their recorded files and a `NOTICE` beside them), a site; without any, what stands. */
export function targetsOf(call: Call, known: KnownFolder, stands: boolean): readonly Target[] {
  const site = call.option('site');
  const named = call.paths.flatMap(path => targetsAt(pathIn(known.folder, resolve(call.folder, path)), known));
  const ofSite = site === undefined ? [] : siteTargets(pathIn(known.folder, resolve(call.folder, site)));
  const standing = known.history.filter(({ standing }) => standing).map(({ form, place }) => ({ form, place }));
  const all = [...named, ...ofSite, ...(stands && named.length + ofSite.length === 0 ? standing : [])];
  const forms = new Set(call.values('form'));
  for (const form of forms)
    if (!Object.hasOwn(reservationForms, form))
      throw new Refusal('error.reserveForm', { form, forms: Object.keys(reservationForms).join(', ') });
  return all.filter(({ form }) => forms.size === 0 || forms.has(form));
}

/** The files of a site that are there for machines. */
export function siteTargets(site: string): readonly Target[] {
  return (['tdmrep', 'robots', 'rsl'] as const).map(form => ({ form, place: below(site, reservationPlaces[form]) }));
}

function targetsAt(path: string, { files }: KnownFolder): readonly Target[] {
  const folder = path === '' || path === '.' ? '' : `${path}/`;
  const within = [...files.keys()].filter(one => one.startsWith(folder));
  if (files.has(path) || within.length === 0) return formsOfFile(path).map(form => ({ form, place: path }));
  const texts = within.filter(one => commentStyleOf(one) !== undefined && formsOfFile(one).includes('header'));
  const notice = { form: 'notice', place: below(path, reservationPlaces.notice) } as const;
  return [...texts.sort().flatMap(place => formsOfFile(place).map(form => ({ form, place }))), notice];
}

function below(folder: string, name: string): string {
  return folder === '' || folder === '.' ? name : `${folder}/${name}`;
}

/** Files that are opened once, however many forms they carry. */
export class ReservedFiles {
  readonly #known: KnownFolder;
  readonly #open = new Map<string, ReservedFile | undefined>();

  constructor(known: KnownFolder) {
    this.#known = known;
  }

  /** Undefined: it is no text that can be written again, or none that may be. Throws Refusal. */
  at(place: string): ReservedFile | undefined {
    if (!this.#open.has(place)) {
      const path = join(this.#known.folder, place.split('/').join(sep));
      const refused = isSecret(place) || isLink(path) || leadsOut(path, this.#known);
      this.#open.set(place, refused ? undefined : ReservedFile.read(path, this.#known.files.get(place)?.encoding));
    }
    return this.#open.get(place);
  }

  /** Those that are to be written, by their place. */
  get changed(): readonly (readonly [string, ReservedFile])[] {
    return [...this.#open].flatMap(([place, file]) => (file?.isChanged ? [[place, file] as const] : []));
  }
}

export interface Saying {
  readonly work: WorkDescription;
  readonly policy: string | undefined;
  readonly site: string | undefined;
}

/** Plans one target, and changes its file in memory. */
export function planned(target: Target, files: ReservedFiles, known: KnownFolder, saying: Saying): Planned {
  const { form, place } = target;
  const file = files.at(place);
  if (file === undefined) return { ...target, did: 'cannot', why: 'unreadable' };
  const { text, eol } = file;
  // What a person names by mistake is not made.
  if (text === undefined && (form === 'header' || form === 'meta'))
    throw new Refusal('error.missingFile', { file: place });
  const before = text === undefined ? undefined : reservationForms[form].standing(text, place);
  const made = reservationForms[form].put(text, sayingOf(place, eol, saying, file));
  if ('cannot' in made) return { ...target, did: 'cannot', why: made.cannot, detail: made.detail };
  if ('already' in made) return { ...target, did: 'already' };
  const stands = made.stands.replaceAll('\r\n', '\n');
  const there = file.isThere;
  file.change(made.changes);
  const last = lastOf(target, known);
  if (made.changes.length === 0 && last?.standing && last.text === stands) return { ...target, did: 'stands', stands };
  const did = before !== undefined && last?.standing ? 'changed' : 'set';
  return { ...target, did, stands, ...(!there && { created: true }) };
}

/** Takes out what is ours in one place; a file that was made for it goes with it. */
export function withdrawn(target: Target, files: ReservedFiles, known: KnownFolder): Planned {
  const { form, place } = target;
  const file = files.at(place);
  if (file === undefined) return { ...target, did: 'cannot', why: 'unreadable' };
  const { text } = file;
  const changes = text === undefined ? [] : reservationForms[form].take(text, place);
  const last = lastOf(target, known);
  if (changes.length === 0 && !last?.standing) return { ...target, did: 'nothing' };
  file.change(changes);
  if (file.text === '' && wasCreated(target, known)) file.drop();
  return { ...target, did: 'removed' };
}

/** The last act on a form in a place. */
export function lastOf({ form, place }: Target, { history }: KnownFolder): RestrictionEntry | undefined {
  return history.findLast(entry => entry.form === form && entry.place === place && entry.act !== 'published');
}

/** Whether the file was made by the first of the acts that have stood since none did. */
function wasCreated({ form, place }: Target, { history }: KnownFolder): boolean {
  const own = history.filter(entry => entry.form === form && entry.place === place && entry.act !== 'published');
  return own.slice(own.findLastIndex(({ act }) => act === 'removed') + 1).some(({ created }) => created);
}

/** In the languages whose letters the file's encoding has. */
function sayingOf(path: string, eol: Reserving['eol'], { work, policy, site }: Saying, file: ReservedFile): Reserving {
  const languages = (['kk', 'ru', 'en'] as const satisfies readonly RightsLanguage[]).filter(language =>
    file.holds(rightsText(language, 'reserve.prohibited')),
  );
  const authors = work.authors.map(({ name }) => name).filter(name => file.holds(name));
  return { path, authors, languages, eol, policy, site };
}

/** What a link leads to may lie anywhere. */
function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Whether a place within the folder lies elsewhere, by a link on the way. */
function leadsOut(path: string, { folder }: KnownFolder): boolean {
  const lies = (one: string) => !relative(folder, one).startsWith('..');
  if (!lies(path)) return false;
  let above = dirname(path);
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  return relative(realpathSync(folder), realpathSync(above)).startsWith('..');
}

/** Whether a place lies in the folder itself. */
export function isInside(place: string, { folder }: KnownFolder): boolean {
  return !relative(folder, join(folder, place)).startsWith('..');
}
