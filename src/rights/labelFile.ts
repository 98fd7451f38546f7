import type { FileFormat } from '../journal/event.ts';
import { type DecodedFile, decodeFile, encodeFile } from '../journal/files.ts';
import { type Change, ChangeSet } from '../text/change.ts';

/** A file after changes of ours, and its bytes. */
export interface ChangedFile extends DecodedFile {
  readonly bytes: Uint8Array;
}

/**
 * The file with these changes of its text; lines that are left keep their ends, new ones have the file's own. Undefined where
 * its encoding cannot say them, or the bytes would be read as another text.
 */
export function changedFile({ text, format }: DecodedFile, changes: readonly Change[]): ChangedFile | undefined {
  const set = ChangeSet.of(text.length, changes);
  const after = set.apply(text);
  const own = { ...format, ...othersAfter(text, format, set) };
  if (own.others?.length === 0) delete own.others;
  const bytes = encoded(after, own);
  if (bytes === undefined) return undefined;
  const read = decodeFile(bytes, format.encoding);
  if ('skip' in read || read.text !== after || !sameEnds(read.format, own, after)) return undefined;
  return { text: after, format: read.format, bytes };
}

/** Which lines end otherwise than the others, once lines were put in or taken out before them. */
function othersAfter(text: string, { others }: FileFormat, { changes }: ChangeSet): { others?: number[] } {
  if (others === undefined) return {};
  const otherwise = new Set(others);
  const kept: number[] = [];
  let [line, shift, next] = [0, 0, 0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1), line++) {
    for (; next < changes.length && changes[next]!.to <= at; next++) {
      const { from, to, insert } = changes[next]!;
      shift += breaks(insert) - breaks(text.slice(from, to));
    }
    const gone = next < changes.length && changes[next]!.from <= at && at < changes[next]!.to;
    if (otherwise.has(line) && !gone) kept.push(line + shift);
  }
  return { others: kept };
}

function breaks(text: string): number {
  return text.split('\n').length - 1;
}

function encoded(text: string, format: FileFormat): Uint8Array | undefined {
  try {
    return encodeFile(text, format);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where as many lines end in one way as in the other, either may be called the file's own. */
function sameEnds(a: FileFormat, b: FileFormat, text: string): boolean {
  const ends = ({ eol, others = [] }: FileFormat) => {
    const otherwise = new Set(others);
    return Array.from({ length: breaks(text) }, (_, line) =>
      otherwise.has(line) ? eol !== '\r\n' : eol === '\r\n',
    ).join();
  };
  return a.encoding === b.encoding && a.bom === b.bom && ends(a) === ends(b);
}
