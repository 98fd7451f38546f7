import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out } from '../rig/paths.ts';

/** One curve: points in the order of `x`; ours stand out. */
export interface Curve {
  readonly name: string;
  readonly ours: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  /** What `y` is; its values are nanoseconds. */
  readonly y: string;
  readonly curves: readonly Curve[];
}

const width = 760;
const height = 440;
const plot = { left: 76, top: 54, right: 560, bottom: 384 };
const unitsOfTime = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
] as const;

/** Writes `out/bench/<name>.svg`: both axes logarithmic, readable on light and on dark ground. Gives its path. */
export function writeChart(name: string, chart: Chart): string {
  const folder = join(out, 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.svg`);
  writeFileSync(file, drawn(chart));
  return file;
}

function drawn({ title, x, y, curves }: Chart): string {
  const points = curves.flatMap(curve => curve.points);
  const xs = decades(points.map(([value]) => value));
  const ys = decades(points.map(([, value]) => value));
  const placeX = scale(xs, plot.left, plot.right);
  const placeY = scale(ys, plot.bottom, plot.top);
  const lines = [
    ...ys.map(
      tick =>
        `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${placeY(tick)}" y2="${placeY(tick)}"/>` +
        `<text class="small" text-anchor="end" x="${plot.left - 8}" y="${placeY(tick) + 4}">${duration(tick)}</text>`,
    ),
    ...xs.map(
      tick =>
        `<line class="grid" x1="${placeX(tick)}" x2="${placeX(tick)}" y1="${plot.top}" y2="${plot.bottom}"/>` +
        `<text class="small" text-anchor="middle" x="${placeX(tick)}" y="${plot.bottom + 20}">${tick.toLocaleString('en')}</text>`,
    ),
    ...curves.map((curve, i) => {
      const path = curve.points.map(([a, b]) => `${placeX(a)},${placeY(b)}`);
      const dots = path.map(place => `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3"/>`);
      return `<g class="${classOf(curve, i)}"><polyline points="${path.join(' ')}"/>${dots.join('')}</g>`;
    }),
    ...labels(curves, placeX, placeY),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<style>${style}</style>
<rect class="ground" width="${width}" height="${height}" rx="8"/>
<text class="title" x="20" y="30">${escaped(title)}</text>
<text class="small" text-anchor="end" x="${width - 20}" y="30">${escaped(y)}</text>
<text class="small" text-anchor="middle" x="${(plot.left + plot.right) / 2}" y="${height - 14}">${escaped(x)}</text>
${lines.join('\n')}
</svg>
`;
}

/** Names at the ends of the curves, moved apart where they would lie on each other. */
function labels(curves: readonly Curve[], placeX: (x: number) => number, placeY: (y: number) => number): string[] {
  const ends = curves
    .map((curve, i) => ({ curve, i, last: curve.points.at(-1)! }))
    .sort((a, b) => placeY(a.last[1]) - placeY(b.last[1]));
  let free = plot.top - 10;
  return ends.map(({ curve, i, last }) => {
    const at = Math.max(placeY(last[1]), free);
    free = at + 17;
    const x = placeX(last[0]) + 10;
    return `<text class="name ${classOf(curve, i)}" x="${x.toFixed(1)}" y="${(at + 4).toFixed(1)}">${escaped(curve.name)} ${duration(last[1])}</text>`;
  });
}

const classOf = (curve: Curve, i: number) => (curve.ours ? 'ours' : `peer c${i % 5}`);

/** Powers of ten around all values. */
function decades(values: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log10(ticks[0]!), Math.log10(ticks.at(-1)!)];
  return value => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10;
}

function duration(ns: number): string {
  const [size, unit] = unitsOfTime.find(([least]) => ns >= least) ?? [1, 'ns'];
  return `${Number((ns / size).toPrecision(2))} ${unit}`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const style = `
text{font-family:system-ui,sans-serif;fill:#1f2328}.title{font-size:16px;font-weight:600}.small{font-size:12px;fill:#59636e}
.name{font-size:13px}.ground{fill:#fff}.grid{stroke:#d8dee4;stroke-width:1}
polyline{fill:none;stroke-width:2;stroke-linejoin:round}
.ours{--c:#1a7f37}.c0{--c:#0969da}.c1{--c:#9a6700}.c2{--c:#8250df}.c3{--c:#bc4c00}.c4{--c:#bf3989}
.ours polyline{stroke-width:3.5}.ours,.peer{fill:var(--c)}polyline{stroke:var(--c)}.name.ours{font-weight:700}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}.ground{fill:#0d1117}.grid{stroke:#2a313c}
.ours{--c:#3fb950}.c0{--c:#58a6ff}.c1{--c:#d29922}.c2{--c:#bc8cff}.c3{--c:#f0883e}.c4{--c:#f778ba}.name.ours,.name.peer{fill:var(--c)}}`;
