import type { Report } from '../report.ts';
import { commitTable } from './commits.ts';
import { text } from './markup.ts';
import { table, under } from './tables.ts';
import type { Words } from './words.ts';
import { workRows } from './workRows.ts';

/** Section 10: text that came from outside, what git brought, and what the author says belongs to others. */
export function sources(report: Report, words: Words): string {
  const { files, commits, work } = report;
  const rows = files.flatMap(({ path, measures: { hands, kinds } }) => {
    if (hands.outside.characters === 0) return [];
    const of = (['pasted.external', 'pasted.editor', 'external.git'] as const).map(kind =>
      words.n(kinds[kind]?.characters ?? 0),
    );
    return [[`<bdi>${text(path)}</bdi>`, words.n(hands.outside.characters), ...of]];
  });
  const head = [
    words.t('column.file'),
    words.t('column.all'),
    ...(['pasted.external', 'pasted.editor', 'external.git'] as const).map(kind => words.named('kind', kind)),
  ];
  const named =
    work.thirdParty === undefined
      ? ''
      : workRows(work.thirdParty, 'thirdParty', words) || `<p>${words.t('sources.noneNamed')}</p>`;
  return [
    under('sources.outside', words, table(head, rows, 'figs')),
    under('section.commits', words, commits.length === 0 ? '' : commitTable(report, words)),
    under('sources.named', words, named),
  ].join('\n');
}
