import { type Basis, bases, type Hand, handOf, hands, type Kind } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { CountedActs } from './acts.ts';
import type { Chronicle } from './chronicle.ts';
import type { Flow, MachinePart } from './flow.ts';
import { stamp } from './moment.ts';
import type { PromptSpan } from './promptPassages.ts';
import { distinct } from './retained.ts';
import type { Standing } from './runList.ts';

/** `kept`: all of it stands unaltered. `removed`: nothing of it stands. `altered`: what is neither. */
export type Became = 'kept' | 'altered' | 'removed';

/** Characters that were removed last by one hand, and how surely that is known. */
export interface RemovedBy {
  readonly hand: Hand;
  readonly basis: Basis;
  readonly characters: number;
}

/** Characters of AI insertions: code points, each once. `unaltered`, `altered` and `removed` add up to `inserted`. */
export interface AiCounts {
  readonly inserted: number;
  /** They stand in sentences (in code: lines) inside which nothing of theirs was taken out and no ink put in later. */
  readonly unaltered: number;
  readonly altered: number;
  readonly removed: number;
  /** Of those removed, by whom, as far as the record of the files shown tells; of the others nothing is told. */
  readonly removedBy: readonly RemovedBy[];
}

/** What one AI tool put into one file for one prompt without a pause of a minute; where no prompt is known, by one step. */
export interface AiInsertion extends AiCounts {
  readonly at: string;
  readonly file: string | null;
  readonly event: string | null;
  readonly kind: Kind;
  readonly basis: Basis;
  /** Id of the prompt. */
  readonly prompt: string | null;
  /** How it began as it was put in; null: not kept. */
  readonly begins: string | null;
  readonly became: Became;
}

/** What became of all that AI systems put in. */
export interface AiInsertions extends AiCounts {
  /** How many of them; they add up to all. */
  readonly became: Readonly<Record<Became, number>>;
  /** The largest, at most `listedMost`, in the order in which they came. */
  readonly listed: readonly AiInsertion[];
}

export const listedMost = 200;
const pause = 60_000;

type Counting = { inserted: number; unaltered: number; altered: number; removed: number };

interface Insertion extends Counting {
  readonly chronicle: Chronicle;
  readonly parts: MachinePart[];
  readonly by: Map<string, number>;
}

/** What is needed of one journal. */
export interface AiPart {
  readonly chronicle: Chronicle;
  readonly flow: Pick<Flow, 'machine'>;
  readonly standing: Standing;
  readonly prompted: readonly { readonly altered: readonly PromptSpan[] }[];
  readonly acts: Pick<CountedActs, 'gone'>;
}

export function aiInsertionsOf(all: readonly AiPart[]): AiInsertions {
  const insertions = all.flatMap(insertionsOf);
  const became = { kept: 0, altered: 0, removed: 0 };
  const sum: Counting = { inserted: 0, unaltered: 0, altered: 0, removed: 0 };
  const by = new Map<string, number>();
  for (const one of insertions) {
    became[becameOf(one)]++;
    for (const name of ['inserted', 'unaltered', 'altered', 'removed'] as const) sum[name] += one[name];
    for (const [key, n] of one.by) by.set(key, (by.get(key) ?? 0) + n);
  }
  const largest = insertions
    .toSorted((a, b) => b.inserted - a.inserted)
    .slice(0, listedMost)
    .sort((a, b) => a.parts[0]!.time - b.parts[0]!.time);
  return { ...sum, removedBy: removedBy(by), became, listed: largest.map(entryOf) };
}

function insertionsOf({ chronicle, flow, standing, prompted, acts }: AiPart): Insertion[] {
  const insertions: Insertion[] = [];
  const open = new Map<string, Insertion>();
  for (const part of flow.machine) {
    const { document, session, origin } = part;
    const key = `${document} ${session} ${origin.kind} ${origin.prompt ?? ''}`;
    let one = open.get(key);
    const last = one?.parts.at(-1);
    if (one === undefined || last === undefined || !goesOn(last, part)) {
      one = { chronicle, parts: [], by: new Map(), inserted: 0, unaltered: 0, altered: 0, removed: 0 };
      open.set(key, one);
      insertions.push(one);
    }
    one.parts.push(part);
  }
  const ranges = insertions.flatMap(of => of.parts.map(({ serial, length }) => ({ serial, length, of })));
  ranges.sort((a, b) => a.serial - b.serial);
  const characters = (serial: number, length: number) => chronicle.insertions.characters(serial, length);
  for (const { serial, length, of } of ranges) of.inserted += characters(serial, length);
  overlaps(ranges, standingRuns(standing), ({ of }, _, at, n) => {
    of.unaltered += characters(at, n);
  });
  const altered = distinct(prompted.flatMap(one => one.altered));
  overlaps(ranges, altered, ({ of }, _, at, n) => {
    of.altered += characters(at, n);
  });
  overlaps(ranges, acts.gone, ({ of }, { actor }, at, n) => {
    const key = `${handOf(actor.kind)} ${actor.basis}`;
    of.by.set(key, (of.by.get(key) ?? 0) + characters(at, n));
  });
  for (const of of insertions) {
    of.removed = of.inserted - of.unaltered;
    of.altered = Math.min(of.altered, of.unaltered);
    of.unaltered -= of.altered;
  }
  return insertions;
}

function goesOn(last: MachinePart, part: MachinePart): boolean {
  const since = part.time - last.time;
  if (since < 0 || since > pause) return false;
  return since === 0 || part.origin.prompt !== undefined || part.serial === last.serial + last.length;
}

function* standingRuns({ count, serials, lengths }: Standing): Generator<Span, void, undefined> {
  for (let i = 0; i < count; i++) yield { serial: serials[i]!, length: lengths[i]! };
}

/** Tells where spans of two lists overlap, both disjoint and in rising order. Cost: linear. */
function overlaps<A extends Span, B extends Span>(
  some: readonly A[],
  others: Iterable<B>,
  tell: (a: A, b: B, serial: number, length: number) => void,
): void {
  let i = 0;
  for (const other of others) {
    const end = other.serial + other.length;
    while (i < some.length && some[i]!.serial + some[i]!.length <= other.serial) i++;
    for (let k = i; k < some.length && some[k]!.serial < end; k++) {
      const own = some[k]!;
      const from = Math.max(own.serial, other.serial);
      tell(own, other, from, Math.min(own.serial + own.length, end) - from);
    }
  }
}

function becameOf({ inserted, unaltered, removed }: Counting): Became {
  if (unaltered === inserted) return 'kept';
  return removed === inserted ? 'removed' : 'altered';
}

function entryOf(one: Insertion): AiInsertion {
  const { chronicle, parts, by, inserted, unaltered, altered, removed } = one;
  const [first] = parts as [MachinePart];
  const { act } = chronicle.folding.origins.runAt(first.serial);
  const { kind, basis, prompt = null } = first.origin;
  return {
    at: stamp(first),
    file: chronicle.folding.documents.get(first.document)?.path ?? null,
    event: act < 0 ? null : `${chronicle.id}:${act}`,
    kind,
    basis,
    prompt,
    begins: chronicle.beginnings.at(first.serial) ?? null,
    became: becameOf(one),
    inserted,
    unaltered,
    altered,
    removed,
    removedBy: removedBy(by),
  };
}

function removedBy(counts: ReadonlyMap<string, number>): RemovedBy[] {
  return [...counts]
    .map(([key, characters]) => {
      const [hand, basis] = key.split(' ') as [Hand, Basis];
      return { hand, basis, characters };
    })
    .sort((a, b) => hands.indexOf(a.hand) - hands.indexOf(b.hand) || bases.indexOf(a.basis) - bases.indexOf(b.basis));
}
