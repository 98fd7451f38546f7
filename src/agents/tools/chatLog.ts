import { stat } from 'node:fs/promises';
import type { Problem } from '../agent.ts';
import { type Fields, fields, list } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { JsonLines } from '../reading/jsonl.ts';
import { reasonOf } from '../reading/reason.ts';

/** A log beyond this is a problem and is not read, so that memory stays bounded (bytes). */
const LARGEST = 64 * 1024 * 1024;

/**
 * The state of one of VS Code's chat sessions: a `.json` file that is it, or a `.jsonl` log of it, one entry a line:
 * kind 0 the state, 1 a value set at a path, 2 values put at the end of a list (behind the first `i`, where that is
 * told), 3 a value taken away (source: microsoft/vscode, `objectMutationLog.ts`). VS Code begins the log anew after
 * 1024 entries. Entries that do not fit are a problem, told once; what stands is still given.
 */
export class ChatFile {
  readonly #file: string;
  readonly #json: JsonFile | undefined;
  #state = '';

  constructor(file: string) {
    this.#file = file;
    this.#json = file.endsWith('.jsonl') ? undefined : new JsonFile(file, LARGEST);
  }

  /** The state when the file is another than at the last read. Never throws for what it reads. */
  async read(told: { problem(problem: Problem): void }): Promise<Fields | undefined> {
    return fields(this.#json ? (await this.#json.read(told))?.value : await this.#replayed(told));
  }

  async #replayed(told: { problem(problem: Problem): void }): Promise<unknown> {
    let size: number;
    try {
      const found = await stat(this.#file);
      const state = `${found.ino} ${found.size} ${found.mtimeMs}`;
      if (state === this.#state) return undefined;
      this.#state = state;
      size = found.size;
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!missing) told.problem({ file: this.#file, line: 0, message: reasonOf(error) });
      return undefined;
    }
    if (size > LARGEST) {
      told.problem({ file: this.#file, line: 0, message: `larger than ${LARGEST} bytes` });
      return undefined;
    }
    return await this.#lines(told);
  }

  async #lines(told: { problem(problem: Problem): void }): Promise<unknown> {
    const log = new ChatLog();
    let wrong = 0;
    await new JsonLines(this.#file, LARGEST).read({
      line: (entry, line) => {
        if (!log.apply(fields(entry) ?? {})) wrong ||= line;
        return undefined;
      },
      problem: problem => told.problem(problem),
      restart: () => undefined,
    });
    if (wrong > 0) told.problem({ file: this.#file, line: wrong, message: 'entry does not fit' });
    return log.state;
  }
}

/** Replays a log's entries. Mutable. */
export class ChatLog {
  #state: unknown;

  get state(): unknown {
    return this.#state;
  }

  /** False: the entry is of no known kind or does not fit the state, which stays as it was. */
  apply({ kind, k, v, i }: Fields): boolean {
    const path = list(k);
    if (kind === 0 || (kind === 1 && path.length === 0)) this.#state = v;
    else if (kind === 1) return this.#set(path, v);
    else if (kind === 2) return this.#push(path, v, i);
    else if (kind === 3) return this.#set(path, undefined);
    else return false;
    return true;
  }

  #set(path: readonly unknown[], value: unknown): boolean {
    const parent = this.#at(path.slice(0, -1));
    const key = path.at(-1);
    if (Array.isArray(parent) && isPlace(key) && key <= parent.length) parent[key] = value;
    else if (fields(parent) && typeof key === 'string' && key !== '__proto__') {
      (parent as Record<string, unknown>)[key] = value;
    } else return false;
    return true;
  }

  #push(path: readonly unknown[], values: unknown, from: unknown): boolean {
    let target = this.#at(path);
    if (target === undefined && from === undefined && this.#set(path, [])) target = this.#at(path);
    if (!Array.isArray(target)) return false;
    if (from !== undefined) {
      if (!isPlace(from) || from > target.length) return false;
      target.length = from;
    }
    for (const value of list(values)) target.push(value);
    return true;
  }

  #at(path: readonly unknown[]): unknown {
    let at = this.#state;
    for (const key of path) {
      if (Array.isArray(at) && isPlace(key)) at = at[key];
      else if (fields(at) && typeof key === 'string' && Object.hasOwn(at as object, key)) at = (at as Fields)[key];
      else return undefined;
    }
    return at;
  }
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
