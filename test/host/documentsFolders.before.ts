import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Beforehand } from '../rig/hostWindow.ts';

/** A window of three folders. */
export async function before({ folder }: Beforehand): Promise<void> {
  const names = ['one', 'two', 'three'];
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'text.md'), `A sentence that was there in folder ${name}.\n`);
  }
  writeFileSync(join(folder, 'rig.code-workspace'), JSON.stringify({ folders: names.map(path => ({ path })) }));
}
