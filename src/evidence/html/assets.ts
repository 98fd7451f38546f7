import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In this order: what is narrower comes later. */
const styles = ['page.css', 'figures.css', 'text.css', 'replay.css', 'controls.css', 'media.css'];

/** The page's own style. */
export function style(): string {
  return styles.map(asset).join('\n');
}

/** The page's own script. */
export function script(): string {
  return [asset('report.js'), asset('replay.js')].join('\n');
}

/** Style and script of the replay as a page of its own. */
export function replayStyle(): string {
  return ['page.css', 'text.css', 'replay.css', 'replayPage.css'].map(asset).join('\n');
}

export function replayScript(): string {
  return asset('replay.js');
}

/** A file of `media/report/`: beside the bundle's folder, or above the sources. */
function asset(name: string): string {
  const places = [join(import.meta.dirname, '..', 'media'), join(import.meta.dirname, '..', '..', '..', 'media')];
  const media = places.find(place => existsSync(join(place, 'report', name)));
  if (media === undefined) throw new Error(`media/report/${name} is missing beside ${import.meta.dirname}`);
  return readFileSync(join(media, 'report', name), 'utf8').replaceAll('\r\n', '\n');
}

/** What a content security policy calls an inline style or script that it lets pass. */
export function cspHash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
