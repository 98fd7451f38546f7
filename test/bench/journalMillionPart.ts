import { hash } from 'node:crypto';
import { boundMemory } from '../../src/cli/memory.ts';
import { makeReport } from '../../src/evidence/report.ts';
import { toHex } from '../../src/journal/digest.ts';
import { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/reader.ts';
import { connect } from '../../src/journal/runtime.ts';
import { hashedOf } from './hashedInputs.ts';

/** One part of `journalMillion.ts`, in a process of its own, bundled as the product is: `FILE PART` prints a `Measured`. */

/** Nanoseconds by the clock, and of the processor's time, which tells more where the machine is busy. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** What one process measured. `peak`: MB of the whole process. */
export interface Measured extends Spent {
  readonly peak: number;
  readonly note?: string;
}

/** Each gives the time that counts, or undefined: the whole of it. */
const parts: Readonly<Record<string, (file: string) => { readonly took?: Spent; readonly note?: string }>> = {
  idle: () => ({}),
  scan(file) {
    const connection = connect(file, { readonly: true });
    let bytes = 0;
    for (const table of ['segment', 'tail']) {
      const rows = connection.prepare(`SELECT bytes FROM ${table}`).pluck().iterate() as Iterable<Uint8Array>;
      for (const row of rows) bytes += row.length;
    }
    connection.close();
    return { note: `${(bytes / 2 ** 20).toFixed(1)} MB` };
  },
  buffers: file => ({ took: bare(file, 'buffer') }),
  strings: file => ({ took: bare(file, 'binary') }),
  open(file) {
    const journal = Journal.open(file);
    journal.takeIn();
    journal.close();
    return {};
  },
  replay(file) {
    const reader = openJournal(file);
    const { size } = reader.replay();
    reader.close();
    return { note: `${size} events` };
  },
  verify(file) {
    const reader = openJournal(file);
    const { wrong, size } = reader.verify();
    reader.close();
    return { note: `${size} events, ${wrong.length} wrong` };
  },
  report(file) {
    const reader = openJournal(file);
    const { id, size } = reader;
    const root = toHex(reader.root());
    const source = { id, size, root, checkpoints: [], events: () => reader.events(), packs: () => reader.packs() };
    const { files, totals } = makeReport([source]);
    reader.close();
    return { note: `${files[0]!.spans.length} spans, ${totals.characters} characters` };
  },
};

const [file, part] = process.argv.slice(2) as [string, string];
boundMemory();
let done: ReturnType<(typeof parts)[string]> = {};
const whole = spent(() => {
  done = parts[part]!(file);
});
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...whole, ...done.took, peak, note: done.note }));

/** What the calls alone take, segment by segment. */
function bare(file: string, to: 'buffer' | 'binary'): Spent {
  const reader = openJournal(file);
  let [wall, cpu] = [0, 0];
  for (const inputs of hashedOf(reader)) {
    const took = spent(() => {
      for (const input of inputs) hash('sha256', input, to);
    });
    wall += took.wall;
    cpu += took.cpu;
  }
  reader.close();
  return { wall, cpu };
}

function spent(work: () => void): Spent {
  const [start, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: Number(process.hrtime.bigint() - start), cpu: (user + system) * 1000 };
}
