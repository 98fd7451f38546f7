import { type Hand, handOf } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Span } from '../provenance/span.ts';

/** Part of a text: what the one before has from here on, so many units; or new text, and whose it is, run by run. */
export type FramePart =
  | { readonly from: number; readonly length: number }
  | { readonly text: string; readonly hands: readonly (readonly [hand: Hand, length: number])[] };

/** Part of a text, and the characters that it is made of. Offsets: UTF-16 code units. */
export interface Stretch {
  readonly text: string;
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
  const places = placesOf(before, start, oldEnd, at + head);
  let offset = head;
  for (let i = start; i < end; i++) {
    const { serial, length } = young[i]!;
    for (let done = 0; done < length; ) {
      const place = places.at(serial + done);
      const stop = Math.min(length, place.until - serial);
      if (place.offset >= 0) copy(parts, place.offset, stop - done);
      else {
        const span = { serial: serial + done, length: stop - done };
        write(parts, now.text.slice(offset + done, offset + stop), span, origins);
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

interface Places {
  /** Where the serial stood, -1 if nowhere, and up to which serial that holds. */
  at(serial: number): { readonly offset: number; readonly until: number };
}

/** Where the serials of some spans stood; of a serial that stood twice, its first place. */
function placesOf(spans: readonly Span[], start: number, end: number, from: number): Places {
  const known: { serial: number; length: number; offset: number }[] = [];
  let offset = from;
  for (let i = start; i < end; i++) {
    const { serial, length } = spans[i]!;
    known.push({ serial, length, offset });
    offset += length;
  }
  known.sort((a, b) => a.serial - b.serial || a.offset - b.offset);
  return {
    at(serial) {
      let [low, high] = [0, known.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (known[middle]!.serial <= serial) low = middle + 1;
        else high = middle;
      }
      // Copies overlap: of those that begin before, the nearest few are looked at.
      for (let i = low - 1; i >= 0 && i >= low - 4; i--) {
        const one = known[i]!;
        if (serial < one.serial + one.length) {
          return { offset: one.offset + serial - one.serial, until: one.serial + one.length };
        }
      }
      return { offset: -1, until: known[low]?.serial ?? Number.POSITIVE_INFINITY };
    },
  };
}
