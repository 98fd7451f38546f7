import { milestoneName } from '../exhibits.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { dated, entry, table } from './tables.ts';
import type { Words } from './words.ts';

/** Files that the author attached, also those that were taken back. */
export function exhibitTable({ exhibits }: Report, words: Words): string {
  const rows = exhibits.map(one => {
    const { name, what, shows, file, size, sha256, attached, event, removed, purged } = one;
    const notes = [
      ...(one.dated === null ? [] : [text(one.dated)]),
      ...(removed === null ? [] : [words.html('exhibits.removed', { at: words.dateTime(removed) })]),
      ...(purged ? [words.t('exhibits.purged')] : []),
    ];
    const digest = sha256 === null ? '—' : `<code>${text(sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 '))}…</code>`;
    return [
      text(name),
      `<bdi>${text(shows)}</bdi>${notes.length === 0 ? '' : `<br><small>${notes.join('; ')}</small>`}`,
      `<bdi>${text(file)}</bdi><br><small>${words.named('exhibit', what)}</small>`,
      dated(attached, event, words),
      words.n(size),
      digest,
    ];
  });
  const head = ['exhibit', 'shows', 'file', 'attached', 'size', 'digest'] as const;
  if (rows.length === 0) return '';
  return `<p>${words.t('exhibits.intro')}</p>${table(
    head.map(name => words.t(`column.${name}`)),
    rows,
    'words',
  )}`;
}

/** Points that the author marked, numbered in each journal by itself, as the versions in its package are. */
export function milestoneTable({ milestones }: Report, words: Words): string {
  const ranks = new Map<string, number>();
  const rows = milestones.map(({ at, text: what, event }) => {
    const journal = event.slice(0, event.lastIndexOf(':'));
    const rank = (ranks.get(journal) ?? 0) + 1;
    ranks.set(journal, rank);
    return [milestoneName(rank), words.dateTime(at), `<bdi>${text(what)}</bdi>`, entry(event, words)];
  });
  if (rows.length === 0) return '';
  const head = ['column.exhibit', 'column.when', 'column.milestone', 'column.entry'] as const;
  return `<p>${words.t('milestones.intro')}</p>${table(
    head.map(name => words.t(name)),
    rows,
    'words',
  )}`;
}
