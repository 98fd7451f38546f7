/** Middle, high and highest of many times, as one line shows them. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export function quantiles(times: Float64Array): Quantiles {
  const sorted = times.toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

/** The quickest of some runs: what else the machine does only ever adds. */
export function best(runs: number, of: () => number): number {
  let quickest = Infinity;
  for (let i = 0; i < runs; i++) quickest = Math.min(quickest, of());
  return quickest;
}

/** Bytes that typed arrays hold, after what is no longer needed is gone. */
export function bytesHeld(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().arrayBuffers;
}

/** Nanoseconds that a call takes. */
export function time(of: () => void): number {
  const start = process.hrtime.bigint();
  of();
  return Number(process.hrtime.bigint() - start);
}

/** A sum of times: as the clock on the wall went, and as this thread was at work, which other processes do not lengthen. */
export class Stopwatch {
  /** Nanoseconds. */
  wall = 0;
  cpu = 0;
  /** What was done in them, in any unit. */
  count = 0;

  /** `count`: how much the call does. */
  add(count: number, of: () => void): void {
    const before = process.threadCpuUsage();
    this.wall += time(of);
    const { user, system } = process.threadCpuUsage(before);
    this.cpu += (user + system) * 1000;
    this.count += count;
  }
}

/** Times of many calls in nanoseconds, each alone; the clock's own cost (some 30 ns) is in them. */
export function timesOf(count: number, of: (i: number) => void): Float64Array {
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const start = process.hrtime.bigint();
    of(i);
    times[i] = Number(process.hrtime.bigint() - start);
  }
  return times;
}

/** A time with its unit, three digits. */
export function shown(ns: number): string {
  if (ns < 1000) return `${Number(ns.toPrecision(3))} ns`;
  return ns < 1e6 ? `${Number((ns / 1e3).toPrecision(3))} µs` : `${Number((ns / 1e6).toPrecision(3))} ms`;
}

/** One figure, and what it is held against. */
export function say(what: string, figure: string, goal = ''): void {
  console.log(`  ${what.padEnd(62)} ${figure.padEnd(30)} ${goal}`);
}
