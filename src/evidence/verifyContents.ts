import { canonicalJson } from '../journal/canonical.ts';
import { Misfit } from '../journal/replay.ts';
import type { Member } from './bag.ts';
import { closingMember, isAfterSeal, sheetMember, sheetSpeaksOf } from './closing.ts';
import { afterSeal, baggedOf, type Contents, contentsOf } from './contents.ts';
import { type ExhibitLeftOut, isExhibit } from './exhibitMembers.ts';
import type { SealedSource } from './integrity.ts';
import { manifestMember, manifestVersion, type PackageInputs, type PackageLanguage } from './manifest.ts';
import { canonicalValue } from './packagedSalts.ts';
import { eventsMember } from './packageSource.ts';
import { printer } from './printer.ts';
import { sealMember } from './seal.ts';
import { packageSoftware } from './software.ts';
import { type NotChecked, redactedNote, type Wrong } from './verification.ts';
import { pageMember } from './verifyPageMember.ts';
import { profiles, readWork } from './work.ts';

/** Members whose wording may change from one version of the software to the next. */
const worded =
  /^(README-FIRST\.html|SEAL-SHEET\.pdf|verify\/.*|data\/(report|forms|schema)\/.*|data\/notices\/.*\.txt|data\/ro-crate-.*)$/;

/**
 * Makes every member again from the events and compares: works, spans, prompts, measures, report and
 * lists. `members`: what the package holds; `inputs`: what its manifest says it was made from.
 */
export function contentFaults(
  members: ReadonlyMap<string, Uint8Array>,
  source: SealedSource,
  inputs: PackageInputs,
  publicKey: string,
  record: readonly Member[],
): { readonly wrong: readonly Wrong[]; readonly notChecked: readonly NotChecked[] } {
  let contents: Contents;
  try {
    // No event holds an exhibit: what is held is compared with the digest below.
    contents = contentsOf(source, record, inputs, publicKey, (_, member) => members.get(member));
  } catch (error) {
    // These events were not written by our own code: whatever they break in it is their fault.
    if (!(error instanceof Error)) throw error;
    const detail = error instanceof Misfit ? error.message : `${error.name}: ${error.message}`;
    return { wrong: [{ member: eventsMember, what: 'eventMisfit', detail }], notChecked: [] };
  }
  return new Comparison(members, inputs).of(contents);
}

class Comparison {
  readonly wrong: Wrong[] = [];
  readonly notChecked: NotChecked[] = [];
  readonly #members: ReadonlyMap<string, Uint8Array>;
  readonly #inputs: PackageInputs;
  #unmade: ReadonlySet<string> = new Set();

  constructor(members: ReadonlyMap<string, Uint8Array>, inputs: PackageInputs) {
    this.#members = members;
    this.#inputs = inputs;
  }

  of(contents: Contents): this {
    this.#unmade = printer ? contents.unmade : new Set([...contents.unmade, sheetMember]);
    this.notChecked.push(...takenNotes(contents));
    for (const { member, fileDigest, statedDigest, blanks } of contents.manifest.files) {
      if (blanks !== undefined) this.notChecked.push({ member, why: 'blanks', detail: String(blanks) });
      else if (statedDigest === null) this.notChecked.push({ member, why: 'bytesNotStated' });
      else if (statedDigest !== fileDigest) this.notChecked.push({ member, why: 'otherBytes', detail: statedDigest });
    }
    for (const exhibit of contents.exhibits) {
      const held = this.#members.get(exhibit.member);
      if (held !== undefined && !isExhibit(exhibit, held))
        this.wrong.push({ member: exhibit.member, what: 'notDerived', detail: exhibit.name });
    }
    if (canonicalJson(this.#inputs.exhibitsLeftOut ?? []) !== canonicalJson(contents.exhibitsLeftOut))
      this.wrong.push({ member: manifestMember, what: 'notDerived', detail: 'exhibitsLeftOut' });
    this.notChecked.push(...exhibitNotes(contents));
    const payload = contents.payload.map(member => this.#compared(member));
    const tags = contents.tags.map(member => this.#compared(member));
    // The lists are made of what is held, so that one wrong member does not make them wrong too.
    const bagged = baggedOf({ ...contents, payload, tags });
    const seal: Member = { name: sealMember, bytes: this.#members.get(sealMember) ?? new Uint8Array(0) };
    const later = (sheetSpeaksOf(this.#members) ?? []).map((name): Member => {
      return { name, bytes: this.#members.get(name)! };
    });
    const after = afterSeal(contents, [...bagged, seal, ...later]);
    for (const member of after) this.#compared(member);
    const known = new Set([sealMember, closingMember, ...[...bagged, ...after].map(({ name }) => name)]);
    // What else was made after the seal was held against the closing.
    const strangers = [...this.#members.keys()].filter(name => !known.has(name) && !isAfterSeal(name));
    this.wrong.push(...strangers.map(member => ({ member, what: 'notOfPackage' as const })));
    const own = new Set([...payload, ...tags].map(({ name }) => name));
    for (const member of bagged) if (!own.has(member.name)) this.#compared(member);
    return this;
  }

  /** The member as the package holds it, once what is wrong with it was noted. */
  #compared({ name, bytes }: Member): Member {
    const held = this.#members.get(name);
    if (held === undefined) this.wrong.push({ member: name, what: 'missing' });
    else if (this.#unmade.has(name))
      this.notChecked.push({ member: name, why: name === pageMember ? 'ownPage' : 'print' });
    else if (Buffer.compare(held, bytes) !== 0) this.#differs(name);
    return { name, bytes: held ?? bytes };
  }

  #differs(member: string): void {
    const { software } = this.#inputs;
    if (software === packageSoftware || !worded.test(member)) this.wrong.push({ member, what: 'notDerived' });
    else this.notChecked.push({ member, why: 'otherSoftware', detail: software });
  }
}

/** An exhibit that is not here is known by its digest alone. */
function exhibitNotes({ manifest }: Contents): NotChecked[] {
  return (manifest.exhibitsLeftOut ?? []).map(({ exhibit, why }) => ({
    member: manifestMember,
    why: why === 'withheld' ? 'exhibitWithheld' : 'exhibitMissing',
    detail: exhibit,
  }));
}

/** What is not there cannot be checked: how much, and why, as the events tell. */
function takenNotes({ redactions, manifest }: Contents): NotChecked[] {
  const withheld = manifest.takenOut?.withheld ?? 0;
  const notes = redactions.map(one => redactedNote(eventsMember, one));
  if (withheld > 0) notes.push({ member: eventsMember, why: 'withheld', detail: String(withheld) });
  return notes;
}

/** What the manifest says the package was made from; whether the rest of it is true is found by making it again. */
export function inputsIn(manifest: string): PackageInputs | Wrong['what'] {
  const value = manifest.endsWith('\n') ? canonicalValue(manifest.slice(0, -1)) : undefined;
  if (typeof value !== 'object' || value === null) return 'manifestMalformed';
  const { schema, version, software, profile, language, key, work } = value as Partial<Record<string, unknown>>;
  if (schema !== 'holograph.package' || typeof version !== 'number') return 'manifestMalformed';
  if (version > manifestVersion) return 'newer';
  const named = profiles.find(name => name === profile);
  const spoken = languages.find(name => name === language);
  if (named === undefined || spoken === undefined || work === undefined) return 'manifestMalformed';
  // It stands in the package's papers: no room for a sentence.
  if (typeof software !== 'string' || !/^holograph\/[0-9A-Za-z.+-]{1,40}$/.test(software)) return 'manifestMalformed';
  if (typeof key !== 'string') return 'manifestMalformed';
  const { work: read, problems } = readWork(JSON.stringify(work));
  if (problems.length > 0 || canonicalJson(read) !== canonicalJson(work)) return 'manifestMalformed';
  const left = (value as Partial<Record<string, unknown>>).exhibitsLeftOut;
  if (left !== undefined && !isLeftOut(left)) return 'manifestMalformed';
  return { software, profile: named, language: spoken, key, work: read, ...(left && { exhibitsLeftOut: left }) };
}

function isLeftOut(value: unknown): value is readonly ExhibitLeftOut[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((one: Partial<ExhibitLeftOut> | null) => {
    const named = typeof one?.exhibit === 'string' && /^EX-\d{2,}$/.test(one.exhibit);
    return named && (one.why === 'withheld' || one.why === 'missing') && Object.keys(one).length === 2;
  });
}

const languages: readonly PackageLanguage[] = ['en', 'ru', 'kk'];
