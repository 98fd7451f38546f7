import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { dated, table } from './tables.ts';
import type { Words } from './words.ts';

/** Packages that were made of the record before. */
export function exportTable({ exports = [] }: Report, words: Words): string {
  const rows = exports.map(({ exportId, archiveDigest, size, profile, at, event }) => [
    text(exportId),
    words.named('profile', profile),
    words.n(size),
    dated(at, event, words),
    `<code>${text(archiveDigest.replace(/(.{4})(?=.)/g, '$1 '))}</code>`,
  ]);
  const head = ['column.export', 'cover.profile', 'column.events', 'column.made', 'column.digest'] as const;
  if (rows.length === 0) return '';
  return `<p>${words.t('exports.intro')}</p>${table(
    head.map(name => words.t(name)),
    rows,
    'words',
  )}`;
}
