import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { structuredPatch } from 'diff';

/** A folder for one test; removed by `cleanFolders`. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'holograph-agents-'));
  folders.push(made);
  return made;
}
const folders: string[] = [];

export function cleanFolders(): void {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
}

/** Writes a transcript as Claude Code does: one line an entry, appended. */
export class Transcript {
  readonly file: string;
  readonly session: string;
  readonly cwd: string;
  #count = 0;
  #time: number;

  constructor(file: string, { session = 'talk', cwd = '/work', time = Date.UTC(2026, 0, 2, 10) } = {}) {
    this.file = file;
    this.session = session;
    this.cwd = cwd;
    this.#time = time;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  line(fields: object, end = '\n'): this {
    appendFileSync(this.file, JSON.stringify(this.#entry(fields)) + end);
    return this;
  }

  raw(text: string | Uint8Array): this {
    appendFileSync(this.file, text);
    return this;
  }

  prompt(content: unknown, more: object = {}): this {
    return this.line({ type: 'user', message: { role: 'user', content }, ...more });
  }

  says(text: string, model = 'claude-opus-5', more: object = {}): this {
    return this.line({ type: 'assistant', message: { model, content: [{ type: 'text', text }] }, ...more });
  }

  /** A call and its result. */
  call(id: string, name: string, input: object, toolUseResult?: unknown, more: object = {}): this {
    this.line({
      type: 'assistant',
      message: { model: 'claude-opus-5', content: [{ type: 'tool_use', id, name, input }] },
      ...more,
    });
    return this.result(id, toolUseResult, more);
  }

  result(id: string, toolUseResult?: unknown, more: object = {}, error = false): this {
    const content = [{ type: 'tool_result', tool_use_id: id, content: 'done', ...(error ? { is_error: true } : {}) }];
    return this.line({ type: 'user', message: { role: 'user', content }, toolUseResult, ...more });
  }

  /** An `Edit` with the structured result of the real tool. */
  edit(id: string, filePath: string, before: string, oldString: string, newString: string, more: object = {}): this {
    const after =
      'replaceAll' in more ? before.replaceAll(oldString, newString) : before.replace(oldString, () => newString);
    return this.call(
      id,
      'Edit',
      { file_path: filePath, old_string: oldString, new_string: newString },
      {
        filePath,
        oldString,
        newString,
        originalFile: before,
        structuredPatch: patchOf(before, after),
        userModified: false,
        replaceAll: false,
        ...more,
      },
    );
  }

  #entry(fields: object): object {
    this.#time += 1000;
    const uuid = `${this.session}-${++this.#count}`;
    return { uuid, sessionId: this.session, cwd: this.cwd, timestamp: new Date(this.#time).toISOString(), ...fields };
  }
}

/** As npm `diff` makes it, which the tool uses. */
export function patchOf(before: string, after: string): object[] {
  return structuredPatch('', '', before, after, '', '', { context: 3 }).hunks;
}
