import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';
import { type PassageUnit, passageEnds } from './passages.ts';
import type { Piece } from './pieces.ts';

/** Text that a prompt led to, and where it goes on in the same sentence or line. */
interface Part {
  readonly prompt: string;
  readonly serial: number;
  length: number;
  altered: boolean;
}

/** A run of serials that a prompt led to. */
export interface PromptSpan extends Span {
  readonly prompt: string;
}

/**
 * Looks through one text for what became of what prompts led to. It is altered where, within one sentence (in code: one
 * line), something of the same piece was taken out or something else put in. What was taken away at the edge of a
 * sentence is not counted as altering it: whole sentences are taken out too.
 */
export class PromptPassages {
  /** What stands altered. A run may stand here more than once, where it was copied. */
  readonly altered: PromptSpan[] = [];
  /** Prompts whose texts stand in one passage, as they follow one another there. */
  readonly neighbours: (readonly [string, string])[] = [];
  readonly #chronicle: Chronicle;
  readonly #ends: Iterator<number, undefined, undefined>;
  readonly #length: number;
  #end: number;
  #parts: Part[] = [];
  /** Of the character before, in the same passage. */
  #before: { readonly serial: number; readonly part: Part | undefined } | undefined;

  /** The pieces must come in order and cover the text. */
  constructor(chronicle: Chronicle, text: string, unit: PassageUnit) {
    this.#chronicle = chronicle;
    this.#ends = passageEnds(text, unit);
    this.#length = text.length;
    this.#end = this.#ends.next().value ?? text.length;
  }

  add({ from, to, serial, origin: { prompt } }: Piece): void {
    for (let at = from; at < to; ) {
      const stop = Math.min(to, this.#end);
      this.#add(serial + at - from, stop - at, prompt);
      at = stop;
      if (at === this.#end && at < this.#length) this.#endPassage();
    }
  }

  end(): void {
    this.#endPassage();
  }

  #add(serial: number, length: number, prompt: string | undefined): void {
    const before = this.#before;
    const goesOn = before !== undefined && before.serial + 1 === serial;
    let part = goesOn && before.part?.prompt === prompt ? before.part : undefined;
    if (part !== undefined) part.length += length;
    else if (prompt !== undefined) {
      part = { prompt, serial, length, altered: false };
      this.#parts.push(part);
    }
    if (before !== undefined && !goesOn) {
      if (before.part !== undefined && this.#joined(before.serial, before.part.prompt)) before.part.altered = true;
      if (part !== undefined && this.#joined(serial - 1, part.prompt)) part.altered = true;
    }
    this.#before = { serial: serial + length - 1, part };
  }

  /** Whether the character with this serial and the next one were put in side by side, because of one prompt. */
  #joined(serial: number, prompt: string): boolean {
    const { folding, trail } = this.#chronicle;
    if (trail.starts.has(serial + 1)) return false;
    const [one, next] = [folding.origins.at(serial), folding.origins.at(serial + 1)];
    return one.act === next.act && one.act >= 0 && one.origin.prompt === prompt && next.origin.prompt === prompt;
  }

  #endPassage(): void {
    const parts = this.#parts;
    for (const [i, { prompt, serial, length, altered }] of parts.entries()) {
      if (altered || parts.some(other => other.altered && other.prompt === prompt))
        this.altered.push({ prompt, serial, length });
      const last = parts[i - 1];
      if (last !== undefined && last.prompt !== prompt) this.neighbours.push([last.prompt, prompt]);
    }
    this.#parts = [];
    this.#before = undefined;
    this.#end = this.#ends.next().value ?? this.#length;
  }
}
