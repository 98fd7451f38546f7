import type { Kind, Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';
import type { Piece } from './pieces.ts';

/** Characters that still stand, each counted once however often it was copied. */
export interface Retained {
  readonly kinds: ReadonlyMap<Kind, number>;
  readonly prompts: ReadonlyMap<string, number>;
  readonly commits: ReadonlyMap<string, number>;
}

/** Characters of one origin whose serials follow one another. */
export interface Run extends Span {
  readonly origin: Origin;
}

/** Joins the pieces of texts into runs. */
export class RunList {
  readonly runs: { serial: number; length: number; origin: Origin }[] = [];

  add({ serial, from, to, origin }: Piece): void {
    const last = this.runs.at(-1);
    const length = to - from;
    if (last?.origin === origin && last.serial + last.length === serial) last.length += length;
    else this.runs.push({ serial, length, origin });
  }
}

/** Cost: O(runs · log runs). A serial is of one origin wherever it stands. */
export function retainedOf({ insertions }: Chronicle, runs: Iterable<Run>): Retained {
  const kinds = new Map<Kind, number>();
  const prompts = new Map<string, number>();
  const commits = new Map<string, number>();
  for (const { serial, length, origin } of distinct(runs)) {
    const n = insertions.characters(serial, length);
    kinds.set(origin.kind, (kinds.get(origin.kind) ?? 0) + n);
    if (origin.prompt !== undefined) prompts.set(origin.prompt, (prompts.get(origin.prompt) ?? 0) + n);
    if (origin.commit !== undefined) commits.set(origin.commit, (commits.get(origin.commit) ?? 0) + n);
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
