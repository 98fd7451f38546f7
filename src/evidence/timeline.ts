import { hands } from '../provenance/origin.ts';
import { add, type Flow, type HandCounts } from './flow.ts';
import { offsetOf } from './moment.ts';

/** When each hand worked: characters inserted in equal stretches of local time. Stretches in which nothing entered are absent. */
export interface Timeline {
  /** Length of one stretch, in minutes. */
  readonly step: number;
  readonly buckets: readonly Bucket[];
}

export interface Bucket {
  /** Local time at the start with its offset from UTC, to the minute: `2026-11-14T15:00+05:00`. */
  readonly start: string;
  readonly inserted: HandCounts;
}

const day = 24 * 60;
/** Stretches that a reader knows by name; the picture has room for about a hundred of them. */
const steps = [1, 5, 15, 60, 6 * 60, day, 7 * day, 28 * day, 364 * day];
const room = 100;
/** 1970 began on a Thursday; weeks and their multiples begin on a Monday. */
const monday = 3 * day;

/** Puts the flows of all journals on one time line. Of works longer than a century the buckets are as many as they are. */
export function timelineOf(flows: readonly Flow[]): Timeline {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { minutes } of flows) {
    for (const minute of minutes.keys()) {
      if (minute < first) first = minute;
      if (minute > last) last = minute;
    }
  }
  const step = steps.find(minutes => (last - first) / minutes < room) ?? steps.at(-1)!;
  const shift = step > day ? monday : 0;
  const buckets = new Map<number, { zone: number; inserted: HandCounts }>();
  for (const { minutes } of flows) {
    for (const [minute, { zone, hands: counts }] of minutes) {
      const start = Math.floor((minute + shift) / step) * step - shift;
      let bucket = buckets.get(start);
      if (bucket === undefined) {
        bucket = { zone, inserted: {} };
        buckets.set(start, bucket);
      }
      for (const hand of hands) if (counts[hand]) add(bucket.inserted, hand, counts[hand]);
    }
  }
  return {
    step,
    buckets: [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([start, { zone, inserted }]) => ({
        start: new Date(start * 60_000).toISOString().slice(0, 16) + offsetOf(zone),
        inserted,
      })),
  };
}
