import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { noticeForm } from './forms/notice.ts';
import { plainText } from './forms/plain.ts';
import type { Manifest } from './manifest.ts';
import { noticeEntries } from './notices.ts';
import { filesNow } from './outlived.ts';
import { csvRow } from './promptMembers.ts';
import type { Report } from './report.ts';
import { restrictionEntries } from './restrictions.ts';

// biome-ignore format: a list
const restrictionColumns = [
  'event', 'time', 'form', 'act', 'place', 'standing', 'sha256', 'address', 'dated', 'exhibit', 'by', 'text',
] as const;
// biome-ignore format: a list
const noticeColumns = [
  'notice', 'event', 'time', 'act', 'dated', 'who', 'channel', 'outcome', 'due', 'exhibit', 'addresses', 'asked', 'proof',
  'remarks',
] as const;

/**
 * `data/restrictions/history.csv` and `data/notices/dispatch.csv`: what was done to reserve and to assert rights, an act a row,
 * as spreadsheet programs on Russian and Kazakh systems open it. Of what never happened there is no member.
 */
export function rightsMembers({ id, kept, folding }: Chronicle): readonly Member[] {
  const restrictions = restrictionEntries(id, kept, filesNow(folding)).map(one => [
    one.event,
    one.at,
    one.form,
    one.act,
    one.place,
    one.standing ? 'yes' : '',
    one.sha256 ?? '',
    one.address ?? '',
    one.dated ?? '',
    one.exhibit ?? '',
    one.by,
    one.text,
  ]);
  const notices = noticeEntries(id, kept).flatMap(one => [
    // biome-ignore format: a row
    [
      one.name, one.event, one.at, 'drawn', '', one.contact === '' ? one.provider : `${one.provider}, ${one.contact}`, '', '',
      '', '', one.addresses.join(' '), one.asked, one.proof, one.remarks,
    ],
    // biome-ignore format: a row
    ...one.acts.map(act => [
      one.name, act.event, act.at, act.act, act.dated ?? '', act.who, act.channel ?? '', act.outcome ?? '', act.due ?? '',
      act.exhibit ?? '', '', '', '', act.remarks,
    ]),
  ]);
  return [
    ...tableMember('data/restrictions/history.csv', restrictionColumns, restrictions),
    ...tableMember('data/notices/dispatch.csv', noticeColumns, notices),
  ];
}

/** `data/notices/N-01.txt`: each notice in words, in the package's language, then in Kazakh and Russian. */
export function noticeMembers(report: Report, { language, software }: Manifest): readonly Member[] {
  const languages = [...new Set([language, 'kk', 'ru'] as const)];
  return report.notices.map(notice => {
    const form = noticeForm({ report, software }, notice, languages);
    return textMember(`data/notices/${notice.name}.txt`, plainText(form));
  });
}

function tableMember(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): Member[] {
  return rows.length === 0 ? [] : [textMember(name, `\ufeff${[columns, ...rows].map(csvRow).join('')}`)];
}
