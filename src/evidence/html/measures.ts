import { hands } from '../../provenance/origin.ts';
import type { Axes, Split } from '../axes.ts';
import type { PartAccount } from '../parts.ts';
import type { Report } from '../report.ts';
import { fileTable, passageTable } from './files.ts';
import { text } from './markup.ts';
import { partChart } from './partChart.ts';
import { table, under } from './tables.ts';
import type { Words } from './words.ts';

/** Parts that the page names; the report's data has all. */
const mostParts = 300;

/** Section 4: the files, the two axes of origin and state, words and lines, and the parts of each file. */
export function measures(report: Report, words: Words): string {
  const { axes, files } = report;
  return [
    fileTable(report, words),
    axes.characters === 0 ? '' : under('measures.axes', words, axesTable(axes, words)),
    axes.characters === 0 ? '' : under('measures.units', words, splitTable(axes, words)),
    passageTable(report, words),
    under('measures.chart', words, partChart(files, words)),
    under('measures.parts', words, partTable(files, words)),
  ].join('\n');
}

function axesTable({ origin, firstHuman, firstMachine }: Axes, words: Words): string {
  const rows = hands.flatMap(first => {
    const row = origin[first];
    if (row === undefined) return [];
    const sum = hands.reduce((n, hand) => n + (row[hand] ?? 0), 0);
    return [[words.named('hand', first), ...hands.map(hand => words.n(row[hand] ?? 0)), words.n(sum)]];
  });
  const head = [words.t('column.first'), ...hands.map(hand => words.named('hand', hand)), words.t('column.all')];
  const bounds = `${words.t('figure.firstHuman')}: ${words.range(firstHuman)}; ${words.t('column.firstMachine')}: ${words.range(firstMachine)}.`;
  return `<p>${words.t('measures.axesIntro')} ${bounds}</p>${table(head, rows, 'figs')}`;
}

function splitTable({ words: of, lines }: Axes, words: Words): string {
  const row = (name: string, { total, hands: byHand, mixed, blank }: Split) => [
    name,
    words.n(total),
    ...hands.map(hand => words.n(byHand[hand])),
    words.n(mixed),
    words.n(blank),
  ];
  const head = [words.t('column.unit'), words.t('column.all'), ...hands.map(hand => words.named('hand', hand))];
  return table(
    [...head, words.t('column.mixed'), words.t('column.blank')],
    [row(words.t('column.words'), of), row(words.t('column.lines'), lines)],
    'figs',
  );
}

/** Files that name parts, and their parts; of very many the largest. */
function partTable(files: Report['files'], words: Words): string {
  const parted = files.filter(({ parts }) => parts.length > 0);
  const sizes = parted.flatMap(({ parts }) => parts.map(({ axes }) => axes.characters)).sort((a, b) => b - a);
  const least = sizes.length > mostParts ? sizes[mostParts - 1]! : 0;
  let left = sizes.length;
  const rows = parted.flatMap(({ path, axes, parts }) => {
    const shown = parts.filter(part => part.axes.characters >= least);
    left -= shown.length;
    return [
      axesRow(`<strong><bdi>${text(path)}</bdi></strong>`, axes, words),
      ...shown.map(part => axesRow(partName(part, words), part.axes, words)),
    ];
  });
  if (rows.length === 0) return '';
  const head = ['part', 'characters', 'words', 'lines', 'human', 'machine', 'unknown', 'firstHuman', 'moved'] as const;
  const more = left > 0 ? `<p class="small">${words.t('measures.more', { n: left })}</p>` : '';
  return `<p>${words.t('measures.partsIntro')}</p>${table(
    head.map(name => words.t(`column.${name}`)),
    rows,
    'figs',
  )}${more}`;
}

function axesRow(name: string, axes: Axes, words: Words): string[] {
  const moved = hands.reduce((n, hand) => n + (axes.arranged[hand] ?? 0), 0);
  const counts = [axes.characters, axes.words.total, axes.lines.total].map(n => words.n(n));
  const shares = [words.range(axes.human), words.range(axes.machine), words.percent(axes.unknown)];
  return [name, ...counts, ...shares, words.range(axes.firstHuman), words.n(moved)];
}

/** As the text names it, set in by its depth. */
export function partName({ unit, title, level }: PartAccount, words: Words): string {
  if (unit === 'front' || unit === 'rest') return `<em>${words.t(`part.${unit}`)}</em>`;
  return `${'\u2003'.repeat(Math.min(level, 6) - 1)}<bdi>${text(title)}</bdi>`;
}
