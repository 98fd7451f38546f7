import { bases } from '../../provenance/origin.ts';
import { figures } from '../definitions.ts';
import type { TakenReport } from '../integrity.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

/** How each kind was known: what a basis means, and every rule that found something. */
export function methodText({ method, sessions }: Report, words: Words): string {
  const rows = method.rules.map(
    ({ kind, hand, basis, rule, inserted, characters }) =>
      `<tr><td>${words.named('letter', hand)}</td><th scope="row">${words.named('kind', kind)}</th><td>${words.named('basis', basis)}</td><td>${words.named('rule', rule)} <code>${text(rule)}</code></td><td>${words.n(inserted)}</td><td>${words.n(characters)}</td></tr>`,
  );
  const head = ['letter', 'kind', 'basis', 'rule', 'inserted', 'standing'] as const;
  const { events, changes, liveChanges, resolutions, agentEdits, software } = method;
  const channels = [...new Set(sessions.flatMap(session => session.channels))];
  return `<p>${words.t('method.intro')}</p>
<p>${words.t('method.counts', { events, changes, liveChanges, resolutions, agentEdits })}</p>
<dl class="terms">${bases.map(basis => `<dt>${words.named('basis', basis)}</dt><dd>${words.named('basis.means', basis)}</dd>`).join('')}</dl>
<div class="wide"><table class="figs words"><caption>${words.t('method.rules')}</caption><thead><tr>${head
    .map(name => `<th scope="col">${words.t(`column.${name}`)}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>
<p>${words.html('method.channels', { channels: channels.map(name => words.named('channel', name)).join(', ') || '—' })}
${words.html('method.software', { software: software.map(text).join(', ') || '—' })}</p>`;
}

/** By what a stranger checks that the report and the journal belong together. */
export function integrityText({ integrity }: Report, words: Words): string {
  const parts = integrity.map(one => {
    const { checkpoint } = one;
    const rows: [string, string][] = [
      [words.t('integrity.journal'), `<code>${text(one.journal)}</code>`],
      [words.t('integrity.work'), one.work === null ? '—' : `<code>${text(one.work)}</code>`],
      [words.t('integrity.folder'), one.folder === null ? '—' : `<bdi>${text(one.folder)}</bdi>`],
      [words.t('integrity.started'), one.started === null ? '—' : words.dateTime(one.started)],
      [words.t('integrity.size'), words.n(one.size)],
      [words.t('integrity.root'), digest(one.root)],
      [
        words.t('integrity.checkpoint'),
        checkpoint === null
          ? words.t('integrity.noCheckpoint')
          : words.html('integrity.checkpointText', { size: words.n(checkpoint.size), root: digest(checkpoint.root) }),
      ],
      [words.t('integrity.keys'), one.keys.map(key => keyLine(key, words)).join('<br>') || words.t('integrity.noKeys')],
      [words.t('integrity.timeStamps'), clocks(one.timeStamps, words)],
      ...(one.commits === undefined
        ? []
        : [[words.t('integrity.commits'), commitLines(one.commits, words)] as [string, string]]),
      ...(one.takenOut === undefined
        ? []
        : [[words.t('integrity.takenOut'), takenLines(one.takenOut, words)] as [string, string]]),
      ...(one.follows === null ? [] : [[words.t('integrity.follows'), digest(one.follows)] as [string, string]]),
    ];
    return `<table class="facts"><tbody>${rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('')}</tbody></table>`;
  });
  return `<p>${words.t('integrity.intro')}</p>${parts.join('\n')}`;
}

/** What outside clocks said; who stands for them, the reader compares. */
function clocks({ count, shown }: Report['integrity'][number]['timeStamps'], words: Words): string {
  if (count === 0) return words.t('integrity.noTimeStamps');
  const lines = shown.map(({ size, time, recorded, authority, root }) => {
    const by = { time: words.dateTime(time), size: words.n(size), authority: `<bdi>${text(authority)}</bdi>` };
    const said =
      root === null
        ? words.html('integrity.timeStampElsewhere', by)
        : words.html('integrity.timeStampText', { ...by, root: digest(root) });
    const dated =
      recorded === null ? '' : words.html('integrity.timeStampDated', { recorded: words.dateTime(recorded) });
    return dated === '' ? said : `${said}<br><small>${dated}</small>`;
  });
  const more = count > shown.length ? [words.t('integrity.timeStampsAll', { count, shown: shown.length })] : [];
  return [...lines, ...more, words.t('integrity.timeStampsMean')].join('<br>');
}

/** What stands as ▮ in the text, and why. */
function takenLines({ redactions, withheld }: TakenReport, words: Words): string {
  const lines = redactions.map(({ time, reason, words: count, digests }) =>
    words.html('integrity.redaction', {
      time: words.dateTime(time),
      words: words.n(count),
      digests: words.n(digests),
      reason: `<bdi>${text(reason)}</bdi>`,
    }),
  );
  const left = withheld > 0 ? [words.t('integrity.withheld', { count: withheld })] : [];
  return [...lines, ...left, words.t('integrity.takenOutMeans')].join('<br>');
}

/** A key, and in small what became of it. */
function keyLine(
  { keeper, fingerprint, countersignedBy, replaced }: Report['integrity'][number]['keys'][number],
  words: Words,
): string {
  const notes = [
    ...(countersignedBy === undefined ? [] : [words.t('integrity.keyVouched', { key: countersignedBy.slice(0, 8) })]),
    ...(replaced === undefined ? [] : [words.t(replaced.lost ? 'integrity.keyLost' : 'integrity.keyReplaced')]),
  ];
  const small = notes.length === 0 ? '' : `<br><small>${notes.join('; ')}</small>`;
  return `${text(keeper)}: ${digest(fingerprint)}${small}`;
}

/** Whoever holds one of these commits, in any copy of the repository, can compare the files in it. */
function commitLines(commits: NonNullable<Report['integrity'][number]['commits']>, words: Words): string {
  const lines = commits.slice(-mostCommits).map(({ id, committed, files }) => {
    const held = files.map(name => `<bdi>${text(name)}</bdi>`).join(', ') || '—';
    return `<code class="digest">${text(id)}</code><br><small>${words.dateTime(committed)}: ${held}</small>`;
  });
  const left = commits.length - lines.length;
  return [...(left > 0 ? [words.t('integrity.commitsBefore', { count: left })] : []), ...lines].join('<br>');
}

/** Commits that the page names; the report's data has all. */
const mostCommits = 50;

/** Every figure with its definition. */
export function definitionList(words: Words): string {
  return `<dl class="terms">${figures.map(figure => `<dt>${words.t(`name.${figure}`)}</dt><dd>${words.t(`define.${figure}`)}</dd>`).join('')}</dl>`;
}

export function glossary(words: Words): string {
  const terms = [
    'prompt',
    'span',
    'session',
    'journal',
    'event',
    'checkpoint',
    'digest',
    'gap',
    'hand',
    'basis',
  ] as const;
  return `<dl class="terms">${terms.map(term => `<dt>${words.t(`term.${term}`)}</dt><dd>${words.t(`term.${term}.means`)}</dd>`).join('')}</dl>`;
}

/** 64 hexadecimal digits in groups of four, as a person compares them. */
function digest(hex: string): string {
  return `<code class="digest">${text(hex.replace(/(.{4})(?=.)/g, '$1 '))}</code>`;
}
