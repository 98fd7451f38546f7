import { align } from '../../text/diff.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { fileName, handCounts } from './tables.ts';
import type { Words } from './words.ts';

/** Revisions that the page shows; the report's data has more. */
const shown = 25;
/** Places that one comparison may look at: see `text/diff.ts`. */
const budget = 2 ** 16;

/** Section 6: passages before and after. */
export function revisionList({ revisions }: Report, words: Words): string {
  if (revisions.length === 0) return '';
  const entries = revisions.slice(0, shown).map((one, i) => {
    const { removed, added, of } = one;
    const numbers = [one.event, one.lastEvent].map(event => event.slice(event.lastIndexOf(':') + 1));
    const [before, after] = marked(one.before, one.after);
    const at = words.between(one.at, one.until);
    const facts = words.html('revisions.facts', {
      at,
      removed: words.n(removed),
      added: words.n(added),
      hands: handCounts('hand', of, words) || '—',
    });
    const entriesText = words.t('revisions.entries', { first: numbers[0]!, last: numbers[1]! });
    return `<article class="revision"><h3>${i + 1}. ${fileName(one.file, words)}</h3>
<p class="small">${facts} ${entriesText}.${one.repeated === undefined ? '' : ` ${words.t('revisions.repeated', { n: one.repeated })}`}</p>
<dl class="change"><dt>${words.t('revisions.before')}</dt><dd dir="auto">${before}</dd><dt>${words.t('revisions.after')}</dt><dd dir="auto">${after}</dd></dl></article>`;
  });
  return `<p>${words.t('revisions.intro')}</p>${entries.join('\n')}`;
}

/** Both passages with what only one of them has marked; told apart by line-through and underline, not by colour. */
function marked(before: string, after: string): [string, string] {
  let [one, other] = ['', ''];
  let [at, to] = [0, 0];
  for (const { from, to: end, insert } of align(before, after, { budget })) {
    const same = from - at;
    one += lined(before.slice(at, from));
    other += lined(after.slice(to, to + same));
    to += same;
    if (end > from) one += `<del>${lined(before.slice(from, end))}</del>`;
    if (insert !== '') other += `<ins>${lined(insert)}</ins>`;
    at = end;
    to += insert.length;
  }
  return [one + lined(before.slice(at)), other + lined(after.slice(to))];
}

/** Line breaks stand as elements: not every reader of the page keeps them otherwise. */
function lined(passage: string): string {
  return text(passage).replaceAll('\n', '<br>');
}
