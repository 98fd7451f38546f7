import type { Cell } from './cells.ts';
import type { Look } from './look.ts';

/** Neighbouring letters of one look and one face, drawn at once. */
export interface Piece {
  /** From the line's beginning. */
  readonly x: number;
  readonly width: number;
  readonly look: Look;
  readonly text: string;
  readonly face: string;
  readonly codes: string;
  readonly actual?: string;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
  readonly ids: readonly string[];
}

/**
 * Breaks letters into lines no wider than `width` points; where a word alone is wider, within it. Never empty. `hang`:
 * how much narrower all lines but the first are.
 */
export function linesOf(cells: readonly Cell[], width: number, kept = false, hang = 0): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < cells.length || lines.length === 0) {
    const end = endOf(cells, start, lines.length === 0 ? width : width - hang);
    let stop = end;
    while (!kept && stop > start && isSpace(cells[stop - 1]!)) stop--;
    // One space stays between this line's last word and the next line's first: whoever reads the letters alone needs it.
    const line = lineOf(cells, start, Math.min(stop + 1, end));
    lines.push(stop < end && isSpace(cells[stop]!) ? { ...line, width: line.width - cells[stop]!.width } : line);
    start = end;
    if (start >= cells.length) break;
    while (!kept && start < cells.length && isSpace(cells[start]!) && !cells[start]!.ends && !cells[start - 1]?.ends)
      start++;
  }
  // An end of line as the last letter opens a line that is empty.
  if (kept && cells.at(-1)?.ends) lines.push({ pieces: [], width: 0, ids: [] });
  return lines;
}

/** Width in points of all letters in one line. */
export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

/** Width of the longest stretch that is not broken willingly. */
export function wordWidth(cells: readonly Cell[]): number {
  let most = 0;
  let width = 0;
  for (const cell of cells) {
    if (!cell.space) width += cell.width;
    most = Math.max(most, width);
    if (cell.open || cell.ends) width = 0;
    else if (cell.space) width += cell.width;
  }
  return most;
}

function isSpace(cell: Cell): boolean {
  return cell.space && cell.open;
}

function endOf(cells: readonly Cell[], start: number, width: number): number {
  let x = 0;
  let open = -1;
  for (let i = start; i < cells.length; i++) {
    const cell = cells[i]!;
    if (cell.ends) return i + 1;
    x += cell.width;
    // White space may stand out at a line's end.
    if (x > width + 0.01 && !isSpace(cell)) return open > start ? open : Math.max(i, start + 1);
    if (cell.open) open = i + 1;
  }
  return cells.length;
}

function lineOf(cells: readonly Cell[], start: number, end: number): Line {
  const pieces: Piece[] = [];
  const ids: string[] = [];
  let x = 0;
  let open:
    | { x: number; width: number; look: Look; face: string; codes: string[]; text: string[]; actual?: string }
    | undefined;
  const close = () => {
    // Joined at once: a text to which letters were added one by one keeps an object for each.
    if (open !== undefined) pieces.push({ ...open, codes: open.codes.join(''), text: open.text.join('') });
    open = undefined;
  };
  for (let i = start; i < end; i++) {
    const cell = cells[i]!;
    if (cell.ids !== undefined) ids.push(...cell.ids);
    if (cell.ends) continue;
    if (open === undefined || open.look !== cell.look || open.face !== cell.face || cell.actual !== undefined) {
      close();
      open = { x, width: 0, look: cell.look, face: cell.face, codes: [], text: [] };
      if (cell.actual !== undefined) open.actual = cell.actual;
    }
    open.codes.push(cell.code);
    open.text.push(cell.text);
    open.width += cell.width;
    x += cell.width;
    if (cell.actual !== undefined) close();
  }
  close();
  return { pieces, width: x, ids };
}
