import { Provenance } from '../provenance/provenance.ts';
import type { AlignedChange, Span } from '../provenance/span.ts';
import { TextBuffer } from '../text/buffer.ts';
import type { Step } from './step.ts';

/** What one change took out, where it stands after the step: enough to put it back exactly. */
export interface Undone {
  readonly at: number;
  readonly inserted: number;
  readonly text: string;
  readonly spans: readonly Span[];
  readonly placements: readonly Span[];
}

const none: readonly Span[] = [];
const everything = { first: 0, count: Number.MAX_SAFE_INTEGER };
const nothing = { first: 0, count: 0 };

/** A text with where its characters come from. Mutable, with an identity; both parts always have one length. */
export class Content {
  readonly text: TextBuffer;
  readonly provenance: Provenance;

  constructor(text: TextBuffer, provenance: Provenance) {
    this.text = text;
    this.provenance = provenance;
  }

  static of(text: string, spans: Iterable<Span>): Content {
    return new Content(TextBuffer.of(text), Provenance.of(spans));
  }

  static get empty(): Content {
    return Content.of('', []);
  }

  get length(): number {
    return this.text.length;
  }

  /** Throws RangeError, and changes nothing, where the step does not fit. */
  apply(step: Step): void {
    this.provenance.apply(step.changes, step.fresh, step.placed);
    for (let i = step.changes.length - 1; i >= 0; i--) {
      const { from, to, insert } = step.changes[i]!;
      this.text.replace(from, to, insert);
    }
  }

  /** What the step would take out; to be asked before it is applied. */
  removedBy(changes: readonly AlignedChange[]): Undone[] {
    let shift = 0;
    return changes.map(({ from, to, insert }) => {
      const at = from + shift;
      shift += insert.length - (to - from);
      const inserted = insert.length;
      if (from === to) return { at, inserted, text: '', spans: none, placements: none };
      const { provenance } = this;
      const text = this.text.slice(from, to);
      return { at, inserted, text, spans: provenance.slice(from, to), placements: provenance.placements(from, to) };
    });
  }

  /** Puts back what a step took out, placements included; steps are undone newest first. */
  undo(removed: readonly Undone[]): void {
    for (let i = removed.length - 1; i >= 0; i--) {
      const { at, inserted, text, spans, placements } = removed[i]!;
      this.text.replace(at, at + inserted, text);
      this.provenance.apply([{ from: at, to: at + inserted, insert: '', spans: [] }], nothing, 0);
      let from = at;
      for (const { length, serial: placed } of placements) {
        const piece = sliced(spans, from - at, from - at + length);
        const insert = text.slice(from - at, from - at + length);
        this.provenance.apply([{ from, to: from, insert, spans: piece }], placed === 0 ? everything : nothing, placed);
        from += length;
      }
    }
  }

  clone(): Content {
    return new Content(TextBuffer.of(this.text.toString()), this.provenance.clone());
  }
}

/** The part of some spans from one offset to another. */
export function sliced(spans: readonly Span[], from: number, to: number): Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const { length, serial } of spans) {
    const start = Math.max(from, at);
    const end = Math.min(to, at + length);
    if (end > start) out.push({ length: end - start, serial: serial + start - at });
    at += length;
  }
  return out;
}
