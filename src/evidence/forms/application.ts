import { authorsOf, standingOf, usLines } from './claims.ts';
import { authored, type Form, type FormField, fields, heading, open, recorded, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import type { FormSource } from './source.ts';
import { Wording } from './wording.ts';

/** The lines of the Standard Application of the United States Copyright Office, in the order of its screens; English first. */
export function applicationForm({ report }: FormSource, languages: Languages): Form {
  const { work } = report;
  const lines = usLines(report, new Wording('en'));
  const { open: undecided } = standingOf(report);
  const form = formIn('us-application', 'us.title', [...new Set(['en' as const, ...languages])], w => {
    const line = (label: string, said: readonly string[]): FormField => recorded(label, said.join('; ') || null);
    const { title, publication } = work;
    const published = [w.choice('publication.status', publication?.status), publication?.on, publication?.where];
    return [
      text(w.t('us.note'), 'small'),
      fields(
        authored(w.t('us.titleOfWork'), title.en ?? title.und ?? title.ru ?? title.kk),
        authored(w.t('us.author'), authorsOf(report)),
        authored(w.t('us.completed'), work.created?.to?.slice(0, 4)),
        authored(w.t('us.published'), published.filter(part => part !== undefined).join(', ')),
        line(w.t('us.created'), lines.created),
        line(w.t('us.excluded'), lines.excluded),
        line(w.t('us.new'), lines.excluded.length === 0 ? [] : lines.created),
        recorded(w.t('us.noteToCo'), lines.note),
      ),
      ...(lines.created.length === 0 ? [text(w.t('us.nothing'))] : []),
      ...(undecided > 0 ? [text(w.t('us.decide', { n: undecided }))] : []),
      heading(w.t('us.person')),
      fields(open(w.t('us.citizenship')), open(w.t('us.hire')), open(w.t('us.claimant'))),
    ];
  });
  return { ...form, plain: true };
}
