import { createHash } from 'node:crypto';
import type { FileFormat } from './event.ts';
import { encodeFile } from './files.ts';

/** Hashes that ids of a git repository are made with. */
export type GitHash = 'sha1' | 'sha256';

/** Git's id of a file's bytes (gitformat-loose(5)), in hexadecimal. */
export function blobId(bytes: Uint8Array, hash: GitHash): string {
  return createHash(hash).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Whether git's id is that of the text as its file holds it, or in UTF-8 with `\n` line ends, as git may keep it. */
export function isBlobOf(
  { text, format }: { readonly text: string; readonly format: FileFormat },
  id: string,
  hash: GitHash,
): boolean {
  return formsOf(text, format).some(bytes => blobId(bytes, hash) === id);
}

function formsOf(text: string, format: FileFormat): Uint8Array[] {
  const plain = Buffer.from(text, 'utf8');
  try {
    return [encodeFile(text, format), plain];
  } catch (error) {
    // A text that its own encoding cannot write.
    if (error instanceof RangeError) return [plain];
    throw error;
  }
}
