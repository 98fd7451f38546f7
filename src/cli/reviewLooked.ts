import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FileAccount } from '../evidence/account.ts';
import type { Report } from '../evidence/report.ts';
import { isBlankUnit } from '../journal/blank.ts';
import type { HumanReview, Looked, LookedFile } from '../rights/review.ts';
import { textOnDisk } from './diskText.ts';

/** The texts of a report as they are looked at in a folder: which of them are those that stand there, and who reviewed them. */
export function lookedIn(report: Report, folder: string, asked: readonly string[]): Looked {
  const files = report.files.map((account): LookedFile => {
    const text = textOnDisk(resolve(folder, account.path), account);
    const stands = text !== undefined && isSame(report, account.text, text);
    return { account, stands, reviewed: reviewedIn(report, account) };
  });
  const missing = asked.filter(name => !report.files.some(({ path }) => path === name || path.startsWith(`${name}/`)));
  return {
    files,
    unrecorded: [
      ...new Set([...report.unobserved.unrecorded, ...missing.filter(name => existsSync(join(folder, name)))]),
    ],
    empty: report.work.empty,
  };
}

/** The latest human review on record that names the file, and whether it was of this text. */
export function reviewedIn(
  { reviews }: Pick<Report, 'reviews'>,
  { path, textDigest }: Pick<FileAccount, 'path' | 'textDigest'>,
): HumanReview | null {
  const latest = latestOf(reviews.filter(({ files }) => files.some(file => file.path === path)));
  const file = latest?.files.find(one => one.path === path);
  if (latest === undefined || file === undefined) return null;
  const { reviewer, by: recordedBy, at, event, approved } = latest;
  const same = file.textDigest === textDigest;
  // Of texts with blanks the record may not know whether they are one.
  const known = file.textDigest !== null && !(same && file.text === 'unknown');
  const text = !known ? 'unknown' : same ? 'same' : 'changed';
  return { by: reviewer, recordedBy, at, event, approved, text };
}

/** In a journal the order is the events'; clocks may step back. Between journals, which may grow at once, there are only the clocks. */
function latestOf(reviews: Report['reviews']): Report['reviews'][number] | undefined {
  const last = new Map(reviews.map(review => [review.event.slice(0, review.event.lastIndexOf(':')), review]));
  return [...last.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
}

/** Whether a text is the recorded one, but for what was taken out of the record. */
export function isSame({ integrity }: Report, recorded: string, text: string): boolean {
  if (recorded === text) return true;
  if (recorded.length !== text.length || integrity.every(({ takenOut }) => takenOut === undefined)) return false;
  for (let i = 0; i < text.length; i++) {
    const unit = recorded.charCodeAt(i);
    if (unit !== text.charCodeAt(i) && !isBlankUnit(unit)) return false;
  }
  return true;
}
