import { kinds } from '../../src/provenance/origin.ts';
import type { MarkedSpan } from '../../src/ui/line.ts';
import { marksOf } from '../../src/ui/marks.ts';
import { Ruler } from '../../src/ui/ruler.ts';
import { Seeded } from '../support/seeded.ts';
import { quantiles, timesOf } from './measure.ts';

/**
 * What showing origins costs in the extension host, editor and tree apart: the marks of one screen at
 * each drawing, the ruler of the whole file a moment after the last change.
 */
const lineCount = 50_000;
const spanCount = 20_000;
const screen = 160;

const random = new Seeded(7);
const lines = Array.from({ length: lineCount }, () => '  a line of words '.repeat(1 + random.below(4)));
const text = lines.join('\n');
const spans: MarkedSpan[] = [];
let left = text.length;
for (let i = 0; i < spanCount; i++) {
  const length =
    i === spanCount - 1 ? left : Math.min(left, 1 + random.below(Math.floor((2 * text.length) / spanCount)));
  if (length === 0) break;
  spans.push({ length, origin: { kind: kinds[i % kinds.length]!, basis: 'asserted', rule: 'x' }, placement: 'insert' });
  left -= length;
}
const ends: number[] = [];
for (const { length } of spans) ends.push((ends.at(-1) ?? 0) + length);
const onScreen = spans.slice(0, 80);

const ms = (nanoseconds: number) => `${(nanoseconds / 1e6).toFixed(2)} ms`;
const shown = (what: string, times: Float64Array) => {
  const { p50, p99, max } = quantiles(times);
  console.log(`  ${what.padEnd(34)} p50 ${ms(p50)}  p99 ${ms(p99)}  max ${ms(max)}`);
};
console.log(`Showing origins: ${lineCount} lines, ${spans.length} spans`);
timesOf(200, () => marksOf(0, lines.slice(0, screen), onScreen));
shown(
  `marks of ${screen} lines`,
  timesOf(500, i => marksOf(i, lines.slice(i, i + screen), onScreen)),
);
let near = 0;
const spansIn = (from: number, to: number): MarkedSpan[] => {
  const out: MarkedSpan[] = [];
  // What is asked for goes on from what was asked for before.
  if (from === 0) near = 0;
  while (near < ends.length && ends[near]! <= from) near++;
  for (let i = near, at = from; at < to; i++) {
    const length = Math.min(to, ends[i]!) - at;
    out.push({ ...spans[i]!, length });
    at += length;
  }
  return out;
};
const ruler = () => {
  const one = new Ruler({ lineCount, lineAt: line => lines[line]!, spansIn });
  while (one.step());
};
timesOf(5, ruler);
shown('ruler of the whole file', timesOf(40, ruler));
