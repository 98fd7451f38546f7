import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { parsed, type Visitor } from './jsonl.ts';
import { reasonOf } from './reason.ts';

/** Bytes of one line, and of the whole text unpacked: beyond them is a problem, so that no record takes memory or time without end. */
const [LONGEST, LARGEST] = [64 * 1024 * 1024, 1024 * 1024 * 1024];

/**
 * JSON lines packed with zstd, in the manner of `JsonLines`: a tool packs a record that it has finished, so it is read
 * again from its start where it has changed or was left before its end. Where the runtime has no zstd (Node.js before
 * 22.15), that is a problem.
 */
export class ZstdLines {
  readonly #file: string;
  readonly #largest: number;
  readonly #longest: number;
  #state = '';
  /** Lines given. */
  #line = 0;
  #failure = '';

  constructor(file: string, largest = LARGEST, longest = LONGEST) {
    this.#file = file;
    this.#longest = longest;
    this.#largest = largest;
  }

  async read(visitor: Visitor): Promise<'end' | 'more'> {
    try {
      const { ino, size, mtimeMs } = await stat(this.#file);
      const state = `${ino} ${size} ${mtimeMs}`;
      if (state === this.#state) return 'end';
      const answer = await this.#lines(visitor);
      if (answer === 'end') {
        this.#state = state;
        this.#line = 0;
      }
      this.#failure = '';
      return answer;
    } catch (error) {
      // The tool may delete its records at any time; that is its right and no fault.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) this.#fail(reasonOf(error), visitor);
      return 'end';
    }
  }

  async #lines(visitor: Visitor): Promise<'end' | 'more'> {
    if (zlib.createZstdDecompress === undefined) {
      this.#fail('no zstd in this runtime', visitor);
      return 'end';
    }
    const packed = createReadStream(this.#file);
    const unpacked = packed.pipe(zlib.createZstdDecompress());
    packed.on('error', error => unpacked.destroy(error));
    try {
      let [line, bytes, held, passing] = [0, 0, [] as Buffer[], false];
      for await (const part of unpacked as AsyncIterable<Buffer>) {
        bytes += part.length;
        if (bytes > this.#largest) {
          this.#fail(`larger than ${this.#largest} bytes`, visitor);
          return 'end';
        }
        let from = 0;
        for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
          if (!passing) held.push(part.subarray(from, end));
          from = end + 1;
          if (++line > this.#line && this.#whole(Buffer.concat(held), line, visitor) === 'stop') return 'more';
          [held, passing] = [[], false];
        }
        if (!passing) held.push(part.subarray(from));
        if (held.reduce((sum, { length }) => sum + length, 0) <= this.#longest) continue;
        const message = `longer than ${this.#longest} bytes`;
        if (line >= this.#line) visitor.problem({ file: this.#file, line: line + 1, message });
        [held, passing] = [[], true];
      }
      const rest = Buffer.concat(held);
      if (rest.length > 0 && ++line > this.#line && this.#whole(rest, line, visitor) === 'stop') return 'more';
      return 'end';
    } finally {
      packed.destroy();
      unpacked.destroy();
    }
  }

  #whole(bytes: Buffer, line: number, visitor: Visitor): 'stop' | undefined {
    this.#line = line;
    if (bytes.length === 0 || (bytes.length === 1 && bytes[0] === 13)) return undefined;
    let value: unknown;
    try {
      value = parsed(bytes);
    } catch (error) {
      visitor.problem({ file: this.#file, line, message: reasonOf(error) });
      return undefined;
    }
    return visitor.line(value, line);
  }

  #fail(failure: string, visitor: Visitor): void {
    if (this.#failure !== failure) visitor.problem({ file: this.#file, line: 0, message: failure });
    this.#failure = failure;
  }
}
