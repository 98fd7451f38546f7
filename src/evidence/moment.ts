/** A point in time as the journal has it: milliseconds since 1970 UTC, and minutes east of UTC there and then. */
export interface Moment {
  readonly time: number;
  readonly zone: number;
}

/** The first and the last moment of four digits a year: the years 1 and 9999. */
const [first, last] = [-62_135_596_800_000, 253_402_300_799_000];

/**
 * ISO 8601 in the recorded zone, to the second: `2026-11-14T15:04:05+05:00`. Other programs' records may state any time at
 * all: what is beyond four digits a year is given as the nearest that is not.
 */
export function stamp({ time, zone }: Moment): string {
  const local = Math.min(Math.max(first, time + zone * 60_000), last);
  return new Date(local).toISOString().slice(0, 19) + offsetOf(zone);
}

/** `+05:00`; UTC is `+00:00`. */
export function offsetOf(zone: number): string {
  const minutes = Math.abs(zone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
