import type { AgentEdit } from '../agent.ts';

/** One text put in the place of another: at its only place, or at all of them. */
export type Replacement = NonNullable<AgentEdit['replaced']>;

/**
 * The text after, or undefined if the replacement does not say it: the old text is not there, or stands
 * at several places of which one is meant. An empty old text fills an empty file only.
 */
export function replace(before: string, { old, new: next, all }: Replacement): string | undefined {
  if (old === '') return before === '' ? next : undefined;
  const first = before.indexOf(old);
  if (first < 0) return undefined;
  if (all) return before.split(old).join(next);
  if (before.indexOf(old, first + 1) >= 0) return undefined;
  return before.slice(0, first) + next + before.slice(first + old.length);
}
