import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AgentReader, AgentRecords } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { reasonOf } from '../reading/reason.ts';
import { historyOf, settledIn } from './chatHistory.ts';
import { type Answered, answeredIn } from './chatSession.ts';
import { keyOf, type RequestEdit, replay } from './chatTimeline.ts';
import { copilotCall, copilotName } from './copilot.ts';

/** A text beyond this is a problem and is not read (bytes). */
const LARGEST = 64 * 1024 * 1024;

/**
 * An editing session of VS Code's chat: `chatEditingSessions/<conversation>/state.json`, its texts beside it in
 * `contents/`. Edits have whole texts: one for each operation on a file, or for many of one request. An edit has the time at which the request's answer was ready, by the chat session's record, else
 * the file's own time. Versions 1 and 2.
 */
export class ChatEditingReader implements AgentReader {
  readonly #file: string;
  readonly #folder: string;
  readonly #conversation: string;
  readonly #json: JsonFile;
  readonly #gathering = new Gathering(copilotName);
  /** Newest epoch told, and the edits, of a request and file. */
  readonly #epochs = new Map<string, number>();
  readonly #edits = new Map<string, string[]>();
  #steps: Iterator<RequestEdit, readonly string[]> | undefined;
  #state: Fields | undefined;
  #changed = 0;
  #requests: ReadonlyMap<string, Answered> | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#folder = dirname(file);
    this.#conversation = basename(this.#folder);
    this.#json = new JsonFile(file, LARGEST);
  }

  async read(): Promise<AgentRecords> {
    if (!this.#state) await this.#open();
    while (this.#state && !this.#gathering.full) {
      const { value, done } = this.#steps!.next();
      if (done) this.#end(this.#state, value);
      else {
        this.#requests ??= await this.#asked();
        this.#tell(value, this.#requests);
      }
    }
    return this.#gathering.take(this.#state !== undefined);
  }

  async #open(): Promise<void> {
    const read = await this.#json.read({ problem: problem => this.#gathering.problem(problem) });
    const state = fields(read?.value);
    if (!read || !state) return;
    if (state.version !== 1 && state.version !== 2) this.#problem('unknown version');
    const timeline = fields(state.timeline);
    this.#steps = timeline
      ? replay(timeline, this.#epochs, kind => this.#problem(kind))
      : each(await historyOf(state, name => this.#content(name)));
    this.#state = state;
    this.#changed = read.changed;
  }

  #tell({ request, file, place, epoch, before, after }: RequestEdit, requests: ReadonlyMap<string, Answered>): void {
    const conversation = this.#conversation;
    const { done, model, prompt } = requests.get(request) ?? {};
    const time = done ?? this.#changed;
    const edit = this.#gathering.edit(
      {
        conversation,
        time,
        file,
        ...(prompt === undefined ? {} : { prompt }),
        ...(model === undefined ? {} : { model }),
        ...(before === undefined ? {} : { before }),
        after,
      },
      `${copilotCall(conversation, request)}-${epoch}.${place}`,
    );
    const key = keyOf(request, file);
    this.#epochs.set(key, epoch);
    this.#edits.set(key, [...(this.#edits.get(key) ?? []), edit]);
  }

  /** Decisions stand on edits that are told, now or before. */
  #end(state: Fields, wound: readonly string[]): void {
    const undone = wound.map(key => ({ key, outcome: 'undone' as const }));
    for (const { key, outcome } of [...settledIn(state), ...undone]) {
      for (const edit of this.#edits.get(key) ?? []) this.#gathering.decision(edit, this.#changed, outcome);
    }
    this.#state = this.#steps = undefined;
    this.#requests = undefined;
  }

  async #asked(): Promise<ReadonlyMap<string, Answered>> {
    const sessions = join(dirname(dirname(this.#folder)), 'chatSessions');
    const log = await answeredIn(join(sessions, `${this.#conversation}.jsonl`), this.#conversation);
    return log.size > 0 ? log : await answeredIn(join(sessions, `${this.#conversation}.json`), this.#conversation);
  }

  /** A text by its name, which is the beginning of the SHA-1 of its bytes. */
  async #content(name: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{7,40}$/.test(name)) return undefined;
    const file = join(this.#folder, 'contents', name);
    try {
      if ((await stat(file)).size > LARGEST) return this.#problem('text too large');
      const bytes = await readFile(file);
      if (!createHash('sha1').update(bytes).digest('hex').startsWith(name)) return this.#problem('another text');
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      return this.#problem(error instanceof TypeError ? 'no UTF-8' : reasonOf(error));
    }
  }

  #problem(message: string): undefined {
    this.#gathering.problemOnce({ file: this.#file, line: 0, message });
  }
}

function* each(edits: readonly RequestEdit[]): Generator<RequestEdit, readonly string[]> {
  yield* edits;
  return [];
}
