import { type Actor, type Hand, handOf } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle, EventOf, Folding } from './chronicle.ts';
import type { HandCounts } from './flow.ts';
import { elsewhere } from './moves.ts';
import { distinct } from './retained.ts';
import type { Standing } from './runList.ts';

/** Characters (code points) by the hand of the text, and within it by the hand of who acted on it. */
export type ActTable = Partial<Record<Hand, HandCounts>>;

/** What was done to text that was there. */
export interface Acts {
  /** Characters that were put in and stand in no recorded text any more, each once, by who removed them last. */
  readonly removed: ActTable;
  /** Characters that were there and were put elsewhere, by moving or by copying, counted at each act. */
  readonly moved: ActTable;
}

/** The same of one journal, and of what each prompt led to, who removed it last. */
export interface CountedActs extends Acts {
  readonly prompts: ReadonlyMap<string, HandCounts>;
  /** Machine text that stands no more, in rising order of serials, with who removed it last. */
  readonly gone: readonly (Span & { readonly actor: Actor })[];
}

interface Row {
  readonly serial: number;
  readonly length: number;
  readonly document: number;
  readonly sequence: number;
  readonly actor: Actor;
}

const none: Actor = { kind: 'unknown', basis: 'none', rule: 'none' };

/** Removals and moves of one journal, in the order of its events. Append-only. */
export class ActRows {
  readonly #removed = new RowColumns();
  /** What a notebook's file lost when the editor saved it: who took it out of a cell, the cell's own steps say. */
  readonly #unwritten = new RowColumns();
  readonly #moved = new RowColumns();

  /** Notes an event before it is applied: what it takes out is asked of the text as it stands. */
  note(event: EventOf<'changed'>, folding: Folding): void {
    // Most events only put something in.
    if (event.placed === undefined && !takesOut(event.changes)) return;
    const { document, tracker, session, sequence, changes, actor = none, observation } = event;
    const from = textOf(folding, session, tracker, document);
    if (from === undefined) return;
    const removed = tracker === 0 && observation.by === 'editor' ? this.#unwritten : this.#removed;
    for (const { from: start, to } of changes) {
      for (const { serial, length } of to > start ? from.slice(start, to) : []) {
        removed.push(serial, length, document, sequence, actor);
      }
    }
    if (event.placed === undefined || !elsewhere.includes(event.placement)) return;
    const first = event.placed + 1;
    const end = first + event.findings.reduce((n, { length }) => n + length, 0);
    for (const { serial, length } of changes.flatMap(({ spans = [] }) => spans)) {
      if (serial >= end || serial + length <= first) this.#moved.push(serial, length, document, sequence, actor);
    }
  }

  /** Notes a run of serials that a step of a tracker takes out. */
  takenOut(serial: number, length: number, document: number, sequence: number, actor: Actor = none): void {
    this.#removed.push(serial, length, document, sequence, actor);
  }

  /** All runs that were taken out, each with the event that did. */
  *takings(): Generator<Row, void, undefined> {
    // Rows of several events are not joined.
    const each = { has: () => true };
    yield* this.#unwritten.rows(each);
    yield* this.#removed.rows(each);
  }

  /** `stands`: the serials that stand in the recorded texts now. Cost: O(acts · log acts + spans). */
  tables(chronicle: Chronicle, stands: Standing, includes: (document: number) => boolean): CountedActs {
    const { origins } = chronicle.folding;
    const prompts = new Map<string, HandCounts>();
    const gone: (Span & { readonly actor: Actor })[] = [];
    const count = (table: ActTable, rows: Iterable<Row>, of?: Map<string, HandCounts>) => {
      for (const row of rows) {
        if (!includes(row.document)) continue;
        const by = chronicle.folding.actors.get(row.sequence) ?? row.actor;
        const actor = handOf(by.kind);
        for (let serial = row.serial; serial < endOf(row); ) {
          const { origin, until } = origins.runAt(serial);
          const length = Math.min(until, endOf(row)) - serial;
          const characters = chronicle.insertions.characters(serial, length);
          add(table, handOf(origin.kind), actor, characters);
          if (of !== undefined && origin.prompt !== undefined) addTo(of, origin.prompt, actor, characters);
          if (of !== undefined && handOf(origin.kind) === 'machine') gone.push({ serial, length, actor: by });
          serial += length;
        }
      }
      return table;
    };
    const { actors } = chronicle.folding;
    const removed = [...this.#unwritten.rows(actors), ...this.#removed.rows(actors)];
    return {
      removed: count({}, lastOf(removed, stands), prompts),
      moved: count({}, this.#moved.rows(actors)),
      prompts,
      gone,
    };
  }
}

/** Sums tables of several journals. */
export function addActs(all: readonly Acts[]): Acts {
  const sum = (tables: readonly ActTable[]) => {
    const out: ActTable = {};
    for (const table of tables) {
      for (const [hand, counts] of Object.entries(table) as [Hand, HandCounts][]) {
        for (const [actor, n] of Object.entries(counts) as [Hand, number][]) add(out, hand, actor, n);
      }
    }
    return out;
  };
  return { removed: sum(all.map(({ removed }) => removed)), moved: sum(all.map(({ moved }) => moved)) };
}

function add(table: ActTable, hand: Hand, actor: Hand, n: number): void {
  const counts = table[hand] ?? {};
  counts[actor] = (counts[actor] ?? 0) + n;
  table[hand] = counts;
}

function addTo(prompts: Map<string, HandCounts>, prompt: string, actor: Hand, n: number): void {
  const counts = prompts.get(prompt) ?? {};
  counts[actor] = (counts[actor] ?? 0) + n;
  prompts.set(prompt, counts);
}

function takesOut(changes: EventOf<'changed'>['changes']): boolean {
  for (const { from, to } of changes) if (to > from) return true;
  return false;
}

function textOf(folding: Folding, session: number, tracker: number, document: number) {
  return tracker === 0 ? folding.documents.get(document)?.provenance : folding.tracker(session, tracker)?.provenance;
}

const width = 5;

/** Rows in columns: somebody who takes back letter by letter makes one with each. */
class RowColumns {
  #cells = new Float64Array(16 * width);
  #size = 0;
  readonly #actors: Actor[] = [];
  readonly #numbers = new Map<string, number>();
  #last = -1;

  push(serial: number, length: number, document: number, sequence: number, actor: Actor): void {
    const at = this.#size * width;
    if (at === this.#cells.length) {
      const grown = new Float64Array(at * 2);
      grown.set(this.#cells);
      this.#cells = grown;
    }
    const cells = this.#cells;
    cells[at] = serial;
    cells[at + 1] = length;
    cells[at + 2] = document;
    cells[at + 3] = sequence;
    cells[at + 4] = this.#numberOf(actor);
    this.#size++;
  }

  /** Letters taken back one by one, from either end, are one row, unless a later event tells of one of them who did it. */
  *rows(actors: Pick<ReadonlyMap<number, Actor>, 'has'>): Generator<Row, void, undefined> {
    const cells = this.#cells;
    let last: { -readonly [K in keyof Row]: Row[K] } | undefined;
    for (let at = 0; at < this.#size * width; at += width) {
      const [serial, length, document, sequence] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!];
      const actor = this.#actors[cells[at + 4]!]!;
      const joins =
        last !== undefined &&
        last.document === document &&
        last.actor === actor &&
        (serial + length === last.serial || last.serial + last.length === serial) &&
        (sequence === last.sequence || !(actors.has(sequence) || actors.has(last.sequence)));
      if (joins && last !== undefined) {
        last.serial = Math.min(last.serial, serial);
        last.length += length;
        last.sequence = sequence;
        continue;
      }
      if (last !== undefined) yield last;
      last = { serial, length, document, sequence, actor };
    }
    if (last !== undefined) yield last;
  }

  #numberOf(actor: Actor): number {
    const last = this.#actors[this.#last];
    const { kind, basis, rule } = actor;
    if (last !== undefined && last.kind === kind && last.basis === basis && last.rule === rule) return this.#last;
    const key = JSON.stringify([kind, basis, rule]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#actors.push({ kind, basis, rule }) - 1;
      this.#numbers.set(key, number);
    }
    this.#last = number;
    return number;
  }
}

/** Each serial of the rows once, by the row that names it last, but for those that stand. */
function* lastOf(rows: readonly Row[], stands: Standing): Generator<Row, void, undefined> {
  const starts = rows.map((_, i) => i).sort((a, b) => rows[a]!.serial - rows[b]!.serial);
  const points = cutsOf(rows, stands);
  const open = new Latest(rows);
  let [next, still] = [0, 0];
  for (let i = 0; i + 1 < points.length; i++) {
    const at = points[i]!;
    if (points[i + 1] === at) continue;
    while (next < starts.length && rows[starts[next]!]!.serial <= at) open.push(starts[next++]!);
    const row = open.at(at);
    if (row === undefined) continue;
    while (still < stands.count && standsTo(stands, still) <= at) still++;
    if (still < stands.count && stands.serials[still]! <= at) continue;
    yield { ...row, serial: at, length: points[i + 1]! - at };
  }
}

/** Where rows begin and end, and among them what stands; rising, some more than once. */
function cutsOf(rows: readonly Row[], stands: Standing): Float64Array {
  const cuts: number[] = [];
  for (const row of rows) cuts.push(row.serial, endOf(row));
  let still = 0;
  for (const row of distinct(rows)) {
    while (still < stands.count && standsTo(stands, still) <= row.serial) still++;
    for (let k = still; k < stands.count && stands.serials[k]! < endOf(row); k++) {
      cuts.push(stands.serials[k]!, standsTo(stands, k));
    }
  }
  return Float64Array.from(cuts).sort();
}

function standsTo({ serials, lengths }: Standing, i: number): number {
  return serials[i]! + lengths[i]!;
}

/** The rows that are open at a serial, of which the latest is asked for: a heap. Those that ended go when they come up. */
class Latest {
  readonly #rows: readonly Row[];
  readonly #heap: number[] = [];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  push(rank: number): void {
    const heap = this.#heap;
    let i = heap.push(rank) - 1;
    for (let above = (i - 1) >> 1; i > 0 && heap[above]! < rank; above = (i - 1) >> 1) {
      heap[i] = heap[above]!;
      heap[above] = rank;
      i = above;
    }
  }

  /** The latest row that has not ended at this serial. */
  at(serial: number): Row | undefined {
    while (this.#heap.length > 0) {
      const row = this.#rows[this.#heap[0]!]!;
      if (endOf(row) > serial) return row;
      this.#pop();
    }
    return undefined;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let below = 2 * i + 1;
      if (below + 1 < heap.length && heap[below + 1]! > heap[below]!) below++;
      if (below >= heap.length || heap[below]! <= last) break;
      heap[i] = heap[below]!;
      i = below;
    }
    heap[i] = last;
  }
}

function endOf({ serial, length }: Span): number {
  return serial + length;
}
