import { hands } from '../../provenance/origin.ts';
import { registerFields } from '../forms/register.ts';
import { Wording } from '../forms/wording.ts';
import type { Report } from '../report.ts';
import { handClass } from './lines.ts';
import { text } from './markup.ts';
import { shareBar } from './shareBar.ts';
import type { ReportLanguage, Words } from './words.ts';

/** The first page: what the work is, who made it, the figures, and what they do not say. */
export function cover(report: Report, words: Words): string {
  return `<header class="cover">
<p class="kicker">${words.t('report.class')}</p>
<h1>${heading(report, words)}</h1>
${facts(report, words)}
<p class="note">${words.t('cover.notClaimed')}</p>
<figure>${shareBar(report.totals, words)}</figure>
<p class="note">${words.t('summary.noVerdict')}</p>
</header>`;
}

/** Section 1: what the figures say, in words and at a glance, and by hand. */
export function summary(report: Report, words: Words): string {
  return `${prose(report, words)}
${figures(report, words)}
<p class="small"><a href="#s20">${words.t('summary.pointer')}</a></p>
${handTable(report, words)}`;
}

/** The titles as the author gives them, the report's own language first. Empty if there are none. */
export function titlesOf({ work: { title } }: Report, language: ReportLanguage): string[] {
  const given = ([language, 'und', 'en', 'ru', 'kk'] as const).map(tongue => title[tongue]);
  return [...new Set(given)].filter(name => name !== undefined);
}

function heading(report: Report, words: Words): string {
  const [first, ...others] = titlesOf(report, words.language);
  if (first === undefined) return `<span class="empty">${words.t('cover.noTitle')}</span>`;
  return `<bdi>${text(first)}</bdi>${others.map(other => `<small><bdi>${text(other)}</bdi></small>`).join('')}`;
}

/** What the cover sheets for a register say too, in the same words; and by what the record is found. */
function facts(report: Report, words: Words): string {
  const { period, integrity } = report;
  const empty = `<span class="empty">${words.t('cover.notGiven')}</span>`;
  const register = registerFields(report, new Wording(words.language)).map(({ label, value }): [string, string] => [
    text(label),
    value === null ? empty : `<bdi>${text(value)}</bdi>`,
  ]);
  const rows: [string, string][] = [
    ...register,
    [words.t('cover.recorded'), span(period.firstEvent, period.lastEvent, words)],
    [words.t('cover.journal'), integrity.map(({ journal, size }) => journalLine(journal, size, words)).join('<br>')],
    [
      words.t('cover.seal'),
      integrity
        .map(({ root }) =>
          words.html('cover.sealText', {
            root: `<code>${text(root.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 '))}</code>`,
          }),
        )
        .join('<br>'),
    ],
  ];
  return `<table class="facts"><tbody>${rows
    .map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`)
    .join('')}</tbody></table>`;
}

function journalLine(journal: string, size: number, words: Words): string {
  return `<code>${text(journal)}</code>, ${words.t('cover.events', { size })}`;
}

function span(first: string | null, last: string | null, words: Words): string {
  if (first === null || last === null) return words.t('cover.none');
  return words.between(first, last);
}

function prose({ totals, files, prompts, unobserved }: Report, words: Words): string {
  const notLive = totals.coverage.entered - totals.coverage.live;
  if (totals.characters === 0) return `<p>${words.t('summary.nothing')}</p>`;
  const count = (hand: (typeof hands)[number]) => totals.hands[hand].characters;
  const open = count('outside') + count('earlier') + count('unknown');
  const sentences = [
    words.html('summary.whole', { files: words.n(files.length), characters: words.n(totals.characters) }),
    words.html('summary.human', { n: words.n(count('human')), share: words.percent(totals.human.low) }),
    count('machine') === 0
      ? words.t('summary.noMachine', { prompts: prompts.length })
      : words.html('summary.machine', {
          n: words.n(count('machine')),
          share: words.percent(totals.machine.low),
          prompts: words.n(prompts.length),
        }),
    count('mechanical') > 0 ? words.t('summary.mechanical', { n: count('mechanical') }) : '',
    open > 0
      ? words.html('summary.open', {
          n: words.n(open),
          from: openFrom(totals, words),
          high: words.percent(totals.human.high),
        })
      : words.t('summary.closed'),
    open > 0 ? words.html('summary.openMachine', { high: words.percent(totals.machine.high) }) : '',
    totals.coverage.share === null
      ? words.t('summary.noCoverage')
      : words.html('summary.coverage', { share: words.percent(totals.coverage.share) }),
    notLive > 0 ? words.t('summary.notLive', { n: notLive }) : '',
    unobserved.gaps.length > 0 ? words.t('summary.gaps', { n: unobserved.gaps.length }) : words.t('summary.noGaps'),
  ];
  return `<p class="plain">${sentences.filter(sentence => sentence !== '').join(' ')}</p>`;
}

/** Where text came from of which nobody says who composed it: only what there is. */
function openFrom({ kinds, hands: of }: Report['totals'], words: Words): string {
  const git = kinds['external.git']?.characters ?? 0;
  const parts = [
    ['pasted', of.outside.characters - git],
    ['git', git],
    ['earlier', of.earlier.characters],
    ['unknown', of.unknown.characters],
  ] as const;
  return parts
    .filter(([, n]) => n > 0)
    .map(([name, n]) => words.t(`summary.from.${name}`, { n }))
    .join('; ');
}

function figures({ totals, axes }: Report, words: Words): string {
  const { human, machine, unknown, coverage } = totals;
  const figure = (key: 'human' | 'machine' | 'firstHuman' | 'unknown' | 'coverage', value: string) =>
    `<div><dt>${words.t(`figure.${key}`)}</dt><dd>${value}</dd><dd class="means">${words.t(`figure.${key}.means`)}</dd></div>`;
  return `<dl class="figures">
${figure('human', words.range(human))}
${figure('machine', words.range(machine))}
${figure('firstHuman', words.range(axes.firstHuman))}
${figure('unknown', words.percent(unknown))}
${figure('coverage', coverage.share === null ? '—' : words.percent(coverage.share))}
</dl>`;
}

function handTable({ totals }: Report, words: Words): string {
  const rows = hands.map(hand => {
    const { characters, whitespace, inserted, retained } = totals.hands[hand];
    const share = totals.characters === 0 ? 0 : characters / totals.characters;
    return `<tr><td class="key"><span class="swatch ${handClass[hand]}">${words.named('letter', hand)}</span></td>
<th scope="row">${words.named('hand', hand)} <small>${words.named('hand.means', hand)}</small></th>
<td>${words.n(characters)}</td><td>${words.percent(share)}</td><td>${words.n(whitespace)}</td><td>${words.n(inserted)}</td><td>${words.n(retained)}</td></tr>`;
  });
  const head = ['hand', 'standing', 'share', 'whitespace', 'inserted', 'retained'] as const;
  return `<div class="wide"><table class="figs"><caption>${words.t('table.hands')}</caption><thead><tr><td></td>${head
    .map(name => `<th scope="col"${name === 'hand' ? ' class="name"' : ''}>${words.t(`column.${name}`)}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody>
<tfoot><tr><td></td><th scope="row">${words.t('column.all')}</th><td>${words.n(totals.characters)}</td><td>${totals.characters === 0 ? '' : words.percent(1)}</td><td>${words.n(totals.whitespace)}</td><td>${words.n(sum(totals, 'inserted'))}</td><td>${words.n(sum(totals, 'retained'))}</td></tr></tfoot></table></div>`;
}

function sum({ hands: counts }: Report['totals'], what: 'inserted' | 'retained'): number {
  return hands.reduce((n, hand) => n + counts[hand][what], 0);
}
