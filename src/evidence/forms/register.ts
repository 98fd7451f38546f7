import type { Report } from '../report.ts';
import { claimText, notClaimed } from './claims.ts';
import { authored, type FormField, recorded } from './form.ts';
import { systemNames } from './systems.ts';
import type { Wording } from './wording.ts';

/** The titles in each language that the register has a column for, and in those that the author gave. */
export function titleFields({ work: { title }, profile }: Report, w: Wording): readonly FormField[] {
  const kazakhstan = profile.startsWith('kz-');
  const asked = (language: string) => (kazakhstan ? language === 'ru' || language === 'kk' : language === w.language);
  return (['ru', 'kk', 'en', 'und'] as const)
    .filter(language => asked(language) || title[language] !== undefined)
    .map(language => authored(w.field(`title.${language}`), title[language]));
}

/** The columns of a register, each value alone, in the order in which forms ask for them: sections 0 and 2 of the report show the same. */
export function registerFields(report: Report, w: Wording): readonly FormField[] {
  const { work, period, profile } = report;
  const { created } = work;
  const moment = (stamp: string | null) => (stamp === null ? w.t('noneOnRecord') : w.dateTime(stamp));
  return [
    authored(w.field('kind'), w.choice('kind', work.kind)),
    { label: w.t('cover.claimKind'), value: w.t(`claimKind.${profile}`), by: 'form' },
    ...authorFields(report, w),
    authored(w.t('cover.from'), created?.from),
    authored(w.t('cover.to'), created?.to),
    recorded(w.t('cover.firstHuman'), moment(period.firstTyped)),
    recorded(w.t('cover.lastHuman'), moment(period.lastTyped)),
    recorded(w.t('cover.clock'), clockText(report, w)),
    authored(w.field('place'), work.place),
    authored(w.field('languages'), work.languages.map(tag => languageName(tag, w)).join(', ')),
    ...volumeFields(report, w),
    ...toolFields(report, w),
  ];
}

/** Who the tool is, what is claimed and what is not. */
export function claimFields(report: Report, w: Wording): readonly FormField[] {
  return [
    { label: w.t('cover.role'), value: w.t('cover.asTool'), by: 'form' },
    { label: w.t('cover.claimed'), value: claimText(report, w), by: 'form' },
    ...notClaimed(report, w).map(
      (value, i): FormField => ({
        label: i === 0 ? w.t('cover.notClaimed') : `${w.t('cover.notClaimed')} ${i + 1}`,
        value,
        by: 'form',
      }),
    ),
  ];
}

export function authorFields({ work }: Report, w: Wording): readonly FormField[] {
  const { authors, coauthorship } = work;
  const numbered = (name: string, i: number) => (authors.length > 1 ? `${name} ${i + 1}` : name);
  const named = authors.flatMap(({ name, role, part }, i) => [
    authored(numbered(w.field('authors.name'), i), name),
    ...(role === undefined ? [] : [authored(numbered(w.field('authors.role'), i), role)]),
    ...(part === undefined ? [] : [authored(numbered(w.field('authors.part'), i), part)]),
  ]);
  const together =
    authors.length === 1
      ? { label: w.field('coauthorship'), value: w.t('cover.oneAuthor'), by: 'form' as const }
      : authored(w.field('coauthorship'), w.choice('coauthorship', coauthorship));
  return [...(named.length === 0 ? [authored(w.field('authors.name'), undefined)] : named), together];
}

/** Between which times outside clocks saw the record. */
export function clockText({ integrity }: Report, w: Wording): string {
  const count = integrity.reduce((n, { timeStamps }) => n + timeStamps.count, 0);
  const shown = integrity.flatMap(({ timeStamps }) => timeStamps.shown);
  if (count === 0) return w.t('cover.noClock');
  const times = shown.map(({ time }) => time).sort();
  if (times.length === 0) return w.t('cover.clockUnread', { count });
  const authority = [...new Set(shown.map(one => one.authority))].join('; ');
  const [first, last] = [w.dateTime(times[0]!), w.dateTime(times.at(-1)!)];
  return w.t('cover.clockLine', { first, last, count, authority });
}

/** One author's sheet, in characters with spaces. */
const authorsSheet = 40_000;

function volumeFields({ totals, files }: Report, w: Wording): readonly FormField[] {
  const code = files.filter(({ passages }) => passages.unit === 'line').reduce((n, { lines }) => n + lines, 0);
  return [
    recorded(w.t('cover.characters'), w.n(totals.characters)),
    recorded(w.t('cover.sheets'), w.decimal(totals.characters / authorsSheet, 2)),
    ...(code > 0 ? [recorded(w.t('cover.code'), w.n(code))] : []),
  ];
}

function toolFields(report: Report, w: Wording): readonly FormField[] {
  const { tools } = report.work;
  const stated = (tools ?? []).map(({ product, vendor }) => (vendor === undefined ? product : `${product}, ${vendor}`));
  return [
    recorded(w.t('cover.tools'), systemNames(report, w).join('; ') || w.t('noneOnRecord')),
    authored(w.t('cover.toolsStated'), tools?.length === 0 ? w.t('noneStated') : stated.join('; ')),
  ];
}

/** A language by its name where it has one here, else by its tag. */
function languageName(tag: string, w: Wording): string {
  const [language = tag] = tag.toLowerCase().split('-');
  const name = w.report('language', language);
  return name === language ? tag : language === tag ? name : `${name} (${tag})`;
}
