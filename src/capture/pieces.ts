import { type Origin, unknown } from '../provenance/origin.ts';
import type { Run } from '../provenance/runs.ts';
import type { Change } from '../text/change.ts';
import type { Copied } from './pending.ts';
import { asKnown, asNew, type Refined } from './refine.ts';

const between: Origin = { kind: 'tool.editor', basis: 'asserted', rule: 'paste.join' };

/** Whether these insertions are the pieces, one each, or each of them all pieces as the editor joins them. */
export function arePieces(inserts: readonly string[], pieces: readonly Copied[]): boolean {
  if (inserts.length === pieces.length && inserts.every((text, i) => text === pieces[i]!.text)) return true;
  const all = pieces.map(piece => piece.text).join('\n');
  return inserts.every(text => text === all);
}

/**
 * Changes whose insertions `arePieces`, less those that put a piece over the same text: their text is known, the line
 * breaks between the pieces the editor's.
 */
export function fromPieces(changes: readonly Change[], pieces: readonly Copied[]): readonly Refined[] {
  if (changes.length === pieces.length && changes.every((c, i) => c.insert === pieces[i]!.text))
    return changes.map((c, i) => asKnown(c, pieces[i]!.spans));
  const all = pieces.map(piece => piece.text).join('\n');
  const runs = pieces.flatMap(({ spans }, i): readonly Run[] => (i === 0 ? spans : [{ length: 1 }, ...spans]));
  const parts = [{ length: pieces.length - 1, origin: between }];
  return changes.map(c => (c.insert === all ? { ...c, runs, parts } : fromOne(c, pieces)));
}

/** Of several pieces of the same words it is not known which one this is. */
function fromOne(change: Change, pieces: readonly Copied[]): Refined {
  const [piece, more] = pieces.filter(({ text }) => text === change.insert);
  return piece !== undefined && more === undefined
    ? asKnown(change, piece.spans)
    : asNew(change, [{ length: change.insert.length, origin: unknown }]);
}
