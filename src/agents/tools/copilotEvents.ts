import { basename, dirname } from 'node:path';
import type { AgentReader, AgentRecords, Problem } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { CopilotMessages, copilotCall, copilotModel, copilotName } from './copilot.ts';
import { editsFiles, effectsOf } from './copilotEdit.ts';
import { isKnownSource, promptIn } from './copilotPrompt.ts';

/** Calls that wait for their result; a tool works on few at a time. */
const PENDING = 1000;
/** First words of the kinds of events that are known; others may hold what is not read. */
const kinds =
  /^(session|user|assistant|tool|subagent|permission|hook|skill|system|abort|mcp|elicitation|external_tool|command|exit_plan_mode|agent|model|turn|world_state|retained_context|security|factory|sampling|pending_messages|auto_mode_switch|commands|capabilities)\b/;

interface Call {
  readonly tool: string;
  readonly input: unknown;
}

/**
 * Events of one Copilot conversation, one JSON object a line: `{type, data, id, timestamp, parentId}`, by VS Code's
 * transcripts and by the command line alike (sources: microsoft/vscode `agentHost/node/copilot/mapSessionEvents`,
 * the copilot-sdk's types). Version 1 is known. `opened`: the folder, where the events do not say it.
 */
export class CopilotEvents implements AgentReader, Visitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #gathering = new Gathering(copilotName);
  readonly #calls = new Map<string, Call>();
  /** Edits in order, and how many there were at each message of a person: where a rewind can go to. */
  readonly #edits: string[] = [];
  readonly #editsAt = new Map<string, number>();
  readonly #opened: string | undefined;
  /** Ids of prompts by those of the events that they were told in. */
  readonly #prompts = new Map<string, string>();
  #messages = new CopilotMessages();
  #conversation: string;
  #folder: string | undefined;
  #model: string | undefined;
  #prompt: string | undefined;
  #time = 0;

  constructor(file: string, opened?: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
    this.#opened = opened;
    this.#folder = opened;
    const name = basename(file, '.jsonl');
    this.#conversation = name === 'events' ? basename(dirname(file)) : name;
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#lines.read(this);
    return this.#gathering.take(state === 'more');
  }

  /** The id of the prompt that an event told. */
  promptOf(event: string): string | undefined {
    return this.#prompts.get(event);
  }

  line(value: unknown, line: number): 'stop' | undefined {
    const event = fields(value);
    const type = text(event?.type);
    if (!event || type === undefined) {
      this.#problemOnce('no event', line);
      return undefined;
    }
    this.#time = timeOf(event.timestamp) ?? this.#time;
    this.#event(type, event, fields(event.data) ?? {}, line);
    return this.#gathering.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#gathering.problem(problem);
  }

  restart(): void {
    this.#calls.clear();
    this.#edits.length = 0;
    this.#editsAt.clear();
    this.#messages = new CopilotMessages();
    this.#folder = this.#opened;
    this.#model = this.#prompt = undefined;
  }

  #event(type: string, event: Fields, data: Fields, line: number): void {
    if (type === 'session.start') this.#start(data, line);
    else if (type === 'session.resume' || type === 'session.context_changed') this.#moved(data);
    else if (type === 'session.model_change') this.#model = isAside(event) ? this.#model : copilotModel(data.newModel);
    else if (type === 'session.snapshot_rewind') this.#rewind(data, line);
    else if (type === 'user.message') this.#asked(event, data, line);
    else if (type === 'assistant.message') this.#answered(event, data);
    else if (type === 'tool.execution_start') this.#call(data.toolCallId, data.toolName, data.arguments);
    else if (type === 'tool.execution_complete') this.#done(data);
    else if (!kinds.test(type)) this.#problemOnce('unknown event', line);
  }

  #start(data: Fields, line: number): void {
    if (data.version !== undefined && data.version !== 1) this.#problemOnce('unknown version', line);
    this.#conversation = text(data.sessionId) || this.#conversation;
    this.#model = copilotModel(data.selectedModel) ?? this.#model;
    this.#moved(data);
  }

  #moved(data: Fields): void {
    this.#folder = text(fields(data.context)?.cwd) || text(data.cwd) || this.#folder;
  }

  #asked(event: Fields, data: Fields, line: number): void {
    const message = text(event.id);
    if (message !== undefined) this.#editsAt.set(message, this.#edits.length);
    if (isAside(event)) return;
    if (!isKnownSource(data)) this.#problemOnce('message of unknown source', line);
    const said = promptIn(data);
    if (said === undefined) return;
    this.#prompt = this.#gathering.prompt(
      {
        conversation: this.#conversation,
        time: this.#time,
        text: said,
        // Where it was asked is not known: it counts only with an edit in a recorded folder.
        folder: this.#folder ?? '',
        ...(this.#model === undefined ? {} : { model: this.#model }),
      },
      this.#messages.prompt(this.#conversation, said),
    );
    if (message !== undefined) this.#prompts.set(message, this.#prompt);
  }

  #answered(event: Fields, data: Fields): void {
    if (!isAside(event)) this.#model = copilotModel(data.model) ?? this.#model;
    for (const request of list(data.toolRequests).map(fields)) {
      this.#call(request?.toolCallId, request?.name, request?.arguments);
    }
    const said = text(data.content) ?? '';
    if (said === '' || isAside(event)) return;
    this.#gathering.answer(
      { conversation: this.#conversation, time: this.#time, text: said, ...this.#turn() },
      this.#messages.answer(this.#prompt, said),
    );
  }

  /** A call is told when the model asks for it and again when it begins; the newer account is the fuller one. */
  #call(id: unknown, tool: unknown, input: unknown): void {
    if (typeof id !== 'string' || typeof tool !== 'string' || !editsFiles(tool)) return;
    this.#calls.set(id, { tool, input });
    if (this.#calls.size > PENDING) this.#calls.delete(this.#calls.keys().next().value!);
  }

  #done(data: Fields): void {
    const id = text(data.toolCallId);
    const call = id === undefined ? undefined : this.#calls.get(id);
    if (id === undefined || !call) return;
    this.#calls.delete(id);
    if (!succeeded(data)) return;
    const effects = effectsOf(call.tool, call.input, this.#folder);
    if (!effects) {
      this.#problemOnce('call not understood', 0);
      return;
    }
    const name = copilotCall(this.#conversation, id);
    const created = call.tool === 'create' && /^Created file/.test(resultOf(data) ?? '');
    for (const [place, effect] of effects.entries()) {
      const edit = this.#gathering.edit(
        {
          conversation: this.#conversation,
          time: this.#time,
          ...effect,
          ...(created ? { before: null } : {}),
          ...this.#turn(),
        },
        effects.length === 1 ? name : `${name}.${place + 1}`,
      );
      this.#edits.push(edit);
    }
  }

  #turn(): { prompt?: string; model?: string } {
    return {
      ...(this.#prompt === undefined ? {} : { prompt: this.#prompt }),
      ...(this.#model === undefined ? {} : { model: this.#model }),
    };
  }

  /** The files were put back to what they were before that message. */
  #rewind(data: Fields, line: number): void {
    const before = this.#editsAt.get(text(data.upToEventId) ?? '');
    if (before === undefined) this.#problemOnce('rewind to an unknown event', line);
    else for (const edit of this.#edits.splice(before)) this.#gathering.decision(edit, this.#time, 'undone');
  }

  #problemOnce(message: string, line: number): void {
    this.#gathering.problemOnce({ file: this.#file, line, message });
  }
}

/** Told by a subagent, or to one: not the person's conversation. */
function isAside(event: Fields): boolean {
  return text(event.agentId) !== undefined || text(fields(event.data)?.parentToolCallId) !== undefined;
}

/** What is not said to have succeeded has not: such a call is no edit. Nor is what the person had the tool do. */
function succeeded(data: Fields): boolean {
  if (data.isUserRequested === true || fields(data.error)) return false;
  const kind = text(fields(data.result)?.result_type) ?? text(fields(data.result)?.resultType);
  return kind === undefined ? data.success === true : kind === 'success' && data.success !== false;
}

function resultOf(data: Fields): string | undefined {
  return text(fields(data.result)?.content) ?? text(fields(data.result)?.text_result_for_llm);
}

function timeOf(value: unknown): number | undefined {
  return milliseconds(typeof value === 'number' ? value : Date.parse(text(value) ?? ''));
}
