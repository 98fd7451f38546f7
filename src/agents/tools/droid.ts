import { basename, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { callName, messageName } from '../reading/callName.ts';
import { type Effect, pathAt, replacementsIn, written } from '../reading/effect.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';
import { saidIn } from './claudePrompt.ts';
import { effectsOfPatch } from './codexEdit.ts';

/**
 * Droid of Factory: `sessions/<folder>/<id>.jsonl` under `~/.factory` (its hooks name `projects` too). The
 * `<id>.settings.json` beside it names the model that was chosen last, which need not be a turn's: it is not read, and a turn
 * whose messages name none has none. Source: a sample of format 2 with one patch; the other
 * tools' inputs (`Edit`, `MultiEdit`, `Create`) as the tool's own prompts describe them.
 */
export const droid: Agent = {
  name: 'droid',
  checked: 'samples',
  versions: 'format 2',
  places: (_, machine) => ['sessions', 'projects'].map(name => join(homeOf(machine), '.factory', name)),
  isRecord: file => file.endsWith('.jsonl'),
  reader: file => new DroidReader(file),
};

/** Calls that wait for their result. */
const PENDING = 1000;

interface Call {
  readonly effects: readonly Effect[];
  readonly about: { readonly prompt?: string; readonly model?: string };
}

class DroidReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #found = new Gathering('droid');
  readonly #calls = new Map<string, Call>();
  #conversation: string | undefined;
  #folder: string | undefined;
  #prompt: string | undefined;
  /** Another session started this one: no person speaks in it. */
  #called = false;
  #time = 0;

  constructor(file: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#lines.read(this);
    return this.#found.take(state === 'more');
  }

  line(value: unknown): 'stop' | undefined {
    const line = fields(value);
    if (!line) return undefined;
    this.#time = Date.parse(text(line.timestamp) ?? '') || this.#time;
    if (line.type === 'session_start') this.#begin(line);
    else if (line.type === 'message') this.#message(line);
    else if (/message|prompt|edit|patch|file/.test(text(line.type) ?? '')) this.#problem('unknown kind of line');
    return this.#found.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#found.problem(problem);
  }

  restart(): void {
    this.#calls.clear();
    this.#prompt = this.#conversation = undefined;
  }

  #begin(start: Fields): void {
    this.#conversation ??= text(start.id);
    this.#folder = text(start.cwd) ?? this.#folder;
    this.#called = start.callingSessionId !== undefined && start.callingSessionId !== null;
    if (typeof start.version === 'number' && start.version !== 2) this.#problem('unknown version');
  }

  #message(line: Fields): void {
    const message = fields(line.message);
    const blocks = list(message?.content).map(fields);
    if (message?.role === 'user') {
      for (const block of blocks) if (block?.type === 'tool_result') this.#result(block);
      // Some messages are for the model alone.
      const hidden = message.visibility === 'llm_only' || line.visibility === 'llm_only';
      if (!hidden && !this.#called) this.#ask(line, message);
    } else if (message?.role === 'assistant') {
      const said = blocks.filter(block => block?.type === 'text').map(block => text(block?.text) ?? '');
      const about = this.#about(line, message);
      if (about.prompt !== undefined)
        this.#found.answer({ ...this.#own(), ...about, text: said.join('\n') }, this.#name(line));
      for (const block of blocks) if (block?.type === 'tool_use') this.#call(block, about);
    }
  }

  #ask(line: Fields, message: Fields): void {
    // Behind the person's words stand the files that were mentioned in them.
    const own = list(message.content).filter((part, at) => at === 0 || !isFile(text(fields(part)?.text)));
    const said = saidIn({ message: { content: typeof message.content === 'string' ? message.content : own } });
    if (!said) return;
    const folder = this.#folder ?? '';
    const about = { ...this.#own(), text: said.text, ...modelIn(line, message), folder };
    this.#prompt = this.#found.prompt(about, this.#name(line));
  }

  #call(block: Fields, about: Call['about']): void {
    const id = text(block.id);
    const effects = id === undefined ? [] : this.#effects(text(block.name), fields(block.input) ?? {});
    if (id === undefined || effects.length === 0) return;
    this.#calls.set(id, { effects, about });
    if (this.#calls.size > PENDING) this.#calls.delete(this.#calls.keys().next().value!);
  }

  #effects(tool: string | undefined, input: Fields): readonly Effect[] {
    const patch = text(input.input) ?? text(input.patch);
    if (tool === 'ApplyPatch' && patch !== undefined) return effectsOfPatch({ patch }, this.#folder) ?? [];
    const path = text(input.file_path);
    if (path === undefined || !(tool === 'Edit' || tool === 'MultiEdit' || tool === 'Create' || tool === 'Write'))
      return [];
    const file = pathAt(this.#folder, path);
    const content = text(input.content);
    if (content !== undefined) return [written(file, content)];
    return replacementsIn(input).map(replaced => ({ file, replaced }));
  }

  #result(block: Fields): void {
    const id = text(block.tool_use_id);
    const call = id === undefined ? undefined : this.#calls.get(id);
    if (id === undefined || !call) return;
    this.#calls.delete(id);
    if (block.is_error === true || saysFailed(block.content)) return;
    call.effects.forEach((effect, at) => {
      const edit = { ...this.#own(), ...effect, ...call.about };
      this.#found.edit(edit, callName(id, edit, call.effects.length > 1 ? at + 1 : 0));
    });
  }

  #about(line: Fields, message: Fields): Call['about'] {
    return { ...(this.#prompt !== undefined && { prompt: this.#prompt }), ...modelIn(line, message) };
  }

  #name(line: Fields): string | undefined {
    return messageName(text(line.id), this.#own().conversation);
  }

  #own(): { readonly conversation: string; readonly time: number } {
    return { conversation: this.#conversation ?? basename(this.#file, '.jsonl'), time: this.#time };
  }

  #problem(message: string): void {
    this.#found.problemOnce({ file: this.#file, line: 0, message });
  }
}

function modelIn(line: Fields, message: Fields): { model?: string } {
  const named = text(message.model) ?? text(message.modelId) ?? text(line.model) ?? text(line.modelId);
  const model = modelOf(named?.replace(/^custom:/, ''));
  return model === undefined ? {} : { model };
}

function isFile(said: string | undefined): boolean {
  return said !== undefined && /^Contents of .+:\n/.test(said);
}

function saysFailed(content: unknown): boolean {
  const said =
    text(content) ??
    list(content)
      .map(part => text(fields(part)?.text) ?? '')
      .join('\n');
  return /^\s*\{\s*"success"\s*:\s*false\b|^\s*(Error|Failed|Tool execution (rejected|cancelled))\b/i.test(said);
}
