import { hands } from '../../provenance/origin.ts';
import { claimBlocks } from '../forms/claimBlocks.ts';
import { blocksMarkup } from '../forms/drawn.ts';
import { Wording } from '../forms/wording.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { table, under } from './tables.ts';
import type { Words } from './words.ts';
import { workRows } from './workRows.ts';

/** Section 2: what the author states, what the record holds of each origin, and ready texts for the forms of registries. */
export function claim(report: Report, words: Words): string {
  const { work, totals, prompts } = report;
  const w = new Wording(words.language);
  const rows = hands.map(hand => {
    const { characters, retained } = totals.hands[hand];
    const share = totals.characters === 0 ? 0 : characters / totals.characters;
    const name = `${words.named('letter', hand)} · ${words.named('hand', hand)} <small>${words.named('hand.means', hand)}</small>`;
    return [name, words.n(characters), words.percent(share), words.n(retained)];
  });
  const head = [
    words.t('column.hand'),
    words.t('column.standing'),
    words.t('column.share'),
    words.t('column.retained'),
  ];
  const count = (what: (typeof prompts)[number]['protect']) => prompts.filter(({ protect }) => protect === what).length;
  const marked = { yes: count('yes'), no: count('no'), open: count('undecided') };
  return [
    under(
      'claim.statement',
      words,
      work.statement === undefined
        ? ''
        : `<blockquote class="prompt-text" dir="auto">${text(work.statement)}</blockquote>`,
    ),
    `<h3>${text(w.t('claim.ready'))}</h3>${blocksMarkup(claimBlocks(report, w), words.language, 4)}`,
    under('claim.material', words, table(head, rows, 'figs')),
    under('claim.constituents', words, workRows(work.constituents ?? [], 'constituents', words)),
    prompts.length === 0 ? '' : `<p>${words.t('claim.prompts', marked)}</p>`,
  ].join('\n');
}
