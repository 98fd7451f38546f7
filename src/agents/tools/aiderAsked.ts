import type { Replacement } from '../reading/replacement.ts';
import { filesOf } from './codexPatch.ts';

/** A change that a reply of the model asks aider to make to one file. */
export interface Asked {
  /** As the model named it, relative to the root of the repository. */
  readonly file: string;
  /** Lines of the reply that say it, half-open, with the name and the fence around it. */
  readonly from: number;
  readonly to: number;
  readonly replaced: readonly Replacement[];
  /** The whole file, where it was asked for as a whole. */
  readonly whole?: string;
}

export const blockStart = /^<{5,9} (SEARCH|ORIGINAL)\s*$/;
const blockMiddle = /^={5,9}\s*$/;
export const blockEnd = /^>{5,9} (REPLACE|UPDATED)\s*$/;
/** aider's fences: backticks, or a tag where the files themselves have backticks. */
export const fence = /^(`{3,}|<\/?(source|code|pre|codeblock|sourcecode)>)/;
/** A line that stands for lines left out, the same in both halves of a block. */
const elision = /^\s*\.\.\.\s*$/;

/**
 * What a reply asks for, in its order: SEARCH/REPLACE blocks, hunks of fenced unified diffs, and fenced listings with a
 * name before them, or a patch in the language of OpenAI's models. Whether aider did it stands behind the reply; a listing is a change only if it says so. Forms as in
 * aider's `editblock_coder.py`, `udiff_coder.py` and `wholefile_coder.py`.
 */
export function askedIn(lines: readonly string[]): readonly Asked[] {
  if (lines.includes('*** Begin Patch') && !lines.some(line => blockStart.test(line))) return patched(lines);
  const out: Asked[] = [];
  let name: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    if (blockStart.test(lines[at]!)) {
      name = nameBefore(lines, at) ?? name;
      const middle = next(lines, at + 1, blockMiddle);
      const end = next(lines, middle + 1, blockEnd);
      // A block without its end: aider refuses the whole reply from here on.
      if (end === lines.length) return out;
      const replaced = pieces(lines.slice(at + 1, middle), lines.slice(middle + 1, end));
      if (name !== undefined) out.push({ file: name, ...around(lines, at, end + 1), replaced });
      at = end;
    } else if (fence.test(lines[at]!) && !holdsBlock(lines, at)) {
      const end = next(lines, at + 1, fence);
      const inside = lines.slice(at + 1, end);
      const place = around(lines, at + 1, end);
      if (/^```diff\b/.test(lines[at]!)) out.push(...hunks(inside, place));
      else if (at > 0 && end < lines.length) {
        const file = bare(lines[at - 1]!);
        if (file !== undefined) out.push({ file, ...place, replaced: [], whole: joined(inside) });
      }
      at = end;
    }
  }
  return out;
}

function patched(lines: readonly string[]): Asked[] {
  const place = { from: lines.indexOf('*** Begin Patch'), to: next(lines, 0, /^\*\*\* End Patch$/) + 1 };
  return (filesOf(lines.join('\n')) ?? []).flatMap(file => {
    if (file.kind === 'delete') return [];
    const places = file.kind === 'add' ? [{ old: '', new: file.text }] : file.places;
    return [{ file: file.file, ...place, replaced: places.map(one => ({ old: one.old, new: one.new, all: false })) }];
  });
}

/** The first line from there on that fits; the end of the text if none does. */
function next(lines: readonly string[], from: number, fits: RegExp): number {
  for (let at = from; at < lines.length; at++) if (fits.test(lines[at]!)) return at;
  return lines.length;
}

/** A fence around SEARCH/REPLACE blocks has the first of them within its first lines. */
function holdsBlock(lines: readonly string[], at: number): boolean {
  return lines.slice(at + 1, at + 4).some(line => blockStart.test(line));
}

/** The place with the fence and the name that stand around it. */
function around(lines: readonly string[], from: number, to: number): { from: number; to: number } {
  let first = from;
  for (let up = 1; up <= 2 && first > 0 && lines[first - 1]!.trim() !== ''; up++) first--;
  return { from: first, to: to < lines.length && fence.test(lines[to]!) ? to + 1 : to };
}

function nameBefore(lines: readonly string[], at: number): string | undefined {
  for (let up = at - 1; up >= 0 && up >= at - 3; up--) {
    const name = bare(lines[up]!);
    if (name !== undefined) return name;
    if (!fence.test(lines[up]!)) return undefined;
  }
  return undefined;
}

/** A file's name without what models put around it. */
function bare(line: string): string | undefined {
  const name = line.trim();
  if (name === '' || name === '...' || fence.test(name) || name.length > 1000) return undefined;
  return (
    name
      .replace(/:+$/, '')
      .replace(/^#+/, '')
      .trim()
      .replace(/^[`*]+|[`*]+$/g, '')
      .replaceAll('\\_', '_') || undefined
  );
}

/** A block as replacements: where it leaves lines out, each piece by itself; a sketch that does not pair says nothing. */
function pieces(old: readonly string[], next: readonly string[]): Replacement[] {
  const [before, after] = [split(old), split(next)];
  if (before.length !== after.length) return [];
  return before.flatMap((piece, index) =>
    piece === after[index] ? [] : [{ old: piece, new: after[index]!, all: false }],
  );
}

function split(lines: readonly string[]): string[] {
  const out: string[][] = [[]];
  for (const line of lines) {
    if (elision.test(line)) out.push([]);
    else out.at(-1)!.push(line);
  }
  return out.map(joined);
}

function hunks(inside: readonly string[], place: { from: number; to: number }): Asked[] {
  const named = inside[1]?.startsWith('+++ ') ? inside[1].slice(4).split('\t')[0]!.trim() : undefined;
  if (named === undefined) return [];
  const out: Asked[] = [];
  let [old, next, changed] = [[] as string[], [] as string[], false];
  for (const line of [...inside.slice(2), '@@']) {
    if (line.startsWith('@')) {
      if (changed) out.push({ file: named, ...place, replaced: [{ old: joined(old), new: joined(next), all: false }] });
      [old, next, changed] = [[], [], false];
    } else if (line.startsWith('-')) changed = old.push(line.slice(1)) > 0;
    else if (line.startsWith('+')) changed = next.push(line.slice(1)) > 0;
    else for (const side of [old, next]) side.push(line.slice(1));
  }
  return out;
}

function joined(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('');
}
