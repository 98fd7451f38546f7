import { type Hand, hands } from '../../provenance/origin.ts';
import type { ActTable } from '../acts.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

/** Who acts on text: what was there before recording does not. */
const actors: readonly Hand[] = hands.filter(hand => hand !== 'earlier');

const columns = ['made', 'accepted', 'rejected', 'undone'] as const;

/** Who removed and moved text that was there; nothing where nobody did. */
export function actTables({ acts, edits }: Report, words: Words): string {
  const tables = (['removed', 'moved'] as const).map(name => actTable(name, acts[name], words)).join('');
  return (tables === '' ? '' : `<h3>${words.t('acts.title')}</h3>${tables}`) + editTable(edits, words);
}

/** What became of tools' edits; nothing where no record tells of any. */
function editTable(edits: Report['edits'], words: Words): string {
  if (edits.length === 0) return '';
  const head = columns.map(name => `<th scope="col">${words.t(`column.edits.${name}`)}</th>`).join('');
  const rows = edits.map(edit => {
    const cells = columns.map(name => `<td>${words.n(edit[name])}</td>`).join('');
    return `<tr><th scope="row">${text(edit.agent)}</th>${cells}</tr>`;
  });
  return `<h3>${words.t('name.edits')}</h3><p>${words.t('define.edits')}</p>
<div class="wide"><table class="figs"><thead><tr><th scope="col">${words.t('column.edits.tool')}</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function actTable(name: 'removed' | 'moved', table: ActTable, words: Words): string {
  const rows = hands.flatMap(hand => {
    const counts = table[hand];
    if (counts === undefined) return [];
    const cells = actors.map(actor => `<td>${words.n(counts[actor] ?? 0)}</td>`).join('');
    return [`<tr><th scope="row">${words.named('hand', hand)}</th>${cells}</tr>`];
  });
  if (rows.length === 0) return '';
  const head = actors.map(actor => `<th scope="col">${words.named('actor', actor)}</th>`).join('');
  return `<p>${words.t(`define.${name}`)}</p>
<div class="wide"><table class="figs"><thead><tr><th scope="col">${words.t('column.actText')}</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
