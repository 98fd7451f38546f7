import { type Cells, loosen } from './cell.ts';

/**
 * What the product may not know, in one place: each of these becomes stricter when the product learns to know it.
 * `expects` says what it has learned.
 */
export const expects = {
  /** What one step takes out here and puts in there keeps its origin. */
  moves: false,
  /** A former text of a document that returns as a whole keeps its origin, and so does a stretch of 24 letters. */
  recall: false,
};

export const allowance = {
  moved(cells: Cells): void {
    if (!expects.moves) loosen(cells, 'unknown');
  },

  /** Text that stood there before, whole. */
  returned(cells: Cells): void {
    if (!expects.recall) loosen(cells, 'unknown', 'external.disk');
  },

  /** Text that the editor wrote to another file. */
  savedAs(cells: Cells): void {
    if (!expects.recall) loosen(cells, 'unknown', 'external.disk');
  },
};
