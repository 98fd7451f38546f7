import type { Kind } from './origin.ts';
import type { Origins } from './origins.ts';
import type { AlignedChange, Span } from './span.ts';
import { SpanTree } from './spanTree.ts';

/** Serials that a step makes: those inside are new, all others were there before. */
export interface Fresh {
  readonly first: number;
  readonly count: number;
}

/**
 * Where each character of one document comes from, and what put it where it stands. Mutable, with
 * an identity. Two trees over the same length: serials, and placements (0: stands where it was made;
 * else the serial that names the act which placed it).
 */
export class Provenance {
  readonly #serials: SpanTree;
  readonly #placements: SpanTree;

  private constructor(serials: SpanTree, placements: SpanTree) {
    this.#serials = serials;
    this.#placements = placements;
  }

  /** A text that stands as it was made, or as `placements` (values as `placements()` gives them) say. */
  static of(spans: Iterable<Span>, placements?: Iterable<Span>): Provenance {
    const serials = new SpanTree(spans);
    const { length } = serials;
    const placed = new SpanTree(placements ?? (length === 0 ? [] : [{ length, serial: 0 }]), 0);
    if (placed.length !== length) throw new RangeError(`placements of ${placed.length} for a text of ${length}`);
    return new Provenance(serials, placed);
  }

  get length(): number {
    return this.#serials.length;
  }

  /** Number of spans. */
  get count(): number {
    return this.#serials.count;
  }

  /**
   * One step: `changes` sorted and disjoint, in old offsets. Inserted characters with serials inside
   * `fresh` stand where they were made; all others were placed by the act `placed`. Throws RangeError
   * where spans do not add up to their insert or a change leaves the text; nothing is changed then.
   */
  apply(changes: readonly AlignedChange[], fresh: Fresh, placed: number): void {
    this.#demand(changes);
    const end = fresh.first + fresh.count;
    for (let i = changes.length - 1; i >= 0; i--) {
      const { from, to, spans } = changes[i]!;
      this.#serials.replace(from, to, spans);
      this.#placements.replace(from, to, placementsOf(spans, fresh.first, end, placed));
    }
  }

  slice(from: number, to: number): Span[] {
    return this.#serials.slice(from, to);
  }

  spans(): Span[] {
    return this.#serials.spans();
  }

  /** Runs of equal placement; `serial` is 0 or the serial of the placing act. */
  placements(from: number, to: number): Span[] {
    return this.#placements.slice(from, to);
  }

  clone(): Provenance {
    return new Provenance(this.#serials.clone(), this.#placements.clone());
  }

  /** Both trees: length of the first in bytes (4, little-endian), then the first, then the second. */
  toBytes(): Uint8Array {
    const serials = this.#serials.toBytes();
    const placements = this.#placements.toBytes();
    const out = new Uint8Array(4 + serials.length + placements.length);
    new DataView(out.buffer).setUint32(0, serials.length, true);
    out.set(serials, 4);
    out.set(placements, 4 + serials.length);
    return out;
  }

  /** Throws RangeError on bytes that `toBytes` cannot have made. */
  static fromBytes(bytes: Uint8Array): Provenance {
    const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    if (size > bytes.length - 4) throw new RangeError(`a tree of ${size} bytes in ${bytes.length}`);
    const serials = SpanTree.fromBytes(bytes.subarray(4, 4 + size));
    const placements = SpanTree.fromBytes(bytes.subarray(4 + size), 0);
    if (serials.length !== placements.length) throw new RangeError('serials and placements differ in length');
    return new Provenance(serials, placements);
  }

  /** One letter a character: see `letterOf`. */
  toString(origins: Origins): string {
    let out = '';
    for (const { length, origin } of origins.walk(this.spans())) out += letterOf(origin.kind).repeat(length);
    return out;
  }

  #demand(changes: readonly AlignedChange[]): void {
    let at = 0;
    for (const { from, to, insert, spans } of changes) {
      let sum = 0;
      for (const { length } of spans) sum += length;
      if (sum !== insert.length) throw new RangeError(`spans of ${sum} for an insert of ${insert.length}`);
      if (!(from >= at && to >= from && to <= this.length)) {
        throw new RangeError(`change ${from}-${to} is out of order or leaves a text of ${this.length}`);
      }
      at = to;
    }
  }
}

function placementsOf(spans: readonly Span[], first: number, end: number, placed: number): readonly Span[] {
  const [only] = spans;
  if (only === undefined) return spans;
  // What is typed is one run of new characters.
  if (spans.length === 1 && only.serial >= first && only.serial + only.length <= end && only.length > 0)
    return [{ length: only.length, serial: 0 }];
  const out: Span[] = [];
  for (const { length, serial } of spans) {
    const stop = serial + length;
    const from = Math.min(Math.max(serial, first), stop);
    const to = Math.max(Math.min(stop, end), from);
    for (const [n, value] of [
      [from - serial, placed],
      [to - from, 0],
      [stop - to, placed],
    ] as const) {
      if (n > 0) out.push({ length: n, serial: value });
    }
  }
  return out;
}

/** The letter that stands for a kind in pictures: `t` typed, `a` AI, `p` pasted, `f` tool, `e` external, `i`, `?`. */
export function letterOf(kind: Kind): string {
  switch (kind) {
    case 'typed':
      return 't';
    case 'ai.completion':
    case 'ai.chat':
    case 'ai.agent':
    case 'ai.pasted':
      return 'a';
    case 'pasted.external':
    case 'pasted.editor':
      return 'p';
    case 'tool.suggest':
    case 'tool.snippet':
    case 'tool.format':
    case 'tool.refactor':
    case 'tool.editor':
      return 'f';
    case 'external.git':
    case 'external.disk':
      return 'e';
    case 'initial':
      return 'i';
    case 'unknown':
      return '?';
  }
}
