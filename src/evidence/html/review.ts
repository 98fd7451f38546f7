import type { Report } from '../report.ts';
import type { ReviewEntry } from '../reviews.ts';
import { text } from './markup.ts';
import { dated, table, under } from './tables.ts';
import type { Words } from './words.ts';
import { workRows } from './workRows.ts';

/** Files of one review that a row names; the others are counted. */
const named = 12;

/** Who has looked at the work, by the record and as the author says, and who answers for it: an answer, and what stands below. */
export function reviewSection(report: Report, words: Words): { readonly answer: string; readonly html: string } {
  const { work, reviews } = report;
  const { reviews: stated = [], editor } = work;
  if (stated.length === 0 && reviews.length === 0 && editor?.name === undefined)
    return { answer: words.t('answer.nothing'), html: '' };
  const responsible = [editor?.name, editor?.role, editor?.contact].filter(part => part !== undefined).join(', ');
  return {
    answer: words.t('answer.review', {
      recorded: reviews.length,
      n: stated.length,
      editor: responsible || words.t('review.none'),
    }),
    html: `${under('review.recorded', words, recorded(reviews, words))}${under('review.list', words, workRows(stated, 'reviews', words))}`,
  };
}

function recorded(reviews: readonly ReviewEntry[], words: Words): string {
  if (reviews.length === 0) return '';
  const head = [words.t('column.reviewer'), words.t('column.when'), words.t('column.reviewed'), words.t('column.note')];
  const rows = reviews.map(one => [
    who(one, words),
    `${dated(one.at, one.event, words)}<br><small>${words.t(`review.by.${one.by}`)}</small>`,
    files(one, words),
    `${approval(one, words)}${one.note === '' ? '' : `<br><bdi>${text(one.note)}</bdi>`}`,
  ]);
  return `<p>${words.t('review.intro')}</p>${table(head, rows, 'words')}`;
}

function who({ reviewer, role, contact }: ReviewEntry, words: Words): string {
  const beside = [role, contact].filter(part => part !== '').map(part => `<bdi>${text(part)}</bdi>`);
  const name = reviewer === '' ? words.t('review.unnamed') : `<bdi>${text(reviewer)}</bdi>`;
  return beside.length === 0 ? name : `${name}<br><small>${beside.join(', ')}</small>`;
}

function files({ files }: ReviewEntry, words: Words): string {
  const shown = files.slice(0, named).map(({ path, text: state }) => {
    return `<bdi>${text(path)}</bdi>: ${words.t(`review.text.${state}`)}`;
  });
  if (files.length > named) shown.push(words.t('review.more', { n: files.length - named }));
  return shown.length === 0 ? words.t('review.noFile') : shown.join('<br>');
}

function approval({ approved }: ReviewEntry, words: Words): string {
  return words.t(approved === null ? 'review.unsaid' : approved ? 'review.approved' : 'review.refused');
}
