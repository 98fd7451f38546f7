import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Agent, AgentEdit, AgentReader, AgentRecords, Problem, Prompt } from '../agent.ts';
import { claudeCall } from '../reading/callName.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf } from '../reading/machine.ts';
import { namesIn } from '../reading/namesIn.ts';
import { editsFiles, effectOf } from './claudeEdit.ts';
import { isCommandOutput, queuedIn, type Said, saidIn } from './claudePrompt.ts';

/**
 * Claude Code's transcripts: `projects/<folder with what is not a letter or digit as a dash>/` under
 * `CLAUDE_CONFIG_DIR` or `~/.claude`, one JSON line an entry, subagents in a folder of the conversation.
 * Checked against transcripts of versions 1.0 to 2.1.
 */
export const claudeCode: Agent = {
  name: 'claude-code',
  checked: 'samples',
  versions: '1.0 to 2.1',
  /** Places of the folder, of those above it (the tool may have been started there) and of those below it. */
  places(folder, machine) {
    const projects = join(machine.env.CLAUDE_CONFIG_DIR || join(homeOf(machine), '.claude'), 'projects');
    const own = placeName(folder);
    const places = new Set([own]);
    for (let at = folder; dirname(at) !== at; at = dirname(at)) places.add(placeName(at));
    for (const name of namesIn(projects)) if (name.startsWith(`${own}-`)) places.add(name);
    return [...places].map(name => join(projects, name));
  },
  isRecord(file) {
    return file.endsWith('.jsonl') && basename(file) !== 'journal.jsonl';
  },
  reader: file => new ClaudeReader(file),
};

function placeName(folder: string): string {
  return folder.replace(/[^a-zA-Z0-9]/g, '-');
}

/** Calls that wait for their result; a tool works on few at a time. */
const PENDING = 1000;
/** A prompt that has stayed without an answer for so long (ms) is given without a model. */
const UNANSWERED = 60_000;

interface Call {
  readonly tool: string;
  readonly input: Fields;
  readonly prompt?: string;
  readonly model?: string;
}

class ClaudeReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #found = new Gathering('claude-code');
  /** Calls whose result has come: compaction and resuming repeat history. */
  readonly #done = new Set<string>();
  readonly #calls = new Map<string, Call>();
  /** The newest prompt, held back until the model that answers it is known. */
  #held: (Omit<Prompt, 'id' | 'agent'> & { message: string | undefined; command: boolean }) | undefined;
  #prompt: string | undefined;
  #time = 0;
  /** Time of the first line. */
  #started: number | undefined;
  #asker: Asker | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#lines.read(this);
    if (state === 'end' && this.#held && !this.#held.command && Date.now() - this.#held.time > UNANSWERED) this.#give();
    const records = this.#found.take(state === 'more');
    return { ...records, edits: await this.#asked(records.edits) };
  }

  line(value: unknown): 'stop' | undefined {
    const line = fields(value);
    if (!line) return undefined;
    this.#time = Date.parse(text(line.timestamp) ?? '') || this.#time;
    this.#started ??= this.#time;
    if (line.type === 'user') {
      if (isCommandOutput(line)) this.#dropCommand();
      const said = this.#aside(line) ? undefined : saidIn(line);
      if (said) this.#hold(said, line);
      this.#results(line);
    } else if (line.type === 'assistant') this.#answer(line);
    else if (line.type === 'attachment') {
      const said = this.#aside(line) ? undefined : queuedIn(line);
      if (said) this.#hold(said, line);
    }
    return this.#found.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#found.problem(problem);
  }

  restart(): void {
    this.#calls.clear();
    this.#held = this.#prompt = undefined;
  }

  /** A new prompt begins a turn. One that no model has answered is given without a model, a command not at all. */
  #hold(said: Said, line: Fields): void {
    if (this.#held && !this.#held.command) this.#give();
    this.#held = {
      conversation: this.#conversation(line),
      message: text(line.uuid),
      time: this.#time,
      text: said.text,
      // Folders of different names may have one place: `a-b` and `a/b`.
      folder: text(line.cwd) ?? '',
      command: said.command,
    };
  }

  /** The command was carried out by the tool itself: the model was not asked. */
  #dropCommand(): void {
    if (this.#held?.command) this.#held = undefined;
  }

  /** A subagent's line: what stands there as the user's was written by an agent. */
  #aside(line: Fields): boolean {
    return line.isSidechain === true || isSubagent(this.#file);
  }

  #give(model?: string): void {
    if (!this.#held) return;
    const { command: _, message, ...prompt } = this.#held;
    this.#held = undefined;
    this.#prompt = this.#found.prompt(model === undefined ? prompt : { ...prompt, model }, message);
  }

  #answer(line: Fields): void {
    const message = fields(line.message);
    const model = modelIn(message);
    // The tool's own notices (an interface error, say) come as answers of no model.
    if (text(message?.model) === '<synthetic>') return;
    if (!this.#aside(line)) this.#give(model);
    const blocks = list(message?.content).map(fields);
    if (!this.#aside(line)) this.#says(line, blocks, model);
    for (const block of blocks) {
      const [id, tool, input] = [text(block?.id), text(block?.name), fields(block?.input)];
      if (block?.type !== 'tool_use' || id === undefined || tool === undefined || !input) continue;
      if (!editsFiles(tool) || this.#done.has(id)) continue;
      const prompt = this.#prompt;
      this.#calls.set(id, { tool, input, ...(prompt ? { prompt } : {}), ...(model ? { model } : {}) });
      if (this.#calls.size > PENDING) this.#forget();
    }
  }

  /** The model's words to the person; its thoughts are none. */
  #says(line: Fields, blocks: readonly (Fields | undefined)[], model: string | undefined): void {
    const said = blocks.flatMap(block => (block?.type === 'text' ? (text(block.text) ?? []) : [])).join('\n');
    const prompt = this.#prompt;
    if (prompt === undefined) return;
    const own = { conversation: this.#conversation(line), time: this.#time, text: said, prompt };
    this.#found.answer(model === undefined ? own : { ...own, model }, text(line.uuid));
  }

  #forget(): void {
    const oldest = this.#calls.keys().next().value!;
    this.#calls.delete(oldest);
    this.problem({ file: this.#file, line: 0, message: `no result of call ${oldest}` });
  }

  #results(line: Fields): void {
    const blocks = list(fields(line.message)?.content).map(fields);
    const results = blocks.filter(block => block?.type === 'tool_result');
    for (const block of results) {
      const id = text(block?.tool_use_id);
      const call = id === undefined ? undefined : this.#calls.get(id);
      if (id === undefined || !call) continue;
      this.#calls.delete(id);
      this.#done.add(id);
      if (block?.is_error === true) continue;
      // The structured result belongs to the only call of its line.
      this.#edit(id, call, line, results.length === 1 ? fields(line.toolUseResult) : undefined);
    }
  }

  #edit(id: string, call: Call, line: Fields, result: Fields | undefined): void {
    const effect = effectOf(call.tool, call.input, result);
    if (!effect) return;
    const conversation = this.#conversation(line);
    const folder = text(line.cwd);
    const file = isAbsolute(effect.file) || folder === undefined ? effect.file : resolve(folder, effect.file);
    const edit = { conversation, time: this.#time, ...effect, file };
    const about = { ...(call.prompt ? { prompt: call.prompt } : {}), ...(call.model ? { model: call.model } : {}) };
    this.#found.edit({ ...edit, ...about }, claudeCall(id, edit));
  }

  /** A subagent's record holds no prompt of a person: its edits belong to the turn that started it. */
  async #asked(edits: readonly AgentEdit[]): Promise<readonly AgentEdit[]> {
    if (!edits.some(edit => edit.prompt === undefined) || !isSubagent(this.#file)) return edits;
    this.#asker ??= new Asker(this.#file, edits[0]!.conversation);
    const prompt = await this.#asker.promptAt(this.#started ?? 0);
    return prompt === undefined ? edits : edits.map(edit => ({ prompt, ...edit }));
  }

  #conversation(line: Fields): string {
    return text(line.sessionId) ?? basename(this.#file, '.jsonl');
  }
}

function isSubagent(file: string): boolean {
  return basename(file).startsWith('agent-');
}

/** The conversation that a subagent's record belongs to, read for its prompts alone. */
class Asker {
  readonly #reader: ClaudeReader;
  #prompts: { id: string; time: number }[] = [];

  constructor(file: string, conversation: string) {
    const folder = file.includes('subagents') ? file.slice(0, file.lastIndexOf('subagents')) : '';
    const parent = folder === '' ? join(dirname(file), `${conversation}.jsonl`) : `${folder.slice(0, -1)}.jsonl`;
    this.#reader = new ClaudeReader(parent);
  }

  /** The newest prompt asked at that time or before. */
  async promptAt(time: number): Promise<string | undefined> {
    for (let more: true | undefined = true; more; ) {
      const records: AgentRecords = await this.#reader.read();
      this.#prompts.push(...records.prompts.map(({ id, time }) => ({ id, time })));
      more = records.more;
    }
    return this.#prompts.findLast(prompt => prompt.time <= time)?.id;
  }
}

function modelIn(message: Fields | undefined): string | undefined {
  const model = text(message?.model);
  if (model === undefined || model === '' || model === '<synthetic>') return undefined;
  if (model.includes('/')) return model;
  return `${/(^|\.)claude-/.test(model) ? 'anthropic' : 'unknown'}/${model}`;
}
