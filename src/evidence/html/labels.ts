import type { LabelEntry } from '../labels.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { dated, table, under } from './tables.ts';
import type { Words } from './words.ts';

/** Section 13: which files bear a label of AI use, at which level and in which words, and which have AI text and none. */
export function labelSection(report: Report, words: Words): { readonly answer: string; readonly html: string } {
  const { labels } = report;
  if (labels.length === 0) return { answer: words.t('answer.nothing'), html: '' };
  const standing = labels.filter(one => one.standing);
  const labelled = new Set(standing.map(({ file }) => file));
  const bare = report.files.filter(
    ({ path, measures }) => measures.hands.machine.characters > 0 && !labelled.has(path),
  );
  const answer = words.t('answer.labels', { standing: standing.length, bare: bare.length });
  const head = ['when', 'act', 'labelled', 'says', 'form'] as const;
  const list = table(
    head.map(name => words.t(`column.${name}`)),
    labels.map(one => [
      dated(one.at, one.event, words),
      `${words.t(`label.${one.act}`)}<br><small>${words.t(`label.by.${one.by}`)}</small>`,
      one.file === null ? '—' : `<bdi>${text(one.file)}</bdi>`,
      saysText(one, words),
      words.t(`labelForm.${one.form}`),
    ]),
    'words',
  );
  const none = bare.map(({ path }) => `<li><bdi>${text(path)}</bdi></li>`).join('');
  return {
    answer,
    html: `<p>${words.t('labels.intro')}</p>${list}${under('labels.notices', words, noticesOf(standing))}${under('labels.bare', words, none && `<ul>${none}</ul>`)}`,
  };
}

function saysText({ level, source, reviewed, wording, language }: LabelEntry, words: Words): string {
  if (level === null) return '—';
  const notes = [
    ...(source === null ? [] : [`<code>${text(source)}</code>`]),
    ...(reviewed ? [words.t('label.reviewed')] : []),
    ...(wording === null ? [] : [words.t(`labelWording.${wording}`)]),
    ...(language === null ? [] : [words.t(`label.in.${language}`)]),
  ];
  return `${words.t(`labelLevel.${level}`)}<br><small>${notes.join('; ')}</small>`;
}

/** Each notice that stands, once, with its files. */
function noticesOf(standing: readonly LabelEntry[]): string {
  const files = new Map<string, string[]>();
  for (const { notice, file } of standing) {
    const said = notice ?? '';
    files.set(said, [...(files.get(said) ?? []), file ?? '—']);
  }
  return [...files]
    .map(([said, all]) => {
      const named = all.map(file => `<bdi>${text(file)}</bdi>`).join(', ');
      return `<p>${named}</p><blockquote class="prompt-text" dir="auto">${text(said)}</blockquote>`;
    })
    .join('');
}
