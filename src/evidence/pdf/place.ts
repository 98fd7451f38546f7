import type { Look } from './look.ts';
import { attributeOf, type Element, hasClass } from './nodes.ts';
import { black } from './sheet.ts';
import type { Tag } from './tag.ts';

/** Where a block stands and how its text looks. */
export interface Place {
  readonly tag: Tag;
  readonly x: number;
  readonly width: number;
  readonly look: Look;
  readonly leading: number;
  readonly cover: boolean;
}

export const prose: Look = { face: 'serif', size: 10.5, ink: black };
export const plain: Look = { face: 'sans', size: 10, ink: black };
export const strong: Look = { face: 'strong', size: 10.5, ink: black };

/** What holds other blocks, as a screen reader calls it. */
export const sections: Readonly<Record<string, string>> = { section: 'Sect', article: 'Art', header: 'Sect' };

/** What is no part of a line. */
export const blocks = new Set(
  'h1 h2 h3 h4 p ul ol dl table blockquote svg summary figcaption nav div section article header footer main figure details'.split(
    ' ',
  ),
);

/** What only acts on a screen. */
export function isHidden(element: Element): boolean {
  return (
    attributeOf(element, 'hidden') !== undefined || ['defs', 'controls', 'replay'].some(name => hasClass(element, name))
  );
}
