import type { Change } from '../text/change.ts';
import type { CommentStyle } from './comments.ts';

/** A passage of ours in a file: from its first character up to its last, both lines' marks included. */
export interface Passage {
  readonly from: number;
  readonly to: number;
}

const begins = '[holograph:reservation]';
const ends = '[/holograph:reservation]';

/** The lines as a comment, between marks by which it is found again; no line end behind the last. */
export function commented(
  lines: readonly string[],
  { line, open = '', close = '' }: CommentStyle,
  eol: string,
): string {
  const first = open === '' ? `${line}${begins}` : `${open} ${begins}`;
  const last = close === '' ? `${line}${ends}` : `${ends} ${close}`;
  return [first, ...lines.map(one => `${line}${one}`), last].join(eol);
}

/** The first such comment of the style; its marks are alone in their lines but for what comments are made of. */
export function passageIn(text: string, style: CommentStyle): Passage | undefined {
  const [first = '', last = ''] = commented([], style, '\n').split('\n');
  const whole = style.open === undefined;
  let from = find(text, first, 0, whole);
  if (from === undefined) return undefined;
  const end = find(text, last, from + first.length, true);
  if (end === undefined) return undefined;
  // A mark that somebody else wrote before ours begins nothing.
  for (let next: number | undefined = from; next !== undefined && next < end; next = find(text, first, next + 1, whole))
    from = next;
  return { from, to: end + last.length };
}

/** Where the mark stands, `whole`: at the beginning of a line; at the end of one in any case, or of a comment. */
function find(text: string, mark: string, after: number, whole: boolean): number | undefined {
  for (let at = text.indexOf(mark, after); at >= 0; at = text.indexOf(mark, at + 1)) {
    const before = at === 0 ? '\n' : text[at - 1];
    if (whole && before !== '\n') continue;
    const behind = text.slice(at + mark.length, at + mark.length + 2);
    if (mark.endsWith(']') ? behind === '' || /^\r?\n/.test(behind) : true) return at;
  }
  return undefined;
}

/**
 * Puts a comment at the head of a file: followed by a line end and an empty line where text follows. `at`: where it may
 * begin. Where that is within a line, nothing is put around it. `headTaken` takes out what this put in, to the letter.
 */
export function headPut(text: string, comment: string, at: number, eol: string): Change {
  const atEnd = at === text.length;
  if (startsLine(text, at)) return insertion(at, `${comment}${eol}${atEnd ? '' : eol}`);
  return insertion(at, atEnd ? `${eol}${comment}` : comment);
}

export function headTaken(text: string, { from, to }: Passage): Change {
  if (!startsLine(text, from)) return deletion(from, to);
  if (to === text.length && from > 0) return deletion(from - lineEndBefore(text, from), to);
  const behind = /^(?:\r?\n){0,2}/.exec(text.slice(to, to + 4))?.[0].length ?? 0;
  return deletion(from, to + behind);
}

/** The same at the end: behind an empty line, and with a line end of its own where the text had one. */
export function endPut(text: string, comment: string, eol: string): Change {
  if (text === '') return insertion(0, `${comment}${eol}`);
  return insertion(text.length, text.endsWith('\n') ? `${eol}${comment}${eol}` : `${eol}${comment}`);
}

/** What was put behind it since then stays. */
export function endTaken(text: string, { from, to }: Passage): Change {
  const behind = /^\r?\n/.exec(text.slice(to, to + 2))?.[0].length ?? 0;
  return deletion(from - lineEndBefore(text, from), to + behind);
}

/** In the place of the passage. */
export function replaced({ from, to }: Passage, insert: string): Change {
  return { from, to, insert };
}

export function insertion(at: number, insert: string): Change {
  return { from: at, to: at, insert };
}

export function deletion(from: number, to: number): Change {
  return { from, to, insert: '' };
}

function lineEndBefore(text: string, at: number): number {
  return /\r?\n$/.exec(text.slice(Math.max(0, at - 2), at))?.[0].length ?? 0;
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}
