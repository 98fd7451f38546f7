import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeReport } from '../../src/evidence/report.ts';
import { toHex } from '../../src/journal/digest.ts';
import { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/reader.ts';
import { connect } from '../../src/journal/runtime.ts';
import { hashedOf } from './hashedInputs.ts';
import { say, shown } from './measure.ts';
import { keptJournal } from './millionJournal.ts';

/**
 * A journal of a million events, as the program itself writes it: what it takes to open, replay, verify and report it,
 * each in a process of its own, beside a bare scan of its rows and the bare SHA-256 calls: `journalMillion.ts [events]`.
 * The journal is kept between runs.
 */
const self = fileURLToPath(import.meta.url);
const [given, asked] = process.argv.slice(2);

/** Nanoseconds by the clock, and of the processor's time, which tells more where the machine is busy. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** What one process measured. `peak`: MB of the whole process. */
interface Measured extends Spent {
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

if (asked !== undefined) {
  const file = given!;
  let done: ReturnType<(typeof parts)[string]> = {};
  const whole = spent(() => {
    done = parts[asked]!(file);
  });
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ ...whole, ...done.took, peak, note: done.note }));
} else run(Number(given ?? 1_000_000));

function run(count: number): void {
  const file = keptJournal(count);
  const size = statSync(file).size;
  console.log(
    `A journal of ${count.toLocaleString('en')} events, ${(size / count).toFixed(2)} bytes an event with indexes`,
  );
  const of = (part: string): Measured => {
    const { stdout, status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', self, file, part]);
    if (status !== 0) throw new Error(`${part} ended with ${status}`);
    return JSON.parse(stdout.toString()) as Measured;
  };
  const idle = of('idle').peak;
  const line = (what: string, { wall, cpu, peak, note = '' }: Measured, goal = '') =>
    say(
      `${what}${note && ` (${note})`}`,
      `${shown(wall)}; processor ${shown(cpu)}, ${shown(cpu / count)} an event; ${peak.toFixed(0)} MB`,
      goal,
    );
  say('a process that does nothing', `${idle.toFixed(0)} MB`);
  line('a bare scan of its rows', of('scan'));
  const [buffers, strings] = [of('buffers'), of('strings')];
  line('the bare SHA-256 calls, to Buffers', buffers);
  line('the bare SHA-256 calls, to strings', strings);
  line('open, from the keyframe', of('open'));
  line('replay from the first event', of('replay'), '≤ 80 ns an event');
  const verify = of('verify');
  const times = (bareCalls: Measured) => (verify.cpu / bareCalls.cpu).toFixed(2);
  line('verify', verify, `${times(buffers)} × (${times(strings)} ×) bare SHA-256, goal ≤ 2 ×`);
  line('report, as data', of('report'), '≤ 1 s, ≤ 150 MB');
}

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
