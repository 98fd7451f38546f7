import { align } from '../../src/text/diff.ts';

/** Our alignment behind the face of the peers' bench: place, removed, inserted, each to the text left by the one before. */
export function reconcile(oldText: string, newText: string): [number, number, string][] {
  let shift = 0;
  return align(oldText, newText).map(({ from, to, insert }) => {
    const at = from + shift;
    shift += insert.length - (to - from);
    return [at, to - from, insert];
  });
}
