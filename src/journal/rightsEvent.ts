/** How a restriction is written down: a header comment, a `<meta>` element, a site's files, a paragraph beside the work. */
export type RestrictionForm = 'header' | 'meta' | 'tdmrep' | 'robots' | 'rsl' | 'notice';

/** Events by which people act on the rights in their work. They change no text. */
export type RightsBody =
  /**
   * Rights were reserved against the training of AI models, by a text that machines read, in one place; texts: [the place,
   * what stands there]. The place is a path relative to the folder, with `/`.
   */
  | {
      readonly kind: 'restriction';
      readonly form: RestrictionForm;
      /** `published`: as the person says, the place is to be had at the address that is the second text. */
      readonly act: 'set' | 'changed' | 'removed' | 'published';
      /** SHA-256 (hex) of the bytes that the file has with it, or without it once it is removed; absent: no file. */
      readonly fileDigest?: string;
      /** There was no such file before. */
      readonly created?: true;
      /** Since when it is published, as the person says: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
      readonly dated?: string;
      /** Sequence of the exhibit that shows it, such as a copy that was fetched from there. */
      readonly exhibit?: number;
      readonly by: 'person' | 'command';
    }
  /**
   * A notice to a service provider. `drawn`: made; texts: [provider, contact, addresses (one a line), what is asked, proof of
   * right, remarks]. `sent`, `answered`: what became of it, as the person says; texts: [whom or by whom, remarks].
   */
  | {
      readonly kind: 'notice';
      readonly act: 'drawn' | 'sent' | 'answered';
      /** Sequence of the event by which it was drawn. */
      readonly notice?: number;
      readonly channel?: 'email' | 'form' | 'post' | 'hand' | 'other';
      readonly outcome?: 'removed' | 'partly' | 'refused' | 'other';
      /** When, as the person says: `YYYY-MM-DD`. */
      readonly dated?: string;
      /** The day by which the person looks for an answer. */
      readonly due?: string;
      /** Sequence of the exhibit that is its receipt, or its answer. */
      readonly exhibit?: number;
      readonly by: 'person' | 'command';
    };

/** What the texts of a notice that is drawn are, in their order; one that is empty says nothing. */
export const noticeTexts = ['provider', 'contact', 'addresses', 'asked', 'proof', 'remarks'] as const;

/** Whether what it names stands before it. Takes any JSON. */
export function fitsRights(event: RightsBody, sequence: number): boolean {
  const before = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0 && (n as number) < sequence;
  if (event.exhibit !== undefined && !before(event.exhibit)) return false;
  if (event.kind === 'restriction') return true;
  return event.act === 'drawn' ? event.notice === undefined : before(event.notice);
}
