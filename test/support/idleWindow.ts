import { setInterval } from 'node:timers/promises';
import { JournalWriter } from '../../src/journal/writer.ts';
import { keystroke, lf, typedOrigin, workerScript } from './workroom.ts';

/** A process in which a person types a letter now and then: `idleWindow.ts HOME FOLDER`. Says `types` when it has begun. */
const [home = '', folder = ''] = process.argv.slice(2);
const about = { software: 'test', editor: 'idle', platform: 'here', channels: [], unreachable: [] };
const writer = await JournalWriter.open({ home, folder, worker: workerScript, ...about });
const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
const { document } = await writer.openDocument(request);
let version = 0;
for await (const _ of setInterval(100)) {
  const at = { document, tracker: 1, version: ++version, first: writer.serials(1) };
  writer.append(...keystroke(at, 0, 'x'));
  if (version === 3) process.stdout.write('types\n');
}
