import { type Hand, handOf } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Run } from '../provenance/runs.ts';
import { type Ground, isOwn, isTelling } from './recallBars.ts';
import type { Match } from './recallMatches.ts';

/** How a text came. */
export interface Coming {
  /** The document that it came into. */
  readonly document: number;
  /** `token`: pasted, copied from a text that is recorded; `paste`: from elsewhere; `outside`: another program wrote it. */
  readonly way: 'token' | 'paste' | 'editor' | 'outside';
  /** Ms since 1970 UTC. */
  readonly time: number;
}

export interface Inherited {
  /** Lengths add up to the text's. */
  readonly runs: readonly Run[];
  /** All that is known of it was taken away elsewhere just before: it was moved. */
  readonly moved: boolean;
}

/** What was taken away within so many milliseconds before was moved. */
const justNow = 600_000;

/** Where texts are alike, what they are made of speaks in this order: nothing machine may come out as a person's. */
const order: readonly Hand[] = ['human', 'mechanical', 'earlier', 'unknown', 'outside', 'machine'];

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly serial: number;
  readonly hand: Hand;
}

interface Claim extends Match {
  readonly pieces: readonly Piece[];
  readonly ground: Ground;
  readonly rank: number;
  /** Taken away just now, and it stands nowhere. */
  readonly left: boolean;
}

/**
 * What the text inherits of its matches. The longest takes precedence; of equally long ones that which is nearest to a
 * machine's. What is a person's, a tool's or from before recording is inherited only where the run says enough
 * (`isOwn`), and yields where the same words stand as another's too, unless what the run has beyond them says enough
 * alone. What comes over the clipboard inherits nothing from what nobody knows: the paste is known better; nor does what
 * the editor puts in, unless it was moved: a mark may tell in a moment what it is.
 */
export function inherited(text: string, matches: readonly Match[], origins: Origins, coming: Coming): Inherited {
  const claims = claimsOf(text, matches, origins, coming);
  const holdings = new Holdings(text, coming.way);
  for (const claim of claims) holdings.take(claim);
  for (const claim of claims) for (const other of claims) if (claim !== other) holdings.yield(claim, other);
  return { runs: holdings.runs, moved: holdings.moved };
}

/** Who has which character of the text. */
class Holdings {
  readonly #text: string;
  readonly #way: Coming['way'];
  readonly #holders: (Claim | undefined)[];
  /** -1: new. */
  readonly #serials: Float64Array;

  constructor(text: string, way: Coming['way']) {
    this.#text = text;
    this.#way = way;
    this.#holders = new Array<Claim | undefined>(text.length).fill(undefined);
    this.#serials = new Float64Array(text.length).fill(-1);
  }

  get moved(): boolean {
    return (
      this.#serials.some(serial => serial >= 0) && this.#holders.every((h, i) => h?.left || !(this.#serials[i]! >= 0))
    );
  }

  get runs(): Run[] {
    const runs: { length: number; serial?: number }[] = [];
    for (const serial of this.#serials) {
      const last = runs.at(-1);
      const next = last?.serial === undefined ? undefined : last.serial + last.length;
      if (last !== undefined && (serial < 0 ? last.serial === undefined : next === serial)) last.length++;
      else runs.push(serial < 0 ? { length: 1 } : { length: 1, serial });
    }
    return runs;
  }

  /** What is still free of it, run by run. */
  take(claim: Claim): void {
    for (let from = claim.from; from < claim.to; ) {
      if (this.#holders[from] !== undefined) {
        from++;
        continue;
      }
      let to = from;
      while (to < claim.to && this.#holders[to] === undefined) to++;
      this.#takeRun(claim, from, to);
      from = to;
    }
  }

  /** The other has what both claim, where it is no one's own there, and the claim does not stand without it. */
  yield(claim: Claim, other: Claim): void {
    if (other.from >= claim.to || claim.from >= other.to || claim.pieces.every(piece => !isProtected(piece.hand)))
      return;
    const beyond = [
      this.#text.slice(claim.from, Math.max(claim.from, other.from)),
      this.#text.slice(Math.min(claim.to, other.to), claim.to),
    ];
    if (beyond.some(run => isOwn(run, claim.ground))) return;
    for (const piece of other.pieces) {
      if (isProtected(piece.hand)) continue;
      for (let at = Math.max(piece.from, claim.from); at < Math.min(piece.to, claim.to); at++) {
        if (this.#holders[at] === claim && isProtected(handAt(claim, at))) this.#give(at, other, piece);
      }
    }
  }

  #takeRun(claim: Claim, from: number, to: number): void {
    const run = this.#text.slice(from, to);
    if (!isTelling(run)) return;
    const own = isOwn(run, claim.ground);
    for (const piece of claim.pieces) {
      if (isProtected(piece.hand) && !own) continue;
      for (let at = Math.max(piece.from, from); at < Math.min(piece.to, to); at++) this.#give(at, claim, piece);
    }
  }

  #give(at: number, claim: Claim, piece: Piece): void {
    this.#holders[at] = claim;
    this.#serials[at] = piece.hand === 'unknown' && this.#isBetterNew(claim) ? -1 : piece.serial + at - piece.from;
  }

  /** More is known, or may be told in a moment, of the text that came than of what is like it. */
  #isBetterNew({ left }: Claim): boolean {
    return this.#way === 'paste' || (this.#way === 'editor' && !left);
  }
}

/** What must not be inherited by chance. */
function isProtected(hand: Hand): boolean {
  return hand === 'human' || hand === 'mechanical' || hand === 'earlier';
}

function handAt({ pieces }: Claim, at: number): Hand {
  return pieces.find(({ from, to }) => from <= at && at < to)?.hand ?? 'unknown';
}

/** The longest first, then the nearest to a machine's. Characters that the journal does not know make no claim. */
function claimsOf(text: string, matches: readonly Match[], origins: Origins, coming: Coming): Claim[] {
  const all = matches.map(match => ({ match, pieces: withoutEdges(text, piecesOf(match, origins)) }));
  const standing = all.filter(({ match }) => match.source.stands).flatMap(({ pieces }) => pieces ?? []);
  const claims = all.flatMap(({ match, pieces }): Claim[] => {
    if (pieces === undefined) return [];
    const { removed } = match.source;
    const stands = match.source.stands || pieces.some(piece => standing.some(other => overlap(piece, other)));
    const left = !stands && removed !== undefined && Math.abs(coming.time - removed) <= justNow;
    const returned = !stands && coming.way === 'outside' && match.source.document === coming.document;
    const ground = coming.way === 'token' ? 'token' : left || returned ? 'gone' : 'alike';
    const rank = Math.max(...pieces.map(({ hand }) => order.indexOf(hand)));
    const [from, to] = [pieces[0]!.from, pieces.at(-1)!.to];
    return [{ ...match, from, to, pieces, ground, rank, left }];
  });
  const near = ({ source }: Claim) => (source.document === coming.document ? 1 : 0);
  return claims.sort((a, b) => b.to - b.from - (a.to - a.from) || b.rank - a.rank || near(b) - near(a));
}

/**
 * A line end or a word at an end of the match, made by another hand than what is beside it, is alike by chance: a
 * person's, a tool's or an earlier one is not inherited where it says too little alone.
 */
function withoutEdges(text: string, pieces: readonly Piece[] | undefined): readonly Piece[] | undefined {
  if (pieces === undefined) return undefined;
  let [first, end] = [0, pieces.length];
  for (;;) {
    let start = end - 1;
    while (start > first && pieces[start - 1]!.hand === pieces[end - 1]!.hand) start--;
    if (start === first || !isChance(text, pieces[start]!, pieces[end - 1]!)) break;
    end = start;
  }
  for (;;) {
    let next = first + 1;
    while (next < end && pieces[next]!.hand === pieces[first]!.hand) next++;
    if (next === end || !isChance(text, pieces[first]!, pieces[next - 1]!)) break;
    first = next;
  }
  return pieces.slice(first, end);
}

/** Pieces of one hand, from the first to the last, that are not inherited for themselves. */
function isChance(text: string, first: Piece, last: Piece): boolean {
  return isProtected(first.hand) && !isTelling(text.slice(first.from, last.to));
}

/** The match cut where another hand made it; undefined where the journal knows of no such character. */
function piecesOf({ from, to, source, at }: Match, origins: Origins): Piece[] | undefined {
  const pieces: Piece[] = [];
  let next = from;
  for (const { length, serial, origin, act } of origins.walk(source.spans(at, at + to - from))) {
    if (act < 0) return undefined;
    pieces.push({ from: next, to: next + length, serial, hand: handOf(origin.kind) });
    next += length;
  }
  return next === to ? pieces : undefined;
}

function overlap(a: Piece, b: Piece): boolean {
  return a.serial < b.serial + b.to - b.from && b.serial < a.serial + a.to - a.from;
}
