import { boxes, type Form, heading, table, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import type { FormSource } from './source.ts';

/** Amazon KDP's question on AI content: the facts of each text beside it, and the answer left to the author. */
export function kdpForm({ report }: FormSource, languages: Languages): Form {
  const head = ['column.file', 'kdp.firstMachine', 'kdp.machine', 'kdp.edits', 'kdp.open'] as const;
  const answers = ['none', 'some', 'whole', 'images', 'translations', 'tools'] as const;
  return formIn('kdp', 'kdp.title', languages, w => {
    const rows = report.files.map(({ path, axes: { origin, hands } }) => {
      const machine = origin.machine ?? {};
      const first = Object.values(machine).reduce((n, characters) => n + characters, 0);
      const open = hands.outside + hands.earlier + hands.unknown;
      return [path, ...[first, hands.machine, machine.human ?? 0, open].map(n => w.n(n))];
    });
    return [
      text(w.t('kdp.note'), 'small'),
      heading(w.t('kdp.texts')),
      table(
        head.map(key => w.t(key)),
        rows,
        w.t('kdp.none'),
      ),
      text(w.t('kdp.counts'), 'small'),
      heading(w.t('kdp.images')),
      text(w.t('kdp.imagesText')),
      heading(w.t('kdp.answer')),
      boxes(answers.map(key => w.t(`kdp.answer.${key}`))),
      { is: 'lines', count: 2 },
      { is: 'signature', labels: [w.t('sign.name'), w.t('sign.date'), w.t('sign.signature')] },
    ];
  });
}
