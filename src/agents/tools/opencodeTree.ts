import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AgentReader, AgentRecords, Problem } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, text } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { isMissing } from '../reading/missing.ts';
import { reasonOf } from '../reading/reason.ts';
import { takePart, takePrompt, type Whereabouts } from './opencodePart.ts';

/**
 * One part of a message as opencode kept it before 1.2: `storage/part/<message>/<part>.json`, beside
 * `message/<session>/<message>.json` and `session/<project>/<session>.json`.
 */
export class OpencodePartFile implements AgentReader {
  readonly #file: string;
  readonly #storage: string;
  readonly #source: JsonFile;
  readonly #gathering = new Gathering('opencode');

  constructor(file: string) {
    this.#file = file;
    this.#storage = dirname(dirname(dirname(file)));
    this.#source = new JsonFile(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#source.read({ problem: problem => this.#gathering.problem(problem) });
    const part = fields(state?.value);
    if (state && part) await this.#part(part, Math.floor(state.changed));
    else if (state) this.#problem('unknown form');
    return this.#gathering.take(false);
  }

  async #part(part: Fields, changed: number): Promise<void> {
    const messageId = text(part.messageID) ?? basename(dirname(this.#file));
    const found = await this.#found(join(this.#storage, 'message'), `${messageId}.json`);
    if (!found) {
      this.#problem('no message');
      return;
    }
    const session = text(part.sessionID) ?? text(found.value.sessionID) ?? found.folder;
    const info = (await this.#found(join(this.#storage, 'session'), `${session}.json`))?.value;
    const at: Whereabouts = {
      agent: 'opencode',
      session,
      folder: text(info?.directory),
      child: info?.parentID !== undefined && info.parentID !== null,
      messageId,
      message: found.value,
      asked: undefined,
      time: changed,
    };
    const role = text(found.value.role);
    if (role === 'user') takePrompt(this.#gathering, at, await this.#siblings());
    else if (role === 'assistant') takePart(this.#gathering, at, text(part.id) ?? basename(this.#file, '.json'), part);
    else this.#problem('unknown role');
  }

  /** A file of that name in one of the folders of a folder. */
  async #found(folder: string, name: string): Promise<{ folder: string; value: Fields } | undefined> {
    for (const below of await this.#namesIn(folder)) {
      const value = await jsonIn(join(folder, below, name));
      if (value) return { folder: below, value };
    }
    return undefined;
  }

  async #siblings(): Promise<readonly (Fields | undefined)[]> {
    const folder = dirname(this.#file);
    const names = (await this.#namesIn(folder)).filter(name => name.endsWith('.json')).sort();
    return Promise.all(names.map(name => jsonIn(join(folder, name))));
  }

  async #namesIn(folder: string): Promise<readonly string[]> {
    try {
      return await readdir(folder);
    } catch (error) {
      if (!isMissing(error)) this.#problem(reasonOf(error));
      return [];
    }
  }

  #problem(message: string): void {
    this.#gathering.problem({ file: this.#file, line: 0, message });
  }
}

/** What is wrong with another part's file, that part's reader tells. */
async function jsonIn(file: string): Promise<Fields | undefined> {
  const problems: Problem[] = [];
  const state = await new JsonFile(file).read({ problem: problem => problems.push(problem) });
  return fields(state?.value);
}
