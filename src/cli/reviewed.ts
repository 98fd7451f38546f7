import { resolve } from 'node:path';
import { Chronicle } from '../evidence/chronicle.ts';
import { type ReviewEntry, reviewsOf } from '../evidence/reviews.ts';
import { packageSoftware } from '../evidence/software.ts';
import type { Consented } from '../journal/catalogue.ts';
import { Replay } from '../journal/replay.ts';
import { recordReview } from '../journal/reviews.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { textOnDisk } from './diskText.ts';
import { byWhom } from './exhibit.ts';
import { reading, recordedFor, sourceOf, workOf } from './journals.ts';

/** What `holograph reviewed --json` prints. Form: `media/schema/reviewed.schema.json`. */
export interface ReviewedDocument {
  readonly schema: 'holograph.reviewed';
  readonly version: 1;
  readonly journal: string;
  /** Oldest first; the new one alone where one was put on record. */
  readonly reviews: readonly ReviewEntry[];
}

/** Without a name it lists the reviews that there are. */
export const reviewedCommand: Command = {
  name: 'reviewed',
  usage: '[PATH…] [--by NAME] [--role TEXT] [--contact TEXT] [--note TEXT] [--approved yes|no]',
  about: 'help.reviewed',
  options: {
    by: { about: 'help.reviewedBy', value: 'NAME' },
    role: { about: 'help.reviewedRole', value: 'TEXT' },
    contact: { about: 'help.reviewedContact', value: 'TEXT' },
    note: { about: 'help.reviewedNote', value: 'TEXT' },
    approved: { about: 'help.reviewedApproved', value: 'yes|no' },
  },
  run(call) {
    const { consented, paths } = recordedFor(call);
    const sequence = said(call) ? recorded(call, consented, paths) : undefined;
    const document = reading(consented.file, (reader): ReviewedDocument => {
      const all = reviewsOf(Chronicle.read(sourceOf(reader), new Replay()));
      const own = `${reader.id}:${sequence}`;
      const reviews = sequence === undefined ? all : all.filter(({ event }) => event === own);
      return { schema: 'holograph.reviewed', version: 1, journal: reader.id, reviews };
    });
    if (call.json) call.document(document);
    else print(call, document);
    return 0;
  },
};

/** Whether something is to be put on record. Throws Refusal where nobody is named. */
function said(call: Call): boolean {
  const others = ['role', 'contact', 'note', 'approved'].some(name => call.option(name) !== undefined);
  if (call.option('by')?.trim()) return true;
  if (others || call.paths.length > 0 || call.option('by') !== undefined)
    throw new Refusal('error.missing', { what: '--by NAME' });
  return false;
}

function recorded(call: Call, { file, folder }: Consented, paths: readonly string[]): number {
  const approved = call.option('approved');
  if (approved !== undefined && approved !== 'yes' && approved !== 'no')
    throw new Refusal('error.arguments', { detail: '--approved' });
  const text = (name: string) => (call.option(name) ?? '').replaceAll('\r\n', '\n').trim();
  const review = {
    says: { reviewer: text('by'), role: text('role'), contact: text('contact'), note: text('note') },
    ...(approved !== undefined && { approved: approved === 'yes' }),
    by: byWhom(call),
  };
  const names = namesOf(call, { file, folder }, paths);
  const found = recordReview(file, packageSoftware, names, review, (path, document) =>
    textOnDisk(resolve(folder, path), document),
  );
  if (typeof found === 'number') return found;
  const why = found[0]?.why ?? 'unrecorded';
  const files = found.filter(one => one.why === why).map(({ path }) => path);
  throw new Refusal(`reviewed.${why}`, { files: files.join(', ') });
}

/** The files that are meant: those named, or the work's. A folder means the recorded files below it. */
function namesOf(call: Call, { file, folder }: Pick<Consented, 'file' | 'folder'>, paths: readonly string[]): string[] {
  const { files } = workOf(call, folder);
  const asked = paths.includes('') || paths.length === 0 ? files : paths;
  const known = reading(file, reader =>
    [...reader.replay().documents.values()].flatMap(({ path, present }) => (path && present ? [path] : [])),
  ).sort();
  const names = asked.flatMap(name => {
    const below = known.filter(path => path.startsWith(`${name.replace(/\/+$/, '')}/`));
    return below.length > 0 && !known.includes(name) ? below : [name];
  });
  const all = asked.length === 0 ? known : [...new Set(names)];
  if (all.length === 0) throw new Refusal('error.missing', { what: 'PATH' });
  return all;
}

function print({ words, print }: Call, { reviews }: ReviewedDocument): void {
  if (reviews.length === 0) print(words.t('reviewed.none'));
  for (const { reviewer, role, at, files, approved, note } of reviews) {
    const who = role === '' ? plain(reviewer) : `${plain(reviewer)}, ${plain(role)}`;
    print(words.t('reviewed.entry', { who, at: words.time(at), n: files.length }));
    if (approved !== null) print(`   ${words.t(approved ? 'reviewed.approved' : 'reviewed.refused')}`);
    if (note !== '') print(`   ${plain(note)}`);
    for (const { path, text } of files) print(`   ${plain(path)}: ${words.t(`reviewed.text.${text}`)}`);
  }
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
