import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page's own style and script: `media/report/`, beside the bundle or two folders above the sources. */
export function asset(name: 'report.css' | 'report.js'): string {
  const places = [join(import.meta.dirname, '..', 'media'), join(import.meta.dirname, '..', '..', '..', 'media')];
  const media = places.find(place => existsSync(join(place, 'report', name)));
  if (media === undefined) throw new Error(`media/report/${name} is missing beside ${import.meta.dirname}`);
  return readFileSync(join(media, 'report', name), 'utf8').replaceAll('\r\n', '\n');
}

/** What a content security policy calls an inline style or script that it lets pass. */
export function cspHash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
