import type { PackageLanguage } from './manifest.ts';
import { signerText } from './national/verified.ts';
import { packageText } from './packageTexts.ts';
import type { Verification } from './verification.ts';

/**
 * A verification in words: the sentence that says it all first, then one line for each thing that is
 * wrong, then one for each that was not checked. Control characters in foreign names are escaped.
 */
export function verificationText(verification: Verification, language: PackageLanguage): readonly string[] {
  const { wrong, notChecked, subject, timeStamps, signatures } = verification;
  const whole = packageText(language, wholes[subject.form]);
  const place = (member: string) => (member === '' ? whole : plain(member));
  return [
    firstSentence(verification, language),
    ...wrong.map(({ member, what, detail }) => {
      const said = packageText(language, `what.${what}`);
      return `${place(member)}: ${said}${detail === undefined ? '' : ` (${placed(plain(detail), language)})`}`;
    }),
    ...clockLines(timeStamps, language),
    ...signatureLines(signatures, language),
    ...notChecked.map(({ member, why, detail }) => {
      const said = packageText(language, `why.${why}`, { detail: placed(plain(detail ?? ''), language) });
      return `${packageText(language, 'verify.notChecked')}: ${place(member)}: ${said}`;
    }),
  ];
}

const wholes = { package: 'whole', journal: 'wholeJournal', proof: 'wholeProof' } as const;

function firstSentence(verification: Verification, language: PackageLanguage): string {
  const { consistent, wrong, notChecked } = verification;
  if (!consistent) return packageText(language, 'verify.wrong', { count: wrong.length });
  if (verification.subject.form === 'proof') return proofSentence(verification, language);
  const sentence = [consistentSentence(verification, language), ...stampedSentence(verification, language)].join('; ');
  // Whoever sealed the package chose what stands in a report that was not made again: not to be said last and apart.
  const unread = notChecked.some(({ why }) => why === 'otherSoftware');
  return unread ? `${sentence}; ${packageText(language, 'verify.otherSoftware')}` : sentence;
}

function consistentSentence({ keyKnown, anchoredTo }: Verification, language: PackageLanguage): string {
  const size = anchoredTo?.size ?? 0;
  if (keyKnown) return packageText(language, anchoredTo === null ? 'verify.key' : 'verify.both', { size });
  return packageText(language, anchoredTo === null ? 'verify.alone' : 'verify.anchor', { size });
}

/** What an outside clock stands for that the person who checks may trust. */
function stampedSentence({ anchoredAt }: Verification, language: PackageLanguage): readonly string[] {
  if (anchoredAt === null) return [];
  const { size, time, authority, recorded } = anchoredAt;
  const said = packageText(language, 'verify.stamped', { size, time, authority: plain(authority) });
  return recorded === null ? [said] : [said, packageText(language, 'verify.dated', { recorded })];
}

/** One line for each clock that somebody stands for; the others are named among what was not checked. */
function clockLines(timeStamps: Verification['timeStamps'], language: PackageLanguage): readonly string[] {
  const trusted = timeStamps.filter(({ standing }) => standing === 'given' || standing === 'wellKnown');
  const overSeal = trusted.flatMap(({ member, time, authority }) => {
    if (member === undefined) return [];
    return [packageText(language, 'verify.sealStamp', { member, time, authority: plain(authority) })];
  });
  const others = trusted.filter(({ member }) => member === undefined);
  const groups = [...Map.groupBy(others, ({ authority }) => authority)].map(([authority, own]) => {
    const times = own.map(({ time }) => time).sort();
    const size = Math.max(...own.map(one => one.size));
    const span = { count: own.length, first: times[0]!, last: times.at(-1)!, size };
    return packageText(language, 'verify.timeStamps', { authority: plain(authority), ...span });
  });
  return [...groups, ...overSeal];
}

/** One line for each signature whose certificate somebody stands for; the others are named among what was not checked. */
function signatureLines(signatures: Verification['signatures'], language: PackageLanguage): readonly string[] {
  const trusted = signatures.filter(({ standing }) => standing === 'given' || standing === 'wellKnown');
  return trusted.map(signature => {
    const who = placed(plain(signerText(signature)), language);
    return packageText(language, 'verify.national', { member: signature.member, who });
  });
}

/** What a proof shows, and of what key and head it does. */
function proofSentence(verification: Verification, language: PackageLanguage): string {
  const { subject, keyKnown, anchoredTo } = verification;
  const { event, from, size = 0, journal = '' } = subject;
  const stands = event && packageText(language, 'proof.event', { ...event, kind: plain(event.kind), size, journal });
  const grew = from && packageText(language, 'proof.growth', { from: from.size, size, journal });
  const key = packageText(language, keyKnown ? 'proof.key' : 'proof.noKey');
  const anchor = anchoredTo === null ? [] : [packageText(language, 'proof.anchor', { size: anchoredTo.size })];
  return [stands ?? grew, key, ...anchor, ...stampedSentence(verification, language)].join('; ');
}

/** What is wrong in detail is for experts, and not translated; which event it is about, and how much was taken out, is for everybody. */
export function placed(detail: string, language: PackageLanguage): string {
  const taken = /^(?<parts>\d+) \+ (?<digests>\d+), event (?<sequence>\d+): (?<reason>.*)$/su.exec(detail)?.groups;
  if (taken !== undefined) return packageText(language, 'verify.redacted', taken);
  const said = (_: string, sequence: string) => packageText(language, 'verify.event', { sequence });
  const numbered = (_: string, kind: string, number: string) =>
    packageText(language, kind === 'IIN' ? 'verify.iin' : 'verify.bin', { number });
  return detail.replace(/^event (\d+)/u, said).replace(/\b(IIN|BIN) (\d{12})\b/gu, numbered);
}

/** Nothing foreign may move the cursor of a terminal or reorder its line. */
export function plain(foreign: string): string {
  const escaped = (char: string) => `\\u{${char.codePointAt(0)!.toString(16)}}`;
  return foreign.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}
