import { Seeded } from '../support/seeded.ts';
import { type Curve, writeChart } from './chart.ts';
import { best, say, shown, time } from './measure.ts';
import { peerRows, preparePeers } from './peers.ts';
import { grown, local, perSpan, scattered } from './shapes.ts';

/** How the spans' cost grows with their number, beside the peers, and as pictures; DESIGN section 9. */
const random = new Seeded(5);
const shapes = {
  local: { play: local, goal: 2, title: 'Typing in bursts of 64 at random places' },
  scattered: { play: scattered, goal: 5, title: 'Each edit at a random place' },
} as const;
type Shape = keyof typeof shapes;
const names = Object.keys(shapes) as Shape[];
const curves: Record<Shape, Curve[]> = { local: [], scattered: [] };

console.log(`Growth with the number of spans, ${perSpan} characters each; each figure an edit`);
// The compiler's own work is not part of any figure.
for (let i = 0; i < 50; i++) for (const name of names) shapes[name].play(grown(1_000), 500, random);
const points: Record<Shape, [number, number][]> = { local: [], scattered: [] };
for (const spans of [1_000, 10_000, 100_000, 1_000_000]) {
  const tree = grown(spans);
  const memory = [`${(tree.bytes / tree.count).toFixed(1)} appended`];
  for (const name of names) {
    const { play, goal } = shapes[name];
    const edits = Math.max(512, Math.min(20_000, spans >> 1));
    // Small trees are built anew for each run, so that the edits do not change what they are.
    const figure = best(spans > 1e5 ? 3 : 2e5 / edits, () => {
      const own = spans > 1e5 ? tree : grown(spans);
      return time(() => play(own, edits, random)) / edits;
    });
    points[name].push([spans, figure]);
    const written = grown(spans);
    play(written, spans, random);
    memory.push(`${(written.bytes / written.count).toFixed(1)} ${name}`);
    const times = (figure / points[name][0]![1]).toFixed(1);
    say(`${spans} spans, ${name}`, shown(figure), `${times} x at 1,000, goal ${goal}`);
  }
  say(`${spans} spans, bytes a span`, memory.join(', '), 'goal 16');
}
for (const name of names) curves[name].push({ name: 'Holograph', ours: true, points: points[name] });

interface Row {
  readonly tracker: string;
  readonly shape: Shape;
  readonly runs: number;
  readonly edits?: number;
  readonly nsPerEdit?: number;
  readonly bytesPerRun?: number;
}

const peers = new Map([
  ['codemirror-rangeset', 'CodeMirror'],
  ['vscode-compose', "VS Code's tracker"],
  ['diamond-types', 'diamond-types (text)'],
  ['loro-text', 'Loro (text)'],
]);

// Peers that keep the text alone are here to show how far a merge history is from us, which they also keep.
if (await preparePeers()) {
  console.log('The same of the peers; what takes more than seconds to build is left out');
  const drawn = new Map<string, [number, number][]>();
  const only = [...peers.keys()].join(',');
  for await (const row of peerRows<Row>('bench-scale.mjs', ['--only', only, '--cap', process.argv[2] ?? '1'])) {
    const { tracker, shape, nsPerEdit, bytesPerRun } = row;
    const spans = Number(row.runs);
    // Fewer edits than these are the library's first ones, not its usual ones.
    if (nsPerEdit === undefined || (row.edits ?? 0) < 64) {
      say(`${spans} spans, ${shape}: ${tracker}`, 'not in time');
      continue;
    }
    const key = `${shape} ${tracker}`;
    const curve = drawn.get(key) ?? [];
    if (curve.length === 0) {
      drawn.set(key, curve);
      curves[shape].push({ name: peers.get(tracker) ?? tracker, ours: false, points: curve });
    }
    curve.push([spans, nsPerEdit]);
    const ours = points[shape].find(([at]) => at === spans)![1];
    const memory = spans === 100_000 ? `, ${bytesPerRun} bytes a span` : '';
    say(`${spans} spans, ${shape}: ${tracker}`, shown(nsPerEdit), `${Math.round(nsPerEdit / ours)} x ours${memory}`);
  }
}
for (const name of names) {
  const { title } = shapes[name];
  writeChart(`spans-${name}`, { title, x: 'spans in the document', y: 'time of one edit', curves: curves[name] });
}
