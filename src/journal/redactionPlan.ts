import type { Span } from '../provenance/span.ts';
import type { JournalEvent } from './event.ts';
import { RedactionMarks } from './redactionMarks.ts';
import { RedactionSearch } from './redactionSearch.ts';

/** What is to be taken out of a journal. */
export type Target =
  /** Words, wherever they stand, letter case aside. */
  | { readonly kind: 'text'; readonly text: string }
  /** A name: where a word begins with it, that whole word. */
  | { readonly kind: 'name'; readonly name: string }
  /** A passage of a document's text as it was recorded last: half-open, UTF-16 units. */
  | {
      readonly kind: 'passage';
      readonly path: string;
      readonly from: number;
      readonly to: number;
      /** What stands there, but for blanks: a passage that is another by now is not taken out. */
      readonly expect?: string;
    }
  | { readonly kind: 'prompt'; readonly id: string };

/** What a redaction takes out of one event. */
export interface EventPlan {
  /** For each salted part of the event, in order: whether it is taken out now. */
  readonly taken: readonly boolean[];
  readonly parts: number;
  readonly digests: number;
}

export interface Plan {
  /** By sequence, in order. */
  readonly events: ReadonlyMap<number, EventPlan>;
  /** Serials of all characters that are taken out. */
  readonly serials: readonly Span[];
  /** Digests of whole texts that would give it away. */
  readonly digests: ReadonlySet<string>;
  /** The words, with how often each stands in the events. */
  readonly words: ReadonlyMap<string, number>;
  /** Names of files and folders, and what else stands beside the texts, that have the words and keep them. */
  readonly named: ReadonlySet<string>;
  /** Paths of the documents that had it, with how many words of their events. */
  readonly files: ReadonlyMap<string, number>;
}

/** Which salted parts of an event earlier redactions took out, in order; undefined where none was. */
export type TakenBefore = (sequence: number) => readonly boolean[] | undefined;

/**
 * What has to go so that the targets stand nowhere: every character that ever was part of an occurrence, in all
 * versions of all texts, typed letter by letter, moved or copied; the words that held them; and the digests of whole
 * texts by which they could be guessed. Reads the events some times over; changes nothing. Throws NoSuchTarget.
 */
export function planOf(events: () => Iterable<JournalEvent>, targets: readonly Target[], before: TakenBefore): Plan {
  const search = new RedactionSearch(events, targets);
  return new RedactionMarks(search, before).plan(events);
}
