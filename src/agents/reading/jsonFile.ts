import { type FileHandle, open } from 'node:fs/promises';
import type { Problem } from '../agent.ts';
import { refuseManyValues } from './manyValues.ts';
import { reasonOf } from './reason.ts';

/** A file beyond this is a problem and is not read, so that memory stays bounded (bytes). */
const LARGEST = 64 * 1024 * 1024;
/** Text that is no JSON is taken for half-written while its last change is younger than this (ms). */
const SETTLED = 500;
/** Tries in one read while a file is unfinished, and the time between them (ms); a change that comes later starts another read. */
const [TRIES, PAUSE] = [4, 250];

/** The file as it was read. */
export interface JsonState {
  readonly value: unknown;
  /** When it was last written (ms since 1970): the time of what has no time of its own. */
  readonly changed: number;
}

/**
 * A JSON file that its tool rewrites whole. `read` gives its value when the file is another than at the last read, else
 * nothing. What is half-written is tried again, and is a problem only when it stays so; a file that is too large, no
 * UTF-8 or cannot be read is one too, told once for each state. A file that is not there has no value. Never writes, never throws.
 */
export class JsonFile {
  readonly #file: string;
  readonly #largest: number;
  readonly #parse: (text: string) => unknown;
  readonly #settled: number;
  #state = '';
  #failure = '';

  /** `parse`: makes something else of the text than JSON; it throws a `SyntaxError` for what is not whole. */
  constructor(
    file: string,
    largest = LARGEST,
    settled = SETTLED,
    parse: (text: string) => unknown = text => JSON.parse(text),
  ) {
    this.#file = file;
    this.#largest = largest;
    this.#settled = settled;
    this.#parse = parse;
  }

  async read(told: { problem(problem: Problem): void }): Promise<JsonState | undefined> {
    for (let tries = TRIES; tries > 0; tries--) {
      const found = await this.#once();
      if (found === undefined || 'value' in found) return found;
      if (found.settled) {
        this.#state = found.state;
        this.#fail(found.failure, told);
        return undefined;
      }
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
    return undefined;
  }

  async #once(): Promise<JsonState | { failure: string; settled: boolean; state: string } | undefined> {
    let handle: FileHandle | undefined;
    let state = '';
    let changed = 0;
    try {
      handle = await open(this.#file, 'r');
      const before = await handle.stat();
      state = stateOf(before);
      changed = Math.floor(before.mtimeMs);
      if (state === this.#state) return undefined;
      if (before.size > this.#largest) return { failure: `larger than ${this.#largest} bytes`, settled: true, state };
      const bytes = Buffer.alloc(before.size);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      const whole = bytesRead === bytes.length && stateOf(await handle.stat()) === state;
      refuseManyValues(bytes);
      const value = this.#parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      if (!whole) return { failure: 'changing', settled: false, state };
      this.#state = state;
      this.#failure = '';
      return { value, changed };
    } catch (error) {
      // The tool may delete its records at any time; that is its right and no fault.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      const unfinished = error instanceof SyntaxError || error instanceof TypeError;
      return {
        failure: reasonOf(error),
        settled: !unfinished || Math.abs(Date.now() - changed) > this.#settled,
        state,
      };
    } finally {
      await handle?.close();
    }
  }

  #fail(failure: string, told: { problem(problem: Problem): void }): void {
    if (this.#failure !== failure) told.problem({ file: this.#file, line: 0, message: failure });
    this.#failure = failure;
  }
}

function stateOf({ ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): string {
  return `${ino} ${size} ${mtimeMs}`;
}
