import { type Fields, workForm } from './work/form.ts';
import { type ConstituentSource, type Profile, profiles, type WorkKind } from './work/lists.ts';
import { type HousePolicy, policyIn } from './work/policy.ts';
import { fieldsIn, parsedJson, type WorkProblem } from './work/reading.ts';

/**
 * What the author says of the work: `holograph.json` at the folder's root. Its form is `work/form.ts`, published as
 * `media/schema/holograph.schema.json`. Nothing is invented: a field that is absent is empty here and is shown as empty;
 * a field of the wrong form is a problem and empty too. A list that is there and empty says that there are none; one
 * that is absent says nothing, but `authors`, `languages` and `files`, of which an empty list says nothing either.
 */
export interface WorkDescription {
  /** The work's id, as the journal's first event has it. */
  readonly work?: string;
  readonly title: Worded;
  readonly subtitle?: Worded;
  readonly kind?: WorkKind;
  readonly authors: readonly Author[];
  /** Of several authors: an inseparable work, or parts that stand for themselves. */
  readonly coauthorship?: 'joint' | 'separate';
  /** When the work was created, as the author states it; the journal shows its own dates beside. */
  readonly created?: { readonly from?: Day; readonly to?: Day };
  /** Where it was created. */
  readonly place?: string;
  /** BCP 47 tags of the languages the work is written in. */
  readonly languages: readonly string[];
  /** Paths relative to the folder, in the order of the work; empty: all recorded files, by path. */
  readonly files: readonly string[];
  readonly profile?: Profile;
  readonly publication?: {
    readonly status?: 'unpublished' | 'published';
    readonly on?: Day;
    readonly where?: string;
  };
  readonly thirdParty?: readonly ThirdPartyPart[];
  readonly tools?: readonly ToolTerms[];
  readonly reviews?: readonly Review[];
  /** Who holds editorial responsibility. */
  readonly editor?: { readonly name?: string; readonly role?: string; readonly contact?: string };
  readonly program?: ProgramFacts;
  /** Of a composite work. */
  readonly constituents?: readonly Constituent[];
  /** How the work is composed, in the author's words. */
  readonly plan?: string;
  /** What the author states of the work in their own words. */
  readonly statement?: string;
}

/** By language; `und` when the file gives one text without saying its language. */
export type Worded = Readonly<Partial<Record<'en' | 'ru' | 'kk' | 'und', string>>>;

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as much of it as the author states. */
export type Day = string;

export interface Author {
  /** Full name. */
  readonly name: string;
  /** What this author did, in the author's words. */
  readonly role?: string;
  /** Which part is this author's, where authorship is separate. */
  readonly part?: string;
}

/** A part of the work in which another has rights. */
export interface ThirdPartyPart {
  readonly what: string;
  readonly owner?: string;
  readonly licence?: string;
  /** Where in the work it stands. */
  readonly where?: string;
  /** The exhibit that holds the agreement, as `EX-01`. */
  readonly agreement?: string;
}

/** An AI tool that was used, and the terms that it was used under. */
export interface ToolTerms {
  readonly product: string;
  readonly vendor?: string;
  /** Name of the terms. */
  readonly terms?: string;
  readonly version?: string;
  /** Date of the terms. */
  readonly date?: Day;
  readonly address?: string;
}

/** A person's review of the work. */
export interface Review {
  readonly name: string;
  readonly role?: string;
  readonly contact?: string;
  readonly on?: Day;
  /** What was reviewed. */
  readonly scope?: string;
  readonly approved?: 'yes' | 'no';
}

/** What the abstract (реферат) of a computer program states. */
export interface ProgramFacts {
  readonly purpose?: string;
  readonly field?: string;
  readonly functions?: string;
  readonly characteristics?: string;
  /** Programming languages. */
  readonly languages?: string;
  /** Kind of computer that runs it. */
  readonly computer?: string;
}

/** Something that a composite work is made of. */
export interface Constituent {
  readonly what: string;
  readonly source?: ConstituentSource;
  readonly owner?: string;
  readonly licence?: string;
  /** `none`: no protection is claimed in it. */
  readonly claim?: 'none' | 'own';
  readonly agreement?: string;
}

export { type Profile, profiles };

export const emptyWork: WorkDescription = { title: {}, authors: [], languages: [], files: [] };

export interface WorkReading {
  readonly work: WorkDescription;
  /** The house's thresholds for its review. No part of the description: no report or package holds them. */
  readonly policy?: HousePolicy;
  readonly problems: readonly WorkProblem[];
}

/** Reads the file's text; `undefined`: there is no file. Never throws. */
export function readWork(text: string | undefined): WorkReading {
  if (text === undefined) return { work: emptyWork, problems: [] };
  const json = parsedJson(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { work: emptyWork, problems: [{ field: '', what: json === undefined ? 'notJson' : 'notObject' }] };
  const problems: WorkProblem[] = [];
  const read = fieldsIn(json as Fields, workForm, problems, ['$schema', 'review']);
  const policy = policyIn(json as Fields, problems);
  return { work: { ...emptyWork, ...read }, ...(policy && { policy }), problems };
}
