import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Member, textMember } from './bag.ts';

export const scriptMember = 'verify/verify.py';

/**
 * `verify/verify.py`: a check of an unpacked package in Python alone, written from the specifications and sharing no code
 * with this program; as this version has it, the same bytes in all its packages.
 */
export function verifyScriptMember(): Member {
  const places = [join(import.meta.dirname, '..', 'media'), join(import.meta.dirname, '..', '..', 'media')];
  const file = places.map(media => join(media, 'package', 'verify.py')).find(place => existsSync(place));
  if (file === undefined) throw new Error(`media/package/verify.py is missing beside ${import.meta.dirname}`);
  return textMember(scriptMember, readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
}
