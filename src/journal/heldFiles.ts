import { type GitHash, isBlobOf } from './gitBlob.ts';
import type { Replay } from './replay.ts';

/** A file as a git repository holds it: its path, relative to the recorded folder and with `/`, and the id of its bytes. */
export interface CommittedFile {
  readonly path: string;
  /** Full object id, hex. */
  readonly blob: string;
}

export interface CommittedFiles {
  readonly files: readonly CommittedFile[];
  /** What ids of the repository are made with. */
  readonly hash: GitHash;
}

/** A recorded file that somebody else holds with the text that it has here, by the event that says so. */
export interface HeldFile {
  readonly document: number;
  /** Sequence of the event by which the file got the text. */
  readonly saved: number;
}

/** Those of these files that have the bytes as last recorded, or its text in UTF-8 with `\n` line ends, as git may keep it. */
export function heldFiles(replay: Replay, { files, hash }: CommittedFiles): readonly HeldFile[] {
  return files.flatMap(({ path, blob }) => {
    const document = replay.at(path);
    if (document === undefined || !document.present) return [];
    return isBlobOf(document, blob, hash) ? [{ document: document.document, saved: document.savedAt }] : [];
  });
}
