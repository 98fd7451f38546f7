import { handOf, type Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';
import { type PassageUnit, passageEnds } from './passages.ts';
import type { Piece } from './pieces.ts';

/** A run of one sentence or line, of text that a prompt led to or of any other. */
interface Part {
  readonly prompt: string | undefined;
  readonly serial: number;
  length: number;
  /** Sequence of the last event that made a character of it. */
  act: number;
  /** Something that was put in beside it stands there no more, or not beside it. */
  parted: boolean;
  /** It holds more than white space. */
  ink: boolean;
}

/** A run of serials that a prompt led to, or, where it is empty, an AI system put in for a prompt that is not known. */
export interface PromptSpan extends Span {
  readonly prompt: string;
}

/** Undefined: no prompt led to it, and no AI system put it in. */
function promptOf({ kind, prompt }: Origin): string | undefined {
  return prompt ?? (handOf(kind) === 'machine' ? '' : undefined);
}

/**
 * Looks through one text for what became of what prompts led to. It is altered where, within one sentence (in code: one
 * line), something of the same piece was taken out, or something else than white space was put in later. What was taken
 * away at the edge of a sentence is not counted as altering it: whole sentences are taken out too.
 */
export class PromptPassages {
  /** What stands altered. A run may stand here more than once, where it was copied. */
  readonly altered: PromptSpan[] = [];
  /** Prompts whose texts stand in one passage, as they follow one another there. */
  readonly neighbours: (readonly [string, string])[] = [];
  readonly #chronicle: Chronicle;
  readonly #text: string;
  readonly #ends: Iterator<number, undefined, undefined>;
  #end: number;
  #parts: Part[] = [];

  /** The pieces must come in order and cover the text. */
  constructor(chronicle: Chronicle, text: string, unit: PassageUnit) {
    this.#chronicle = chronicle;
    this.#text = text;
    this.#ends = passageEnds(text, unit);
    this.#end = this.#ends.next().value ?? text.length;
  }

  add({ from, to, serial, origin, act, each }: Piece): void {
    const prompt = promptOf(origin);
    for (let at = from; at < to; ) {
      const stop = Math.min(to, this.#end);
      const last = each ? act + stop - 1 - from : act;
      this.#add({ prompt, serial: serial + at - from, length: stop - at, act: last, parted: false, ink: false }, at);
      at = stop;
      if (at === this.#end && at < this.#text.length) this.#endPassage();
    }
  }

  end(): void {
    this.#endPassage();
  }

  #add(part: Part, at: number): void {
    const before = this.#parts.at(-1);
    const goesOn = before !== undefined && before.serial + before.length === part.serial;
    part.ink = /\S/u.test(this.#text.slice(at, at + part.length));
    if (goesOn && before.prompt === part.prompt) {
      before.length += part.length;
      before.act = Math.max(before.act, part.act);
      before.ink ||= part.ink;
      return;
    }
    if (before !== undefined && !goesOn) {
      before.parted ||= this.#isJoined(before.serial + before.length - 1, before.prompt);
      part.parted = this.#isJoined(part.serial - 1, part.prompt);
    }
    this.#parts.push(part);
  }

  /** Whether the character with this serial and the next one were put in side by side, because of one prompt. */
  #isJoined(serial: number, prompt: string | undefined): boolean {
    const { folding, trail } = this.#chronicle;
    if (prompt === undefined || trail.starts.has(serial + 1)) return false;
    const [one, next] = [folding.origins.at(serial), folding.origins.at(serial + 1)];
    return one.act === next.act && one.act >= 0 && promptOf(one.origin) === prompt && promptOf(next.origin) === prompt;
  }

  #endPassage(): void {
    const parts = this.#parts;
    const parted = new Set(parts.filter(part => part.parted).map(({ prompt }) => prompt));
    const latest = latestOf(parts);
    let last: string | undefined;
    for (const { prompt, serial, length, act } of parts) {
      if (prompt === undefined) continue;
      const later = latest.find(other => other.prompt !== prompt);
      if (parted.has(prompt) || (later !== undefined && later.act > act)) this.altered.push({ prompt, serial, length });
      if (prompt === '') continue;
      if (last !== undefined && last !== prompt) this.neighbours.push([last, prompt]);
      last = prompt;
    }
    this.#parts = [];
    this.#end = this.#ends.next().value ?? this.#text.length;
  }
}

/** Of the parts with ink the one that was made last, and the last of those that another prompt, or none, led to. */
function latestOf(parts: readonly Part[]): readonly Part[] {
  let [first, second]: (Part | undefined)[] = [];
  for (const part of parts) {
    if (!part.ink) continue;
    if (first === undefined || part.act > first.act) {
      if (first !== undefined && first.prompt !== part.prompt) second = first;
      first = part;
    } else if (part.prompt !== first.prompt && (second === undefined || part.act > second.act)) second = part;
  }
  return [first, second].filter(part => part !== undefined);
}
