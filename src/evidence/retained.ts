import type { Kind } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';

/** Characters that still stand, each counted once however often it was copied. */
export interface Retained {
  readonly kinds: ReadonlyMap<Kind, number>;
  readonly prompts: ReadonlyMap<string, number>;
}

/** Cost: O(spans · log spans) and one look-up for each act among them. */
export function retainedOf(chronicle: Chronicle, spans: Iterable<Span>): Retained {
  const kinds = new Map<Kind, number>();
  const prompts = new Map<string, number>();
  const { insertions, folding } = chronicle;
  for (const { serial: first, length } of distinct(spans)) {
    const end = first + length;
    for (let serial = first; serial < end; ) {
      const { origin, until } = folding.origins.at(serial);
      const n = insertions.characters(serial, Math.min(until, end) - serial);
      kinds.set(origin.kind, (kinds.get(origin.kind) ?? 0) + n);
      if (origin.prompt !== undefined) prompts.set(origin.prompt, (prompts.get(origin.prompt) ?? 0) + n);
      serial = Math.min(until, end);
    }
  }
  return { kinds, prompts };
}

/** The serials in the spans, each once, in rising order. */
export function distinct(spans: Iterable<Span>): Span[] {
  const sorted = [...spans].sort((a, b) => a.serial - b.serial);
  const out: Span[] = [];
  let end = -1;
  for (const { serial, length } of sorted) {
    const from = Math.max(serial, end);
    const to = serial + length;
    if (to > from) out.push({ serial: from, length: to - from });
    end = Math.max(end, to);
  }
  return out;
}
