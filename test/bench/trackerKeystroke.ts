import { Provenance } from '../../src/provenance/provenance.ts';
import { TextBuffer } from '../../src/text/buffer.ts';
import { fromContentChanges } from '../../src/text/contentChanges.ts';
import { Seeded } from '../support/seeded.ts';
import { quantiles, say, shown, timesOf } from './measure.ts';

/** The core's part of a keystroke's path: VS Code's offsets to a ChangeSet, shadow text, spans and placements. */
const random = new Seeded(11);
const line = 'The quick brown fox jumps over the lazy dog, and nobody minds.\n';

console.log('A keystroke, each timed alone (the clock costs about 30 ns of it)');
for (const [megabytes, spans] of [
  [1, 10_000],
  [20, 200_000],
] as const) {
  const text = line.repeat(Math.ceil((megabytes * 2 ** 20) / line.length));
  for (const jumps of [false, true]) {
    const buffer = TextBuffer.of(text);
    const size = Math.floor(text.length / spans);
    const provenance = Provenance.of(
      Array.from({ length: spans }, (_, i) => ({
        length: i === spans - 1 ? text.length - size * (spans - 1) : size,
        serial: i * 10_000,
      })),
    );
    let serial = 2 ** 40;
    let at = 0;
    const stroke = (i: number) => {
      if (jumps || i % 200 === 0) at = random.below(buffer.length);
      const change = { rangeOffset: at, rangeLength: i % 9 === 8 ? 1 : 0, startLine: 0, endLine: 0, text: 'x' };
      const set = fromContentChanges(buffer.length, [change], '\n');
      const first = serial;
      const changes = set.changes.map(c => {
        serial += c.insert.length;
        return { ...c, spans: [{ length: c.insert.length, serial: serial - c.insert.length }] };
      });
      for (const { from, to, insert } of changes) buffer.replace(from, to, insert);
      provenance.apply(changes, { first, count: serial - first }, 0);
      at++;
    };
    timesOf(20_000, stroke);
    const { p50, p99, p999, max } = quantiles(timesOf(100_000, stroke));
    const what = `${megabytes} MB, ${spans} spans, ${jumps ? 'each at a random place' : 'typing in bursts of 200'}`;
    say(
      what,
      `${shown(p50)} / ${shown(p99)}`,
      `p99.9 ${shown(p999)}, max ${shown(max)}; goal 2 / 10 / 100 µs for the whole path`,
    );
  }
}
