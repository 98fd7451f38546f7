import { Catalogue } from '../../src/journal/catalogue.ts';
import { JournalError } from '../../src/journal/problem.ts';
import { JournalWriter } from '../../src/journal/writer.ts';
import { workerScript } from './workroom.ts';

/** A process that consents to FOLDER and records in it once: `recordOnce.ts HOME FOLDER`. Prints what came of it. */
const [home = '', folder = ''] = process.argv.slice(2);
try {
  const catalogue = Catalogue.open(home);
  catalogue.consent(folder, { by: 'command', software: 'test' });
  catalogue.close();
  const about = { software: 'test', editor: 'once', platform: 'here', channels: [], unreachable: [] };
  const writer = await JournalWriter.open({ home, folder, worker: workerScript, ...about });
  await writer.close();
  process.stdout.write('recorded');
} catch (error) {
  if (!(error instanceof JournalError)) throw error;
  process.stdout.write(error.problem.code);
}
