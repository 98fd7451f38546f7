import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { JournalWriter } from '../../src/journal/writer.ts';
import { keystroke, lf, typedOrigin, Workroom } from '../support/workroom.ts';
import { quantiles, say, shown } from './measure.ts';

/** What handing an act to the journal costs the editor's thread, and how long until it is committed: `journalAppend.ts [acts]`. */
const count = Number(process.argv[2] ?? 20_000);
const room = new Workroom();
room.consent();
const writer = await room.writer();
const request = { text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
const { document } = await writer.openDocument({ tracker: 1, ...request });
let version = 0;
const type = (to: JournalWriter) =>
  to.append(...keystroke({ document, tracker: 1, version: ++version, first: to.serials(1) }, version - 1, 'x'));

/** Nanoseconds of a turn of the loop, each with some acts in it; the acts alone, and all until the next turn. */
async function turns(acts: number): Promise<{ calls: Float64Array; whole: Float64Array }> {
  const n = Math.ceil(count / Math.max(acts, 1));
  const calls = new Float64Array(n * Math.max(acts, 1));
  const whole = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const begin = process.hrtime.bigint();
    for (let j = 0; j < acts; j++) {
      const before = process.hrtime.bigint();
      type(writer);
      calls[i * acts + j] = Number(process.hrtime.bigint() - before);
    }
    await turn();
    whole[i] = Number(process.hrtime.bigint() - begin);
  }
  return { calls, whole };
}

const line = (times: Float64Array, per = 1) => {
  const { p50, p99, p999, max } = quantiles(times.subarray(Math.floor(times.length / 5)));
  return [p50, p99, p999, max].map(ns => shown(ns / per)).join(', ');
};

console.log(`Handing ${count} acts over, p50, p99, p99.9, max; the first fifth left out`);
await turns(1);
await writer.flush();
const empty = await turns(0);
const one = await turns(1);
await writer.flush();
const ten = await turns(10);
await writer.flush();
say('append, one a turn', line(one.calls), '≤ 2, 10, 100 µs');
say('append, ten a turn', line(ten.calls));
say('a turn of the loop: empty', line(empty.whole));
say('a turn of the loop: with one act, handed over', line(one.whole));
say('a turn of the loop: with ten, an act', line(ten.whole, 10));

const waits = new Float64Array(30);
for (let i = 0; i < waits.length; i++) {
  const begin = process.hrtime.bigint();
  const committed = new Promise<void>(resolve => {
    const { dispose } = writer.onCommitted(() => {
      dispose();
      resolve();
    });
  });
  type(writer);
  await committed;
  waits[i] = Number(process.hrtime.bigint() - begin);
  await wait(5);
}
say('keystroke to committed', line(waits), '≤ 300 ms');
await room.clear();
