import type { Kind } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';
import type { RunList } from './runList.ts';

/** Characters that still stand, each counted once however often it was copied. */
export interface Retained {
  readonly kinds: ReadonlyMap<Kind, number>;
  readonly prompts: ReadonlyMap<string, number>;
  readonly commits: ReadonlyMap<string, number>;
}

/** Cost: O(runs · log runs), once for a list. */
export function retainedOf({ insertions }: Chronicle, runs: RunList): Retained {
  const { count, serials, lengths, numbers, origins } = runs.standing;
  const characters = new Float64Array(origins.length);
  for (let i = 0; i < count; i++) characters[numbers[i]!]! += insertions.characters(serials[i]!, lengths[i]!);
  const kinds = new Map<Kind, number>();
  const prompts = new Map<string, number>();
  const commits = new Map<string, number>();
  for (const [i, { kind, prompt, commit }] of origins.entries()) {
    const n = characters[i]!;
    kinds.set(kind, (kinds.get(kind) ?? 0) + n);
    if (prompt !== undefined) prompts.set(prompt, (prompts.get(prompt) ?? 0) + n);
    if (commit !== undefined) commits.set(commit, (commits.get(commit) ?? 0) + n);
  }
  return { kinds, prompts, commits };
}

/** The serials in the spans, each once, in rising order; what a span says of them goes with them. */
export function distinct<T extends Span>(spans: Iterable<T>): T[] {
  const sorted = [...spans].sort((a, b) => a.serial - b.serial);
  const out: T[] = [];
  let end = -1;
  for (const span of sorted) {
    const from = Math.max(span.serial, end);
    const to = span.serial + span.length;
    if (to > from) out.push({ ...span, serial: from, length: to - from });
    end = Math.max(end, to);
  }
  return out;
}
