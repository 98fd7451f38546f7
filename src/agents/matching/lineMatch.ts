import { plainText } from '../plainText.ts';
import type { DigestedEdit } from './editChains.ts';
import { broughtIn, putIn } from './editText.ts';
import type { Range } from './explained.ts';
import type { Align } from './nearby.ts';
import { SHORTEST } from './newText.ts';
import type { Placed } from './outsideChange.ts';

/** Of the lines that are new to us, or of those that the edit wrote, this share must be the other's too. */
const SHARE = 0.9;

/**
 * Where lines that an edit wrote stand among new text, in whatever order, when white space is all that differs: sorted
 * and disjoint. Nothing unless nearly all of our new lines are the edit's, or nearly all of the edit's are ours. A line
 * of a bracket or two, which anybody may have written, counts only behind or before a line that counts.
 */
export async function linesIn(
  edit: DigestedEdit,
  fresh: readonly Placed[],
  after: string,
  align: Align,
): Promise<readonly Range[]> {
  const own = linesWith(after, fresh).filter(line => line.plain !== '');
  const wrote = new Map<string, string[]>();
  for (const raw of await writtenBy(edit, align)) {
    const plain = plainOf(raw);
    if (plain !== '') wrote.set(plain, [...(wrote.get(plain) ?? []), raw]);
  }
  const said = own.map(({ plain }) => wrote.has(plain) && isTelling(plain));
  const alike = own.filter(({ plain }) => wrote.has(plain));
  const found = new Set(alike.map(({ plain }) => plain));
  if (alike.length < SHARE * own.length && found.size < SHARE * wrote.size) return [];
  if (alike.reduce((n, { plain }, i) => n + (said[i] === false ? 0 : plain.length), 0) < SHORTEST) return [];
  return own.flatMap((line, i) => {
    const raws = wrote.get(line.plain);
    if (raws === undefined || !(said[i] || said[i - 1] || said[i + 1])) return [];
    return sameParts(line, raws);
  });
}

interface Line extends Range {
  /** Without its line end. */
  readonly raw: string;
  readonly plain: string;
}

/** Lines of the text that hold any of these characters, beside blanks. */
function linesWith(text: string, fresh: readonly Placed[]): Line[] {
  const out: Line[] = [];
  for (const { at, length } of fresh) {
    let from = Math.max(at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1, out.at(-1)?.to ?? 0);
    while (from < at + length) {
      const feed = text.indexOf('\n', from);
      const end = feed < 0 ? text.length : feed;
      const to = Math.min(text.length, end + 1);
      const raw = text.slice(from, end);
      if (text.slice(Math.max(from, at), Math.min(end, at + length)).trim() !== '')
        out.push({ from, to, raw, plain: plainOf(raw) });
      from = to;
    }
  }
  return out;
}

/** Whole lines that the edit changed, as it left them. */
async function writtenBy(edit: DigestedEdit, align: Align): Promise<string[]> {
  if (edit.replaced) {
    const parts = await broughtIn(edit.replaced, align);
    const fresh = parts.map(({ from, to }) => ({ at: from, length: to - from, serial: 0 }));
    return linesWith(plainText(edit.replaced.new), fresh).map(({ raw }) => raw);
  }
  const put = (await putIn(edit, align)) ?? [];
  const fresh = put.map(({ from, to }) => ({ at: from, length: to - from, serial: 0 }));
  return linesWith(plainText(edit.after ?? ''), fresh).map(({ raw }) => raw);
}

function plainOf(line: string): string {
  return line.replace(/\s+/g, ' ').trim();
}

/** Whether a line says more than brackets do. */
function isTelling(plain: string): boolean {
  return (plain.match(/[\p{L}\p{N}]/gu) ?? []).length >= 4;
}

/** All of a line that is the edit's to the letter, with its end; else its words, and the blanks that are the same. */
function sameParts({ from, to, raw }: Line, wrote: readonly string[]): Range[] {
  if (wrote.includes(raw)) return [{ from, to }];
  const [own, other] = [partsOf(raw), partsOf(wrote[0]!)];
  const out: { from: number; to: number }[] = [];
  let at = from;
  // One of the two may begin with blanks and the other not.
  const shift = Number(/^\s/.test(wrote[0]!)) - Number(/^\s/.test(raw));
  for (const [i, part] of own.entries()) {
    if (/\S/.test(part) || part === other[i + shift]) out.push({ from: at, to: at + part.length });
    at += part.length;
  }
  return out;
}

function partsOf(line: string): string[] {
  return line.match(/\s+|\S+/g) ?? [];
}
