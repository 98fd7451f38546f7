import { type Hand, handOf } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Span } from '../provenance/span.ts';

/** Part of a text: what the one before has from here on, so many units; or new text, and whose it is, run by run. */
export type FramePart =
  | { readonly from: number; readonly length: number }
  | { readonly text: string; readonly hands: readonly (readonly [hand: Hand, length: number])[] };

/** Part of a text, and the characters that it is made of. Offsets: UTF-16 code units. */
export interface Stretch {
  /** Read only where something is new. */
  readonly text: { slice(from: number, to: number): string };
  /** Where the stretch begins in the text. */
  readonly from: number;
  readonly spans: readonly Span[];
}

/** What a stretch is made of, in order, beside what stood there before from `at` on; undefined where it is the same. */
export function framePartsOf(
  before: readonly Span[],
  now: Stretch,
  at: number,
  origins: Origins,
): FramePart[] | undefined {
  const young = now.spans;
  let [start, head] = [0, 0];
  while (start < before.length && start < young.length && same(before[start]!, young[start]!))
    head += young[start++]!.length;
  if (start === before.length && start === young.length) return undefined;
  let [oldEnd, end, tail] = [before.length, young.length, 0];
  while (oldEnd > start && end > start && same(before[oldEnd - 1]!, young[end - 1]!)) {
    oldEnd--;
    tail += young[--end]!.length;
  }
  const parts: FramePart[] = [];
  copy(parts, at, head);
  const places = new Places(before, start, oldEnd, at + head);
  let offset = head;
  for (let i = start; i < end; i++) {
    const { serial, length } = young[i]!;
    for (let done = 0; done < length; ) {
      const place = places.of(serial + done);
      const stop = Math.min(length, place.until - serial);
      if (place.offset >= 0) copy(parts, place.offset, stop - done);
      else {
        const span = { serial: serial + done, length: stop - done };
        write(parts, now.text.slice(now.from + offset + done, now.from + offset + stop), span, origins);
      }
      done = stop;
    }
    offset += length;
  }
  const whole = before.reduce((n, { length }) => n + length, 0);
  copy(parts, at + whole - tail, tail);
  return parts;
}

function same(a: Span, b: Span): boolean {
  return a.serial === b.serial && a.length === b.length;
}

/** Adds what stands in the text before, so many units from an offset on. */
export function copy(parts: FramePart[], from: number, length: number): void {
  if (length === 0) return;
  const last = parts.at(-1);
  if (last !== undefined && 'from' in last && last.from + last.length === from) {
    parts[parts.length - 1] = { from: last.from, length: last.length + length };
  } else parts.push({ from, length });
}

function write(parts: FramePart[], text: string, span: Span, origins: Origins): void {
  const hands: [Hand, number][] = [];
  let said = text;
  const last = parts.at(-1);
  if (last !== undefined && 'text' in last) {
    parts.pop();
    said = last.text + text;
    for (const [hand, length] of last.hands) hands.push([hand, length]);
  }
  for (const { origin, length } of origins.walk([span])) {
    const hand = handOf(origin.kind);
    const run = hands.at(-1);
    if (run !== undefined && run[0] === hand) run[1] += length;
    else hands.push([hand, length]);
  }
  parts.push({ text: said, hands });
}

/** Spans looked at beyond the last place before a serial is looked for among all. */
const ahead = 12;

/** Where the serials of some spans stood. Most are asked for in the order in which they stand. */
class Places {
  readonly #spans: readonly Span[];
  readonly #start: number;
  readonly #end: number;
  readonly #from: number;
  /** The span that the next serial most likely is in, and where it stands. */
  #next: number;
  #offset: number;
  #most = -1;
  #sorted: readonly Known[] | undefined;
  readonly #place = { offset: -1, until: 0 };

  constructor(spans: readonly Span[], start: number, end: number, from: number) {
    this.#spans = spans;
    this.#start = this.#next = start;
    this.#end = end;
    this.#from = this.#offset = from;
    for (let i = start; i < end; i++) this.#most = Math.max(this.#most, spans[i]!.serial + spans[i]!.length);
  }

  /** Where a serial stood, -1 if nowhere, and up to which serial the like holds. The object is reused. */
  of(serial: number): { readonly offset: number; readonly until: number } {
    const place = this.#place;
    if (serial >= this.#most) {
      place.offset = -1;
      place.until = Number.POSITIVE_INFINITY;
      return place;
    }
    let offset = this.#offset;
    for (let i = this.#next; i < this.#end && i < this.#next + ahead; i++) {
      const span = this.#spans[i]!;
      if (serial >= span.serial && serial < span.serial + span.length) {
        this.#next = i;
        this.#offset = offset;
        place.offset = offset + serial - span.serial;
        place.until = span.serial + span.length;
        return place;
      }
      offset += span.length;
    }
    return this.#among(serial);
  }

  #among(serial: number): { readonly offset: number; readonly until: number } {
    this.#sorted ??= this.#sort();
    const known = this.#sorted;
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (known[middle]!.serial <= serial) low = middle + 1;
      else high = middle;
    }
    // Copies overlap: of those that begin before, the nearest few are looked at.
    for (let i = low - 1; i >= 0 && i >= low - 4; i--) {
      const one = known[i]!;
      const end = one.serial + one.length;
      if (serial < end) return { offset: one.offset + serial - one.serial, until: end };
    }
    return { offset: -1, until: known[low]?.serial ?? Number.POSITIVE_INFINITY };
  }

  #sort(): readonly Known[] {
    const known: Known[] = [];
    let offset = this.#from;
    for (let i = this.#start; i < this.#end; i++) {
      const { serial, length } = this.#spans[i]!;
      known.push({ serial, length, offset });
      offset += length;
    }
    return known.sort((a, b) => a.serial - b.serial || a.offset - b.offset);
  }
}

interface Known extends Span {
  readonly offset: number;
}
