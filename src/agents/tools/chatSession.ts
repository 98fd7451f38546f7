import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { AgentReader, AgentRecords, Problem } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { folderOf } from '../reading/workspaces.ts';
import { ChatFile } from './chatLog.ts';
import { type ChatRequest, fileOf, isCut, requestIn, writtenIn } from './chatRequest.ts';
import { CopilotMessages, copilotCall, copilotName } from './copilot.ts';

/** Our own participant's requests are recorded as they are made. */
const own = 'holograph.holograph';

/**
 * One of VS Code's own chat sessions: prompts at once, answers and edits when a request is done. It tells edits only
 * where no editing session does, since that has whole texts. Versions of the state: 1 to 3.
 */
export class ChatSessionReader implements AgentReader {
  readonly #file: string;
  readonly #chat: ChatFile;
  readonly #gathering = new Gathering(copilotName);
  readonly #messages = new CopilotMessages();
  /** Names of prompts by the ids of their requests. */
  readonly #prompts = new Map<string, string>();
  #conversation: string;
  #folder = '';
  #edited = false;
  /** The newest prompt, which a request without words of a person goes on with. */
  #prompt: string | undefined;
  /** Requests of the newest state that are still to be told. */
  #left: unknown[] = [];

  constructor(file: string) {
    this.#file = file;
    this.#chat = new ChatFile(file);
    this.#conversation = basename(file, extname(file));
  }

  async read(): Promise<AgentRecords> {
    if (this.#left.length === 0) this.#open(await this.#chat.read({ problem: problem => this.#problem(problem) }));
    while (this.#left.length > 0 && !this.#gathering.full) this.#tell(this.#left.pop());
    return this.#gathering.take(this.#left.length > 0);
  }

  #open(state: Fields | undefined): void {
    if (!state) return;
    const { version } = state;
    const known = version === undefined || version === 1 || version === 2 || version === 3;
    if (!known) this.#problem({ file: this.#file, line: 0, message: 'unknown version' });
    this.#conversation = text(state.sessionId) || this.#conversation;
    const storage = dirname(dirname(this.#file));
    // An empty window has no folder: its prompts count only with an edit in a recorded one.
    this.#folder = fileOf(state.workingDirectory) ?? folderOf(storage) ?? '';
    this.#edited = existsSync(join(storage, 'chatEditingSessions', this.#conversation, 'state.json'));
    this.#prompt = undefined;
    this.#left = [...list(state.requests)].reverse();
  }

  #tell(value: unknown): void {
    const request = requestIn(value);
    if (!request || isOwn(value)) return;
    if (isCut(value)) this.#problem({ file: this.#file, line: 0, message: 'cut by the tool' });
    const { id, time, model } = request;
    const conversation = this.#conversation;
    const made = model === undefined ? {} : { model };
    if (request.asked !== undefined) {
      const prompt = { conversation, time, text: request.asked, folder: this.#folder, ...made };
      const name = this.#prompts.get(id) ?? this.#messages.prompt(conversation, request.asked);
      this.#prompts.set(id, name);
      this.#prompt = this.#gathering.prompt(prompt, name);
    }
    if (request.done === undefined) return;
    const turn = { ...made, ...(this.#prompt === undefined ? {} : { prompt: this.#prompt }) };
    const answer = { conversation, time: request.done, text: request.said, ...turn };
    this.#gathering.answer(answer, this.#messages.answer(this.#prompt, request.said));
    if (!this.#edited) this.#wrote(request, turn);
  }

  #wrote(request: ChatRequest, turn: { prompt?: string; model?: string }): void {
    const conversation = this.#conversation;
    for (const { call, effects } of writtenIn(request)) {
      const name = copilotCall(conversation, call ?? request.id);
      for (const [place, effect] of effects.entries()) {
        const edit = { conversation, time: request.done!, ...effect, ...turn };
        this.#gathering.edit(edit, call !== undefined && effects.length === 1 ? name : `${name}.${place + 1}`);
      }
    }
  }

  #problem(problem: Problem): void {
    this.#gathering.problemOnce(problem);
  }
}

/** When a request's answer was ready (ms), by which model it was made, and the id of its prompt. */
export interface Answered extends Pick<ChatRequest, 'done' | 'model'> {
  readonly prompt?: string;
}

/** Of the requests of a session, by their ids. */
export async function answeredIn(file: string, conversation: string): Promise<ReadonlyMap<string, Answered>> {
  const state = await new ChatFile(file).read({ problem: () => undefined });
  const messages = new CopilotMessages();
  const out = new Map<string, Answered>();
  let prompt: string | undefined;
  for (const value of list(state?.requests)) {
    const { id, asked, done, model } = requestIn(value) ?? {};
    if (id === undefined || isOwn(value)) continue;
    if (asked !== undefined) prompt = `${copilotName}:${conversation}:${messages.prompt(conversation, asked)}`;
    out.set(id, {
      ...(done === undefined ? {} : { done }),
      ...(model === undefined ? {} : { model }),
      ...(prompt === undefined ? {} : { prompt }),
    });
  }
  return out;
}

function isOwn(request: unknown): boolean {
  const extension = fields(fields(fields(request)?.agent)?.extensionId);
  return (text(extension?.value) ?? '').toLowerCase() === own;
}
