import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';
import { ZstdLines } from '../reading/zstdLines.ts';
import { CodexCalls, type CodexMoment } from './codexCalls.ts';
import { patchIn } from './codexEdit.ts';
import { CodexParent } from './codexParent.ts';
import { ownWords } from './codexPrompt.ts';
import { CodexTurns, type Said } from './codexTurns.ts';

/**
 * Codex (command line, editor extension, desktop): `sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl` under `CODEX_HOME`
 * or `~/.codex`, packed as `.jsonl.zst` when old, and `archived_sessions/`. One place for all folders. Sources: samples
 * of 0.99, which hold calls without results; openai/codex `rollout/src/policy.rs` and `protocol` for the rest:
 * what was done stands in `patch_apply_end`, since 0.149 in `item_completed`, and where neither was kept, in the call.
 */
export const codex: Agent = {
  name: 'codex',
  checked: 'samples',
  versions: 'records of 2025 and 2026, to 0.149',
  places(_, machine) {
    const home = machine.env.CODEX_HOME || join(homeOf(machine), '.codex');
    return [join(home, 'sessions'), join(home, 'archived_sessions')];
  },
  isRecord: file => /^rollout-.*\.jsonl(\.zst)?$/.test(basename(file)),
  reader: file => new CodexReader(file),
};

/** Kinds of problems that are told, at most. */
const PROBLEMS = 50;
/** A prompt stays without its model, and an answered call without its result, for so long at most (ms). */
const UNANSWERED = 60_000;
const lineKinds = new Set(['session_meta', 'turn_context', 'response_item', 'event_msg', 'compacted']);
/** Kinds of lines, items and events that hold neither prompts nor edits, though their names might. */
const harmless =
  /^(world_state|inter_agent_.*|agent_.*|injected_message|request_user_input|apply_patch_approval_request|patch_apply_(begin|updated)|thread_.*|(web_search|image_generation|tool_search|mcp_tool|view_image|dynamic_tool)_.*)$/;
const telling = /prompt|user|patch|edit|file|undo|call|message/;

class CodexReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #whole: boolean;
  readonly #lines: JsonLines | ZstdLines;
  readonly #found = new Gathering('codex');
  readonly #told = new Set<string>();
  readonly #calls = new CodexCalls(this.#found, message => this.#problem(message));
  readonly #turns = new CodexTurns({
    give: (said, name) => this.#give(said, name),
    ended: () => this.#calls.endTurn(),
  });
  #conversation: string | undefined;
  #folder: string | undefined;
  /** The conversation that started this one. */
  #parent: CodexParent | undefined;
  #started = 0;
  /** A person speaks in it, and not another agent. */
  #person = true;
  #model: string | undefined;
  #time = 0;

  /** `whole`: with what other records tell of this one, too. */
  constructor(file: string, whole = true) {
    this.#file = file;
    this.#whole = whole;
    this.#lines = file.endsWith('.zst') ? new ZstdLines(file) : new JsonLines(file);
  }

  async read(): Promise<AgentRecords> {
    // Lines of the first versions have no time of their own.
    this.#time ||= await stat(this.#file).then(
      ({ mtimeMs }) => Math.floor(mtimeMs),
      () => 0,
    );
    const state = await this.#lines.read(this);
    if (state === 'end' && Date.now() - this.#time > UNANSWERED) {
      this.#turns.flush();
      this.#calls.endTurn();
    }
    const records = this.#found.take(state === 'more');
    const prompt = records.edits.length > 0 ? await this.#parent?.promptAt(this.#started) : undefined;
    if (prompt === undefined) return records;
    return { ...records, edits: records.edits.map(edit => ({ prompt, ...edit })) };
  }

  line(value: unknown): 'stop' | undefined {
    const line = fields(value);
    if (!line) return undefined;
    this.#time = Date.parse(text(line.timestamp) ?? '') || this.#time;
    const kind = text(line.type);
    const payload = fields(line.payload);
    if (kind === 'session_meta') this.#begin(payload ?? {});
    else if (kind === 'turn_context') this.#context(payload ?? {});
    else if (kind === 'event_msg') this.#event(payload ?? {});
    else if (kind === 'response_item') this.#item(payload ?? {});
    else if (kind === undefined && line.id !== undefined) this.#begin(line);
    else if (kind !== undefined && !payload) this.#item(line);
    else if (kind !== undefined && !lineKinds.has(kind)) this.#unknown(kind, /./);
    return this.#found.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#found.problem(problem);
  }

  restart(): void {
    this.#calls.drop();
    this.#turns.restart();
    this.#conversation = undefined;
  }

  /** A fork repeats the beginning of the conversation that it comes from, after its own. */
  #begin(meta: Fields): void {
    if (this.#conversation !== undefined) return;
    this.#conversation = text(meta.id);
    this.#folder = text(meta.cwd);
    const other = fields(meta.source) !== undefined || meta.source === 'mcp' || meta.source === 'internal';
    const parent = fields(fields(fields(meta.source)?.subagent)?.thread_spawn)?.parent_thread_id;
    const from = this.#whole ? text(parent) : undefined;
    if (from) this.#parent = new CodexParent(this.#file, from, file => new CodexReader(file, false));
    this.#started = this.#time;
    this.#person = !other && (meta.thread_source ?? 'user') === 'user';
  }

  #context(turn: Fields): void {
    this.#folder = text(turn.cwd) ?? this.#folder;
    this.#model = modelOf(text(turn.model)) ?? this.#model;
    this.#turns.context(text(turn.turn_id));
  }

  #item(item: Fields): void {
    const kind = text(item.type) ?? (item.role === undefined ? '' : 'message');
    if (kind === 'message') this.#message(item);
    else if (kind === 'function_call' || kind === 'custom_tool_call' || kind === 'local_shell_call') this.#call(item);
    else if (/^(function|custom_tool|local_shell)_call_output$/.test(kind)) {
      this.#calls.result(text(item.call_id), item.output);
    } else this.#unknown(kind, telling);
  }

  #message(item: Fields): void {
    const said = list(item.content).map(part => text(fields(part)?.text) ?? '');
    if (item.role === 'user') {
      for (const one of said) this.#environment(one);
      this.#turns.message(said.filter(one => ownWords(one) !== undefined).join('\n'), this.#time);
    } else if (item.role === 'assistant') {
      this.#turns.flush();
      this.#calls.answered();
      this.#answer(said.join('\n'));
    }
  }

  /** The first versions name the folder only in what they tell the model. */
  #environment(said: string): void {
    if (this.#folder !== undefined || !said.startsWith('<environment_context>')) return;
    this.#folder = /<cwd>([^<]+)<\/cwd>|Current working directory: (.+)/.exec(said)?.slice(1).find(Boolean);
  }

  #event(event: Fields): void {
    const kind = text(event.type) ?? '';
    if (kind === 'user_message') {
      if ((event.kind ?? 'plain') === 'plain')
        this.#turns.asked(text(event.message) ?? '', kind, undefined, this.#time);
    } else if (kind === 'item_completed') this.#completed(fields(event.item) ?? {});
    else if (kind === 'patch_apply_end') this.#done(event.call_id, event.success === true, event.changes);
    else if (kind === 'task_started' || kind === 'turn_started') this.#turns.begin(text(event.turn_id) ?? '');
    else if (kind === 'task_complete' || kind === 'turn_complete') this.#calls.endTurn();
    else if (kind === 'turn_aborted') this.#calls.drop();
    else if (kind === 'undo_completed') {
      if (event.success === true) this.#calls.undone(this.#time);
    } else this.#unknown(kind, telling);
  }

  #completed(item: Fields): void {
    const kind = text(item.type) ?? '';
    const said = list(item.content).map(part => text(fields(part)?.text) ?? '');
    if (kind === 'UserMessage') this.#turns.asked(said.join('\n'), kind, text(item.id), this.#time);
    else if (kind === 'FileChange') this.#done(item.id, item.status === 'completed', item.changes);
    else if (kind === 'Plan') this.#answer(text(item.text) ?? '');
    else if (kind !== 'HookPrompt') this.#unknown(kind, /User|Prompt|Patch|Edit|File/);
  }

  /** What is said where no person speaks is no prompt. */
  #give(said: Said, name: string | undefined): string | undefined {
    if (!this.#person) return undefined;
    this.#calls.beginTurn();
    return this.#found.prompt({ ...this.#own(), ...said, folder: this.#folder ?? '' }, name);
  }

  #answer(said: string): void {
    const { prompt } = this.#turns;
    if (prompt === undefined || !this.#person) return;
    this.#found.answer({ ...this.#own(), time: this.#time, text: said, prompt }, this.#turns.answerName());
  }

  #call(call: Fields): void {
    this.#turns.flush();
    const id = text(call.call_id);
    const asked = patchIn(call);
    if (id !== undefined && asked) this.#calls.asked(id, asked, this.#moment());
  }

  #done(id: unknown, success: boolean, changes: unknown): void {
    this.#turns.flush();
    this.#calls.done(text(id), success, changes, this.#moment());
  }

  #moment(): CodexMoment {
    const [folder, { prompt }] = [this.#folder, this.#turns];
    return {
      ...this.#own(),
      time: this.#time,
      ...(folder === undefined ? {} : { folder }),
      ...(prompt === undefined ? {} : { prompt }),
    };
  }

  #own(): { conversation: string; model?: string } {
    const conversation = this.#conversation ?? basename(this.#file).replace(/\.jsonl(\.zst)?$/, '');
    return this.#model === undefined ? { conversation } : { conversation, model: this.#model };
  }

  /** A kind of record that this reader does not know and that may hold prompts or edits. */
  #unknown(kind: string, could: RegExp): void {
    if (could.test(kind) && !harmless.test(kind))
      this.#problem(/^\w{1,40}$/.test(kind) ? `unknown ${kind}` : 'unknown kind');
  }

  #problem(message: string): void {
    if (this.#told.has(message) || this.#told.size >= PROBLEMS) return;
    this.#told.add(message);
    this.#found.problem({ file: this.#file, line: 0, message });
  }
}
