import { hash } from 'node:crypto';
import { readableFingerprint } from '../journal/keys.ts';
import { formatSealLine } from '../journal/sealLine.ts';
import type { Member } from './bag.ts';
import { isAfterSeal, nationalMember, sheetMember } from './closing.ts';
import { text } from './html/markup.ts';
import { fileNameOf, type Manifest, type PackageLanguage } from './manifest.ts';
import { type Moment, stamp } from './moment.ts';
import { type PackageText, packageText } from './packageTexts.ts';
import { sealDigest, sealMember } from './seal.ts';
import { checkOverSeal } from './timeStamps/kept.ts';
import { sealStampsAmong } from './timeStamps/members.ts';
import { noTrust } from './timeStamps/trust.ts';
import { pageMember } from './verifyPageMember.ts';

/** What the sheet speaks of: members that are sealed, and the seal. */
const fingerprinted: readonly (readonly [name: string, key: PackageText])[] = [
  [sealMember, 'sheet.seal'],
  ['data/report/report.pdf', 'sheet.report'],
  ['data/journal/checkpoint.txt', 'sheet.checkpoint'],
  [pageMember, 'sheet.page'],
];

/**
 * `SEAL-SHEET.pdf` as markup: one page a language, the package's own first, to be printed and kept apart from the
 * package: what it is, fingerprints in groups of four, the seal line, what stands over the seal, how to check, and a
 * place to sign. `members`: all that the sheet may speak of, in the archive's order.
 */
export function sealSheet(manifest: Manifest, moment: Moment, members: readonly Member[]): string {
  const own = manifest.language;
  const languages = [own, ...(['kk', 'ru', 'en'] as const).filter(language => language !== own)];
  return `<main>${languages.map(language => sheetIn(language, manifest, moment, members)).join('\n')}</main>`;
}

function sheetIn(language: PackageLanguage, manifest: Manifest, moment: Moment, members: readonly Member[]): string {
  const t = (key: PackageText, args?: Readonly<Record<string, string>>) => text(packageText(language, key, args));
  const { work, journals, key, exportId, software } = manifest;
  const { journal = '', size = 0, root = '' } = journals[0] ?? {};
  const stamps = members.filter(({ name }) => name.endsWith('.tsr') && !isAfterSeal(name));
  const facts: readonly (readonly [PackageText, string])[] = [
    ['fact.title', text(titleIn(language, manifest))],
    ['fact.authors', text(work.authors.map(({ name }) => name).join(', ')) || t('authors.none')],
    ['fact.exportId', exportId],
    ['fact.until', stamp(moment)],
    ['fact.size', String(size)],
    ['fact.key', readableFingerprint(key)],
    ['fact.software', text(software)],
  ];
  const digests = fingerprinted.flatMap(([name, label]) => {
    const member = members.find(one => one.name === name);
    return member === undefined ? [] : [`<dt>${t(label)} (${name})</dt><dd>${grouped(member)}</dd>`];
  });
  const line = formatSealLine({ journal, size, root: Buffer.from(root, 'hex') });
  return `<section class="cover" lang="${language}">
<h1>${t('sheet.title')}</h1>
<p>${t('sheet.what', { file: fileNameOf(manifest) })}</p>
<dl>${facts.map(([label, value]) => `<dt>${t(label)}</dt><dd>${value}</dd>`).join('')}</dl>
<h2>${t('sheet.fingerprints')}</h2>
<dl>${digests.join('')}</dl>
<p>${t('sheet.line')}</p>
<p class="small">${text(line)}</p>
<p>${t('sheet.stamps', { count: String(stamps.length) })}</p>
${laterOf(language, members)}
<h2>${t('sheet.check')}</h2>
<p>${t('sheet.how', { file: fileNameOf(manifest) })}</p>
<p>${t('sheet.sign')}</p>
</section>`;
}

/** What was made after the seal and is over it: time stamps with what they say, and other signatures. */
function laterOf(language: PackageLanguage, members: readonly Member[]): string {
  const seal = members.find(({ name }) => name === sealMember);
  const later = members.filter(({ name }) => isAfterSeal(name) && name !== sheetMember && !name.endsWith('.pem'));
  if (seal === undefined || later.length === 0) return '';
  const t = (key: PackageText) => text(packageText(language, key));
  const overSeal = sealStampsAmong(new Map(members.map(({ name, bytes }) => [name, bytes])), {
    digest: sealDigest(seal.bytes),
    size: 0,
  });
  const rows = later.map(member => {
    const kept = overSeal.find(one => one.member === member.name);
    const found = kept?.seal && checkOverSeal(kept.seal, kept, noTrust);
    // What is not good is named by the verification.
    const said = found === undefined || 'code' in found ? [] : [stamp({ time: found.time, zone: 0 }), found.authority];
    const label = t(member.name === nationalMember ? 'sheet.national' : 'sheet.sealStamp');
    return `<dt>${label} (${member.name})</dt><dd>${text([...said, grouped(member)].join(', '))}</dd>`;
  });
  return `<p>${t('sheet.later')}</p><dl>${rows.join('')}</dl>`;
}

function titleIn(language: PackageLanguage, { work: { title } }: Manifest): string {
  const given = title[language] ?? title.und ?? title.kk ?? title.ru ?? title.en;
  return given ?? packageText(language, 'title.none');
}

/** SHA-256 in groups of four. */
function grouped({ bytes }: Member): string {
  return (hash('sha256', bytes, 'hex').match(/.{4}/g) ?? []).join(' ');
}
