import type { Cell } from './cells.ts';
import type { Ground } from './ground.ts';
import { type Line, linesOf } from './line.ts';
import type { Strip } from './strip.ts';
import type { Tag } from './tag.ts';

export interface ParagraphForm {
  readonly tag: Tag;
  readonly x: number;
  readonly width: number;
  /** From foot to foot of its lines. */
  readonly leading: number;
  readonly above: number;
  /** Space below its last line. */
  readonly below?: number;
  /** White space stands as it is. */
  readonly kept?: boolean;
  /** All lines but the first begin further in. */
  readonly hang?: number;
  /** All of it stays with what follows. */
  readonly holds?: boolean;
  readonly fresh?: boolean;
  readonly marked?: boolean;
  readonly ids?: readonly string[];
  readonly bookmark?: Strip['bookmark'];
  /** Drawn with each line, behind it: `y` is the strip's upper edge. */
  behind?(ground: Ground, y: number, line: { readonly first: boolean; readonly height: number }): void;
}

/** A strip a line; the first two and the last two lines of a paragraph stay together. */
export function paragraph(cells: readonly Cell[], form: ParagraphForm): Strip[] {
  const lines = linesOf(cells, form.width, form.kept, form.hang);
  return lines.map((line, i) => strip(line, { i, count: lines.length }, form));
}

function strip(line: Line, { i, count }: { readonly i: number; readonly count: number }, form: ParagraphForm): Strip {
  const { tag, x, leading, above, below = 0, holds = false, fresh = false, marked = false, bookmark } = form;
  const first = i === 0;
  const last = i === count - 1;
  const height = leading + (last ? below : 0);
  const ids = [...(first ? (form.ids ?? []) : []), ...line.ids];
  return {
    height,
    above: first ? above : 0,
    keep: holds || (!last && (first || i === count - 2)),
    ...(first && fresh && { fresh }),
    ...(marked && { marked }),
    ...(ids.length > 0 && { ids }),
    ...(first && bookmark && { bookmark }),
    paint(ground, y) {
      form.behind?.(ground, y, { first, height });
      if (first) for (const id of form.ids ?? []) ground.destination(id, y - 4);
      ground.line(line, first ? x : x + (form.hang ?? 0), y + leading * 0.76, tag);
    },
  };
}
