import type { AiInsertions } from '../aiInsertions.ts';
import type { Report } from '../report.ts';
import { actTables } from './acts.ts';
import { text } from './markup.ts';
import { dated, fileName, handCounts, quoted, table, under } from './tables.ts';
import type { Words } from './words.ts';

/** AI insertions that the page names; the report's data has more. */
const shownInsertions = 60;

/** Section 5: plan and order, what was put elsewhere, what was chosen and left out. */
export function composition(report: Report, words: Words): string {
  const { work, files, axes, moves, insertions } = report;
  const arranged = handCounts('actor', axes.arranged, words);
  const order = files.map(({ path }) => `<li><bdi>${text(path)}</bdi></li>`);
  return [
    under('composition.plan', words, work.plan === undefined ? '' : `<p dir="auto">${text(work.plan)}</p>`),
    under('composition.order', words, order.length < 2 ? '' : `<ol>${order.join('')}</ol>`),
    arranged === '' ? '' : `<p>${words.html('composition.arranged', { hands: arranged })}</p>`,
    under('composition.moves', words, moveTable(moves, words)),
    under('composition.insertions', words, insertionTable(report, insertions, words)),
    under('composition.decisions', words, decisionTable(report, words)),
    actTables(report, words),
  ].join('\n');
}

function moveTable({ count, listed }: Report['moves'], words: Words): string {
  if (count === 0) return '';
  const rows = listed.map(move => [
    dated(move.at, move.event, words),
    `${quoted(move.begins, 90)}<br><small>${fileName(move.file, words)}</small>`,
    words.n(move.characters),
    handCounts('hand', move.of, words),
    `${words.named('placement', move.how)}; ${words.named('actor', move.by)}, ${words.named('basis', move.basis)}`,
  ]);
  const head = ['when', 'begins', 'characters', 'actText', 'by'] as const;
  const more = words.t('composition.movesMore', { n: count, shown: listed.length });
  return `<p>${more}</p>${table(
    head.map(name => words.t(`column.${name}`)),
    rows,
    'words',
  )}`;
}

function insertionTable({ prompts }: Report, all: AiInsertions, words: Words): string {
  const { inserted, unaltered, altered, removed, became } = all;
  const n = became.kept + became.altered + became.removed;
  if (n === 0) return '';
  const numbers = new Map(prompts.map(({ id, number }) => [id, number]));
  const largest = all.listed.toSorted((a, b) => b.inserted - a.inserted).slice(0, shownInsertions);
  const shown = all.listed.filter(one => largest.includes(one));
  const rows = shown.map(one => {
    const number = one.prompt === null ? undefined : numbers.get(one.prompt);
    return [
      dated(one.at, one.event, words),
      `${one.begins === null ? '—' : quoted(one.begins, 90)}<br><small>${fileName(one.file, words)}</small>`,
      number === undefined ? words.named('kind', one.kind) : `<a href="#p${number}">${number}</a>`,
      `${words.named('became', one.became)}${takers(one.removedBy, words)}`,
      ...[one.inserted, one.unaltered, one.altered, one.removed].map(count => words.n(count)),
    ];
  });
  const head = ['when', 'begins', 'prompt', 'became', 'inserted', 'unaltered', 'altered', 'removed'];
  const by = takers(all.removedBy, words, '');
  return `<p>${words.t('composition.insertionsSum', { inserted, unaltered, altered, removed })}${by === '' ? '' : ` ${words.html('composition.removedBy', { hands: by })}`} ${words.t('composition.listed', { n, shown: rows.length })}</p>${table(
    head.map(name => words.named('column', name)),
    rows,
    'words',
  )}`;
}

function takers(by: AiInsertions['removedBy'], words: Words, before = '<br>'): string {
  const said = by.map(
    ({ hand, basis, characters }) =>
      `${words.named('actor', hand)} (${words.named('basis', basis)}) ${words.n(characters)}`,
  );
  return said.length === 0 ? '' : `${before}${said.join(', ')}`;
}

function decisionTable({ decisions: { count, listed }, prompts }: Report, words: Words): string {
  if (count === 0) return `<p>${words.t('composition.noDecisions')}</p>`;
  const numbers = new Map(prompts.map(({ id, number }) => [id, number]));
  const rows = listed.map(one => {
    const number = one.prompt === null ? undefined : numbers.get(one.prompt);
    return [
      dated(one.at, one.event, words),
      words.named('outcome', one.outcome),
      text(one.agent),
      `<bdi>${text(one.file)}</bdi>`,
      number === undefined ? '—' : `<a href="#p${number}">${number}</a>`,
      one.length === null ? '—' : words.n(one.length),
    ];
  });
  const head = ['when', 'outcome', 'system', 'file', 'prompt', 'characters'] as const;
  return `<p>${words.t('composition.decisionsMeans', { n: count, shown: listed.length })}</p>${table(
    head.map(name => words.t(`column.${name}`)),
    rows,
    'words',
  )}`;
}
