import { mayHoldBlanks } from '../journal/blank.ts';
import type { FileFormat } from '../journal/event.ts';
import { encodeFile, fileDigest } from '../journal/files.ts';
import { plainTextDigest } from '../journal/parts.ts';
import { digestTaken } from '../journal/statedDigests.ts';
import type { Member } from './bag.ts';
import type { ReplayedDocument } from './chronicle.ts';
import { byCodeUnit, memberNames } from './names.ts';

/** A document, with the digest of the file's bytes where the events state it. */
export interface StatedDocument extends ReplayedDocument {
  readonly fileDigest?: string | undefined;
}

/** A file of the work as the package holds it. */
export interface PackagedWork {
  readonly path: string;
  readonly document: ReplayedDocument;
  readonly text: string;
  readonly member: Member;
  readonly fileDigest: string;
  /** Digest of the file's bytes as the last event on it states them; null when none does. */
  readonly statedDigest: string | null;
  readonly textDigest: string;
  /** Of the bytes: the file's own, but where its encoding cannot write blanks for words that were taken out. */
  readonly format: FileFormat;
}

/** A recorded or listed file that the package does not hold, and why. */
export interface LeftOut {
  readonly path: string;
  readonly why: 'notListed' | 'notRecorded' | 'deleted' | 'encoding';
}

export interface Works {
  /** In the order of the work. */
  readonly files: readonly PackagedWork[];
  readonly leftOut: readonly LeftOut[];
}

/** The recorded files that are not in the work, though the journal holds their text. */
export function recordedBeside(leftOut: readonly LeftOut[]): readonly string[] {
  return leftOut.filter(({ why }) => why === 'notListed' || why === 'deleted').map(({ path }) => path);
}

/**
 * The work's files as the events leave them: exact bytes, from the text last saved and its format.
 * `listed`: files or folders in the author's order; empty: all that are recorded and present, by path.
 */
export function worksOf(documents: Iterable<StatedDocument>, listed: readonly string[]): Works {
  const byPath = new Map<string, StatedDocument>();
  for (const document of documents) {
    if (document.path === undefined) continue;
    // A path may have had several documents; the one that is present has it now.
    if (document.present || !byPath.get(document.path)?.present) byPath.set(document.path, document);
  }
  const paths = [...byPath.keys()].sort(byCodeUnit);
  const present = paths.filter(path => byPath.get(path)!.present);
  const names = memberNames(paths);
  const wanted = listed.length === 0 ? present : inOrder(listed, present);
  const files: PackagedWork[] = [];
  const leftOut: LeftOut[] = [];
  for (const path of wanted) {
    const document = byPath.get(path);
    const work = document?.present ? packaged(path, names.get(path)!, document) : undefined;
    if (work !== undefined) files.push(work);
    else
      leftOut.push({ path, why: document === undefined ? 'notRecorded' : document.present ? 'encoding' : 'deleted' });
  }
  const taken = new Set(wanted);
  for (const path of paths) {
    if (taken.has(path)) continue;
    leftOut.push({ path, why: byPath.get(path)!.present ? 'notListed' : 'deleted' });
  }
  return { files, leftOut };
}

/** Whether a path is of the work: listed, below a listed folder, or nothing is listed. */
export function isListed(path: string | undefined, listed: readonly string[]): boolean {
  if (path === undefined) return false;
  return listed.length === 0 || listed.some(name => path === name || path.startsWith(`${name}/`));
}

/** The listed paths, a folder as the present files below it; one that names nothing stays as it is. */
function inOrder(listed: readonly string[], present: readonly string[]): readonly string[] {
  const order = new Set<string>();
  for (const name of listed) {
    const below = present.filter(path => path.startsWith(`${name}/`));
    for (const path of below.length > 0 ? below : [name]) order.add(path);
  }
  return [...order];
}

function packaged(path: string, name: string, document: StatedDocument): PackagedWork | undefined {
  const written = bytesOfFile(document);
  if (written === undefined) return undefined;
  const { text, bytes, format } = written;
  return {
    path,
    document,
    text,
    member: { name: `data/work/${name}`, bytes },
    fileDigest: fileDigest(bytes),
    statedDigest: document.fileDigest === digestTaken ? null : document.fileDigest || null,
    textDigest: plainTextDigest(text),
    format,
  };
}

/** The file that a document stands for, as it was last saved; undefined where its encoding cannot write it. */
export function bytesOfFile(
  document: StatedDocument,
): { readonly text: string; readonly bytes: Uint8Array; readonly format: FileFormat } | undefined {
  const text = document.text.toString();
  const { format } = document;
  const own = encoded(text, format);
  const written = own === undefined && mayHoldBlanks(text) ? { ...format, encoding: 'utf-8', bom: false } : format;
  const bytes = own ?? encoded(text, written);
  if (bytes === undefined || (own === undefined && written === format)) return undefined;
  return { text, bytes, format: written };
}

function encoded(text: string, format: FileFormat): Uint8Array | undefined {
  try {
    return encodeFile(text, format);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
