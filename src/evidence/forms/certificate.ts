import { readableFingerprint } from '../../journal/keys.ts';
import { type Block, boxes, type Form, type FormField, fields, heading, recorded, table, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { clockText } from './register.ts';
import type { FormSource } from './source.ts';
import type { Wording } from './wording.ts';

/**
 * The certificate of whoever ran the program: what the system is, how it works, what it does not show, and the digests. In
 * the form of Federal Rules of Evidence 902(13) and (14), to be completed and signed by a person.
 */
export function certificateForm(source: FormSource, languages: Languages): Form {
  return formIn('tool-certificate', 'certificate.title', languages, w => [
    ...certificateBlocks(source, w),
    heading(w.t('certificate.digests')),
    fields(...digestFields(source, w)),
    fileTable(source, w),
    ...personBlocks(source, w),
  ]);
}

/** What section 19 of the report shows of it too. */
export function certificateBlocks({ report, software }: FormSource, w: Wording): readonly Block[] {
  const { method, period, sessions, unobserved } = report;
  const moment = (stamp: string | null) => (stamp === null ? w.t('noneOnRecord') : w.dateTime(stamp));
  const how = ['changes', 'unknown', 'digest', 'accuracy', 'clock', 'limits'] as const;
  return [
    text(w.t('certificate.note'), 'small'),
    heading(w.t('certificate.system')),
    fields(
      recorded(w.t('certificate.program'), method.software.join(', ') || w.t('noneOnRecord')),
      ...(software === '' ? [] : [recorded(w.t('certificate.maker'), software)]),
      recorded(w.t('certificate.first'), moment(period.firstEvent)),
      recorded(w.t('certificate.last'), moment(period.lastEvent)),
      recorded(w.t('certificate.entries'), w.n(method.events)),
      recorded(
        w.t('certificate.changes'),
        w.t('certificate.changesLine', { changes: method.changes, live: method.liveChanges }),
      ),
      recorded(w.t('certificate.sessions'), w.n(sessions.length)),
      recorded(w.t('certificate.gaps'), w.n(unobserved.gaps.length)),
      ...takenFields(report, w),
      recorded(w.t('cover.clock'), clockText(report, w)),
    ),
    heading(w.t('certificate.how')),
    { is: 'list', items: how.map(key => w.t(`certificate.how.${key}`)) },
  ];
}

/** What is not there of the texts, where something is not. */
function takenFields({ integrity }: FormSource['report'], w: Wording): readonly FormField[] {
  const gone = integrity.flatMap(({ takenOut }) => takenOut ?? []);
  if (gone.length === 0) return [];
  const stated = gone.flatMap(({ redactions }) => redactions).reduce((n, { words, digests }) => n + words + digests, 0);
  return [recorded(w.t('certificate.takenOut'), w.n(gone.reduce((n, { withheld }) => n + withheld, stated)))];
}

/** Who certifies, and what: to be completed. */
export function personBlocks({ report }: Pick<FormSource, 'report'>, w: Wording): readonly Block[] {
  return [
    heading(w.t('certificate.person')),
    text(w.t('certificate.know')),
    boxes([w.t('certificate.ran'), w.t('certificate.same'), w.t('certificate.broken')]),
    { is: 'lines', count: 3 },
    ...(report.profile === 'us' ? [text(w.t('certificate.penalty'))] : []),
    {
      is: 'signature',
      labels: [w.t('sign.name'), w.t('sign.position'), w.t('sign.place'), w.t('sign.date'), w.t('sign.signature')],
    },
  ];
}

function digestFields({ report, sealed }: FormSource, w: Wording): readonly FormField[] {
  return [
    ...report.integrity.flatMap(({ journal, root, keys }) => [
      recorded(w.t('certificate.journal'), journal),
      recorded(w.t('certificate.root'), root),
      recorded(
        w.t('certificate.keys'),
        keys.map(key => readableFingerprint(key.fingerprint)).join('\n') || w.t('noneOnRecord'),
      ),
    ]),
    ...(sealed === undefined ? [] : [recorded(w.t('certificate.exportId'), sealed.exportId)]),
  ];
}

function fileTable({ report, sealed }: FormSource, w: Wording): Block {
  const head = [w.t('certificate.file'), w.t(sealed === undefined ? 'certificate.textSha256' : 'certificate.sha256')];
  const rows =
    sealed === undefined
      ? report.files.map(({ path, textDigest }) => [path, textDigest])
      : sealed.files.map(({ path, fileDigest }) => [path, fileDigest]);
  return table(head, rows, w.t('certificate.noFiles'));
}
