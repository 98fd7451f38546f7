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

/**
 * Behaves as Claude Code does when it is asked to change a file: appends to its transcript under
 * `<configDir>/projects`, line by line as the turn goes on, and writes the file behind the editor.
 * The lines are those of its own transcripts, version 2.1.
 */
export class ClaudeStandIn {
  readonly #folder: string;
  readonly #session = randomUUID();
  readonly #transcript: string;
  #parent: string | null = null;

  constructor(configDir: string, folder: string) {
    this.#folder = folder;
    const place = join(configDir, 'projects', folder.replaceAll(/[^a-zA-Z0-9]/g, '-'));
    mkdirSync(place, { recursive: true });
    this.#transcript = join(place, `${this.#session}.jsonl`);
  }

  /** One turn: the prompt, the call, the write, the result, the closing words. */
  replace({ prompt, file, old, new: text }: Replacement): void {
    const call = `toolu_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    const before = readFileSync(file, 'utf8');
    if (before.split(old).length !== 2) throw new Error(`${file} must hold the passage once: ${old}`);
    const after = before.replace(old, () => text);

    this.#append('user', { message: { role: 'user', content: prompt } });
    const input = { file_path: file, old_string: old, new_string: text, replace_all: false };
    this.#answer([{ type: 'tool_use', id: call, name: 'Edit', input }], 'tool_use');
    writeFileSync(file, after);
    this.#append('user', {
      message: {
        role: 'user',
        content: [
          { tool_use_id: call, type: 'tool_result', content: `The file ${file} has been updated successfully.` },
        ],
      },
      toolUseResult: {
        filePath: file,
        oldString: old,
        newString: text,
        originalFile: before,
        structuredPatch: structuredPatch('', '', before, after, '', '', { context: 3 }).hunks,
        userModified: false,
        replaceAll: false,
      },
    });
    this.#answer([{ type: 'text', text: 'I have rewritten that paragraph.' }], 'end_turn');
  }

  #answer(content: readonly unknown[], stopReason: string): void {
    const id = `msg_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    this.#append('assistant', {
      message: { model, id, type: 'message', role: 'assistant', content, stop_reason: stopReason, stop_sequence: null },
      requestId: `req_${id.slice(4)}`,
    });
  }

  #append(type: 'user' | 'assistant', fields: Readonly<Record<string, unknown>>): void {
    const uuid = randomUUID();
    const line = {
      parentUuid: this.#parent,
      isSidechain: false,
      userType: 'external',
      cwd: this.#folder,
      sessionId: this.#session,
      version,
      gitBranch: '',
      type,
      ...fields,
      uuid,
      timestamp: new Date().toISOString(),
    };
    this.#parent = uuid;
    appendFileSync(this.#transcript, `${JSON.stringify(line)}\n`);
  }
}
