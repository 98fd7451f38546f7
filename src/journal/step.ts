import type { AlignedChange, Span } from '../provenance/span.ts';
import type { EventBody, EventChange } from './event.ts';

/** One step as provenance takes it. Serials inside `first` … `first + count` are new; `placed` names the act, 0 none. */
export interface Step {
  readonly changes: readonly AlignedChange[];
  readonly fresh: { readonly first: number; readonly count: number };
  readonly placed: number;
}

export type Changed = Extract<EventBody, { kind: 'changed' }>;

/**
 * The step that a `changed` event states. Throws RangeError where texts and changes do not pair, or
 * the findings do not count exactly the new characters.
 */
export function stepOf(event: Changed, texts: readonly string[]): Step {
  const { changes, findings } = event;
  if (texts.length !== changes.length) throw new RangeError(`${texts.length} texts for ${changes.length} changes`);
  const first = event.placed === undefined ? event.first : event.first + 1;
  if (event.placed !== undefined && event.placed !== event.first)
    throw new RangeError('placed is not the first serial');
  const count = counted(findings);
  let next = first;
  const aligned: AlignedChange[] = [];
  for (let i = 0; i < changes.length; i++) {
    const { from, to, spans } = changes[i]!;
    const insert = texts[i]!;
    if (spans === undefined) {
      aligned.push({ from, to, insert, spans: insert === '' ? [] : [{ length: insert.length, serial: next }] });
      next += insert.length;
    } else {
      aligned.push({ from, to, insert, spans });
      next += newIn(spans, first, first + count);
    }
  }
  if (next !== first + count) throw new RangeError(`findings for ${count} of ${next - first} new characters`);
  return { changes: aligned, fresh: { first, count }, placed: event.placed ?? 0 };
}

function counted(findings: Changed['findings']): number {
  let count = 0;
  for (const { length } of findings) {
    if (!(Number.isSafeInteger(length) && length >= 0)) throw new RangeError(`a finding for ${length} characters`);
    count += length;
  }
  return count;
}

/** Aligned changes as an event states them, with their texts: the reverse of `stepOf`. `fresh`: the new serials. */
export function eventChanges(
  changes: readonly AlignedChange[],
  { first, count }: Step['fresh'],
): { readonly changes: EventChange[]; readonly texts: string[] } {
  let next = first;
  const stated = changes.map(({ from, to, insert, spans }): EventChange => {
    const [span] = spans;
    const plain = spans.length === 0 || (spans.length === 1 && span!.serial === next && span!.length === insert.length);
    next += newIn(spans, first, first + count);
    return plain ? { from, to } : { from, to, spans };
  });
  return { changes: stated, texts: changes.map(change => change.insert) };
}

/** How many characters of the spans have a serial from `first` up to `end`. */
function newIn(spans: readonly Span[], first: number, end: number): number {
  let count = 0;
  for (const { length, serial } of spans) {
    count += Math.max(0, Math.min(serial + length, end) - Math.max(serial, first));
  }
  return count;
}
