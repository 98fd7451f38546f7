import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { FileFormat, SkipReason } from './event.ts';
import { decodeFile, fileDigest, largest } from './files.ts';
import { isSecret } from './secrecy.ts';

/** A file's text as it stands on disk. */
export interface FileText {
  readonly text: string;
  readonly format: FileFormat;
  /** SHA-256 (hex) of its bytes; empty where the text has blanks that the file has not. */
  readonly digest: string;
  /** When the file was last touched, ms since 1970 UTC by the disk's clock; no program can set it back. */
  readonly touched: number;
  /** Where the file really lies below the folder, with `/`: another path than asked for where a link led there. */
  readonly real: string;
}

/**
 * The file at `path` (relative to the folder, with `/`). `undefined`: there is no such file. A link that leads out
 * of the folder, or to a file that holds secrets by its name, is not followed: consent was given for the folder.
 * `known`: the one-byte encoding the file is known to have.
 */
export function readText(
  folder: string,
  path: string,
  known?: string,
): FileText | { readonly skip: SkipReason } | undefined {
  try {
    const real = realpathSync(join(folder, path));
    const within = relative(realpathSync(folder), real);
    const parts = within.split(sep);
    if (parts[0] === '..' || isAbsolute(within)) return { skip: 'excluded' };
    if (isSecret(within)) return { skip: 'secret' };
    const stat = statSync(real);
    if (!stat.isFile()) return undefined;
    if (stat.size > largest) return { skip: 'large' };
    const bytes = readFileSync(real);
    const decoded = decodeFile(bytes, known);
    return 'skip' in decoded
      ? decoded
      : { ...decoded, digest: fileDigest(bytes), touched: stat.ctimeMs, real: parts.join('/') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    return { skip: 'unreadable' };
  }
}
