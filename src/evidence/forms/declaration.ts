import type { Report } from '../report.ts';
import { type Block, boxes, type Form, fields, heading, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields, titleFields } from './register.ts';
import type { FormSource } from './source.ts';
import type { Wording } from './wording.ts';

/** The declaration of the author, to be completed and signed by hand: it states nothing that the author has not stated. */
export function declarationForm({ report }: FormSource, languages: Languages): Form {
  return formIn('declaration', 'declaration.title', languages, w => [
    fields(...titleFields(report, w), ...authorFields(report, w)),
    ...declarationBlocks(report, w),
  ]);
}

/** What section 19 of the report shows of it too. */
export function declarationBlocks({ work }: Pick<Report, 'work'>, w: Wording): readonly Block[] {
  const ticked = (key: Parameters<Wording['t']>[0]) => boxes([w.t(key)]);
  const lines = (count: number): Block => ({ is: 'lines', count });
  return [
    text(w.t('declaration.note'), 'small'),
    ...(work.statement === undefined ? [] : [heading(w.t('declaration.own')), text(work.statement, 'own')]),
    text(w.t('declaration.state')),
    ticked('declaration.read'),
    ticked('declaration.typed'),
    lines(2),
    ticked('declaration.origin'),
    lines(2),
    ticked('declaration.unrecorded'),
    lines(2),
    boxes([w.t('declaration.tool'), w.t('declaration.rights')]),
    text(w.t('declaration.contribution')),
    lines(3),
    ...signatures(work.authors, w),
  ];
}

/** Each author signs. */
function signatures(authors: Report['work']['authors'], w: Wording): readonly Block[] {
  const sign: Block = {
    is: 'signature',
    labels: [w.t('sign.name'), w.t('sign.place'), w.t('sign.date'), w.t('sign.signature')],
  };
  if (authors.length < 2) return [sign];
  return authors.flatMap(({ name }, i) => [text(w.t('sign.author', { n: i + 1, name })), sign]);
}
