import { JournalWriter } from '../../src/journal/writer.ts';
import { keystroke, lf, typedOrigin, workerScript } from './workroom.ts';

/**
 * A process that types: `typist.ts HOME FOLDER COUNT`. It prints each ordinal's sequence as it is committed,
 * one line a block, and types on until COUNT letters are through or it is killed.
 */
const [home = '', folder = '', count = '0'] = process.argv.slice(2);
const about = { software: 'test', editor: 'typist', platform: 'here', channels: [], unreachable: [] };
const writer = await JournalWriter.open({ home, folder, worker: workerScript, ...about });
let committed = 0;
writer.onCommitted((_ordinal, sequence, n) => {
  committed += n;
  process.stdout.write(`${sequence} ${n}\n`);
});
const path = `${writer.session}.md`;
const { document } = await writer.openDocument({
  tracker: 1,
  path,
  text: '',
  format: lf,
  origin: typedOrigin,
  observation: { by: 'open' },
});
for (let version = 1; version <= Number(count); version++) {
  writer.append(...keystroke({ document, tracker: 1, version, first: writer.serials(1) }, version - 1, 'x'));
  if (version % 5 === 0) await new Promise(resolve => setTimeout(resolve, 2));
}
await writer.flush();
process.stdout.write(`done ${committed}\n`);
await writer.close();
