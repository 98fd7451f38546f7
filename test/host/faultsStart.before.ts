import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { JournalWriter } from '../../src/journal/writer.ts';
import type { Beforehand } from '../rig/hostWindow.ts';
import { damagePages } from '../support/harm.ts';
import { initial, workerScript } from '../support/workroom.ts';

/** A folder that was recorded; its journal is damaged since, and a file stands where the data folder should be. */
export async function before({ home, folder }: Beforehand): Promise<void> {
  writeFileSync(join(folder, 'chapter.md'), 'Written long ago.\n');
  const catalogue = Catalogue.open(home);
  const { file } = catalogue.consent(folder, { by: 'person', software: 'test' });
  catalogue.close();
  const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
  const writer = await JournalWriter.open({ home, folder, worker: workerScript, ...about });
  await writer.baseline(['chapter.md'], initial, 'baseline');
  await writer.close();
  damagePages(file);
  renameSync(home, `${home}.kept`);
  writeFileSync(home, '');
}
