import { createHash } from 'node:crypto';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AgentEdit, type AgentRecords, type Answer, noRecords, type Prompt } from '../agent.ts';
import { callName, claudeCall } from '../reading/callName.ts';
import type { Effect } from '../reading/effect.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { modelOf } from '../reading/model.ts';
import { saidIn } from '../tools/claudePrompt.ts';
import { applied } from '../tools/codexEdit.ts';
import { copilotCall } from '../tools/copilot.ts';
import { geminiEffect } from '../tools/geminiEdit.ts';
import { clineTold } from './clineHook.ts';
import { hookEffects, listedEffects } from './hookEffects.ts';

/** Tools whose hooks are understood, under the names that their readers have. */
export const hookAgents = [
  'claude-code',
  'copilot',
  'codex',
  'gemini',
  'cursor',
  'windsurf',
  'cline',
  'droid',
] as const;
export type HookAgent = (typeof hookAgents)[number];

export function isHookAgent(name: string): name is HookAgent {
  return (hookAgents as readonly string[]).includes(name);
}

/** Milliseconds that a payload's own time may differ from ours and still be taken. */
const trusted = 60_000;

/**
 * What one call of a hook tells: a prompt, an answer, or an edit. Forms: the tools' pages on hooks, `capture-sources.md`
 * section 6; nothing else of a payload is taken, and of the account nothing. `received`: ms since 1970. `cwd`: where the
 * hook was started, for payloads that name no folder. An event that tells none of these has no records.
 */
export function hookRecords(asked: HookAgent, payload: Fields, received: number, cwd: string): AgentRecords {
  const agent = hookAgentOf(asked, payload);
  const conversation = conversationIn(agent, payload);
  const turn = text(payload.generation_id ?? payload.execution_id ?? payload.turn_id ?? payload.prompt_id);
  const call: Call = {
    agent,
    payload,
    time: timeIn(payload, received),
    conversation,
    folder: hookFolder(payload) ?? cwd,
    turn: turn === undefined ? undefined : turnName(conversation, turn),
    model: modelIn(payload),
  };
  return { ...noRecords, ...forms[agent](call) };
}

interface Call {
  readonly agent: HookAgent;
  readonly payload: Fields;
  readonly time: number;
  readonly conversation: string;
  readonly folder: string;
  /** The tool's own id of the turn, by which prompt and edits belong together. */
  readonly turn: string | undefined;
  readonly model: string | undefined;
}

type Told = Partial<Pick<AgentRecords, 'prompts' | 'answers' | 'edits'>>;

const forms: Readonly<Record<HookAgent, (call: Call) => Told>> = {
  'claude-code': claudeLike,
  copilot: claudeLike,
  codex: claudeLike,
  droid: claudeLike,
  gemini: claudeLike,
  cursor,
  windsurf,
  cline,
};

/**
 * A tool may run another's hooks: VS Code those of Claude Code (`chat.useClaudeHooks`), Cursor too. It is told apart by
 * what only its own payloads have.
 */
export function hookAgentOf(asked: HookAgent, payload: Fields): HookAgent {
  if (asked !== 'claude-code') return asked;
  if (payload.cursor_version !== undefined) return 'cursor';
  const transcript = text(payload.transcript_path) ?? '';
  const tool = text(payload.tool_name) ?? '';
  return /copilot|workspaceStorage/i.test(transcript) || /^[a-z]+(_[a-z]+)+$/.test(tool) ? 'copilot' : asked;
}

const prompted = new Set(['UserPromptSubmit', 'userPromptSubmitted', 'BeforeAgent']);
const answered = new Set(['AfterAgent']);
const used = new Set(['PostToolUse', 'postToolUse', 'AfterTool']);

/** Claude Code and those that took its form over; camelCase is Copilot CLI's own, whose events bear no name. */
function claudeLike(call: Call): Told {
  const { payload } = call;
  const event = text(payload.hook_event_name ?? payload.hookEventName);
  const words = payload.prompt ?? payload.user_prompt;
  if (event === undefined ? words !== undefined : prompted.has(event)) return asked(call, words);
  if (event !== undefined && answered.has(event)) return said(call, payload.prompt_response);
  const tool = text(payload.tool_name ?? payload.toolName);
  const done = event === undefined ? (payload.toolResult ?? payload.tool_result) !== undefined : used.has(event);
  if (!done || tool === undefined) return {};
  const input = objectIn(payload.tool_input ?? payload.toolArgs);
  const result = objectIn(payload.tool_response ?? payload.tool_result ?? payload.toolResult);
  if (failed(result) || input === undefined) return {};
  // Codex tells of failed calls too, by the words alone that the model was given.
  if (call.agent === 'codex' && applied(payload.tool_response) === false) return {};
  return wrote(call, call.agent === 'gemini' ? geminiEffects(tool, input, result) : hookEffects(tool, input, result));
}

/** What its hook shows of the result is what its record keeps of it. */
function geminiEffects(name: string, args: Fields, result: Fields | undefined): readonly Effect[] {
  const effect = geminiEffect({ name, args, status: 'success', resultDisplay: result?.returnDisplay });
  return effect === undefined ? [] : [effect];
}

function cursor(call: Call): Told {
  const { payload } = call;
  switch (text(payload.hook_event_name)) {
    case 'beforeSubmitPrompt':
      return asked(call, payload.prompt);
    case 'afterAgentResponse':
      return said(call, payload.text);
    case 'afterFileEdit':
      return wrote(call, listedEffects(text(payload.file_path), payload.edits));
    case 'afterTabFileEdit':
      return wrote(call, listedEffects(text(payload.file_path), payload.edits), { completion: true });
    default:
      // It runs the hooks of Claude Code in their form.
      return claudeLike(call);
  }
}

function windsurf(call: Call): Told {
  const told = fields(call.payload.tool_info) ?? {};
  switch (text(call.payload.agent_action_name)) {
    case 'pre_user_prompt':
      return asked(call, told.user_prompt);
    case 'post_cascade_response':
      return said(call, told.response);
    case 'post_write_code':
      return wrote(call, listedEffects(text(told.file_path), told.edits));
    default:
      return {};
  }
}

function cline(call: Call): Told {
  const told = clineTold(call.payload);
  if (told === undefined) return {};
  return told.kind === 'asked' ? asked(call, told.words) : wrote(call, told.effects, { id: told.call });
}

function asked(call: Call, words: unknown): Told {
  const own = wordsOf(call, words);
  if (!own) return {};
  const { agent, conversation, time, folder, turn, model } = call;
  const id = `${agent}:${conversation}:${turn ?? named(`${time}\n${own}`)}`;
  const prompt: Prompt = { id, agent, conversation, time, text: own, folder, ...(model && { model }) };
  return { prompts: [prompt] };
}

/** What the person said of it: a tool puts words of its own around, and an agent may ask another in a person's place. */
function wordsOf({ agent, payload }: Call, words: unknown): string | undefined {
  // Cline's first agent has a name too.
  if (payload.agent_id !== undefined && agent !== 'cline') return undefined;
  if (agent !== 'claude-code') return text(words)?.trim();
  const said = saidIn({ message: { content: words } });
  // A slash command is a prompt only if the model answers it: that the log tells.
  return said?.command ? undefined : said?.text;
}

function said(call: Call, words: unknown): Told {
  const own = text(words)?.trim();
  if (!own) return {};
  const { agent, conversation, time, model } = call;
  const id = `${agent}:${conversation}:answer.${named(`${time}\n${own}`)}`;
  const answer: Answer = { id, agent, conversation, time, text: own, ...promptOf(call), ...(model && { model }) };
  return { answers: [answer] };
}

/** `id`: the tool's own of the call, where the payload has it elsewhere than others. */
function wrote(
  call: Call,
  effects: readonly Effect[],
  more: { completion?: true; id?: string | undefined } = {},
): Told {
  const { agent, payload, conversation, time, folder, model } = call;
  const { completion, id } = more;
  const own = id ?? text(payload.tool_use_id ?? payload.toolUseId ?? payload.tool_call_id ?? payload.toolCallId);
  const edits = effects.map((effect, index): AgentEdit => {
    const path = pathOf(effect.file);
    const file = isAbsolute(path) ? path : resolve(folder, path);
    // A completion is in nobody's turn.
    const asked = completion ? {} : promptOf(call);
    const told = { conversation, time, ...effect, file, ...asked, ...(model && { model }) };
    const place = effects.length === 1 ? 0 : index + 1;
    const name = nameOf(agent, own ?? named(`${time}\n${JSON.stringify(effects)}`), told, place);
    const id = `${agent}:${conversation}:${name}`;
    return { id, agent, ...told, ...(completion && { completion }) };
  });
  return { edits };
}

/** A colon would end the conversation's name, and short names count anew in every conversation. */
function turnName(conversation: string, turn: string): string {
  const plain = turn.replaceAll(':', '-');
  return plain.length < 16 ? `${conversation.replaceAll(':', '-')}-${plain}` : plain;
}

/** The own part of an edit's id, as the tool's log has it. */
function nameOf(agent: HookAgent, call: string, edit: Omit<AgentEdit, 'id' | 'agent'>, place: number): string {
  if (agent === 'claude-code') return claudeCall(call, edit, place);
  if (agent !== 'copilot') return callName(call, edit, place);
  const name = copilotCall(edit.conversation, call);
  return place > 0 ? `${name}.${place}` : name;
}

function promptOf({ agent, conversation, turn }: Call): { prompt?: string } {
  return turn === undefined ? {} : { prompt: `${agent}:${conversation}:${turn}` };
}

/** Whether the result says that the tool did nothing. */
function failed(result: Fields | undefined): boolean {
  if (!result) return false;
  const type = text(result.resultType ?? result.result_type);
  if (type !== undefined && type !== 'success') return true;
  return result.success === false || result.is_error === true || Boolean(result.error);
}

/** Arguments are objects, or JSON in a text. */
function objectIn(value: unknown): Fields | undefined {
  if (typeof value !== 'string') return fields(value);
  // Codex's own tool takes its patch as it is.
  if (value.includes('*** Begin Patch')) return { input: value };
  try {
    return fields(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch (error) {
    if (error instanceof TypeError) return file;
    throw error;
  }
}

/** As the tool's log names it: Cursor's payloads have the id of a session beside it, Cline's that of an agent. */
function conversationIn(agent: HookAgent, payload: Fields): string {
  const { session_id, sessionId, conversation_id, trajectory_id, taskId, thread_id } = payload;
  const first = agent === 'cursor' ? conversation_id : fields(payload.sessionContext)?.rootSessionId;
  return text(first ?? session_id ?? sessionId ?? conversation_id ?? trajectory_id ?? taskId ?? thread_id) ?? 'hook';
}

/** The folder in which the tool works, as its payload names it. */
export function hookFolder(payload: Fields): string | undefined {
  const { cwd, workingDirectory, workspace_roots, workspaceRoots } = payload;
  const { workspace_path } = fields(payload.tool_info) ?? {};
  // Cursor leaves it empty.
  const named = [cwd, workingDirectory, list(workspace_roots ?? workspaceRoots)[0], workspace_path];
  return named.flatMap(one => text(one) || [])[0];
}

/** The name for people (`Claude Opus 5`) may stand beside it; `default` and `unknown` are none. */
function modelIn({ model, model_name, model_id }: Fields): string | undefined {
  const own = fields(model);
  const name = text(model_id) || text(model) || text(model_name) || text(own?.slug ?? own?.id);
  return name === undefined || /^(default|auto|unknown)$/i.test(name) ? undefined : modelOf(name, text(own?.provider));
}

function timeIn({ timestamp }: Fields, received: number): number {
  const told = typeof timestamp === 'number' ? timestamp : (text(timestamp) ?? '');
  const time = typeof told === 'number' ? told : /^\d+$/.test(told) ? Number(told) : Date.parse(told);
  return Math.abs(time - received) <= trusted ? Math.round(time) : received;
}

function named(of: string): string {
  return `hook.${createHash('sha256').update(of).digest('hex').slice(0, 16)}`;
}
