import { appendTo } from './append.ts';
import type { DocumentState } from './documentState.ts';
import { Journal } from './journal.ts';
import { masked } from './masked.ts';
import type { ReviewBody, reviewTexts } from './reviewEvent.ts';

export interface NewReview extends Pick<ReviewBody, 'approved' | 'by'> {
  readonly says: Readonly<Record<(typeof reviewTexts)[number], string>>;
}

/** Why a file was not put on record as reviewed: it is not recorded, or another text stands in it than is on record. */
export interface Unreviewable {
  readonly path: string;
  readonly why: 'unrecorded' | 'otherText';
}

/**
 * Puts a person's review of these files on record, with the texts that stand in them, or says of which that cannot be
 * done and writes nothing. `onDisk`: a file's text with `\n` line ends, as it stands; undefined where there is none.
 * All in one transaction: no text comes in between. Throws JournalError.
 */
export function recordReview(
  file: string,
  software: string,
  paths: readonly string[],
  { says, approved, by }: NewReview,
  onDisk: (path: string, document: DocumentState) => string | undefined,
): number | readonly Unreviewable[] {
  const journal = Journal.open(file);
  const wrong: Unreviewable[] = [];
  try {
    const [sequence] = appendTo(journal, software, ({ replay }) => {
      const files = paths.flatMap(path => {
        const document = replay.at(path);
        if (document === undefined || !document.present) wrong.push({ path, why: 'unrecorded' });
        else {
          const stands = onDisk(path, document);
          // Words that were taken out of the record still stand in the file.
          const text = stands === undefined ? undefined : masked(replay, document.content, stands);
          if (text === document.text) return [{ document: document.document, saved: document.savedAt }];
          wrong.push({ path, why: 'otherText' });
        }
        return [];
      });
      if (wrong.length > 0) return [];
      const body = { kind: 'review', files, ...(approved !== undefined && { approved }), by } as const;
      return [{ body, texts: [says.reviewer, says.role, says.contact, says.note] }];
    });
    return sequence ?? wrong;
  } finally {
    journal.close();
  }
}
