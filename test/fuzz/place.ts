import { type Cell, type Cells, isSpace, loosen } from './cell.ts';
import { between, type EditorText } from './editorText.ts';

/** A place where an editor's caret can stand: not inside a pair of surrogates, nor before a mark. */
export function caretAt(cells: Cells, wanted: number): number {
  let at = wanted % (cells.length + 1);
  while (at > 0 && at < cells.length && follows(cells, at)) at--;
  return at;
}

function follows(cells: Cells, at: number): boolean {
  const unit = cells[at]!.unit;
  if (/\p{M}/u.test(unit)) return true;
  return /[\udc00-\udfff]/.test(unit) && /[\ud800-\udbff]/.test(cells[at - 1]!.unit);
}

export type Reach = readonly [from: number, to: number];

/** A range between two caret places, at most `most` long. */
export function rangeAt(text: EditorText, a: number, b: number, most: number): Reach {
  const from = caretAt(text.cells, a);
  return [from, Math.max(from, caretAt(text.cells, Math.min(text.length, from + (b % (most + 1)))))];
}

/** A place between words: at a line's start, or after white space. */
export function borderAt(cells: Cells, wanted: number): number {
  let at = wanted % (cells.length + 1);
  while (at > 0 && !isSpace(cells[at - 1]!)) at--;
  return at;
}

/** The lines of a text, each with its line end, as ranges. */
export function linesOf(cells: Cells): Reach[] {
  const out: Reach[] = [];
  let from = 0;
  cells.forEach((cell, i) => {
    if (cell.unit !== '\n') return;
    out.push([from, i + 1]);
    from = i + 1;
  });
  return [...out, [from, cells.length]];
}

/** The line that holds a place. */
export function lineAt(cells: Cells, at: number): Reach {
  return linesOf(cells).find(([, to]) => at < to) ?? linesOf(cells).at(-1)!;
}

const letter = /[\p{L}\p{M}\ud800-\udfff]/u;

/**
 * Two texts that are aligned by what they say. White space and signs are not told from their likes around: where the
 * texts differ, each may be shown as any of them. Letters come once.
 */
export function blur(before: Cells, after: Cells): void {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start]!.unit === after[start]!.unit) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end)!.unit === after.at(-1 - end)!.unit) end++;
  const near: Cell[] = [];
  for (const cells of [before, after]) {
    // A line that was put in may end with the line end of the one before it.
    let from = start;
    while (from > 0 && isSpace(cells[from - 1]!)) from--;
    let to = cells.length - end;
    while (to < cells.length && isSpace(cells[to]!)) to++;
    near.push(...cells.slice(lineAt(cells, from)[0], lineAt(cells, to)[1]));
  }
  unite(near);
}

/** What stays beside a change and is no word of its own there: the rest of a word, signs up to the line's end. */
export function scraps(before: Cells, after: Cells): Cell[] {
  const isLetter = (cell: Cell | undefined) => cell !== undefined && letter.test(cell.unit);
  const isSign = (cell: Cell | undefined) => cell !== undefined && cell.unit !== '\n' && !isLetter(cell);
  const isEnd = (cell: Cell | undefined) => cell === undefined || cell.unit === '\n';
  return between(before, after).flatMap(({ from, to, cells }) => {
    let [start, end] = [from, to];
    while (isSign(before[start - 1])) start--;
    while (isSign(before[end])) end++;
    if (!isEnd(before[start - 1])) start = from;
    if (!isEnd(before[end])) end = to;
    if (isLetter(before[from]) || isLetter(cells[0] ?? before[to])) while (isLetter(before[start - 1])) start--;
    if (isLetter(before[to - 1]) || isLetter(cells.at(-1) ?? before[from - 1])) while (isLetter(before[end])) end++;
    return [...before.slice(start, from), ...before.slice(to, end)];
  });
}

/** Words that stand alone between two changes, which are no smaller: they count as part of a passage written anew. */
export function islands(before: Cells, after: Cells): Cell[] {
  const letters = (cells: Cells) => cells.reduce((n, { unit }) => n + (letter.test(unit) ? 1 : 0), 0);
  const edits = between(before, after);
  const sizes = edits.map(({ from, to, cells }) => Math.max(letters(before.slice(from, to)), letters(cells)));
  return edits.slice(1).flatMap(({ from }, i) => {
    const island = before.slice(edits[i]!.to, from);
    return letters(island) <= Math.min(sizes[i]!, sizes[i + 1]!) ? island : [];
  });
}

/** White space and signs of these are not told from one another. */
export function unite(cells: Cells): void {
  const likes = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (!letter.test(cell.unit)) likes.set(cell.unit, [...(likes.get(cell.unit) ?? []), cell]);
  }
  for (const alike of likes.values()) loosen(alike, ...new Set(alike.flatMap(cell => cell.kinds)));
}
