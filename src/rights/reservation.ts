import type { RestrictionForm } from '../journal/rightsEvent.ts';
import type { Change } from '../text/change.ts';
import { headerForm } from './reservationHeader.ts';
import { metaForm } from './reservationMeta.ts';
import { noticeForm } from './reservationNotice.ts';
import { robotsForm } from './reservationRobots.ts';
import { rslForm } from './reservationRsl.ts';
import { tdmrepForm } from './reservationTdmrep.ts';
import type { RightsLanguage } from './texts.ts';

/** What a reservation says, and of which file. */
export interface Reserving {
  /** Path of the file, with `/`: its name tells how it takes comments. */
  readonly path: string;
  /** Names of the authors; none: nobody is named. */
  readonly authors: readonly string[];
  /** Languages of the sentence, in their order. */
  readonly languages: readonly RightsLanguage[];
  /** Line end of what is put in. */
  readonly eol: '\n' | '\r\n';
  /** Address at which the terms stand. */
  readonly policy?: string | undefined;
  /** Address of the site, ending in `/`. */
  readonly site?: string | undefined;
}

/** What is to be done to a file's text. Offsets are of the text with the line ends that the file has. */
export type Reserved =
  /** None: it stands there so already. `stands`: what is ours then. */
  | { readonly changes: readonly Change[]; readonly stands: string }
  /** Another's text says the same there, and nothing of ours is. */
  | { readonly already: true }
  /** `contrary`: another says the contrary there. `foreign`: the file is another's and says something else. */
  | { readonly cannot: 'contrary' | 'foreign' | 'noPlace'; readonly detail: string };

/**
 * One way of writing it down. Laws: `put` twice is `put` once; `take` after `put` gives the text back to the letter, and an
 * empty one of a file that was not there. What is ours is what it puts in, character by character: so nobody else's are
 * taken for it, nor it for theirs.
 */
export interface ReservationForm {
  /** `text` undefined: there is no such file. Never touches what others wrote. */
  put(text: string | undefined, reserving: Reserving): Reserved;
  /** Takes out what is ours; none where nothing is. */
  take(text: string, path: string): readonly Change[];
  /** What is ours of the text, if anything is. */
  standing(text: string, path: string): string | undefined;
}

export const reservationForms: Readonly<Record<RestrictionForm, ReservationForm>> = {
  header: headerForm,
  meta: metaForm,
  tdmrep: tdmrepForm,
  robots: robotsForm,
  rsl: rslForm,
  notice: noticeForm,
};

/** Where a form that stands for a whole site or folder is kept, below it. */
export const reservationPlaces = {
  tdmrep: '.well-known/tdmrep.json',
  robots: 'robots.txt',
  rsl: 'license.xml',
  notice: 'NOTICE',
} as const satisfies Partial<Record<RestrictionForm, string>>;

/** The forms that a file can carry, by its name: its own, or that of a site's or a folder's file. */
export function formsOfFile(path: string): readonly RestrictionForm[] {
  for (const form of ['tdmrep', 'robots', 'rsl', 'notice'] as const) {
    const place = reservationPlaces[form].toLowerCase();
    if (`/${path}`.toLowerCase().endsWith(`/${place}`)) return [form];
  }
  const isPage = /\.(x?html?)$/i.test(path);
  return isPage ? ['header', 'meta'] : ['header'];
}
