import type { PlacedSpan, Span } from './provenance/span.ts';
import { align } from './text/diff.ts';

/** Zero-based numbers of the lines that hold these characters, in order, each once. */
export function linesWith(fresh: readonly PlacedSpan[], text: string): number[] {
  const lines: number[] = [];
  cut(fresh, text, line => {
    if (lines.at(-1) !== line) lines.push(line);
  });
  return lines;
}

/** The characters by what `of` says of their line; those of a line that it says nothing of are left out. */
export function byLine<T>(
  fresh: readonly PlacedSpan[],
  text: string,
  of: (line: number) => T | undefined,
): Map<T, Span[]> {
  const out = new Map<T, { length: number; serial: number }[]>();
  cut(fresh, text, (line, serial, length) => {
    const what = of(line);
    if (what === undefined) return;
    const spans = out.get(what);
    const last = spans?.at(-1);
    if (spans === undefined) out.set(what, [{ length, serial }]);
    else if (last !== undefined && last.serial + last.length === serial) last.length += length;
    else spans.push({ length, serial });
  });
  return out;
}

/** For each line of a text that stands whole in another, kept there by their alignment: its number there. */
export function sameLines(other: string, text: string): ReadonlyMap<number, number> {
  const here = lineEnds(text);
  const there = new Map(lineEnds(other).map((end, line) => [end, line]));
  const same = new Map<number, number>();
  let line = 0;
  let start = 0;
  const keep = (from: number, to: number, shift: number) => {
    for (; line < here.length && here[line]! <= to; line++) {
      const [began, end] = [start, here[line]!];
      start = end;
      const number = there.get(end + shift);
      const whole = began >= from && number !== undefined && began + shift === (number === 0 ? 0 : startOf(number));
      if (whole) same.set(line, number);
    }
  };
  const ends = lineEnds(other);
  const startOf = (number: number) => ends[number - 1]!;
  let at = 0;
  let shift = 0;
  for (const { from, to, insert } of align(other, text)) {
    keep(at, from - shift, shift);
    shift += to - from - insert.length;
    at = to - shift;
  }
  keep(at, text.length, shift);
  return same;
}

/** The lines by which git marks a conflict, if they stand as it writes them: gitattributes(5), conflict-marker-size. */
export function conflictLines(text: string): ReadonlySet<number> {
  const lines = text.split('\n');
  const marks = new Set<number>();
  let open: number[] = [];
  let next = /^<{7,}( |$)/;
  for (const [number, line] of lines.entries()) {
    if (/^<{7,}( |$)/.test(line)) {
      open = [number];
      next = /^(={7,}$|\|{7,}( |$))/;
    } else if (open.length > 0 && next.test(line)) {
      open.push(number);
      if (line.startsWith('>')) {
        for (const mark of open) marks.add(mark);
        open = [];
      } else next = line.startsWith('|') ? /^={7,}$/ : /^>{7,}( |$)/;
    }
  }
  return marks;
}

/** Lines of which only the line end is among these characters. */
export function bareEnds(fresh: readonly PlacedSpan[], text: string): ReadonlySet<number> {
  const bare = new Set<number>();
  const ends = lineEnds(text);
  let last = -1;
  cut(fresh, text, (line, _, length, at) => {
    if (line === last) bare.delete(line);
    else if (length === 1 && at + 1 === ends[line] && text[at] === '\n') bare.add(line);
    last = line;
  });
  return bare;
}

/** Numbers as ranges of numbers that follow one another; what lies nearer than `gap` is one. */
export function rangesOf(lines: readonly number[], gap = 1): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last.to + gap - 1) last.to = line + 1;
    else ranges.push({ from: line, to: line + 1 });
  }
  return ranges;
}

/** Offsets behind each line, its line end included; the last line, if it is empty, is none. */
function lineEnds(text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at + 1);
  if ((ends.at(-1) ?? 0) < text.length) ends.push(text.length);
  return ends;
}

/** Cuts the runs where lines end. */
function cut(
  fresh: readonly PlacedSpan[],
  text: string,
  take: (line: number, serial: number, length: number, at: number) => void,
): void {
  const ends = lineEnds(text);
  let line = 0;
  for (const { at, length, serial } of fresh) {
    for (let done = 0; done < length; ) {
      while (line < ends.length && ends[line]! <= at + done) line++;
      const end = Math.min(at + length, ends[line] ?? at + length);
      take(line, serial + done, end - at - done, at + done);
      done = end - at;
    }
  }
}
