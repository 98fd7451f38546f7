import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { facts } from './tables.ts';
import type { Words } from './words.ts';

/** Section 19: two forms to fill in and sign by hand. What the record itself tells is filled in, and nothing else. */
export function declaration({ method, integrity, period }: Report, words: Words): string {
  const record = integrity.map(
    ({ journal, size }) => `<code>${text(journal)}</code>, ${words.t('cover.events', { size })}`,
  );
  const { firstEvent, lastEvent } = period;
  const told: [string, string][] = [
    [words.t('declaration.program'), method.software.map(text).join(', ') || '—'],
    [words.t('declaration.record'), record.join('<br>') || '—'],
    [words.t('cover.recorded'), firstEvent === null || lastEvent === null ? '—' : words.between(firstEvent, lastEvent)],
  ];
  return `<h3>${words.t('declaration.author')}</h3><p>${words.t('declaration.authorText')}</p>${blanks(words)}
<h3>${words.t('declaration.operator')}</h3>${facts(told)}<p>${words.t('declaration.operatorText')}</p>${blanks(words)}`;
}

/** Room for words, and lines for name, date and signature. */
function blanks(words: Words): string {
  const line = '<span class="blank">____________________________</span>';
  const free = `<p class="blank">${'_'.repeat(72)}<br>${'_'.repeat(72)}</p>`;
  return `${free}${facts((['name', 'date', 'signature'] as const).map(name => [words.t(`declaration.${name}`), line]))}`;
}
