import { type FileHandle, open } from 'node:fs/promises';
import type { Problem } from '../agent.ts';
import { refuseManyValues } from './manyValues.ts';
import { reasonOf } from './reason.ts';

/** Bytes read at a time: the editor's thread has a turn of its own between two slices. */
const SLICE = 256 * 1024;
/** A line beyond this is named as a problem and passed over, so that memory stays bounded. */
const LONGEST = 64 * 1024 * 1024;
/** Bytes at the start and before the offset that must still be the same for reading to go on. */
const WITNESS = 256;
const [OPEN, CLOSE] = [0x7b, 0x7d];

export interface Visitor {
  /** One whole line. Returning `'stop'` ends this read behind the line; the next read goes on from there. */
  line(value: unknown, line: number): 'stop' | undefined;
  problem(problem: Problem): void;
  /** The file is another one than before (truncated or replaced): it is read again from its start. */
  restart(): void;
}

/**
 * A growing file of JSON lines, read from where the last read ended. A last line without its line end is
 * held back until the writer has finished it; a whole object is finished, since no part of one is JSON. Lines that are no JSON, no UTF-8 or too long are problems,
 * each told once. A file that is not there has no lines. Never writes, never throws for what it reads.
 */
export class JsonLines {
  readonly #file: string;
  readonly #longest: number;
  readonly #parse: ((bytes: Buffer) => unknown) | undefined;
  #offset = 0;
  #line = 0;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  /** In the middle of a line that is too long. */
  #passing = false;
  /** The last line was taken before its end came. */
  #early = false;
  #failure = '';

  /** `parse`: makes something else of a line than JSON; then a last line without its end is never whole. */
  constructor(file: string, longest = LONGEST, parse?: (bytes: Buffer) => unknown) {
    this.#file = file;
    this.#longest = longest;
    this.#parse = parse;
  }

  /** `'more'`: the visitor stopped it before the end. */
  async read(visitor: Visitor): Promise<'end' | 'more'> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(this.#file, 'r');
      const { size } = await handle.stat();
      if (!(await this.#continues(handle, size))) {
        this.#restart();
        visitor.restart();
      }
      const state = await this.#lines(handle, visitor);
      this.#failure = '';
      return state;
    } catch (error) {
      this.#fail(error, visitor);
      return 'end';
    } finally {
      await handle?.close();
    }
  }

  async #lines(handle: FileHandle, visitor: Visitor): Promise<'end' | 'more'> {
    const room = Buffer.allocUnsafe(SLICE);
    const held: Buffer[] = [];
    let heldBytes = 0;
    let at = this.#offset;
    for (;;) {
      const { bytesRead } = await handle.read(room, 0, SLICE, at);
      if (bytesRead === 0) {
        this.#last(Buffer.concat(held), at, visitor);
        return 'end';
      }
      const slice = room.subarray(0, bytesRead);
      if (at === 0) this.#head = Buffer.from(slice.subarray(0, WITNESS));
      at += bytesRead;
      let from = 0;
      for (let end = slice.indexOf(10); end >= 0; end = slice.indexOf(10, from)) {
        held.push(slice.subarray(from, end));
        const line = held.length === 1 ? held[0]! : Buffer.concat(held);
        from = end + 1;
        const answer = this.#whole(line, at - bytesRead + from, visitor);
        held.length = heldBytes = 0;
        if (answer === 'stop') return 'more';
      }
      const rest = slice.subarray(from);
      if (this.#passing) this.#advance(rest, at);
      else if (heldBytes + rest.length > this.#longest) {
        visitor.problem({ file: this.#file, line: this.#line + 1, message: `longer than ${this.#longest} bytes` });
        this.#passing = true;
        this.#advance(rest, at);
        held.length = heldBytes = 0;
      } else if (rest.length > 0) {
        held.push(Buffer.from(rest));
        heldBytes += rest.length;
      }
    }
  }

  /** `bytes`: the line without its end; `end`: offset behind its end. */
  #whole(bytes: Buffer, end: number, visitor: Visitor): 'stop' | undefined {
    const empty = bytes.length === 0 || (bytes.length === 1 && bytes[0] === 13);
    this.#advance(bytes, end);
    if (this.#early && empty) {
      this.#early = false;
      return undefined;
    }
    this.#early = false;
    this.#line++;
    if (this.#passing) {
      this.#passing = false;
      return undefined;
    }
    if (empty && !this.#parse) return undefined;
    let value: unknown;
    try {
      value = (this.#parse ?? parsed)(bytes);
    } catch (error) {
      visitor.problem({ file: this.#file, line: this.#line, message: reasonOf(error) });
      return undefined;
    }
    return visitor.line(value, this.#line);
  }

  /** What stands behind the last line end. */
  #last(bytes: Buffer, end: number, visitor: Visitor): void {
    if (this.#parse || bytes[0] !== OPEN || bytes.at(-1) !== CLOSE) return;
    let value: unknown;
    try {
      value = parsed(bytes);
    } catch (error) {
      if (error instanceof Error) return;
      throw error;
    }
    this.#line++;
    this.#advance(bytes, end);
    this.#early = true;
    visitor.line(value, this.#line);
  }

  /** Keeps the offset and the bytes that stand before it. */
  #advance(bytes: Buffer, offset: number): void {
    this.#tail = Buffer.from(bytes.subarray(-WITNESS));
    this.#offset = offset;
  }

  /** Whether what was read still stands in the file. */
  async #continues(handle: FileHandle, size: number): Promise<boolean> {
    if (this.#offset === 0) return true;
    if (size < this.#offset) return false;
    const lineEnd = this.#passing || this.#early ? 0 : 1;
    return (
      (await same(handle, this.#head, 0)) &&
      (await same(handle, this.#tail, this.#offset - lineEnd - this.#tail.length))
    );
  }

  #restart(): void {
    this.#offset = this.#line = 0;
    this.#head = this.#tail = Buffer.alloc(0);
    this.#passing = this.#early = false;
  }

  #fail(error: unknown, visitor: Visitor): void {
    const message = reasonOf(error);
    if (this.#failure !== message && !missing(error)) visitor.problem({ file: this.#file, line: 0, message });
    this.#failure = message;
  }
}

/** Throws for what is no UTF-8, no JSON, or too much of it. */
export function parsed(bytes: Buffer): unknown {
  refuseManyValues(bytes);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

async function same(handle: FileHandle, bytes: Buffer, at: number): Promise<boolean> {
  const found = Buffer.alloc(bytes.length);
  await handle.read(found, 0, found.length, at);
  return found.equals(bytes);
}

/** The tool may delete its records at any time; that is its right and no fault. */
function missing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
