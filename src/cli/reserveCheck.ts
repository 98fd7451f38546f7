import type { RestrictionForm } from '../journal/rightsEvent.ts';
import { commentStyleOf } from '../rights/comments.ts';
import { formsOfFile, reservationForms } from '../rights/reservation.ts';
import { type KnownFolder, lastOf, ReservedFiles, siteTargets, type Target } from './reservePlan.ts';

/** What a file and the record say otherwise than each other of a reservation. */
export interface ReserveFault {
  readonly form: RestrictionForm;
  readonly place: string;
  /**
   * `missing`: by the record it stands, and it does not. `other`: it says something else than what was recorded.
   * `unrecorded`: it stands there, and the record knows nothing of it. `contrary`: the file says the contrary.
   */
  readonly why: 'missing' | 'other' | 'unrecorded' | 'contrary' | 'unreadable';
  readonly detail: string;
}

/** Looks at all places that the record or the call names, and at the recorded files and those of a site at its root. */
export function faultsOf(known: KnownFolder, named: readonly Target[]): ReserveFault[] {
  const files = new ReservedFiles(known);
  const seen = new Set<string>();
  return [...standingIn(known), ...named, ...recordedIn(known), ...siteTargets('')].flatMap(target => {
    const key = `${target.form} ${target.place}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return faultAt(target, files, known);
  });
}

function faultAt(target: Target, files: ReservedFiles, known: KnownFolder): ReserveFault[] {
  const { form, place } = target;
  const fault = (why: ReserveFault['why'], detail = ''): ReserveFault[] => [{ form, place, why, detail }];
  const last = lastOf(target, known);
  const file = files.at(place);
  if (file === undefined) return last?.standing ? fault('unreadable') : [];
  const { text, eol } = file;
  const stands =
    text === undefined ? undefined : reservationForms[form].standing(text, place)?.replaceAll('\r\n', '\n');
  if (last?.standing && stands === undefined) return fault('missing');
  if (last?.standing && stands !== last.text && !last.text.includes('▮')) return fault('other');
  if (!last?.standing && stands !== undefined) return fault('unrecorded');
  if (text === undefined) return [];
  const made = reservationForms[form].put(text, { path: place, authors: [], languages: [], eol });
  return 'cannot' in made && made.cannot === 'contrary' ? fault('contrary', made.detail) : [];
}

function standingIn({ history }: KnownFolder): Target[] {
  return history.filter(({ standing }) => standing);
}

function recordedIn({ files }: KnownFolder): Target[] {
  const own = [...files.keys()].filter(
    path => commentStyleOf(path) !== undefined || !formsOfFile(path).includes('header'),
  );
  return own.flatMap(place => formsOfFile(place).map(form => ({ form, place })));
}
