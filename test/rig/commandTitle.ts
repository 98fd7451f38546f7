import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

interface Contributed {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

/** A command as the palette shows it in English: `Category: Title`. Throws if the manifest has no such command. */
export function commandTitle(id: string): string {
  const manifest = json('package.json') as { contributes?: { commands?: readonly Contributed[] } };
  const texts = json('package.nls.json') as Readonly<Record<string, string>>;
  const found = manifest.contributes?.commands?.find(one => one.command === id);
  if (!found) throw new Error(`package.json contributes no command ${id}`);
  const resolve = (text: string): string => text.replace(/^%(.+)%$/, (whole, key: string) => texts[key] ?? whole);
  return found.category === undefined ? resolve(found.title) : `${resolve(found.category)}: ${resolve(found.title)}`;
}

function json(name: string): unknown {
  const path = join(root, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
