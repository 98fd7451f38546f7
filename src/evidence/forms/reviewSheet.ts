import { listed } from './constituents.ts';
import { authored, boxes, type Form, fields, heading, open, recorded, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields, systemNames, titleFields } from './register.ts';
import type { FormSource } from './source.ts';

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
      heading(w.t('review.decision')),
      fields(sealed === undefined ? open(w.t('review.version')) : recorded(w.t('review.version'), sealed.exportId)),
      boxes((['read', 'checked', 'label', 'approved', 'sent'] as const).map(key => w.t(`review.${key}`))),
      { is: 'lines', count: 2 },
      { is: 'signature', labels: [w.t('sign.name'), w.t('sign.position'), w.t('sign.date'), w.t('sign.signature')] },
    ];
  });
}
