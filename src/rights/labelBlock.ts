import type { Change } from '../text/change.ts';

/**
 * A block of ours in a text, found again by its marks. The first mark says how many line ends before and behind it came with
 * it (`1.1`), so that taking it out gives the text back to the letter.
 */
export interface Block {
  /** The whole of it, these line ends included. UTF-16 code units, half-open. */
  readonly from: number;
  readonly to: number;
  /** Between the marks. */
  readonly inner: string;
  readonly before: number;
  readonly behind: number;
}

/** How a block's marks are written: what stands before and behind the two numbers, and the mark that ends it. */
export interface Marks {
  readonly open: readonly [before: string, behind: string];
  readonly close: string;
}

/** A block that is to stand in a text that has none: where, and how many line ends it brings along. */
export interface Standing {
  readonly at: number;
  readonly before: number;
  readonly behind: number;
}

/** All blocks with these marks, in order: each begins a line, ends one, and holds no other. */
export function blocksIn(text: string, { open, close }: Marks): Block[] {
  const first = new RegExp(`(?<![^\\n])${literal(open[0])}(\\d)\\.(\\d)${literal(open[1])}`, 'g');
  const blocks: Block[] = [];
  const found = [...text.matchAll(first)];
  // Looked for once, however many marks begin before it.
  let end = 0;
  found.forEach((mark, i) => {
    const start = mark.index + mark[0].length;
    if (end >= 0 && end < start) end = text.indexOf(close, start);
    if (end < 0 || end > (found[i + 1]?.index ?? text.length)) return;
    const stop = end + close.length;
    if (stop < text.length && text[stop] !== '\n') return;
    const [before, behind] = [Number(mark[1]), Number(mark[2])];
    let from = mark.index;
    for (let n = 0; n < before && text[from - 1] === '\n'; n++) from--;
    let to = stop;
    for (let n = 0; n < behind && text[to] === '\n'; n++) to++;
    blocks.push({ from, to, inner: text.slice(start, end), before, behind });
  });
  return blocks;
}

/** The block as it is written. */
export function blockText({ open, close }: Marks, inner: string, { before, behind }: Omit<Standing, 'at'>): string {
  return `${'\n'.repeat(before)}${open[0]}${before}.${behind}${open[1]}${inner}${close}${'\n'.repeat(behind)}`;
}

/**
 * The changes after which there is one such block, with this inside: where the first stands, else where `place` says. None
 * where it stands so already, be it that a formatter moved its white space or chose other quotation marks.
 */
export function withBlock(text: string, marks: Marks, inner: string, place: () => Standing): Change[] {
  const [own, ...more] = blocksIn(text, marks);
  if (own === undefined) {
    const standing = place();
    return [{ from: standing.at, to: standing.at, insert: blockText(marks, inner, standing) }];
  }
  const others = more.map(({ from, to }) => ({ from, to, insert: '' }));
  if (sameInk(own.inner, inner)) return others;
  const start = own.from + own.before + marks.open[0].length + 3 + marks.open[1].length;
  return [{ from: start, to: start + own.inner.length, insert: inner }, ...others];
}

/** The changes after which there is none with any of these marks. */
export function withoutBlocks(text: string, ...all: readonly Marks[]): Change[] {
  return without(all.flatMap(marks => blocksIn(text, marks)));
}

/** The changes that take these blocks out. Where others between two are gone, both may claim the same line ends. */
export function without(blocks: readonly Block[]): Change[] {
  let last = 0;
  return blocks
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to }) => {
      const start = Math.max(from, last);
      last = Math.max(last, to);
      return { from: start, to: last, insert: '' };
    });
}

/** At the end of a text: behind an empty line, and with a line end of its own where the text has one. */
export function atEnd(text: string): Standing {
  const at = text.length;
  if (text === '') return { at, before: 0, behind: 1 };
  return text.endsWith('\n') ? { at, before: 1, behind: 1 } : { at, before: 2, behind: 0 };
}

/** Where a comment may begin: an empty line follows it, if anything does. */
export function atHead(text: string, at: number): Standing {
  const begins = at === 0 || text[at - 1] === '\n';
  if (at === text.length) return begins ? { at, before: 0, behind: 1 } : { at, before: 1, behind: 0 };
  return { at, before: begins ? 0 : 1, behind: 2 };
}

function sameInk(a: string, b: string): boolean {
  const ink = (text: string) => text.replace(/\s+/g, '').replaceAll("'", '"');
  return ink(a) === ink(b);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
