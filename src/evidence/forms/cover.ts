import type { PackageLanguage } from '../manifest.ts';
import { type Block, type Form, type FormField, fields, heading, text } from './form.ts';
import { claimFields, registerFields, titleFields } from './register.ts';
import type { FormSource } from './source.ts';
import { Wording } from './wording.ts';

/** The cover sheet in one language: the register's columns, what is claimed and what is not, and the attachments. */
export function coverForm(source: FormSource, language: PackageLanguage): Form {
  const w = new Wording(language);
  const { report } = source;
  const blocks: Block[] = [
    text(w.t('cover.note'), 'small'),
    fields(
      ...titleFields(report, w),
      ...registerFields(report, w),
      ...claimFields(report, w),
      ...recordFields(source, w),
    ),
    heading(w.t('cover.attachments')),
    { is: 'list', items: attachments(source, w) },
    ...(report.profile.startsWith('kz-') ? [heading(w.t('cover.office')), officeTable(w)] : []),
  ];
  return { name: `cover-${language}`, parts: [{ language, title: w.t('cover.title'), blocks }] };
}

/** Columns that the office fills in itself. */
const office = [
  'office.application',
  'office.filed',
  'office.certificate',
  'office.published',
  'office.status',
] as const;

function officeTable(w: Wording): Block {
  return { is: 'table', head: office.map(key => w.t(key)), rows: [office.map(() => '')] };
}

/** The records behind it, by what a stranger finds them. */
export function recordFields({ report, sealed }: FormSource, w: Wording): readonly FormField[] {
  return [
    ...report.integrity.map(
      ({ journal, size, root }): FormField => ({
        label: w.t('cover.record'),
        value: w.t('cover.recordLine', { journal, size, root: root.slice(0, 8).replace(/(.{4})(?=.)/g, '$1 ') }),
        by: 'record',
      }),
    ),
    ...(sealed === undefined
      ? []
      : [{ label: w.t('certificate.exportId'), value: sealed.exportId, by: 'record' as const }]),
  ];
}

function attachments({ report, sealed }: FormSource, w: Wording): readonly string[] {
  const names = report.files.map(({ path }) => path);
  const few = [...names.slice(0, 12), ...(names.length > 12 ? ['…'] : [])].join(', ');
  return [
    w.t('cover.copy', { n: names.length, names: few || '–' }),
    ...(sealed === undefined ? [] : [w.t('cover.report')]),
    ...exhibitLines({ report }, w),
  ];
}

/** The exhibits that stand, each with what it shows. */
export function exhibitLines({ report }: Pick<FormSource, 'report'>, w: Wording): readonly string[] {
  return report.exhibits
    .filter(({ removed }) => removed === null)
    .map(({ name, shows, file }) => w.t('cover.exhibit', { name, shows, file }));
}
