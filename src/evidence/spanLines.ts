import { canonicalJson } from '../journal/canonical.ts';
import type { FileFormat } from '../journal/event.ts';
import { linesMember, type Member } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { marksOf } from './marks.ts';
import type { PackagedWork } from './works.ts';

/**
 * `data/spans/spans.jsonl`: one line a run of one origin, file by file in the order of the work. `from`
 * and `to` count UTF-16 code units of the text with `\n` line ends; `codePoints` its code points;
 * `bytes` the bytes of the file under `data/work/`. All half-open.
 */
export function spansMember(chronicle: Chronicle, files: readonly PackagedWork[]): Member {
  return linesMember('data/spans/spans.jsonl', spanLines(chronicle, files));
}

function* spanLines(chronicle: Chronicle, files: readonly PackagedWork[]): Generator<string, void, undefined> {
  for (const { path, text, document, member } of files) {
    const walk = new OffsetWalk(text, document.format);
    for (const { from, to, ...mark } of marksOf(chronicle, document)) {
      const start = walk.at(from);
      const end = walk.at(to);
      const codePoints = [start.codePoints, end.codePoints];
      const bytes = [start.bytes, end.bytes];
      yield `${canonicalJson({ file: path, member: member.name, from, to, codePoints, bytes, ...mark })}\n`;
    }
  }
}

/** Offsets of one place in three units. An offset inside a surrogate pair counts as before the pair. */
interface Offsets {
  readonly codePoints: number;
  readonly bytes: number;
}

/** Turns rising offsets in code units into the other units, in one pass over the text. */
export class OffsetWalk {
  readonly #text: string;
  readonly #format: FileFormat;
  readonly #otherLines: ReadonlySet<number>;
  #unit = 0;
  #line = 0;
  #codePoints = 0;
  #bytes: number;

  constructor(text: string, format: FileFormat) {
    this.#text = text;
    this.#format = format;
    this.#otherLines = new Set(format.others);
    this.#bytes = !format.bom ? 0 : format.encoding === 'utf-8' ? 3 : 2;
  }

  /** `unit` must not be smaller than the one asked for before. */
  at(unit: number): Offsets {
    while (this.#unit < unit) {
      const point = this.#text.codePointAt(this.#unit)!;
      const units = point > 0xffff ? 2 : 1;
      if (this.#unit + units > unit) break;
      this.#unit += units;
      this.#codePoints++;
      this.#bytes += this.#bytesOf(point, units);
    }
    return { codePoints: this.#codePoints, bytes: this.#bytes };
  }

  #bytesOf(point: number, units: number): number {
    const { encoding, eol } = this.#format;
    const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
    if (point === 0x0a) {
      const pair = (eol === '\r\n') !== this.#otherLines.has(this.#line++);
      return (pair ? 2 : 1) * (wide ? 2 : 1);
    }
    if (wide) return units * 2;
    if (encoding !== 'utf-8') return 1;
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}
