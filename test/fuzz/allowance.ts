import { type Cell, type Cells, loosen, textOf } from './cell.ts';

/**
 * What the product may not know, in one place. `expects` says what it has learned to know: switched off, each of
 * these is allowed to be unknown.
 */
export const expects = {
  /** What one step takes out here and puts in there keeps its origin. */
  moves: true,
  /** A former text of a document that returns as a whole keeps its origin. */
  recall: true,
};

const letter = /[\p{L}\p{M}\ud800-\udfff]/u;
const oneKey = /^.\p{M}*$/su;

export const allowance = {
  /** A run that is as short as a key's text is taken for a key's, of unknown origin where no key is seen. */
  moved(cells: Cells): void {
    const short = oneKey.test(textOf(cells)) || !cells.some(isLetter);
    loosen(expects.moves && !short ? cells.filter(cell => !isLetter(cell)) : cells, 'unknown');
  },

  /** Text that stood there before, whole: `seen` since this window began. */
  returned(cells: Cells, seen: boolean): void {
    if (!expects.recall || !seen) loosen(cells, 'unknown', 'external.disk');
  },

  /** Text that the editor wrote to another file: whole, and yet of another document. */
  savedAs(cells: Cells): void {
    loosen(cells, 'unknown', 'external.disk');
  },
};

function isLetter({ unit }: Cell): boolean {
  return letter.test(unit);
}
