import type { Replay } from './replay.ts';

/** A recorded file that somebody else holds with the text that it has here, by the event that says so. */
export interface HeldFile {
  readonly document: number;
  /** Sequence of the event by which the file got the text. */
  readonly saved: number;
}

/** A file as somebody else holds it: its path, relative and with `/`, and SHA-256 (hex) of its text with `\n` line ends. */
export interface CommittedText {
  readonly path: string;
  readonly textDigest: string;
}

/** Those of these files that have the text with this digest (SHA-256, hex) as last recorded. */
export function heldFiles(replay: Replay, files: readonly CommittedText[]): readonly HeldFile[] {
  return files.flatMap(({ path, textDigest }) => {
    const document = replay.at(path);
    if (document === undefined || !document.present || document.textDigest !== textDigest) return [];
    return [{ document: document.document, saved: document.savedAt }];
  });
}
