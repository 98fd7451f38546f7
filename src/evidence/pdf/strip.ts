import type { Ground } from './ground.ts';

/** A slice of the document across the page that is never parted. Heights in points. */
export interface Strip {
  readonly height: number;
  /** Space above it; none at the top of a page. */
  readonly above: number;
  /** It is never the last of a page. */
  readonly keep?: boolean;
  /** It begins a page. */
  readonly fresh?: boolean;
  /** Text of the work with marks stands in it: the page explains them. */
  readonly marked?: boolean;
  /** What is repeated above it where it begins a page. */
  readonly head?: Strip;
  /** What can be led to. */
  readonly ids?: readonly string[];
  readonly bookmark?: { readonly title: string; readonly level: 1 | 2 };
  /** `y`: its upper edge. `again`: it is repeated, and says nothing new. */
  paint(ground: Ground, y: number, again?: boolean): void;
}

/** A strip and where it stands. */
export interface Placed {
  readonly strip: Strip;
  readonly y: number;
  readonly again: boolean;
}

/** Gives strips their places on pages between `top` and `bottom`. A strip higher than a page stands alone and is cut. */
export function pagesOf(strips: readonly Strip[], top: number, bottom: number): Placed[][] {
  const pages: Placed[][] = [];
  let page: Placed[] = [];
  let y = top;
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    y = top;
  };
  for (let i = 0; i < strips.length; i++) {
    const strip = strips[i]!;
    if (strip.fresh) turn();
    if (page.length > 0 && y + strip.above + heldHeight(strips, i, bottom - top) > bottom) turn();
    if (page.length > 0) y += strip.above;
    else if (strip.head !== undefined) {
      page.push({ strip: strip.head, y, again: true });
      y += strip.head.height;
    }
    page.push({ strip, y, again: false });
    y += strip.height;
  }
  turn();
  return pages;
}

/** Height of a strip with all that it must not be parted from; its own alone where that would fill more than a page. */
function heldHeight(strips: readonly Strip[], first: number, most: number): number {
  let height = strips[first]!.height;
  for (let i = first; strips[i]!.keep && i + 1 < strips.length && !strips[i + 1]!.fresh; i++) {
    height += strips[i + 1]!.above + strips[i + 1]!.height;
    if (height > most) return strips[first]!.height;
  }
  return height;
}
