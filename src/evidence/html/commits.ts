import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

/** Digits of a commit's id that people name it by. */
export const shortId = 10;

/** The git commits that brought text, with their authors. */
export function commitTable({ commits }: Report, words: Words): string {
  const rows = commits.map(({ id, author, authored, inserted, retained }) => {
    const name = author === '' ? '—' : `<bdi>${text(author)}</bdi>`;
    return `<tr><th scope="row"><code title="${text(id)}">${text(id.slice(0, shortId))}</code></th><td>${name}</td><td>${words.dateTime(authored)}</td><td>${words.n(inserted)}</td><td>${words.n(retained)}</td></tr>`;
  });
  const head = ['commit', 'author', 'authored', 'inserted', 'retained'] as const;
  return `<p>${words.t('commits.intro')}</p><div class="wide"><table class="figs words"><thead><tr>${head
    .map(name => `<th scope="col">${words.t(`column.${name}`)}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
