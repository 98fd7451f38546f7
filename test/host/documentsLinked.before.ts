import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../../src/journal/catalogue.ts';
import type { Beforehand } from '../rig/hostWindow.ts';

/** A recorded folder, and a window that opens a folder of it by a link from elsewhere. */
export async function before({ home, folder }: Beforehand): Promise<void> {
  const work = join(folder, 'work');
  mkdirSync(join(work, 'part'), { recursive: true });
  writeFileSync(join(work, 'part', 'text.md'), 'A sentence that was there.\n');
  symlinkSync(join(work, 'part'), join(folder, 'linked'));
  const catalogue = Catalogue.open(home);
  catalogue.consent(work, { by: 'person', software: 'test' });
  catalogue.close();
  writeFileSync(join(folder, 'rig.code-workspace'), JSON.stringify({ folders: [{ path: 'linked' }] }));
}
