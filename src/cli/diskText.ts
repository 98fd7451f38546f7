import { existsSync } from 'node:fs';
import type { DocumentState } from '../journal/documentState.ts';
import { decodeFile } from '../journal/files.ts';
import { bytesOf } from './journals.ts';

/** The text of a file as it stands, with `\n` line ends; undefined where there is none. Throws Refusal where it cannot be read. */
export function textOnDisk(file: string, { format }: Pick<DocumentState, 'format'>): string | undefined {
  if (!existsSync(file)) return undefined;
  const decoded = decodeFile(bytesOf(file), format.encoding);
  return 'text' in decoded ? decoded.text : undefined;
}
