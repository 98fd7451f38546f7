import type { Report } from '../report.ts';
import { standingOf } from './claims.ts';
import { boxes, type Form, heading, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import type { FormSource } from './source.ts';
import type { Wording } from './wording.ts';

/** What a person still has to add: for the author, not for the reader. */
export function checklistForm({ report }: FormSource, languages: Languages): Form {
  return formIn('checklist', 'checklist.title', languages, w => {
    const empty = report.work.empty.map(name => w.field(name));
    const left = leftOpen(report, w);
    return [
      text(w.t('checklist.note'), 'small'),
      heading(w.t('checklist.empty')),
      empty.length === 0 ? text(w.t('checklist.emptyNone')) : boxes(empty),
      heading(w.t('checklist.papers')),
      boxes([...papersFor(report, w), ...anyone(w)]),
      heading(w.t('checklist.record')),
      left.length === 0 ? text(w.t('checklist.recordNone')) : boxes(left),
    ];
  });
}

function papersFor(report: Report, w: Wording): readonly string[] {
  const { profile } = report;
  switch (profile) {
    case 'kz-contribution':
      return kazakhstan(report, w, []);
    case 'kz-composite':
      return kazakhstan(report, w, [w.t('check.constituents')]);
    case 'kz-prompt':
      return kazakhstan(report, w, [
        w.t('check.prompts', { n: report.prompts.filter(({ protect }) => protect === 'yes').length }),
      ]);
    case 'kz-program':
      return kazakhstan(report, w, [w.t('check.program')]);
    case 'us':
      return [w.t('check.us'), w.t('check.usFields'), w.t('check.usLines')];
    case 'generic':
      return [w.t('check.copy'), w.t('check.review'), w.t('check.kdp')];
  }
}

function kazakhstan({ work }: Report, w: Wording, own: readonly string[]): readonly string[] {
  return [
    w.t('check.application'),
    w.t('check.copy'),
    w.t('check.payment'),
    w.t('check.agent'),
    ...own,
    ...agreements(work, w),
    ...(work.coauthorship === 'separate' ? [w.t('check.separate')] : []),
    w.t('check.religious'),
    w.t('check.signature'),
  ];
}

/** Works of others that no agreement is attached for; for composite and derivative works the rule itself. */
function agreements({ kind, thirdParty = [], constituents = [] }: Report['work'], w: Wording): readonly string[] {
  const without = [
    ...thirdParty.filter(({ agreement }) => agreement === undefined),
    ...constituents.filter(({ source, agreement }) => source === 'licensed' && agreement === undefined),
  ];
  const rule = kind === 'composite' || kind === 'derivative' ? [w.t('check.agreement')] : [];
  return [...rule, ...without.map(({ what }) => w.t('check.agreementOf', { what }))];
}

function anyone(w: Wording): readonly string[] {
  return [w.t('check.declaration'), w.t('check.certificate'), w.t('check.sealSheet')];
}

function leftOpen(report: Report, w: Wording): readonly string[] {
  const { integrity, unobserved } = report;
  const { open } = standingOf(report);
  const { gaps, unsaved, unrecorded } = unobserved;
  return [
    ...(integrity.some(({ timeStamps }) => timeStamps.count > 0) ? [] : [w.t('check.noClock')]),
    ...(open > 0 ? [w.t('check.open', { n: open })] : []),
    ...(gaps.length > 0 ? [w.t('check.gaps', { n: gaps.length })] : []),
    ...(unsaved.length > 0 ? [w.t('check.unsaved', { names: unsaved.join(', ') })] : []),
    ...(unrecorded.length > 0 ? [w.t('check.unrecorded', { names: unrecorded.join(', ') })] : []),
  ];
}
