import { hands } from '../../provenance/origin.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

/** Every window's stretch of work. */
export function sessionTable({ sessions }: Report, words: Words): string {
  if (sessions.length === 0) return `<p>${words.t('sessions.none')}</p>`;
  const rows = sessions.map(session => {
    const { start, end, ended, typingMinutes, events, inserted } = session;
    const done = hands
      .filter(hand => (inserted[hand] ?? 0) > 0)
      .map(hand => `${words.named('letter', hand)}\u00a0${words.n(inserted[hand]!)}`)
      .join(', ');
    return `<tr><td>${session.session}</td><td>${words.dateTime(start)}</td><td>${words.dateTime(end)}${ended ? '' : `<br><small>${words.t('sessions.open')}</small>`}</td><td>${words.n(typingMinutes)}</td><td>${words.n(events)}</td><td>${done || '—'}</td><td>${text(session.editor)}<br><small>${text(session.platform)}</small></td></tr>`;
  });
  const head = ['session', 'start', 'end', 'typingMinutes', 'events', 'entered', 'editor'] as const;
  return `<p>${words.t('sessions.intro')}</p><div class="wide"><table class="figs words"><thead><tr>${head
    .map(name => `<th scope="col">${words.t(`column.${name}`)}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** What the record does not show, drawn from the data. */
export function unobservedLists({ unobserved, files, totals, edits }: Report, words: Words): string {
  const { reconstructed, withheld } = unobserved;
  const { gaps, skipped, unreachable, unresolved, unsaved, superseded, unrecorded, deleted, alsoRecorded } = unobserved;
  const notLive = totals.coverage.entered - totals.coverage.live;
  const parts = [
    list(
      words.t('unobserved.gaps'),
      gaps.map(gap => {
        const where = gap.file === null ? words.t('unobserved.allFiles') : `<bdi>${text(gap.file)}</bdi>`;
        const until = words.dateTime(gap.until);
        const when =
          gap.since === null ? words.html('unobserved.before', { until }) : words.between(gap.since, gap.until);
        const note = gap.note === null ? '' : ` <small>${noteOf(gap, words)}</small>`;
        return `${when}: ${words.named('gap', gap.reason)}; ${where}.${note}`;
      }),
    ),
    list(
      words.t('unobserved.notLive'),
      notLive === 0 ? [] : [words.t('unobserved.characters', { characters: notLive })],
    ),
    list(
      words.t('unobserved.unresolved'),
      unresolved.map(({ file, characters }) => `${path(file)}: ${words.t('unobserved.characters', { characters })}`),
    ),
    list(words.t('unobserved.unsaved'), unsaved.map(path)),
    list(words.t('unobserved.unrecorded'), unrecorded.map(path)),
    list(
      words.t('unobserved.skipped'),
      skipped.map(({ path: name, reason }) => `${path(name)}: ${words.named('skip', reason)}`),
    ),
    list(
      words.t('unobserved.unreachable'),
      unreachable.map(
        ({ channel, sessions }) =>
          `${words.named('channel', channel)}: ${words.t('unobserved.sessions', { sessions })}`,
      ),
    ),
    list(
      words.t('unobserved.unchecked'),
      edits.flatMap(({ agent, unchecked: n }) =>
        n === undefined ? [] : [`${words.named('channel', agent)}: ${words.t('unobserved.uncheckedText', { n })}`],
      ),
    ),
    list(
      words.t('unobserved.reconstructed'),
      reconstructed === undefined ? [] : [words.t('unobserved.reconstructedText', { ...reconstructed })],
    ),
    list(
      words.t('unobserved.withheld'),
      withheld === undefined ? [] : [words.t('unobserved.withheldText', { n: withheld })],
    ),
    list(
      words.t('unobserved.deleted'),
      deleted.map(({ path: name }) => path(name)),
    ),
    list(
      words.t('unobserved.alsoRecorded'),
      alsoRecorded.map(({ path: name }) => path(name)),
      words.t('unobserved.alsoRecorded.means'),
    ),
    list(
      words.t('unobserved.superseded'),
      superseded.map(({ path: name, journal }) => `${path(name)} <code>${text(journal)}</code>`),
    ),
  ].filter(part => part !== '');
  const none = files.length === 0 ? '' : `<p>${words.t('unobserved.none')}</p>`;
  return `<p>${words.t('unobserved.intro')}</p>${parts.length === 0 ? none : parts.join('\n')}`;
}

/** A channel by its name for people; of a tool's record, whose it is. */
function noteOf({ reason, note, agent }: Report['unobserved']['gaps'][number], words: Words): string {
  if (reason === 'channel') return words.named('channel', note ?? '');
  return agent === undefined ? text(note ?? '') : `${words.named('channel', agent)}: ${text(note ?? '')}`;
}

/** What no record of this kind can show. */
export function limits({ files, prompts, edits }: Report, words: Words): string {
  const told = edits.length > 0 || prompts.some(({ by }) => by !== 'person');
  const repeated = files.flatMap(({ path: name, repeats }) =>
    repeats === undefined
      ? []
      : [
          words.html('limit.repeats.file', {
            file: path(name),
            characters: words.n(repeats.characters),
            passages: words.n(repeats.passages),
          }),
        ],
  );
  const lines = (
    ['typed', 'retyped', 'repeats', 'command', 'outside', 'records', 'clock', 'identity', 'verdict'] as const
  ).map(key => {
    if (key === 'repeats')
      return repeated.length > 0 ? words.html('limit.repeats', { files: repeated.join('; ') }) : '';
    return key === 'records' && !told ? '' : words.t(`limit.${key}`);
  });
  return `<ul>${lines.map(line => (line === '' ? '' : `<li>${line}</li>`)).join('')}</ul>`;
}

function list(title: string, items: readonly string[], means = ''): string {
  if (items.length === 0) return '';
  const meaning = means === '' ? '' : `<p>${means}</p>`;
  return `<h3>${title}</h3>${meaning}<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}

function path(name: string): string {
  return `<bdi>${text(name)}</bdi>`;
}
