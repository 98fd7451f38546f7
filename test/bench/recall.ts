import { statSync } from 'node:fs';
import { join } from 'node:path';
import { printsOf } from '../../src/journal/recallPrints.ts';
import { RecallTable } from '../../src/journal/recallTable.ts';
import { Desk } from '../support/desk.ts';
import { Seeded } from '../support/seeded.ts';
import { Workroom } from '../support/workroom.ts';
import { bytesHeld, quantiles, say, shown } from './measure.ts';

/** Finding text that returns, in a journal of some megabytes of text: `recall.ts [megabytes]`. */
const megabytes = Number(process.argv[2] ?? 20);
const lots = new Seeded(7);
const letters = 'etaoinshrdlucmfwypvbgk';
const words = Array.from({ length: 20_000 }, () =>
  Array.from({ length: 2 + lots.below(8) }, () => letters[lots.below(letters.length)]).join(''),
);

function prose(length: number): string {
  const out: string[] = [];
  for (let at = 0; at < length; ) {
    const word = words[lots.below(words.length)]!;
    out.push(word, lots.below(12) === 0 ? '.\n' : ' ');
    at += word.length + 1;
  }
  return out.join('').slice(0, length);
}

/** Nanoseconds of the processor, all threads: on a busy machine the clock says how long others worked. */
function time(of: () => void): number {
  const start = process.cpuUsage();
  of();
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1e3;
}

const text = prose(4_000_000);
let prints = 0;
const winnowed = time(() => printsOf(text, () => prints++));
say(
  'prints alone',
  `${((text.length * 1e3) / winnowed).toFixed(0)} MB/s`,
  `${(text.length / prints).toFixed(1)} units a print`,
);
const held = bytesHeld();
const table = new RecallTable();
const put = time(() => printsOf(text, (hash, at) => table.put(hash, at)));
say('prints, and put into the table', `${((text.length * 1e3) / put).toFixed(0)} MB/s`);
say('memory of the table', `${((bytesHeld() - held) / text.length).toFixed(2)} bytes a unit of text`);

const room = new Workroom();
const file = join(room.consent().file, '..', 'recall.sqlite');
const desk = new Desk(room);
const sources: string[] = [];
for (let at = 0; at < megabytes * 25; at++) {
  sources.push(prose(40_000));
  desk.write(room, `${at}.md`, sources.at(-1)!);
}
const { recall } = desk.journal;
const steps: number[] = [];
const whole = time(() => {
  while (recall.waits) steps.push(time(() => recall.step()));
});
const size = megabytes * 1e6;
say(`${megabytes} MB kept and taken in, in the background`, `${((size * 1e3) / whole).toFixed(0)} MB/s`);
say('a piece of that work: p50, p99, max', ofAll(Float64Array.from(steps)), 'never over 50 ms');
say('the file', `${(statSync(file).size / size).toFixed(2)} bytes a unit of text`);
desk.rest();
desk.leave();

const later = new Desk(room);
const again: number[] = [];
const warmed = time(() => {
  while (later.journal.recall.waits) again.push(time(() => later.journal.recall.step()));
});
say('taken in by another session', `${((size * 1e3) / warmed).toFixed(0)} MB/s`);
say('a piece of that work: p50, p99, max', ofAll(Float64Array.from(again)), 'never over 50 ms');

later.open('open.md');
for (const [name, length, known] of [
  ['known', 1000, true],
  ['new', 1000, false],
  ['known', 100_000, true],
  ['new', 100_000, false],
] as const) {
  const pastes = Array.from({ length: 40 }, () => {
    const at = lots.below(sources.length - 4);
    const all = known ? sources.slice(at, at + 4).join('') : prose(length + 100);
    return all.slice(50, 50 + length);
  });
  const { replay } = later;
  const coming = { document: 1, way: 'outside', time: Date.now() } as const;
  let found = 0;
  const times = Float64Array.from(pastes, paste =>
    time(() => {
      const { runs } = later.journal.recall.runs(paste, coming, replay);
      found += runs.reduce((n, run) => n + (run.serial === undefined ? 0 : run.length), 0);
    }),
  );
  const share = ((found / pastes.length / length) * 100).toFixed(0);
  say(`a look for ${length} units, ${name} (${share} % found): p50, p99, max`, ofAll(times), '≤ 5 ms in the middle');
}
later.leave();
await room.clear();

function ofAll(times: Float64Array): string {
  const { p50, p99, max } = quantiles(times);
  return [p50, p99, max].map(shown).join(', ');
}
