import type { AlignedChange, Span } from '../../src/provenance/span.ts';
import { pushSpan } from '../../src/provenance/spans.ts';

/** One character (UTF-16 code unit) with all that is to be known of it. */
export interface Character {
  readonly unit: string;
  readonly serial: number;
  /** 0, or the serial of the act that placed it. */
  readonly placed: number;
}

/**
 * The plainest provenance there is: one entry a character, in an array. What it says is right
 * because nothing in it is clever; what the product says is compared with it.
 */
export class Oracle {
  characters: readonly Character[];

  private constructor(characters: readonly Character[]) {
    this.characters = characters;
  }

  /** A text whose characters have the serials from `first` on. */
  static of(text: string, first = 0): Oracle {
    return new Oracle(text.split('').map((unit, i) => ({ unit, serial: first + i, placed: 0 })));
  }

  get text(): string {
    return this.characters.map(c => c.unit).join('');
  }

  apply(changes: readonly AlignedChange[], fresh: { first: number; count: number }, placed: number): void {
    const next = [...this.characters];
    for (const { from, to, insert, spans } of [...changes].reverse()) {
      const serials = spans.flatMap(s => Array.from({ length: s.length }, (_, i) => s.serial + i));
      const inserted = serials.map((serial, i) => {
        const isNew = serial >= fresh.first && serial < fresh.first + fresh.count;
        return { unit: insert[i]!, serial, placed: isNew ? 0 : placed };
      });
      // In parts, as one call takes no more arguments than the stack holds.
      next.splice(from, to - from);
      for (let i = 0; i < inserted.length; i += 10_000) next.splice(from + i, 0, ...inserted.slice(i, i + 10_000));
    }
    this.characters = next;
  }

  clone(): Oracle {
    return new Oracle(this.characters);
  }

  spans(from = 0, to = this.characters.length): Span[] {
    const out: Span[] = [];
    for (let i = from; i < to; i++) pushSpan(out, { length: 1, serial: this.characters[i]!.serial });
    return out;
  }

  placements(): Span[] {
    const out: Span[] = [];
    for (const { placed } of this.characters) pushSpan(out, { length: 1, serial: placed }, 0);
    return out;
  }
}
