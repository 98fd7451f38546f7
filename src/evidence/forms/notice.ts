import type { NoticeEntry } from '../notices.ts';
import { standsSince } from '../restrictions.ts';
import { type Block, boxes, type Form, fields, heading, open, recorded, table, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields, titleFields } from './register.ts';
import type { FormSource } from './source.ts';
import type { Wording } from './wording.ts';

/**
 * A notice to a service provider, in the form of a proposed law and marked as such on its face: it names the work, the right,
 * the addresses and what is asked. What it states is the right holder's, to be read, ticked and signed by hand.
 */
export function noticeForm({ report }: FormSource, notice: NoticeEntry, languages: Languages): Form {
  const said = (value: string) => (value.trim() === '' ? null : value);
  const field = (label: string, value: string) => ({ label, value: said(value), by: 'author' }) as const;
  const form = formIn(`notice-${notice.name.toLowerCase()}`, 'notice.title', languages, w => [
    text(w.t('notice.proposed'), 'small'),
    fields(
      field(w.t('notice.provider'), notice.provider),
      field(w.t('notice.contact'), notice.contact),
      recorded(w.t('notice.number'), notice.name),
      open(w.t('sign.date')),
    ),
    heading(w.t('notice.work')),
    fields(
      ...titleFields(report, w),
      ...authorFields(report, w),
      recorded(w.t('notice.workId'), report.work.work ?? null),
    ),
    heading(w.t('notice.addresses')),
    notice.addresses.length === 0 ? text(w.t('empty'), 'small') : { is: 'list', items: notice.addresses },
    heading(w.t('notice.states')),
    boxes([w.t('notice.holder'), w.t('notice.same'), w.t('notice.unpermitted')]),
    heading(w.t('notice.asks')),
    text(w.t('notice.measures')),
    ...(said(notice.asked) === null ? [] : [text(notice.asked, 'own')]),
    heading(w.t('notice.proof')),
    fields(field(w.t('notice.proof'), notice.proof)),
    restrictionTable({ report }, w),
    ...(said(notice.remarks) === null ? [] : [heading(w.t('notice.remarks')), text(notice.remarks, 'own')]),
    {
      is: 'signature',
      labels: [w.t('sign.name'), w.t('notice.reply'), w.t('sign.date'), w.t('sign.signature')],
    },
  ]);
  return { ...form, plain: true };
}

/** The ban on training AI models that stands by the record, since when, and where. */
export function restrictionTable({ report }: Pick<FormSource, 'report'>, w: Wording): Block {
  const rows = report.restrictions
    .filter(({ standing }) => standing)
    .map(one => [w.report('restrictionForm', one.form), one.place, w.dateTime(standsSince(one, report.restrictions))]);
  const head = [w.t('schedule.form'), w.t('schedule.place'), w.t('schedule.since')];
  return table(head, rows, w.t('schedule.noRestriction'));
}
