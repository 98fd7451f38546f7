/** A point in time as the journal has it: milliseconds since 1970 UTC, and minutes east of UTC there and then. */
export interface Moment {
  readonly time: number;
  readonly zone: number;
}

/** ISO 8601 in the recorded zone, to the second: `2026-11-14T15:04:05+05:00`. */
export function stamp({ time, zone }: Moment): string {
  const local = new Date(time + zone * 60_000).toISOString().slice(0, 19);
  return local + offsetOf(zone);
}

/** `+05:00`; UTC is `+00:00`. */
export function offsetOf(zone: number): string {
  const minutes = Math.abs(zone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
