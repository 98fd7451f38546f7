import { hands } from '../../provenance/origin.ts';
import type { Report } from '../report.ts';
import type { Bucket, Timeline } from '../timeline.ts';
import { handClass } from './lines.ts';
import { round } from './shareBar.ts';
import type { Words } from './words.ts';

const left = 150;
const right = 10;
const width = 1000;
const lane = 44;
const bars = 36;

/** When each hand worked: a lane a hand, a bar a stretch of time, all on one linear scale; then the same as a table. */
export function timelinePicture({ timeline, totals }: Report, words: Words): string {
  const { buckets } = timeline;
  if (buckets.length === 0) return `<p>${words.t('timeline.none')}</p>`;
  const shown = hands.filter(hand => buckets.some(bucket => (bucket.inserted[hand] ?? 0) > 0));
  const first = minuteOf(buckets[0]!.start);
  const last = minuteOf(buckets.at(-1)!.start) + timeline.step;
  const xOf = (minute: number) => left + ((minute - first) / (last - first)) * (width - left - right);
  const barWidth = Math.max(xOf(first + timeline.step) - left - 0.6, 1);
  const most = Math.max(...buckets.flatMap(bucket => shown.map(hand => bucket.inserted[hand] ?? 0)));
  const parts: string[] = [];
  shown.forEach((hand, rank) => {
    const base = (rank + 1) * lane;
    parts.push(
      `<text class="lane" x="${left - 10}" y="${base - 4}">${words.named('letter', hand)} · ${words.named('hand', hand)}</text>`,
    );
    parts.push(`<line class="base" x1="${left}" y1="${base}" x2="${width - right}" y2="${base}"/>`);
    for (const { start, inserted } of buckets) {
      const n = inserted[hand] ?? 0;
      if (n === 0) continue;
      // What happened is seen: a bar is never lower than this.
      const height = Math.max((n / most) * bars, 2.5);
      const x = Math.min(xOf(minuteOf(start)), width - right - 1);
      parts.push(
        `<rect class="f-${handClass[hand]}" x="${round(x)}" y="${round(base - height)}" width="${round(barWidth)}" height="${round(height)}"><title>${stretch(start, timeline.step, words)}: ${words.n(n)}</title></rect>`,
      );
    }
  });
  const bottom = shown.length * lane;
  for (const tick of ticks(timeline, first, last)) {
    const x = xOf(tick);
    const anchor = x > width - 80 ? ' class="end"' : '';
    parts.push(`<line class="tick" x1="${round(x)}" y1="0" x2="${round(x)}" y2="${bottom + 5}"/>`);
    parts.push(`<text${anchor} x="${round(x)}" y="${bottom + 19}">${tickLabel(tick, timeline.step, words)}</text>`);
  }
  const said = shown.map(hand => `${words.named('hand', hand)}: ${words.n(totals.hands[hand].inserted)}`).join('; ');
  return `<figure><svg class="timeline" viewBox="0 -4 ${width} ${bottom + 28}" role="img" aria-label="${words.t('timeline.title')}. ${said}">${parts.join('')}</svg>
<figcaption>${words.t('timeline.caption', { step: stepName(timeline.step, words), most })}</figcaption></figure>
${table(timeline, shown, words)}`;
}

function table({ buckets, step }: Timeline, shown: readonly (typeof hands)[number][], words: Words): string {
  const head = shown.map(hand => `<th scope="col">${words.named('hand', hand)}</th>`).join('');
  const rows = buckets.map(
    ({ start, inserted }: Bucket) =>
      `<tr><th scope="row">${stretch(start, step, words)}</th>${shown.map(hand => `<td>${inserted[hand] === undefined ? '' : words.n(inserted[hand])}</td>`).join('')}</tr>`,
  );
  return `<details><summary>${words.t('timeline.table')}</summary><div class="wide"><table class="figs"><thead><tr><th scope="col">${words.t('timeline.from')}</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`;
}

/** Local minutes of a stamp's clock face. */
function minuteOf(start: string): number {
  return Date.parse(`${start.slice(0, 16)}Z`) / 60_000;
}

function stretch(start: string, step: number, words: Words): string {
  return step < 24 * 60 ? `${words.date(start)}, ${words.clock(start)}` : words.date(start);
}

/** At most six ticks, at the starts of stretches. */
function ticks({ step }: Timeline, first: number, last: number): number[] {
  const count = Math.round((last - first) / step);
  const every = Math.max(1, Math.ceil(count / 6));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => first + i * every * step);
}

function tickLabel(minute: number, step: number, words: Words): string {
  const iso = new Date(minute * 60_000).toISOString();
  if (step >= 24 * 60) return words.date(iso);
  const day = words.html('date.short', { day: iso.slice(8, 10), month: iso.slice(5, 7) });
  return `${day} ${words.clock(iso)}`;
}

function stepName(step: number, words: Words): string {
  return words.named('step', String(step));
}
