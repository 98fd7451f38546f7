import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Messages of Gemini CLI, a minute apart. */
export class GeminiTalk {
  readonly messages: object[] = [];
  readonly #time: number;

  constructor(time = Date.UTC(2026, 0, 2, 10)) {
    this.#time = time;
  }

  add(type: string, content: unknown, more: object = {}): this {
    const timestamp = new Date(this.#time + this.messages.length * 60_000).toISOString();
    this.messages.push({ id: `m${this.messages.length}`, timestamp, type, content, ...more });
    return this;
  }

  user(content: unknown, more: object = {}): this {
    return this.add('user', content, more);
  }

  says(content: string, toolCalls: readonly object[] = []): this {
    return this.add('gemini', content, { model: 'gemini-2.5-pro', toolCalls });
  }
}

/** A `replace` that succeeded; with the whole texts where `original` is given. */
export function replaced(
  original: string | undefined,
  old_string: string,
  new_string: string,
  more: object = {},
): object {
  const filePath = '/work/a.md';
  const newContent = original?.replace(old_string, () => new_string);
  const resultDisplay = original === undefined ? undefined : { filePath, originalContent: original, newContent };
  const args = { file_path: filePath, old_string, new_string };
  return { id: 'replace-1791014588001-a7e4', name: 'replace', args, status: 'success', resultDisplay, ...more };
}

const head = { sessionId: 'talk', projectHash: 'hash', startTime: '2026-01-02T10:00:00Z', kind: 'main' };

/** As older versions write it: one object, rewritten whole. */
export function writeWhole(folder: string, { messages }: GeminiTalk): string {
  const file = join(chats(folder), 'session-2026-01-02T10-00-talk.json');
  writeFileSync(file, JSON.stringify({ ...head, messages }, undefined, 2));
  return file;
}

/** As newer versions write it: a line for the conversation, each message and each change. */
export function writeLines(
  folder: string,
  lines: readonly object[],
  name = 'session-2026-01-02T10-00-talk.jsonl',
): string {
  const file = join(chats(folder), name);
  writeFileSync(file, [head, ...lines].map(line => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

function chats(folder: string): string {
  const at = join(folder, 'chats');
  mkdirSync(join(at, 'parent'), { recursive: true });
  return at;
}

const talk = () => new GeminiTalk().user('Shorten it').says('Done.', [replaced('A long text\n', 'long ', '')]);

export const geminiSample = (folder: string) => writeLines(folder, talk().messages);
export const geminiWholeSample = (folder: string) => writeWhole(folder, talk());
