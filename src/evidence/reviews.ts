import { mayHoldBlanks } from '../journal/blank.ts';
import type { ReviewedFile } from '../journal/reviewEvent.ts';
import { type Member, textMember } from './bag.ts';
import type { Chronicle, EventOf, ReplayedDocument } from './chronicle.ts';
import type { Folding } from './folding.ts';
import { stamp } from './moment.ts';
import { csvRow } from './promptMembers.ts';

/** A person's review, as they put it on record. */
export interface ReviewEntry {
  /** In their words, as what follows. */
  readonly reviewer: string;
  readonly role: string;
  readonly contact: string;
  readonly note: string;
  /** Null: they do not say. */
  readonly approved: boolean | null;
  readonly at: string;
  readonly event: string;
  /** The editor's surface, or the command line, which may be another program's. */
  readonly by: 'person' | 'command';
  readonly files: readonly ReviewedText[];
}

export interface ReviewedText {
  /** As the file is called now. */
  readonly path: string;
  /** SHA-256 (hex) of the text that it had then, with `\n` line ends; null: the events do not tell. */
  readonly textDigest: string | null;
  /** Whether it has that text still. */
  readonly text: 'same' | 'changed' | 'gone' | 'unknown';
}

/** Digests of the texts that the files of a review had when it was put on record: asked while the events are folded. */
export function reviewedDigests({ files }: EventOf<'review'>, { documents }: Folding): (string | null)[] {
  return files.map(({ document, saved }) => {
    const known = documents.get(document);
    return known === undefined || known.savedAt !== saved ? null : known.textDigest;
  });
}

/** The reviews of a journal, oldest first. A file without a name, which never was one on the disk, is left out. */
export function reviewsOf({ id, kept, folding, reviewed }: Chronicle): ReviewEntry[] {
  return kept.review.map(event => {
    const [reviewer = '', role = '', contact = '', note = ''] = event.texts ?? [];
    const digests = reviewed.get(event.sequence) ?? [];
    return {
      reviewer,
      role,
      contact,
      note,
      approved: event.approved ?? null,
      at: stamp(event),
      event: `${id}:${event.sequence}`,
      by: event.by,
      files: event.files.flatMap((file, i) => {
        const document = folding.documents.get(file.document);
        if (document?.path === undefined) return [];
        const textDigest = digests[i] ?? null;
        return [{ path: document.path, textDigest, text: stateOf(document, file, textDigest) }];
      }),
    };
  });
}

const columns = ['event', 'time', 'reviewer', 'role', 'contact', 'approved', 'file', 'sha256', 'now', 'note'] as const;

/** `data/review/review.csv`: a row a file of each review; none where no review is on record. */
export function reviewMembers(chronicle: Chronicle): readonly Member[] {
  const rows = reviewsOf(chronicle).flatMap(({ event, at, reviewer, role, contact, approved, files, note }) => {
    const said = approved === null ? '' : approved ? 'yes' : 'no';
    const of = (file: readonly [string, string, string]) => [event, at, reviewer, role, contact, said, ...file, note];
    if (files.length === 0) return [of(['', '', ''])];
    return files.map(({ path, textDigest, text }) => of([path, textDigest ?? '', text]));
  });
  if (rows.length === 0) return [];
  return [textMember('data/review/review.csv', `\ufeff${[columns, ...rows].map(csvRow).join('')}`)];
}

/** Of texts with blanks it cannot be told whether what was taken out of both was the same. */
function stateOf(document: ReplayedDocument, { saved }: ReviewedFile, digest: string | null): ReviewedText['text'] {
  if (!document.present) return 'gone';
  if (digest === null) return 'unknown';
  if (document.textDigest !== digest) return 'changed';
  return document.savedAt === saved || !mayHoldBlanks(document.text.toString()) ? 'same' : 'unknown';
}
