import { type Hand, handOf, type Kind, kinds, type Origin } from './origin.ts';

/** Characters by kind and by hand. Unit: code points; each counts for the origin of its first code unit. */
export interface Tally {
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
  readonly hands: Readonly<Partial<Record<Hand, number>>>;
  readonly length: number;
}

/** A tally, and the same of the white space in it alone. */
export interface TextTally extends Tally {
  readonly whitespace: Tally;
}

/**
 * Counts a text whose parts, in order, are of these origins. Lengths are UTF-16 code units and must
 * add up to the text's (RangeError). A lone surrogate counts as one character.
 */
export function tally(text: string, parts: Iterable<{ readonly length: number; readonly origin: Origin }>): TextTally {
  const all = new TallySum();
  const whitespace = new TallySum();
  let at = 0;
  for (const { length, origin } of parts) {
    const end = at + length;
    let points = 0;
    let spaces = 0;
    for (; at < end; at++) {
      const unit = text.charCodeAt(at);
      if ((unit & 0xfc00) === 0xdc00 && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) continue;
      points++;
      if (isSpace(unit)) spaces++;
    }
    all.add(origin.kind, points);
    whitespace.add(origin.kind, spaces);
  }
  if (at !== text.length) throw new RangeError(`parts of ${at} for a text of ${text.length}`);
  return { ...all.tally(), whitespace: whitespace.tally() };
}

export interface Share {
  readonly low: number;
  readonly high: number;
}

export interface Bounds {
  readonly human: Share;
  readonly machine: Share;
  /** Share of characters of which nothing is known. */
  readonly unknown: number;
}

/**
 * Shares from 0 to 1. Low: what is known to be of that hand. High: with all that may be (outside,
 * earlier, unknown). Mechanical characters stand in the whole but never move to either hand. Of an
 * empty text all are 0.
 */
export function bounds({ hands, length }: Tally): Bounds {
  const share = (n: number) => (length === 0 ? 0 : n / length);
  const human = hands.human ?? 0;
  const machine = hands.machine ?? 0;
  const open = (hands.outside ?? 0) + (hands.earlier ?? 0) + (hands.unknown ?? 0);
  return {
    human: { low: share(human), high: share(human + open) },
    machine: { low: share(machine), high: share(machine + open) },
    unknown: share(hands.unknown ?? 0),
  };
}

const known: ReadonlySet<string> = new Set(kinds);

/** Adds up characters, or tallies of the parts of a text. Mutable. */
export class TallySum {
  readonly #kinds: Partial<Record<Kind, number>> = {};

  /** A stranger's journal may state what no kind is: that is unknown, and no character is missing from the sum. */
  add(stated: Kind, n: number): void {
    const kind = known.has(stated) ? stated : 'unknown';
    if (n > 0) this.#kinds[kind] = (this.#kinds[kind] ?? 0) + n;
  }

  addAll({ kinds }: Tally): void {
    for (const [kind, n] of Object.entries(kinds) as [Kind, number][]) this.add(kind, n);
  }

  tally(): Tally {
    const hands: Partial<Record<Hand, number>> = {};
    let length = 0;
    for (const [kind, n] of Object.entries(this.#kinds) as [Kind, number][]) {
      const hand = handOf(kind);
      hands[hand] = (hands[hand] ?? 0) + n;
      length += n;
    }
    return { kinds: this.#kinds, hands, length };
  }
}

/** White space and line ends as ECMAScript's `\s` has them. */
function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0xa0) return false;
  return unit === 0xa0 || unit === 0xfeff || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit)));
}
