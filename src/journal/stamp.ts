/** When something happened, as this process's clocks said. */
export interface Stamp {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** Milliseconds since the system's start, the same in all threads of the process. */
  readonly monotonic: number;
  /** Minutes east of UTC. */
  readonly zone: number;
}

/** A place's offset changes at most at full quarters of an hour; asking for it is dear. */
const quarter = 15 * 60 * 1000;
let zoneUntil = Number.NEGATIVE_INFINITY;
let zoneFrom = Number.POSITIVE_INFINITY;
let zone = 0;

/** `time` is given where something happened earlier than now. */
export function stampNow(time: number = Date.now()): Stamp {
  const [seconds, nanoseconds] = process.hrtime();
  return { time, monotonic: seconds * 1000 + Math.floor(nanoseconds / 1e6), zone: zoneAt(time) };
}

function zoneAt(time: number): number {
  if (time >= zoneUntil || time < zoneFrom) {
    zoneFrom = Math.floor(time / quarter) * quarter;
    zoneUntil = zoneFrom + quarter;
    zone = 0 - new Date(time).getTimezoneOffset();
  }
  return zone;
}
