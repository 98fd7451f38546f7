import type { Change } from '../../text/change.ts';
import { align } from '../../text/diff.ts';
import { fromStretch, stretchOf } from '../../text/stretch.ts';

/** The changes from one text to another, as `text/diff.ts` aligns them. */
export type Align = (oldText: string, newText: string) => Promise<readonly Change[]>;

/** What differs is compared here up to so many characters, on both sides together: in a millisecond or less. */
const here = 8000;

/** Compares here what takes no time, and the rest `far`, which is another thread: texts may be of megabytes. */
export function nearby(far: Align): Align {
  return async (oldText, newText) => {
    const { from, to, newTo } = stretchOf(oldText, newText);
    const [old, other] = [oldText.slice(from, to), newText.slice(from, newTo)];
    const changes = old.length + other.length > here ? await far(old, other) : align(old, other);
    return fromStretch(changes, from);
  };
}
