import type { Span } from './span.ts';

/** Appends to a list of spans; a span whose serials go on from the last one joins it. */
export function pushSpan(spans: Span[], span: Span, step: 0 | 1 = 1): void {
  const last = spans.at(-1);
  if (last !== undefined && last.serial + last.length * step === span.serial) {
    spans[spans.length - 1] = { length: last.length + span.length, serial: last.serial };
  } else if (span.length > 0) spans.push(span);
}

/** The spans of the characters `from` to `to` of those that `spans` cover. */
export function sliceSpans(spans: readonly Span[], from: number, to: number): Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const { length, serial } of spans) {
    const start = Math.max(from, at);
    const end = Math.min(to, at + length);
    if (end > start) out.push({ length: end - start, serial: serial + (start - at) });
    at += length;
    if (at >= to) break;
  }
  return out;
}

/** Number of characters that the spans cover. */
export function lengthOf(spans: Iterable<Span>): number {
  let n = 0;
  for (const { length } of spans) n += length;
  return n;
}
