import type { EventBody, EventHead } from './event.ts';

/** A time during which the person had recording stopped: ms since 1970 UTC; `to` absent while it lasts. */
export interface Stop {
  readonly from: number;
  readonly to?: number;
}

type Steering = EventHead & Extract<EventBody, { kind: 'consent' | 'paused' | 'resumed' }>;

/** Whether recording goes on after the event; keeps `stops`, oldest first. */
export function recordsAfter(event: Steering, stops: Stop[]): boolean {
  const records = event.kind === 'consent' ? event.granted : event.kind === 'resumed';
  steer(records, event.time, stops);
  return records;
}

/** From `time` on recording goes on, or does not; keeps `stops`. */
export function steer(records: boolean, time: number, stops: Stop[]): void {
  const last = stops.at(-1);
  const stopped = last !== undefined && last.to === undefined;
  if (records && stopped) stops[stops.length - 1] = { from: last.from, to: time };
  else if (!records && !stopped) stops.push({ from: time });
}

/** Whether a time lies in one of the stops. */
export function inStop(stops: readonly Stop[], time: number): boolean {
  return stops.some(({ from, to }) => time >= from && (to === undefined || time < to));
}
