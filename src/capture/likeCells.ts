import { counts } from '../text/moves.ts';

/** A cell of a notebook: `at` its place among the cells, for one that is gone the one it had. */
export interface CellOf<T> {
  readonly tracker: T;
  readonly at: number;
  readonly id?: string;
}

interface Holding {
  holds(text: string): boolean;
}

/**
 * Of which cell a new one may have its characters, where their texts are equal. One that went when the new one came,
 * each once: a cell whose kind changes has a new name. A copy is put right beside what it is a copy of; elsewhere short
 * text is alike by chance, and a machine writes the same line of imports. `anew`: all cells were read from a file that
 * another program may have written; then it is the same cell only by its id, else the file tells.
 * Takes out of `gone` the one it names.
 */
export function likeCell<T extends Holding>(
  cell: { readonly text: string; readonly at: number; readonly id?: string },
  gone: CellOf<T>[],
  others: readonly CellOf<T>[],
  anew: boolean,
): T[] {
  const same = (other: CellOf<T>) => cell.id !== undefined && other.id === cell.id;
  const fits = (other: CellOf<T>) => other.tracker.holds(cell.text) && (!anew || same(other));
  const named = gone.findIndex(other => same(other) && fits(other));
  const at = named < 0 ? gone.findIndex(fits) : named;
  if (at >= 0) return gone.splice(at, 1).map(({ tracker }) => tracker);
  if (anew) return [];
  const copied = others.find(
    other => (Math.abs(other.at - cell.at) === 1 || counts(cell.text)) && other.tracker.holds(cell.text),
  );
  return copied === undefined ? [] : [copied.tracker];
}
