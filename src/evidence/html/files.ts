import { hands } from '../../provenance/origin.ts';
import type { FileAccount } from '../account.ts';
import type { Report } from '../report.ts';
import { handClass, linesOf, type Pointers } from './lines.ts';
import { text } from './markup.ts';
import { shareBar } from './shareBar.ts';
import type { Words } from './words.ts';

/** All files with their figures, in one table. */
export function fileTable({ files }: Report, words: Words): string {
  if (files.length === 0) return `<p>${words.t('files.none')}</p>`;
  const head = ['file', 'characters', 'human', 'machine', 'unknown', 'coverage'] as const;
  const rows = files.map(({ path, measures }, i) => {
    const { characters, human, machine, unknown, coverage } = measures;
    const share = coverage.share === null ? '—' : words.percent(coverage.share);
    return `<tr><th scope="row"><a href="#f${i + 1}"><bdi>${text(path)}</bdi></a></th><td>${words.n(characters)}</td><td>${words.range(human)}</td><td>${words.range(machine)}</td><td>${words.percent(unknown)}</td><td>${share}</td></tr>`;
  });
  return `<div class="wide"><table class="figs"><thead><tr>${head.map(name => `<th scope="col">${words.t(`column.${name}`)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** The passage axis: sentences of prose, lines of code. */
export function passageTable({ passages }: Report, words: Words): string {
  const rows = passages
    .filter(({ total }) => total > 0)
    .map(
      axis =>
        `<tr><th scope="row">${words.named('unit', axis.unit)}</th><td>${words.n(axis.total)}</td>${hands.map(hand => `<td>${words.n(axis.hands[hand])}</td>`).join('')}<td>${words.n(axis.humanInMachine)}</td><td>${words.n(axis.machineInOther)}</td></tr>`,
    );
  if (rows.length === 0) return '';
  return `<h3>${words.t('passages.title')}</h3><p>${words.t('define.passages')}</p>
<div class="wide"><table class="figs"><thead><tr><th scope="col">${words.t('column.unit')}</th><th scope="col">${words.t('column.all')}</th>${hands
    .map(hand => `<th scope="col" title="${words.named('hand', hand)}">${words.named('letter', hand)}</th>`)
    .join(
      '',
    )}<th scope="col">${words.t('column.humanInMachine')}</th><th scope="col">${words.t('column.machineInOther')}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** How the text is marked, by example. */
export function legend(words: Words): string {
  const items = hands.map(hand => {
    const sample = words.t('legend.sample');
    const letter = words.named('letter', hand);
    const drawn =
      hand === 'human'
        ? sample
        : `<span class="${handClass[hand]}">${hand === 'mechanical' ? sample : `<i>⟦${letter} </i>${sample}<i>⟧</i>`}</span>`;
    return `<div><dt><span class="swatch ${handClass[hand]}">${letter}</span> ${words.named('hand', hand)}</dt><dd class="sample">${drawn}</dd><dd>${words.named('legend', hand)}</dd></div>`;
  });
  return `<p>${words.t('legend.intro')}</p><dl class="legend">${items.join('')}</dl><p>${words.t('legend.special')}</p>`;
}

/** One file's text with its marks. `number` counts from 1. */
export function fileText(
  file: FileAccount,
  number: number,
  words: Words,
  pointers: Pointers,
  language: string,
  heights: Set<number>,
): string {
  const { measures, passages } = file;
  const facts = [
    words.t('files.facts', { characters: measures.characters, lines: file.lines }),
    words.html('files.shares', {
      human: words.range(measures.human),
      machine: words.range(measures.machine),
      unknown: words.percent(measures.unknown),
    }),
    file.lastRecorded === null ? '' : words.html('files.last', { time: words.dateTime(file.lastRecorded) }),
    words.html('files.digest', { digest: `<code>${file.textDigest}</code>` }),
    file.unsaved ? words.t('files.unsaved') : '',
  ];
  const kind = passages.unit === 'sentence' ? 'prose' : 'code';
  return `<article class="file" id="f${number}" aria-labelledby="f${number}t"><h3 id="f${number}t"><bdi>${text(file.path)}</bdi></h3>
<p class="small">${facts.filter(fact => fact !== '').join(' ')}</p>
${shareBar(measures, words)}
<div class="text ${kind}"${kind === 'prose' ? language : ' translate="no"'} role="group" aria-label="${words.t('files.text')}">
${linesOf(file, words, pointers, heights)}
</div></article>`;
}
