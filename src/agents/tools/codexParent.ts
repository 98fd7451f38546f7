import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AgentReader } from '../agent.ts';

/** Days before that of a subagent's record on which its conversation may have begun. */
const DAYS = 7;

/**
 * The conversation that started a subagent: the subagent's record holds no words of a person, so what it did belongs
 * to the prompt in whose turn it was started. Its record lies in the folder of the same day or of one of those before.
 */
export class CodexParent {
  readonly #file: string;
  readonly #thread: string;
  readonly #open: (file: string) => AgentReader;
  #reader: AgentReader | undefined;
  #prompts: { readonly id: string; readonly time: number }[] = [];

  constructor(file: string, thread: string, open: (file: string) => AgentReader) {
    this.#file = file;
    this.#thread = thread;
    this.#open = open;
  }

  /** The newest prompt asked at that time (ms) or before, as far as it is known. */
  async promptAt(time: number): Promise<string | undefined> {
    this.#reader ??= await this.#find();
    for (let more = this.#reader !== undefined; more; ) {
      const records = await this.#reader!.read();
      this.#prompts.push(...records.prompts.map(({ id, time }) => ({ id, time })));
      more = records.more === true;
    }
    return this.#prompts.findLast(prompt => prompt.time <= time)?.id;
  }

  async #find(): Promise<AgentReader | undefined> {
    const day = dirname(this.#file);
    const days = (await namesIn(dirname(day))).filter(name => /^\d\d$/.test(name) && join(dirname(day), name) < day);
    for (const at of [
      day,
      ...days
        .sort()
        .reverse()
        .slice(0, DAYS)
        .map(name => join(dirname(day), name)),
    ]) {
      const name = (await namesIn(at)).find(name => name.startsWith('rollout-') && name.includes(this.#thread));
      if (name !== undefined) return this.#open(join(at, name));
    }
    return undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // What cannot be listed does not tell who asked; the record itself is read all the same.
    if (error instanceof Error) return [];
    throw error;
  }
}
