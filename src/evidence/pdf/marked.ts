import type { Cell, Setter } from './cells.ts';
import { linesOf, widthOf } from './line.ts';
import type { Look } from './look.ts';
import { attributeOf, type Element, hasClass, type Node } from './nodes.ts';
import { paragraph } from './paragraph.ts';
import { black, points, soft } from './sheet.ts';
import type { Strip } from './strip.ts';
import { artifact, type Tag } from './tag.ts';

export interface MarkedForm {
  readonly setter: Setter;
  readonly look: Look;
  readonly leading: number;
  readonly x: number;
  readonly width: number;
}

const numberLook: Look = { face: 'sans', size: 7.5, ink: soft };
const letterLook: Look = { face: 'sans', size: 7.5, ink: black };
/** Before the text: its number, the letters of its hands, a bar. */
const margin = 56;

/**
 * A line of a work's text. In the margin stand its number, the letters of all hands in it, and a bar: thick where a
 * machine's text stands, thin where another's that was not typed; plain typed text has none. None of that is read aloud:
 * the brackets in the text say the same.
 */
export function markedLine(element: Element, tag: Tag, form: MarkedForm): Strip[] {
  const { setter, look, leading, x, width } = form;
  const cells = setter.cells(withoutEnd(element.children), look, true);
  const number = linesOf(setter.word(attributeOf(element, 'data-n') ?? '', numberLook), margin)[0]!;
  const letters = linesOf(setter.word(attributeOf(element, 'data-h') ?? '', letterLook), margin)[0]!;
  const bar = hasClass(element, 'xm') ? 2.4 : hasClass(element, 'xo') ? 0.7 : 0;
  return paragraph(cells, {
    tag: tag.inside('P'),
    x: x + margin,
    width: width - margin,
    leading,
    above: 0,
    kept: true,
    hang: look.face === 'mono' ? hangOf(cells, width - margin, look.size) : 0,
    marked: true,
    behind(ground, y, { first, height }) {
      if (!first && bar === 0) return;
      artifact(ground.document, 'Layout', () => {
        const foot = y + leading * 0.76;
        if (first) {
          ground.line(number, x + 22 - number.width, foot);
          ground.line(letters, x + 26, foot);
        }
        if (bar > 0)
          ground.raw(`0 0 0 RG ${bar} w ${points(x + 50)} ${points(y)} m ${points(x + 50)} ${points(y + height)} l S`);
      });
    },
  });
}

/** Code goes on further in than it began, so that it does not look like a line of its own. */
function hangOf(cells: readonly Cell[], width: number, size: number): number {
  const first = cells.findIndex(cell => !cell.space);
  const indent = widthOf(cells.slice(0, Math.max(first, 0))) + size * 1.2;
  return Math.min(indent, width * 0.4);
}

/** The page ends each line with a line end of its own. */
function withoutEnd(nodes: readonly Node[]): Node[] {
  const last = nodes.at(-1);
  if (typeof last !== 'string' || !last.endsWith('\n')) return [...nodes];
  return last === '\n' ? nodes.slice(0, -1) : [...nodes.slice(0, -1), last.slice(0, -1)];
}
