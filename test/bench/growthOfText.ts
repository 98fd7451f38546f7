import { Provenance } from '../../src/provenance/provenance.ts';
import { TextBuffer } from '../../src/text/buffer.ts';
import { Seeded } from '../support/seeded.ts';
import { type Curve, writeChart } from './chart.ts';
import { best, say, shown, time } from './measure.ts';

/** How a keystroke grows with the length of the text, a span for every hundred characters, and as a picture. */
const random = new Seeded(7);
const perSpan = 100;
const line = 'The quick brown fox jumps over the lazy dog, and nobody minds.\n';
const keys = 5_000;

interface Typed {
  readonly buffer: TextBuffer;
  readonly provenance: Provenance;
}

function typed(length: number): Typed {
  const spans = Array.from({ length: length / perSpan }, (_, i) => ({ length: perSpan, serial: i * 10_000 }));
  const text = line.repeat(Math.ceil(length / line.length)).slice(0, length);
  return { buffer: TextBuffer.of(text), provenance: Provenance.of(spans) };
}

/** Keys in bursts of `burst` at random places: the shadow's text, spans and placements. */
function strike({ buffer, provenance }: Typed, burst: number): void {
  let serial = 2 ** 40;
  let at = 0;
  for (let i = 0; i < keys; i++, at++, serial++) {
    if (i % burst === 0) at = random.below(buffer.length);
    buffer.replace(at, at, 'k');
    const change = { from: at, to: at, insert: 'k', spans: [{ length: 1, serial }] };
    provenance.apply([change], { first: serial, count: 1 }, 0);
  }
}

/** What the text alone costs as a string that is cut and joined, as one would write it first. */
function splice(length: number, count: number): number {
  let text = line.repeat(Math.ceil(length / line.length)).slice(0, length);
  const ns = time(() => {
    for (let i = 0, at = 0; i < count; i++, at++) {
      if (i % 64 === 0) at = random.below(text.length);
      text = `${text.slice(0, at)}k${text.slice(at)}`;
      // Read, so that the engine does not only note what to do later.
      if (text.charCodeAt(at) !== 107) throw new Error('not what was typed');
    }
  });
  return ns / count;
}

const bursts: [number, number][] = [];
const jumps: [number, number][] = [];
const strings: [number, number][] = [];
console.log('Growth with the length of the text: shadow text, spans and placements of one key');
for (let i = 0; i < 20; i++) {
  strike(typed(10_000), 64);
  strike(typed(10_000), 1);
}
for (const length of [10_000, 100_000, 1_000_000, 10_000_000, 40_000_000]) {
  const whole = length > 1e6 ? typed(length) : undefined;
  const runs = length > 1e6 ? 3 : 10;
  const figure = (burst: number) =>
    best(runs, () => {
      const own = whole ?? typed(length);
      return time(() => strike(own, burst)) / keys;
    });
  bursts.push([length, figure(64)]);
  jumps.push([length, figure(1)]);
  strings.push([length, best(2, () => splice(length, length > 1e6 ? 64 : 640))]);
  const times = (of: readonly (readonly [number, number])[]) => `${(of.at(-1)![1] / of[0]![1]).toFixed(1)} x at 10,000`;
  const size = length.toLocaleString('en');
  say(`${size} characters: bursts`, shown(bursts.at(-1)![1]), times(bursts));
  say(`${size} characters: each at a random place`, shown(jumps.at(-1)![1]), times(jumps));
  say(`${size} characters: a string cut and joined, no origins`, shown(strings.at(-1)![1]), times(strings));
}
const curves: Curve[] = [
  { name: 'Holograph, typing', ours: true, points: bursts },
  { name: 'Holograph, jumping', ours: true, points: jumps },
  { name: 'a string, no origins', ours: false, points: strings },
];
writeChart('text', {
  title: 'A key in a text of this length',
  x: 'characters of the text',
  y: 'time of one key',
  curves,
});
