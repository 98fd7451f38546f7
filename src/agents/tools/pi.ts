import { basename, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { callName } from '../reading/callName.ts';
import { type Effect, pathAt, written } from '../reading/effect.ts';
import { Gathering } from '../reading/gathering.ts';
import { HeldPrompt } from '../reading/heldPrompt.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';

/**
 * Pi: `sessions/<folder>/<time>_<id>.jsonl` under `PI_CODING_AGENT_DIR` or `~/.pi/agent`, an entry a line, in a tree
 * by `parentId`. Source: a sample of format 3 without calls, and the tool's own page on its format; so its edits are
 * read from documentation.
 */
export const pi: Agent = {
  name: 'pi',
  checked: 'documentation',
  versions: 'formats 1 to 3',
  places: (_, machine) => [join(machine.env.PI_CODING_AGENT_DIR || join(homeOf(machine), '.pi', 'agent'), 'sessions')],
  isRecord: file => file.endsWith('.jsonl'),
  reader: file => new PiReader(file),
};

/** Calls that wait for their result. */
const PENDING = 1000;

interface Call {
  readonly effects: readonly Effect[];
  readonly about: { readonly prompt?: string; readonly model?: string };
}

class PiReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #found = new Gathering('pi');
  readonly #held = new HeldPrompt(this.#found);
  readonly #calls = new Map<string, Call>();
  #conversation: string | undefined;
  #folder: string | undefined;
  #time = 0;

  constructor(file: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#lines.read(this);
    if (state === 'end') this.#held.giveOld();
    return this.#found.take(state === 'more');
  }

  line(value: unknown): 'stop' | undefined {
    const entry = fields(value);
    if (!entry) return undefined;
    this.#time = Date.parse(text(entry.timestamp) ?? '') || this.#time;
    if (entry.type === 'session') {
      this.#conversation ??= text(entry.id);
      this.#folder = text(entry.cwd) ?? this.#folder;
      if (typeof entry.version === 'number' && entry.version > 3) this.#problem('unknown version');
    } else if (entry.type === 'message') this.#message(entry, fields(entry.message) ?? {});
    return this.#found.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#found.problem(problem);
  }

  restart(): void {
    this.#calls.clear();
    this.#held.forget();
    this.#conversation = undefined;
  }

  #message(entry: Fields, message: Fields): void {
    // Ids are short; with its time, one names a message in forks of the conversation too.
    const id = text(entry.id);
    const name = id === undefined ? undefined : `${id}.${this.#time}`;
    const own = { conversation: this.#conversation ?? basename(this.#file, '.jsonl'), time: this.#time };
    if (message.role === 'user') {
      const said = textsIn(message.content).join('\n').trim();
      const folder = this.#folder ?? '';
      if (said !== '') this.#held.hold({ ...own, text: said, folder }, name);
    } else if (message.role === 'assistant') {
      const model = modelOf(text(message.model));
      this.#held.give(model);
      const about = { ...(model === undefined ? {} : { model }), ...this.#held.asked };
      if (about.prompt !== undefined)
        this.#found.answer({ ...own, ...about, text: textsIn(message.content).join('\n') }, name);
      for (const block of list(message.content).map(fields)) if (block?.type === 'toolCall') this.#call(block, about);
    } else if (message.role === 'toolResult') this.#result(message, own);
  }

  #call(block: Fields, about: Call['about']): void {
    const id = text(block.id);
    const effects = this.#effects(text(block.name), fields(block.arguments) ?? {});
    if (id === undefined || effects.length === 0) return;
    this.#calls.set(id, { effects, about });
    if (this.#calls.size > PENDING) this.#calls.delete(this.#calls.keys().next().value!);
  }

  #effects(tool: string | undefined, input: Fields): readonly Effect[] {
    const [path, content] = [text(input.path), text(input.content)];
    if (path === undefined || (tool !== 'edit' && tool !== 'write')) return [];
    const file = pathAt(this.#folder, path);
    if (tool === 'write') return content === undefined ? [] : [written(file, content)];
    const places = Array.isArray(input.edits) ? list(input.edits).map(fields) : [input];
    return places.flatMap(place => {
      const [old, next] = [text(place?.oldText), text(place?.newText)];
      return old === undefined || next === undefined ? [] : [{ file, replaced: { old, new: next, all: false } }];
    });
  }

  #result(result: Fields, own: { readonly conversation: string; readonly time: number }): void {
    const id = text(result.toolCallId);
    const call = id === undefined ? undefined : this.#calls.get(id);
    if (id === undefined || !call) return;
    this.#calls.delete(id);
    if (result.isError !== false) return;
    call.effects.forEach((effect, at) => {
      const edit = { ...own, ...effect, ...call.about };
      this.#found.edit(edit, callName(id, edit, call.effects.length > 1 ? at + 1 : 0));
    });
  }

  #problem(message: string): void {
    this.#found.problemOnce({ file: this.#file, line: 0, message });
  }
}

function textsIn(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  const blocks = list(content).map(fields);
  return blocks.flatMap(block => (block?.type === 'text' ? (text(block.text) ?? []) : []));
}
