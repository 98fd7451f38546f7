import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { out, root } from '../rig/paths.ts';
import type { Measured } from './journalMillionPart.ts';
import { say, shown } from './measure.ts';
import { keptJournal } from './millionJournal.ts';

/**
 * A journal of a million events, as the program itself writes it: what it takes to open, replay, verify and report it,
 * each in a process of its own, bundled as the product is, beside a bare scan of its rows and the bare SHA-256 calls:
 * `journalMillion.ts [events]`. The journal is kept between runs.
 */
run(Number(process.argv[2] ?? 1_000_000));

function run(count: number): void {
  const file = keptJournal(count);
  const size = statSync(file).size;
  const program = bundled();
  console.log(
    `A journal of ${count.toLocaleString('en')} events, ${(size / count).toFixed(2)} bytes an event with indexes`,
  );
  const of = (part: string): Measured => {
    const { stdout, status } = spawnSync(process.execPath, [program, file, part]);
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

function bundled(): string {
  const outfile = join(out, 'journalMillion/part.cjs');
  buildSync({
    entryPoints: [join(root, 'test/bench/journalMillionPart.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['better-sqlite3'],
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  });
  return outfile;
}
