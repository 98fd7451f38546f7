import type { Matrix } from './row.ts';
import type { Accuracy } from './sum.ts';

const begin = '<!-- accuracy: written by npm run accuracy -- --write -->';
const end = '<!-- end of accuracy -->';

/** The README with this run's figures between the two marks. */
export function inReadme(readme: string, accuracy: Accuracy): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new RangeError('the README has no place for the accuracy');
  return `${readme.slice(0, from + begin.length)}\n${section(accuracy)}\n${readme.slice(to)}`;
}

/** What a run prints: the matrices by kind and by hand, and the figures. */
export function accuracyText(accuracy: Accuracy): string {
  return [figures(accuracy), table(accuracy.matrix), table(accuracy.byHand), ungated(accuracy)]
    .filter(Boolean)
    .join('\n\n');
}

/** A line for each reason for which characters may be shown as unknown, with the scenarios it holds for. */
export function unknownLines({ unknowns }: Accuracy): readonly string[] {
  const byReason = Map.groupBy(unknowns, ({ reason }) => reason);
  return [...byReason].map(([reason, all]) => `- ${all.map(({ name }) => name).join('; ')}: ${reason}`);
}

function section(accuracy: Accuracy): string {
  const parts = [
    figures(accuracy),
    'Characters by the hand they come from (down) and the hand they are shown as (across):',
    table(accuracy.byHand),
    'Scenarios in which characters may be shown as unknown:',
    unknownLines(accuracy).join('\n'),
    ungated(accuracy),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function figures(accuracy: Accuracy): string {
  const { scenarios, characters, notTypedShownAsTyped, typedShownAsTyped, allTypedShownAsTyped, unknownWithSignal } =
    accuracy;
  return [
    `| ${scenarios} scenarios, ${count(characters)} characters | | gate |`,
    '|---|--:|--:|',
    `| not typed, shown as typed | ${notTypedShownAsTyped} | 0 |`,
    `| typed letters with a keyboard signal, shown as typed | ${percent(typedShownAsTyped)} | at least 99.5% |`,
    `| all typed letters, line breaks and soft wraps among them, shown as typed | ${percent(allTypedShownAsTyped)} | at least 98% |`,
    `| of what entered since recording began, shown as unknown outside the scenarios listed below | ${percent(unknownWithSignal)} | at most 1% |`,
  ].join('\n');
}

function ungated({ ungated }: Accuracy): string {
  if (ungated.length === 0) return '';
  const rows = ungated.map(({ name, matrix }) => {
    const found = Object.entries(matrix).flatMap(([truth, row]) =>
      Object.entries(row).map(([kind, n]) => `${n} ${truth} as ${kind}`),
    );
    return `| ${name} | ${found.join(', ')} |`;
  });
  return ['| without a gate | characters |', '|---|---|', ...rows].join('\n');
}

function table(matrix: Matrix): string {
  const across = [...new Set(Object.values(matrix).flatMap(row => Object.keys(row)))].sort();
  return [
    `| truth \\ shown | ${across.join(' | ')} |`,
    `|---|${across.map(() => '--:|').join('')}`,
    ...Object.entries(matrix).map(
      ([truth, row]) => `| ${truth} | ${across.map(kind => count(row[kind] ?? 0)).join(' | ')} |`,
    ),
  ].join('\n');
}

function count(n: number): string {
  return n === 0 ? '' : n.toLocaleString('en-US');
}

function percent(share: number): string {
  // Rounded down: a share that misses its gate must not look as if it held it.
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)}%`;
}
