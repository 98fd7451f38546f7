import { makeReport } from '../../src/evidence/report.ts';
import { type Curve, writeChart } from './chart.ts';
import { best, say, shown, time } from './measure.ts';
import { packedSource, replayed } from './packedSource.ts';
import { writerEvents } from './writerEvents.ts';

/** How reading, replaying and reporting grow with the number of events of a journal, and as a picture. */
type Point = readonly [number, number];
const read: Point[] = [];
const folded: Point[] = [];
const reported: Point[] = [];

console.log('Growth with the number of events: reading them, folding them, the report as data');
for (const count of [1_000, 10_000, 100_000, 1_000_000]) {
  const source = packedSource(writerEvents(count));
  const runs = count < 1e5 ? 20 : count < 1e6 ? 3 : 1;
  let seen = 0;
  const floor = best(runs, () =>
    time(() => {
      for (const pack of source.packs?.() ?? []) while (pack.next()) seen += pack.sequence > 0 ? 1 : 0;
    }),
  );
  const fold = best(runs, () => time(() => replayed(source)));
  const data = best(runs, () => time(() => makeReport([source])));
  read.push([count, floor]);
  folded.push([count, fold]);
  reported.push([count, data]);
  const each = [floor, fold, data].map(ns => shown(ns / count)).join(', ');
  say(`${count} events: an event`, each, count === 1e6 ? `${shown(data)} in all, goal 1 s` : seen > 0 ? '' : '?');
}
const curves: Curve[] = [
  { name: 'report', ours: true, points: reported },
  { name: 'replay', ours: false, points: folded },
  { name: 'reading', ours: false, points: read },
];
writeChart('events', {
  title: 'A journal of so many events',
  x: 'events in the journal',
  y: 'time for all of them',
  curves,
});
