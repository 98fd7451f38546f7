import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { JournalWriter } from '../../src/journal/writer.ts';
import type { Beforehand } from '../rig/hostWindow.ts';
import { initial, workerScript } from '../support/workroom.ts';

/** A work that was recorded in a folder which is gone since: what stood in it stands in the window's folder now. */
export async function before({ home, folder }: Beforehand): Promise<void> {
  const earlier = `${folder}-earlier`;
  mkdirSync(earlier);
  const catalogue = Catalogue.open(home);
  const { work } = catalogue.consent(earlier, { by: 'person', software: 'test' });
  catalogue.close();
  writeFileSync(join(earlier, 'chapter.md'), 'Written long ago.\n');
  const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
  const writer = await JournalWriter.open({ home, folder: earlier, worker: workerScript, ...about });
  await writer.baseline(['chapter.md'], initial, 'baseline');
  await writer.close();
  rmSync(earlier, { recursive: true });
  writeFileSync(join(folder, 'chapter.md'), 'Written long ago.\n');
  writeFileSync(join(folder, 'holograph.json'), `${JSON.stringify({ work })}\n`);
}
