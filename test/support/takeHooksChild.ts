import { JournalWriter } from '../../src/journal/writer.ts';
import { takingHooks } from './takeHooks.ts';
import { workerScript } from './workroom.ts';

/** `takeHooksChild.ts HOME FOLDER STAGE`: takes what hooks left up to a stage, says so, and then waits to be killed. */
const [home, folder, stage] = process.argv.slice(2) as [string, string, string];
const about = { software: 'test', editor: 'child', platform: 'here', channels: [], unreachable: [] };
const writer = await JournalWriter.open({ home, folder, worker: workerScript, ...about });
const at = (now: string) => {
  if (now !== stage) return undefined;
  process.stdout.write(`${stage}\n`);
  return new Promise<void>(() => undefined);
};
void takingHooks({ writer, home, at }).read();
setInterval(() => undefined, 1000);
