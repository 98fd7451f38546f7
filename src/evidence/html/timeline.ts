import { hands } from '../../provenance/origin.ts';
import type { Report } from '../report.ts';
import type { Bucket, Timeline } from '../timeline.ts';
import { handClass } from './lines.ts';
import { round } from './shareBar.ts';
import type { Words } from './words.ts';

const left = 140;
const right = 10;
const width = 760;
const lane = 42;
const bars = 34;

/** When each hand worked: a lane a hand, a bar a stretch of time, all on one linear scale; then the same as a table. */
export function timelinePicture(report: Report, words: Words): string {
  const { timeline, totals } = report;
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
      const height = Math.max((n / most) * bars, 4);
      const x = Math.min(xOf(minuteOf(start)), width - right - 1);
      parts.push(
        `<rect class="f-${handClass[hand]}" x="${round(x)}" y="${round(base - height)}" width="${round(barWidth)}" height="${round(height)}"><title>${stretch(start, timeline.step, words)}: ${words.n(n)}</title></rect>`,
      );
    }
  });
  const bottom = shown.length * lane;
  parts.unshift(...gapStrips(report, xOf, bottom));
  parts.push(...sessionLines(report, xOf, bottom + 13, words));
  for (const tick of ticks(timeline, first, last)) {
    const x = xOf(tick);
    const anchor = x > width - 70 ? ' class="end"' : '';
    parts.push(`<line class="tick" x1="${round(x)}" y1="0" x2="${round(x)}" y2="${bottom + 22}"/>`);
    parts.push(`<text${anchor} x="${round(x)}" y="${bottom + 37}">${tickLabel(tick, timeline.step, words)}</text>`);
  }
  const said = shown.map(hand => `${words.named('hand', hand)}: ${words.n(totals.hands[hand].inserted)}`).join('; ');
  return `<figure><svg class="timeline" viewBox="0 -4 ${width} ${bottom + 44}" role="img" aria-label="${words.t('timeline.title')}. ${said}">${parts.join('')}</svg>
<figcaption>${words.t('timeline.caption', { step: stepName(timeline.step, words), most })}</figcaption></figure>
${table(timeline, shown, words)}`;
}

/** One line a session, from its first entry to its last. */
function sessionLines({ sessions }: Report, xOf: (minute: number) => number, y: number, words: Words): string[] {
  const lines = sessions.map(({ start, end }) => {
    const from = within(xOf(minuteOf(start)));
    const to = Math.max(within(xOf(minuteOf(end))), from + 2);
    return `<line class="session" x1="${round(from)}" y1="${y}" x2="${round(to)}" y2="${y}"/>`;
  });
  return [`<text class="lane" x="${left - 10}" y="${y + 4}">${words.t('timeline.sessions')}</text>`, ...lines];
}

/** Stretches of all files that were not observed. */
function gapStrips({ unobserved }: Report, xOf: (minute: number) => number, bottom: number): string[] {
  return unobserved.gaps.flatMap(({ file, since, until }) => {
    if (file !== null || since === null) return [];
    const from = within(xOf(minuteOf(since)));
    const to = within(xOf(minuteOf(until)));
    return to <= from
      ? []
      : [`<rect class="gap" x="${round(from)}" y="0" width="${round(to - from)}" height="${bottom}"/>`];
  });
}

function within(x: number): number {
  return Math.min(Math.max(x, left), width - right);
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
