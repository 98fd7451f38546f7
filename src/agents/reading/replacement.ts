import type { AgentEdit } from '../agent.ts';

/** One text put in the place of another: at its only place, or at all of them. */
export type Replacement = NonNullable<AgentEdit['replaced']>;

/** Each place of a letter may be given a page: such a text is no file, and stands in no memory. */
const longest = 64_000_000;

/**
 * The text after, or undefined if the replacement does not say it: the old text is not there, or stands
 * at several places of which one is meant, or the text after is longer than `most` (UTF-16 code units). An empty old text
 * fills an empty file only.
 */
export function replace(before: string, { old, new: next, all }: Replacement, most = longest): string | undefined {
  if (old === '') return before === '' ? next : undefined;
  const first = before.indexOf(old);
  if (first < 0) return undefined;
  if (all) {
    const parts = before.split(old);
    const length = before.length + (parts.length - 1) * (next.length - old.length);
    return length > most ? undefined : parts.join(next);
  }
  if (before.indexOf(old, first + 1) >= 0) return undefined;
  return before.slice(0, first) + next + before.slice(first + old.length);
}
