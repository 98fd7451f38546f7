/** A person looked at files of the work. It changes no text. */
export interface ReviewBody {
  readonly kind: 'review';
  /** The files that were looked at, each with the event by which it had got the text that was. */
  readonly files: readonly ReviewedFile[];
  /** Whether the reviewer approves of them; absent: they do not say. */
  readonly approved?: boolean;
  readonly by: 'person' | 'command';
}

export interface ReviewedFile {
  readonly document: number;
  /** Sequence of the event that last made its text the file's; which text that is follows from the events. */
  readonly saved: number;
}

/** What the texts of such an event are, in their order; one that is empty says nothing. */
export const reviewTexts = ['reviewer', 'role', 'contact', 'note'] as const;

/** Whether its files are events before it. Takes any JSON. */
export function fitsReview({ files }: ReviewBody, sequence: number): boolean {
  const counts = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  return (
    Array.isArray(files) &&
    files.every(
      file =>
        typeof file === 'object' &&
        file !== null &&
        counts(file.document) &&
        counts(file.saved) &&
        file.saved < sequence,
    )
  );
}
