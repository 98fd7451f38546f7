import { readFileSync, statSync } from 'node:fs';
import type { FileFormat, SkipReason } from './event.ts';
import { decodeFile, fileDigest, largest } from './files.ts';

/** A file's text as it stands on disk. */
export interface FileText {
  readonly text: string;
  readonly format: FileFormat;
  /** SHA-256 (hex) of its bytes. */
  readonly digest: string;
  /** When the file was last touched, ms since 1970 UTC by the disk's clock; no program can set it back. */
  readonly touched: number;
}

/** `undefined`: there is no such file. `known`: the one-byte encoding it is known to have. */
export function readText(path: string, known?: string): FileText | { readonly skip: SkipReason } | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return undefined;
    if (stat.size > largest) return { skip: 'large' };
    const bytes = readFileSync(path);
    const decoded = decodeFile(bytes, known);
    return 'skip' in decoded ? decoded : { ...decoded, digest: fileDigest(bytes), touched: stat.ctimeMs };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    return { skip: 'unreadable' };
  }
}
