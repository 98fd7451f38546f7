import { type Hand, handOf, hands, type Kind, kinds } from '../provenance/origin.ts';
import { bounds, type Share, type TextTally } from '../provenance/tally.ts';
import type { Entered } from './flow.ts';

/** Characters of one kind or hand. Unit: code points of the text with `\n` line ends. */
export interface Count {
  /** Standing in the text now; a copy counts again. */
  readonly characters: number;
  /** White space among them. */
  readonly whitespace: number;
  /** Ever put in, each once, whatever became of them. */
  readonly inserted: number;
  /** Of all ever put in, those that still stand, each once. */
  readonly retained: number;
}

/** How much of the text's history was seen as it happened. */
export interface Coverage {
  /** Characters inserted by changes seen live. */
  readonly live: number;
  /** All characters that entered after consent; `live` is part of them. */
  readonly entered: number;
  /** Characters that stood there at consent: in neither. */
  readonly initial: number;
  /** `live` ÷ `entered`, 0 to 1, four places; null when nothing entered. */
  readonly share: number | null;
}

/** The figures of one file, or of all together. Shares are 0 to 1, rounded to four places. */
export interface Measures {
  readonly characters: number;
  readonly whitespace: number;
  readonly hands: Readonly<Record<Hand, Count>>;
  readonly kinds: Readonly<Partial<Record<Kind, Count>>>;
  readonly human: Share;
  readonly machine: Share;
  readonly unknown: number;
  readonly coverage: Coverage;
}

type Counting = { -readonly [K in keyof Count]: Count[K] };

/** Gathers counts of one or many files. Mutable; `measures` gives what was gathered so far. */
export class MeasureSum {
  readonly #kinds = new Map<Kind, Counting>();
  #live = 0;
  #unseen = 0;
  #initial = 0;

  addText(tally: TextTally): void {
    for (const kind of kinds) {
      const characters = tally.kinds[kind] ?? 0;
      if (characters === 0) continue;
      const count = this.#count(kind);
      count.characters += characters;
      count.whitespace += tally.whitespace.kinds[kind] ?? 0;
    }
  }

  addEntered(entered: Entered): void {
    for (const kind of kinds) if (entered.kinds[kind]) this.#count(kind).inserted += entered.kinds[kind];
    this.#live += entered.live;
    this.#unseen += entered.unseen;
    this.#initial += entered.initial;
  }

  addRetained(kind: Kind, characters: number): void {
    this.#count(kind).retained += characters;
  }

  measures(): Measures {
    const byHand = Object.fromEntries(
      hands.map(hand => [hand, { characters: 0, whitespace: 0, inserted: 0, retained: 0 }]),
    ) as Record<Hand, Counting>;
    const byKind: Partial<Record<Kind, Count>> = {};
    const all = { characters: 0, whitespace: 0 };
    for (const kind of kinds) {
      const count = this.#kinds.get(kind);
      if (count === undefined) continue;
      byKind[kind] = { ...count };
      const hand = byHand[handOf(kind)];
      hand.characters += count.characters;
      hand.whitespace += count.whitespace;
      hand.inserted += count.inserted;
      hand.retained += count.retained;
      all.characters += count.characters;
      all.whitespace += count.whitespace;
    }
    const counts = Object.fromEntries(hands.map(hand => [hand, byHand[hand].characters]));
    const shares = bounds({ kinds: {}, hands: counts, length: all.characters });
    return {
      ...all,
      hands: byHand,
      kinds: byKind,
      human: { low: places(shares.human.low), high: places(shares.human.high) },
      machine: { low: places(shares.machine.low), high: places(shares.machine.high) },
      unknown: places(shares.unknown),
      coverage: this.#coverage(),
    };
  }

  #coverage(): Coverage {
    const entered = this.#live + this.#unseen;
    return {
      live: this.#live,
      entered,
      initial: this.#initial,
      share: entered === 0 ? null : places(this.#live / entered),
    };
  }

  #count(kind: Kind): Counting {
    let count = this.#kinds.get(kind);
    if (count === undefined) {
      count = { characters: 0, whitespace: 0, inserted: 0, retained: 0 };
      this.#kinds.set(kind, count);
    }
    return count;
  }
}

/** Four places. Rising shares stay in order, and what is not nothing, or not all, never rounds to it. */
export function places(share: number): number {
  if (share <= 0 || share >= 1) return share;
  return Math.min(Math.max(Math.round(share * 10_000), 1), 9_999) / 10_000;
}
