import type { Cell, Setter } from './cells.ts';
import type { Faces } from './faces.ts';
import { Ground } from './ground.ts';
import { linesOf, widthOf } from './line.ts';
import type { Look } from './look.ts';
import type { Node } from './nodes.ts';
import type { Document } from './paper.ts';
import { black, measure, sheet, soft } from './sheet.ts';
import { type Placed, pagesOf, type Strip } from './strip.ts';
import { artifact } from './tag.ts';

/** What stands on every page. */
export interface Running {
  /** At the head, on the left. */
  readonly kind: string;
  readonly title: string;
  /** Begins the number that a page has among all exhibits; absent, it has none. */
  readonly exhibit: string | undefined;
  /** Below the title: what the pages were made from. */
  readonly record: string | undefined;
  pageOf(page: number, pages: number): string;
  /** Below text with marks. */
  readonly legend: readonly Node[];
}

const running: Look = { face: 'sans', size: 8, ink: soft };

/** Lays the strips out and draws page after page. Gives how many there are. What is drawn is let go: `strips` is empty then. */
export function drawPages(
  document: Document,
  { strips, faces, setter }: { readonly strips: Strip[]; readonly faces: Faces; readonly setter: Setter },
  words: Running,
): number {
  const pages = pagesOf(strips, sheet.top, sheet.height - sheet.bottom);
  strips.length = 0;
  const places = new Map(pages.flatMap((page, i) => idsOn(page).map(id => [id, i + 1] as const)));
  const ground = new Ground(document, faces, places);
  const outline = new Outline(document);
  for (const [i, page] of pages.entries()) {
    document.addPage();
    const marked = page.some(({ strip }) => strip.marked);
    artifact(document, 'Pagination', () =>
      drawRunning(ground, setter, words, { page: i + 1, pages: pages.length, marked }),
    );
    for (const { strip, y, again } of page) {
      if (!again && strip.bookmark !== undefined) outline.add(strip.bookmark, y);
      strip.paint(ground, y, again);
    }
    page.length = 0;
  }
  outline.end();
  return pages.length;
}

function idsOn(page: readonly Placed[]): string[] {
  return page.flatMap(({ strip }) => [...(strip.ids ?? [])]);
}

interface PageNumber {
  readonly page: number;
  readonly pages: number;
  readonly marked: boolean;
}

function drawRunning(ground: Ground, setter: Setter, words: Running, { page, pages, marked }: PageNumber): void {
  const right = sheet.left + measure;
  const foot = sheet.height - 40;
  const text = (shown: string, y: number, end: boolean) => {
    const cells = fitting(setter, shown, end ? 170 : measure - 180);
    ground.line(linesOf(cells, Number.POSITIVE_INFINITY)[0]!, end ? right - widthOf(cells) : sheet.left, y);
  };
  // The first page says so itself.
  if (page > 1) text(words.kind, 42, false);
  if (words.exhibit !== undefined) text(`${words.exhibit}-${String(page).padStart(6, '0')}`, 42, true);
  text(words.title, foot, false);
  text(words.pageOf(page, pages), foot, true);
  if (words.record !== undefined) text(words.record, foot + 10, false);
  const lines = [...(page > 1 ? [47] : []), foot - 11];
  ground.raw(`0.6 0.6 0.6 RG 0.5 w ${lines.map(y => `${sheet.left} ${y} m ${right} ${y} l S`).join(' ')}`);
  if (!marked) return;
  const legend = setter.cells(words.legend, { ...running, ink: black }, true);
  const scale = Math.min(1, measure / widthOf(legend));
  const look = { ...running, ink: black, size: running.size * scale };
  ground.line(linesOf(setter.cells(words.legend, look, true), Number.POSITIVE_INFINITY)[0]!, sheet.left, foot - 17);
}

/** A text in one line; what does not fit is cut, and says so. */
function fitting(setter: Setter, text: string, width: number): Cell[] {
  const whole = setter.word(text, running);
  if (widthOf(whole) <= width) return whole;
  const rest = setter.word('…', running);
  let end = whole.length;
  let left = widthOf(whole) + widthOf(rest);
  while (end > 0 && left > width) left -= whole[--end]!.width;
  return [...whole.slice(0, end), ...rest];
}

/** What pdfkit's types leave out. */
interface OutlineItem {
  readonly outlineData: { Count?: number };
  readonly children: readonly OutlineItem[];
}

/** The reader's list of contents: two levels. */
class Outline {
  readonly #document: Document;
  #above: PDFKit.PDFOutline;

  constructor(document: Document) {
    this.#document = document;
    this.#above = document.outline;
  }

  add({ title, level }: NonNullable<Strip['bookmark']>, y: number): void {
    const options = { fit: false, top: y, left: sheet.width } as PDFKit.Mixins.PDFAttachmentOptions & object as {
      expanded?: boolean;
    };
    if (level === 1) this.#above = this.#document.outline.addItem(title, options);
    else this.#above.addItem(title, options);
  }

  /** How many items are to be seen, which pdfkit says of those alone that it opens (ISO 32000-1, 12.3.3). */
  end(): void {
    const root = this.#document.outline as unknown as OutlineItem;
    root.outlineData.Count = root.children.length;
    for (const { outlineData, children } of root.children)
      if (children.length > 0) outlineData.Count = -children.length;
  }
}
