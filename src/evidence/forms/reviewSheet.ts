import type { Report } from '../report.ts';
import { listed } from './constituents.ts';
import { authored, type Block, boxes, type Form, fields, heading, open, recorded, table, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields, titleFields } from './register.ts';
import type { FormSource } from './source.ts';
import { systemNames } from './systems.ts';
import type { Wording } from './wording.ts';

/** For a publisher or an employer: the figures, who has reviewed, and room for a decision. */
export function reviewForm({ report, sealed }: FormSource, languages: Languages): Form {
  const { work, totals } = report;
  return formIn('review-sheet', 'review.title', languages, w => {
    const { share } = totals.coverage;
    const third = work.thirdParty === undefined ? w.t('review.thirdUnsaid') : w.t('review.thirdNone');
    return [
      text(w.t('review.note'), 'small'),
      fields(...titleFields(report, w), ...authorFields(report, w)),
      heading(w.t('review.figures')),
      fields(
        recorded(w.t('cover.characters'), w.n(totals.characters)),
        recorded(w.t('review.human'), w.range(totals.human)),
        recorded(w.t('review.machine'), w.range(totals.machine)),
        recorded(w.t('review.unknown'), w.percent(totals.unknown)),
        recorded(w.t('review.coverage'), share === null ? w.t('review.nothing') : w.percent(share)),
        recorded(w.t('cover.tools'), systemNames(report, w).join('; ') || w.t('noneOnRecord')),
      ),
      heading(w.t('review.third')),
      listed('thirdParty', work.thirdParty ?? [], third, w),
      heading(w.t('review.people')),
      fields(
        ...(['name', 'role', 'contact'] as const).map(name => authored(w.field(`editor.${name}`), work.editor?.[name])),
      ),
      listed('reviews', work.reviews ?? [], w.t('review.noneNamed'), w),
      heading(w.t('review.recorded')),
      recordedTable(report, w),
      heading(w.t('review.decision')),
      fields(sealed === undefined ? open(w.t('review.version')) : recorded(w.t('review.version'), sealed.exportId)),
      boxes((['read', 'checked', 'label', 'approved', 'sent'] as const).map(key => w.t(`review.${key}`))),
      { is: 'lines', count: 2 },
      { is: 'signature', labels: [w.t('sign.name'), w.t('sign.position'), w.t('sign.date'), w.t('sign.signature')] },
    ];
  });
}

/** What people put on record: who looked at which text, and whether it stands. */
function recordedTable({ reviews }: Report, w: Wording): Block {
  const rows = reviews.map(({ reviewer, role, at, approved, files }) => [
    [reviewer, role].filter(part => part !== '').join(', ') || null,
    w.dateTime(at),
    approved === null ? null : w.t(approved ? 'review.yes' : 'review.no'),
    files.map(({ path, text }) => `${path}: ${w.t(`review.text.${text}`)}`).join('\n'),
  ]);
  const head = ['review.who', 'column.when', 'review.approvedColumn', 'review.files'] as const;
  return table(
    head.map(key => w.t(key)),
    rows,
    w.t('review.recordedNone'),
  );
}
