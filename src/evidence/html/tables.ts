import { hands } from '../../provenance/origin.ts';
import type { HandCounts } from '../flow.ts';
import { text } from './markup.ts';
import type { WordKey, Words } from './words.ts';

/** A table with a head; cells are HTML already. The first of each row is its head. `kind`: `words` sets text to the left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], kind: 'figs' | 'words'): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ([first = '', ...cells]) =>
      `<tr><th scope="row">${first}</th>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table class="figs${kind === 'words' ? ' words' : ''}"><thead><tr>${head
    .map(cell => `<th scope="col">${cell}</th>`)
    .join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

/** A table of names and values, without a head. */
export function facts(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return rows.length === 0 ? '' : `<table class="facts"><tbody>${lines.join('')}</tbody></table>`;
}

/** A heading with what stands under it; nothing where there is nothing. */
export function under(key: WordKey, words: Words, html: string): string {
  return html === '' ? '' : `<h3>${words.t(key)}</h3>${html}`;
}

/** `Human 12, Unknown 3`. */
export function handCounts(named: 'hand' | 'actor', counts: HandCounts, words: Words): string {
  return hands
    .filter(hand => counts[hand] !== undefined)
    .map(hand => `${words.named(named, hand)} ${words.n(counts[hand] ?? 0)}`)
    .join(', ');
}

/** A foreign text of which the reader sees the beginning. */
export function quoted(foreign: string, longest = 160): string {
  const characters = [...foreign.slice(0, 2 * longest)];
  const shown = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : foreign;
  return `<q dir="auto">${text(shown.trim())}</q>`;
}

/** When it was, and in small by which event a stranger finds it. */
export function dated(at: string, event: string | null, words: Words): string {
  return `${words.dateTime(at)}<br><small>${entry(event, words)}</small>`;
}

/** The number of an event in its journal: what a stranger finds it by. */
export function entry(event: string | null, words: Words): string {
  return event === null ? '—' : words.t('text.event', { event: event.slice(event.lastIndexOf(':') + 1) });
}

export function fileName(path: string | null, words: Words): string {
  return path === null ? words.t('prompts.noFile') : `<bdi>${text(path)}</bdi>`;
}
