import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { structuredPatch } from 'diff';

const version = '2.1.34';
const model = 'claude-sonnet-4-5-20250929';

export interface Replacement {
  readonly prompt: string;
  /** Absolute path. */
  readonly file: string;
  /** Stands once in the file. */
  readonly old: string;
  readonly new: string;
}

/** A turn that is over, the file's text before and after it; ids and times (ms) where they are not made here. */
export interface Told extends Replacement {
  readonly before: string;
  readonly after: string;
  readonly call?: string;
  readonly asked?: number;
  readonly made?: number;
}

/**
 * Behaves as Claude Code does when it is asked to change a file: appends to its transcript under
 * `<configDir>/projects`, line by line as the turn goes on, and writes the file behind the editor.
 * The lines are those of its own transcripts, version 2.1.
 */
export class ClaudeStandIn {
  readonly #folder: string;
  readonly session = randomUUID();
  readonly transcript: string;
  #parent: string | null = null;

  constructor(configDir: string, folder: string) {
    this.#folder = folder;
    const place = join(configDir, 'projects', folder.replaceAll(/[^a-zA-Z0-9]/g, '-'));
    mkdirSync(place, { recursive: true });
    this.transcript = join(place, `${this.session}.jsonl`);
  }

  /** One turn: the prompt, the call, the write, the result, the closing words. */
  replace(asked: Replacement): void {
    const { file, old, new: text } = asked;
    const before = readFileSync(file, 'utf8');
    if (before.split(old).length !== 2) throw new Error(`${file} must hold the passage once: ${old}`);
    const after = before.replace(old, () => text);
    this.tell({ ...asked, before, after }, () => writeFileSync(file, after));
  }

  /** The record of one turn; `write`: what is done between the call and its result. */
  tell(
    { prompt, file, old, new: text, before, after, call = callId(), asked, made }: Told,
    write: () => void = () => undefined,
  ): void {
    this.#append('user', { message: { role: 'user', content: prompt } }, asked);
    const input = { file_path: file, old_string: old, new_string: text, replace_all: false };
    this.#answer([{ type: 'tool_use', id: call, name: 'Edit', input }], 'tool_use', made);
    write();
    const said = `The file ${file} has been updated successfully.`;
    const result = {
      message: { role: 'user', content: [{ tool_use_id: call, type: 'tool_result', content: said }] },
      toolUseResult: {
        filePath: file,
        oldString: old,
        newString: text,
        originalFile: before,
        structuredPatch: structuredPatch('', '', before, after, '', '', { context: 3 }).hunks,
        userModified: false,
        replaceAll: false,
      },
    };
    this.#append('user', result, made);
    this.#answer([{ type: 'text', text: 'I have rewritten that paragraph.' }], 'end_turn', made);
  }

  /** One turn in which it writes no file. */
  say(prompt: string, answer: string): void {
    this.#append('user', { message: { role: 'user', content: prompt } });
    this.#answer([{ type: 'text', text: answer }], 'end_turn', undefined);
  }

  #answer(content: readonly unknown[], stopReason: string, time: number | undefined): void {
    const id = `msg_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    const message = { model, id, type: 'message', role: 'assistant', content, stop_reason: stopReason };
    this.#append('assistant', { message: { ...message, stop_sequence: null }, requestId: `req_${id.slice(4)}` }, time);
  }

  #append(type: 'user' | 'assistant', fields: Readonly<Record<string, unknown>>, time = Date.now()): void {
    const uuid = randomUUID();
    const line = {
      parentUuid: this.#parent,
      isSidechain: false,
      userType: 'external',
      cwd: this.#folder,
      sessionId: this.session,
      version,
      gitBranch: '',
      type,
      ...fields,
      uuid,
      timestamp: new Date(time).toISOString(),
    };
    this.#parent = uuid;
    appendFileSync(this.transcript, `${JSON.stringify(line)}\n`);
  }
}

function callId(): string {
  return `toolu_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
