import { canonicalJson } from '../journal/canonical.ts';
import { type Hand, hands } from '../provenance/origin.ts';
import type { FileAccount } from './account.ts';
import { type Member, textMember } from './bag.ts';
import type { Report } from './report.ts';
import { type RestrictionEntry, standsSince } from './restrictions.ts';

/** Where one file of a data library comes from: a line of `origin.jsonl`. */
export interface OriginEntry {
  readonly path: string;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** As the author states them; empty: nobody is named. */
  readonly authors: readonly string[];
  /** The record that tells how the text came to be, and what the author states of others' parts that lie in this very file. */
  readonly source: {
    readonly journal: string;
    readonly thirdParty: readonly { readonly what: string; readonly owner: string | null }[];
  };
  /** Characters by hand; null: the report has another text of the file. */
  readonly characters: Readonly<Record<Hand, number>> | null;
  /** AI systems that put text into it which stands. */
  readonly systems: readonly string[];
  /** Of others' parts in this file, as the author states them; empty: none is stated. */
  readonly licences: readonly string[];
  /** The ban on training AI models that stands by the record for this file; null: none. */
  readonly optOut: {
    /** Since when, of the one that has stood longest. */
    readonly since: string;
    readonly forms: readonly { readonly form: RestrictionEntry['form']; readonly place: string }[];
  } | null;
}

interface Bytes {
  readonly path: string;
  readonly fileDigest: string;
}

/** A line for each file, in their order. */
export function originEntries(report: Report, files: readonly Bytes[]): OriginEntry[] {
  const accounts = new Map(report.files.map(account => [account.path, account]));
  const authors = report.work.authors.map(({ name }) => name);
  const agents = new Map(report.prompts.map(({ id, agent }) => [id, agent]));
  return files.map(({ path, fileDigest }) => {
    const account = accounts.get(path);
    const others = (report.work.thirdParty ?? []).filter(({ where }) => where === path);
    return {
      path,
      sha256: fileDigest,
      authors,
      source: {
        journal: account?.journal ?? '',
        thirdParty: others.map(({ what, owner = null }) => ({ what, owner })),
      },
      characters: account === undefined ? null : charactersOf(account),
      systems: account === undefined ? [] : systemsIn(account, agents),
      licences: others.flatMap(({ licence }) => (licence === undefined ? [] : [licence])),
      optOut: optOutOf(path, report.restrictions),
    };
  });
}

/** RFC 8785 JSON, a line a file. */
export function originLines(entries: readonly OriginEntry[]): string {
  return entries.map(entry => `${canonicalJson(entry)}\n`).join('');
}

/** `data/origin.jsonl`: for whoever takes the work into a data library. */
export function originMember(report: Report, files: readonly Bytes[]): Member {
  return textMember('data/origin.jsonl', originLines(originEntries(report, files)));
}

function charactersOf({ measures }: FileAccount): Record<Hand, number> {
  return Object.fromEntries(hands.map(hand => [hand, measures.hands[hand].characters])) as Record<Hand, number>;
}

function systemsIn({ spans }: FileAccount, agents: ReadonlyMap<string, string>): string[] {
  const found = spans.flatMap(({ prompt }) => agents.get(prompt ?? '') ?? []);
  return [...new Set(found)].sort();
}

/** What stands in the file itself, and what stands for the folder or the site that it lies in. */
function optOutOf(path: string, all: readonly RestrictionEntry[]): OriginEntry['optOut'] {
  const own = all.filter(one => one.standing && (one.place === path || isAbove(one, path)));
  const [first] = own.map(one => standsSince(one, all)).sort((a, b) => Date.parse(a) - Date.parse(b));
  if (first === undefined) return null;
  return { since: first, forms: own.map(({ form, place }) => ({ form, place })) };
}

function isAbove({ form, place }: RestrictionEntry, path: string): boolean {
  if (form === 'header' || form === 'meta') return false;
  const folder = above(form === 'tdmrep' ? above(place) : place);
  return folder === '.' || path.startsWith(`${folder}/`);
}

/** The folder of a path with `/`. Not Node's: `verify.html` says the same, and has no paths of its own. */
function above(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}
