import { type Hand, handOf, hands } from '../provenance/origin.ts';
import type { Piece } from './pieces.ts';

export type PassageUnit = 'sentence' | 'line';

/**
 * The passage axis: who first wrote each passage, and who changed it since. A first version is judged
 * by what is left of it: a passage counts as machine-originated when most of it is machine text or when
 * its oldest characters are, so that revised AI text is never counted as a person's own draft.
 */
export interface Passages {
  readonly unit: PassageUnit;
  /** Passages that hold more than white space. */
  readonly total: number;
  /** By the hand that the first version is counted for; they add up to `total`. */
  readonly hands: Readonly<Record<Hand, number>>;
  /** Typed characters (code points, white space apart) in machine-originated passages: human edit of AI text. */
  readonly humanInMachine: number;
  /** Machine characters in passages of another origin. */
  readonly machineInOther: number;
}

const prose = /\.(?:md|markdown|mdx|txt|text|tex|ltx|rst|adoc|asciidoc|org|typ|fountain|htm|html|xhtml|srt)$/i;

/** Sentences for prose, lines for code. A file without an ending is taken for prose. */
export function unitOf(path: string): PassageUnit {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return prose.test(name) || !name.includes('.', 1) ? 'sentence' : 'line';
}

/** The passages of a text in order: where each ends, and the rank of the hand that its first version counts for (-1: none). */
export interface PassageList {
  readonly count: number;
  readonly ends: ArrayLike<number>;
  readonly hands: ArrayLike<number>;
}

/** Reads a text's passages from its pieces, which must come in order and cover it. */
export class PassageReader {
  readonly #found: number[] = [];
  readonly #foundEnds: number[] = [];
  readonly #text: string;
  readonly #sum: PassageSum;
  readonly #ends: Iterator<number, undefined, undefined>;
  #passage = new Passage();
  #end: number;

  constructor(text: string, unit: PassageUnit) {
    this.#text = text;
    this.#sum = new PassageSum(unit);
    this.#ends = passageEnds(text, unit);
    this.#end = this.#ends.next().value ?? text.length;
  }

  add({ from, to, origin, act, each }: Piece): void {
    const hand = handOf(origin.kind);
    for (let at = from; at < to; ) {
      const stop = Math.min(to, this.#end);
      // White space does not tell how old a passage is.
      const oldest = each ? act + inkFrom(this.#text, at, stop) - from : act;
      this.#passage.add(hand, oldest, inkIn(this.#text, at, stop));
      at = stop;
      if (at < this.#end) continue;
      this.#close(at);
      this.#end = this.#ends.next().value ?? this.#text.length;
    }
  }

  end(): Passages {
    this.#close(this.#text.length);
    return this.#sum.passages();
  }

  /** What was found up to the last `end`. */
  get list(): PassageList {
    return { count: this.#found.length, ends: this.#foundEnds, hands: this.#found };
  }

  #close(at: number): void {
    const hand = this.#sum.add(this.#passage);
    this.#found.push(hand === undefined ? -1 : hands.indexOf(hand));
    this.#foundEnds.push(at);
    this.#passage = new Passage();
  }
}

/** Adds up passages of several files of one unit. */
export class PassageSum {
  readonly #unit: PassageUnit;
  readonly #hands = Object.fromEntries(hands.map(hand => [hand, 0])) as Record<Hand, number>;
  #humanInMachine = 0;
  #machineInOther = 0;

  constructor(unit: PassageUnit) {
    this.#unit = unit;
  }

  /** Gives the hand that the passage counts for; undefined where it holds only white space. */
  add(passage: Passage): Hand | undefined {
    const hand = passage.hand;
    if (hand === undefined) return undefined;
    this.#hands[hand]++;
    if (hand === 'machine') this.#humanInMachine += passage.ink.human ?? 0;
    else this.#machineInOther += passage.ink.machine ?? 0;
    return hand;
  }

  addAll(passages: Passages): void {
    for (const hand of hands) this.#hands[hand] += passages.hands[hand];
    this.#humanInMachine += passages.humanInMachine;
    this.#machineInOther += passages.machineInOther;
  }

  passages(): Passages {
    const total = hands.reduce((n, hand) => n + this.#hands[hand], 0);
    return {
      unit: this.#unit,
      total,
      hands: { ...this.#hands },
      humanInMachine: this.#humanInMachine,
      machineInOther: this.#machineInOther,
    };
  }
}

class Passage {
  readonly ink: Partial<Record<Hand, number>> = {};
  #oldest = Number.POSITIVE_INFINITY;
  #oldestHand: Hand | undefined;

  add(hand: Hand, act: number, ink: number): void {
    if (ink === 0) return;
    this.ink[hand] = (this.ink[hand] ?? 0) + ink;
    if (hand === 'mechanical' || act < 0 || act >= this.#oldest) return;
    this.#oldest = act;
    this.#oldestHand = hand;
  }

  /** Undefined: only white space. Mechanical characters decide only where there are no others. */
  get hand(): Hand | undefined {
    const entries = (Object.entries(this.ink) as [Hand, number][]).filter(([hand]) => hand !== 'mechanical');
    if (entries.length === 0) return this.ink.mechanical === undefined ? undefined : 'mechanical';
    const all = entries.reduce((n, [, ink]) => n + ink, 0);
    if ((this.ink.machine ?? 0) * 2 > all || this.#oldestHand === 'machine') return 'machine';
    const most = entries.find(([, ink]) => ink * 2 > all);
    return most?.[0] ?? this.#oldestHand ?? 'unknown';
  }
}

/** Marks that end a sentence, and those that may follow one. */
const closing = unitsOf('.!?…。！？');
const behind = unitsOf('"\'»”’)]*_');

function unitsOf(signs: string): ReadonlySet<number> {
  return new Set(Array.from(signs, sign => sign.charCodeAt(0)));
}

/** Ends of all passages but the last. A sentence ends at its closing mark or a blank line; a line at its break. */
export function* passageEnds(text: string, unit: PassageUnit): Generator<number, undefined, undefined> {
  if (unit === 'line') {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) yield at + 1;
    return undefined;
  }
  let closed = false;
  let blank = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a) {
      if (closed || blank) yield at + 1;
      closed = false;
      blank = true;
    } else if (unit === 0x20 || unit === 0x09 || unit === 0xa0) {
      if (closed) yield at + 1;
      closed = false;
    } else {
      if (closing.has(unit)) closed = true;
      else if (closed && !behind.has(unit)) closed = false;
      blank = false;
    }
  }
  return undefined;
}

/** Where ink begins; `to` where there is none. */
function inkFrom(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && inkIn(text, at, at + 1) === 0) at++;
  return at;
}

function inkIn(text: string, from: number, to: number): number {
  let ink = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if ((unit & 0xfc00) === 0xdc00) continue;
    if (unit > 0x20 && unit !== 0xa0 && unit !== 0xfeff && !(unit >= 0x1680 && /\s/.test(text[at]!))) ink++;
  }
  return ink;
}
