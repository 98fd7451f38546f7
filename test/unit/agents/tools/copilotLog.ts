import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a conversation's events as Copilot does: one JSON object a line, appended; ids and times count up. */
export class CopilotLog {
  readonly file: string;
  #count = 0;
  #time: number;

  constructor(
    file: string,
    { session = 'talk', cwd = undefined as string | undefined, version = 1, time = Date.UTC(2026, 0, 2, 10) } = {},
  ) {
    this.file = file;
    this.#time = time;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    const context = cwd === undefined ? {} : { context: { cwd } };
    this.line('session.start', { sessionId: session, version, producer: 'copilot-agent', ...context });
  }

  line(type: string, data: object, more: object = {}): this {
    this.#time += 1000;
    const [id, timestamp] = [`event-${++this.#count}`, new Date(this.#time).toISOString()];
    return this.raw(`${JSON.stringify({ type, data, id, timestamp, parentId: null, ...more })}\n`);
  }

  raw(text: string): this {
    appendFileSync(this.file, text);
    return this;
  }

  prompt(content: string, data: object = {}, more: object = {}): this {
    return this.line('user.message', { content, attachments: [], ...data }, more);
  }

  says(content: string, data: object = {}, more: object = {}): this {
    const message = { messageId: `message-${this.#count}`, content, toolRequests: [], ...data };
    return this.line('assistant.message', message, more);
  }

  /** A call and its result. */
  call(toolCallId: string, toolName: string, input: unknown, result: object = { success: true }): this {
    this.line('tool.execution_start', { toolCallId, toolName, arguments: input });
    return this.line('tool.execution_complete', { toolCallId, ...result });
  }
}
