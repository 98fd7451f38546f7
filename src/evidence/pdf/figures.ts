import type { Setter } from './cells.ts';
import type { Ground } from './ground.ts';
import { type Line, linesOf } from './line.ts';
import type { Look } from './look.ts';
import { type Element, hasClass } from './nodes.ts';
import { black, soft } from './sheet.ts';
import type { Strip } from './strip.ts';
import type { Tag } from './tag.ts';

export interface FiguresForm {
  readonly setter: Setter;
  readonly x: number;
  readonly width: number;
}

interface Placed {
  readonly line: Line;
  readonly tag: Tag;
  readonly y: number;
}

const name: Look = { face: 'sans', size: 10, ink: black };
const value: Look = { face: 'serif', size: 12.5, ink: black };
const means: Look = { face: 'sans', size: 10, ink: soft };
const gap = 12;
/** Side by side. */
const most = 5;

/** The few figures that all begins with, side by side: a name, a value, what it means. */
export function figureStrips(list: Element, tag: Tag, { setter, x, width }: FiguresForm): Strip[] {
  const items = list.children.filter(child => typeof child !== 'string');
  const whole = tag.inside('L');
  const across = Math.min(items.length, most);
  const column = (width - gap * (across - 1)) / across;
  const strips: Strip[] = [];
  for (let from = 0; from < items.length; from += across) {
    const columns = items.slice(from, from + across).map(item => columnOf(item, whole.inside('LI'), setter, column));
    const height = Math.max(...columns.map(one => one.height)) + 4;
    strips.push({
      height,
      above: 9,
      paint: (ground, y) =>
        paint(
          ground,
          y,
          columns.map(one => one.lines),
          { x, column },
        ),
    });
  }
  return strips;
}

function columnOf(item: Element, tag: Tag, setter: Setter, width: number): { lines: Placed[]; height: number } {
  const lines: Placed[] = [];
  let height = 2;
  const body = tag.inside('LBody');
  for (const child of item.children) {
    if (typeof child === 'string') continue;
    const term = child.name === 'dt';
    const look = term ? name : hasClass(child, 'means') ? means : value;
    const leading = look.size * 1.25;
    for (const line of linesOf(setter.cells(child.children, look, false), width)) {
      lines.push({ line, tag: term ? tag.inside('Lbl') : body, y: height + leading * 0.8 });
      height += leading;
    }
  }
  return { lines, height };
}

interface Columns {
  readonly x: number;
  readonly column: number;
}

function paint(ground: Ground, y: number, columns: readonly (readonly Placed[])[], { x, column }: Columns): void {
  for (const [i, lines] of columns.entries()) {
    const left = x + i * (column + gap);
    ground.rule(left, y, column, black, 0.8);
    for (const { line, tag, y: at } of lines) ground.line(line, left, y + at, tag);
  }
}
