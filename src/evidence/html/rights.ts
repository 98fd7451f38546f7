import type { NoticeAct, NoticeEntry } from '../notices.ts';
import type { Report } from '../report.ts';
import type { RestrictionEntry } from '../restrictions.ts';
import { text } from './markup.ts';
import { dated, table, under } from './tables.ts';
import type { Words } from './words.ts';

interface Drawn {
  readonly answer: string;
  readonly html: string;
}

/** Section 14: in which forms and places training was prohibited, and since when. */
export function restrictionSection({ restrictions }: Report, words: Words): Drawn {
  const standing = restrictions.filter(one => one.standing);
  const first = restrictions.find(({ act }) => act === 'set');
  if (first === undefined) return { answer: words.t('answer.nothing'), html: '' };
  const answer = words.html('answer.restrictions', {
    standing: words.n(standing.length),
    first: words.dateTime(first.at),
  });
  const head = ['when', 'act', 'form', 'place', 'digest'] as const;
  const rows = restrictions.map(one => [
    dated(one.at, one.event, words),
    `${words.t(`restriction.${one.act}`)}${notesOf(one, words)}`,
    words.t(`restrictionForm.${one.form}`),
    `<bdi>${text(one.place)}</bdi>`,
    one.sha256 === null ? '—' : `<code>${text(one.sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 '))}…</code>`,
  ]);
  const list = table(
    head.map(name => words.t(`column.${name}`)),
    rows,
    'words',
  );
  const wordings = under('restrictions.wordings', words, wordingsOf(standing, words));
  return { answer, html: `<p>${words.t('restrictions.intro')}</p>${list}${wordings}` };
}

function notesOf({ created, address, dated: since, exhibit, act }: RestrictionEntry, words: Words): string {
  const notes = [
    ...(created ? [words.t('restriction.created')] : []),
    ...(address === null ? [] : [`<bdi>${text(address)}</bdi>`]),
    ...(since === null || act !== 'published' ? [] : [text(since)]),
    ...(exhibit === null ? [] : [text(exhibit)]),
  ];
  return notes.length === 0 ? '' : `<br><small>${notes.join('; ')}</small>`;
}

/** What stands, each wording once with its places. */
function wordingsOf(standing: readonly RestrictionEntry[], words: Words): string {
  const places = new Map<string, string[]>();
  for (const one of standing) places.set(one.text, [...(places.get(one.text) ?? []), one.place]);
  const more = (n: number) => (n > 0 ? words.t('restrictions.more', { n }) : '');
  return [...places]
    .map(([said, all]) => {
      const named = all.slice(0, 5).map(place => `<bdi>${text(place)}</bdi>`);
      return `<p>${named.join(', ')}${more(all.length - 5)}</p><blockquote class="prompt-text" dir="auto">${text(said)}</blockquote>`;
    })
    .join('');
}

/** Section 15: notices to service providers, and what became of each. */
export function noticeSection({ notices }: Report, words: Words): Drawn {
  if (notices.length === 0) return { answer: words.t('answer.nothing'), html: '' };
  const of = (act: NoticeAct['act']) => notices.filter(({ acts }) => acts.some(one => one.act === act)).length;
  const answer = words.t('answer.notices', { n: notices.length, sent: of('sent'), answered: of('answered') });
  return {
    answer,
    html: `<p>${words.t('notices.proposed')}</p>${notices.map(one => noticeText(one, words)).join('')}`,
  };
}

function noticeText(notice: NoticeEntry, words: Words): string {
  const { name, provider, contact, addresses, asked, proof, remarks, at, event, acts } = notice;
  const shown = (value: string) =>
    value === '' ? `<span class="empty">${words.t('cover.notGiven')}</span>` : `<bdi>${text(value)}</bdi>`;
  const facts = [
    [words.t('notices.provider'), shown(provider)],
    [words.t('notices.contact'), shown(contact)],
    [words.t('notices.addresses'), addresses.map(shown).join('<br>') || shown('')],
    [words.t('notices.asked'), shown(asked)],
    [words.t('notices.proof'), shown(proof)],
    ...(remarks === '' ? [] : [[words.t('notices.remarks'), shown(remarks)]]),
    [words.t('notices.drawn'), dated(at, event, words)],
  ];
  const lines = facts.map(([label, value]) => `<tr><th scope="row">${label}</th><td>${value}</td></tr>`);
  const rows = acts.map(act => [
    dated(act.at, act.event, words),
    actText(act, words),
    shown(act.who),
    act.exhibit ?? '—',
  ]);
  const head = [words.t('column.when'), words.t('column.act'), words.t('notices.who'), words.t('column.exhibit')];
  const log = rows.length === 0 ? `<p>${words.t('notices.unsent')}</p>` : table(head, rows, 'words');
  return `<h3>${text(name)}</h3><table class="facts"><tbody>${lines.join('')}</tbody></table>${log}`;
}

function actText({ act, channel, outcome, dated: day, due, remarks }: NoticeAct, words: Words): string {
  const notes = [
    ...(day === null ? [] : [words.t('notices.day', { day })]),
    ...(channel === null ? [] : [words.t(`noticeChannel.${channel}`)]),
    ...(outcome === null ? [] : [words.t(`noticeOutcome.${outcome}`)]),
    ...(due === null ? [] : [words.t('notices.due', { day: due })]),
    ...(remarks === '' ? [] : [`<bdi>${text(remarks)}</bdi>`]),
  ];
  return `${words.t(`noticeAct.${act}`)}${notes.length === 0 ? '' : `<br><small>${notes.join('; ')}</small>`}`;
}
