import type { Origin } from '../provenance/origin.ts';
import type { Run } from '../provenance/runs.ts';
import type { Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';
import { align } from '../text/diff.ts';
import type { Finding } from './event.ts';
import { type CellText, notebookText } from './notebookText.ts';

/** The serial of each code unit. */
export function serialsOf(spans: readonly Span[], length: number): Float64Array {
  const out = new Float64Array(length);
  let at = 0;
  for (const span of spans) for (let i = 0; i < span.length; i++) out[at++] = span.serial + i;
  return out;
}

/** What stands for a cell's character in the JSON: the character itself, or the end of an escape sequence; 0 all the rest. */
const [itself, escaped] = [1, 2];

function roles(json: string, cells: readonly CellText[]): Uint8Array {
  const out = new Uint8Array(json.length);
  for (const { text, at } of cells) {
    for (const [i, offset] of at.entries()) out[offset] = json[offset] === text[i] ? itself : escaped;
  }
  return out;
}

/**
 * A notebook's file that was written anew from cells whose characters are known: those keep their serials. Of the
 * rest, what the alignment with the file before leaves keeps its own, but never across the edge of a cell: a word of
 * the JSON is not one that somebody wrote into a cell. Mutable: put and mark, then ask.
 */
export class Rewritten {
  readonly #before: string;
  readonly #after: string;
  readonly #old: Float64Array;
  /** Wanted serials; NaN where nothing is put. */
  readonly #wanted: Float64Array;
  /** Of new characters: number of the origin in `#origins`; 0 is the one for all the rest. */
  readonly #marks: Uint8Array;
  readonly #roles: { readonly before: Uint8Array; readonly after: Uint8Array };
  readonly #origins: (Origin | undefined)[] = [undefined];

  /** `serials`: of the text before; `cells`: those of the text after. */
  constructor(before: string, after: string, serials: Float64Array, cells: readonly CellText[]) {
    this.#before = before;
    this.#after = after;
    this.#old = serials;
    this.#wanted = new Float64Array(after.length).fill(Number.NaN);
    this.#marks = new Uint8Array(after.length);
    this.#roles = { before: roles(before, notebookText(before)?.cells ?? []), after: roles(after, cells) };
  }

  /** A cell's characters, by their serials (NaN: not known). What stands for one in other letters is not put. */
  put({ text, at }: CellText, serials: Float64Array): void {
    for (const [i, offset] of at.entries()) {
      if (this.#after[offset] === text[i]) this.#wanted[offset] = serials[i]!;
    }
  }

  /** New characters here are of this origin. */
  mark({ from, to }: { readonly from: number; readonly to: number }, origin: Origin): void {
    let number = this.#origins.indexOf(origin);
    if (number < 0) number = this.#origins.push(origin) - 1;
    this.#marks.fill(number, from, to);
  }

  /** The changes that lead from the text before to the one after; `rest` is the origin of new characters. */
  changes(rest: Origin): (Change & { readonly runs: readonly Run[]; readonly origins: readonly Finding[] })[] {
    const out: { from: number; to: number; at: number; end: number }[] = [];
    const differs = (from: number, to: number, at: number, end: number) => {
      const last = out.at(-1);
      if (last?.to === from && last.end === at) Object.assign(last, { to, end });
      else out.push({ from, to, at, end });
    };
    let [old, at] = [0, 0];
    const { length } = this.#before;
    for (const change of [...align(this.#before, this.#after), { from: length, to: length, insert: '' }]) {
      for (; old < change.from; old++, at++) {
        if (!this.#stays(old, at)) differs(old, old + 1, at, at + 1);
      }
      const end = at + change.insert.length;
      if (change.to > change.from || end > at) differs(change.from, change.to, at, end);
      [old, at] = [change.to, end];
    }
    return out.map(({ from, to, at, end }) => ({
      from,
      to,
      insert: this.#after.slice(at, end),
      ...this.#made(at, end, rest),
    }));
  }

  #stays(old: number, at: number): boolean {
    const wanted = this.#wanted[at]!;
    if (!Number.isNaN(wanted)) return wanted === this.#old[old];
    const role = this.#roles.after[at]!;
    return role !== itself && role === this.#roles.before[old];
  }

  #made(from: number, to: number, rest: Origin): { runs: Run[]; origins: Finding[] } {
    const runs: { length: number; serial?: number }[] = [];
    const origins: (Origin & { length: number })[] = [];
    let mark = -1;
    for (let at = from; at < to; at++) {
      const serial = this.#wanted[at]!;
      const last = runs.at(-1);
      if (!Number.isNaN(serial)) {
        if (last?.serial !== undefined && last.serial + last.length === serial) last.length++;
        else runs.push({ length: 1, serial });
        continue;
      }
      if (last !== undefined && last.serial === undefined) last.length++;
      else runs.push({ length: 1 });
      const number = this.#marks[at]!;
      if (number === mark) (origins.at(-1) as { length: number }).length++;
      else origins.push({ length: 1, ...(this.#origins[number] ?? rest) });
      mark = number;
    }
    return { runs, origins };
  }
}
