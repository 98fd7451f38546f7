import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LinesFile } from './jsonLines.ts';

/** A session of Droid, with the settings beside it. */
export class DroidSession extends LinesFile {
  #count = 0;

  constructor(folder: string, start: object = {}, time?: number) {
    super(join(folder, '052cb8d0-4616-488a-99fe-bfbbbe9429b3.jsonl'), time);
    writeFileSync(this.file.replace('.jsonl', '.settings.json'), '{"model":"custom:gpt-5"}');
    this.add({ type: 'session_start', id: 'talk', version: 2, cwd: '/work', ...start });
  }

  message(role: string, content: unknown, more: object = {}): this {
    const id = `2e651873-0881-4fbe-80b0-92d59a21${String(this.#count++).padStart(4, '0')}`;
    return this.add({ type: 'message', id, message: { role, content }, ...more });
  }

  user(...texts: string[]): this {
    return this.message(
      'user',
      texts.map(text => ({ type: 'text', text })),
    );
  }

  says(text: string): this {
    return this.message('assistant', [{ type: 'text', text }]);
  }

  call(id: string, name: string, input: object, content: unknown = '{"success":true}', more: object = {}): this {
    this.message('assistant', [{ type: 'tool_use', id, name, input }]);
    return this.message('user', [{ type: 'tool_result', tool_use_id: id, content, ...more }]);
  }
}

export function droidSample(folder: string): string {
  const edit = { file_path: 'a.md', old_str: 'long', new_str: 'short' };
  return new DroidSession(folder).user('Shorten it').call('call_0123456789abcdef', 'Edit', edit).says('Done.').file;
}

/** A thread of Amp. */
export class AmpThread {
  readonly messages: object[] = [];
  readonly #created: number;

  constructor(created = Date.UTC(2026, 0, 2, 10)) {
    this.#created = created;
  }

  get #time(): number {
    return this.#created + this.messages.length * 1000;
  }

  user(text: string): this {
    const content = [{ type: 'text', text }];
    this.messages.push({ role: 'user', messageId: this.messages.length, content, meta: { sentAt: this.#time } });
    return this;
  }

  #assistant(block: object): void {
    const usage = { model: 'claude-opus-4-6', timestamp: new Date(this.#time).toISOString() };
    this.messages.push({ role: 'assistant', messageId: this.messages.length, content: [block], usage });
  }

  says(text: string): this {
    this.#assistant({ type: 'text', text });
    return this;
  }

  call(id: string, name: string, input: object, run: object = { status: 'done', result: {} }): this {
    this.#assistant({ type: 'tool_use', complete: true, id, name, input });
    const content = [{ type: 'tool_result', toolUseID: id, run }];
    this.messages.push({ role: 'user', messageId: this.messages.length, content });
    return this;
  }

  /** Written whole; `seconds`: when, so that it is seen to have changed. */
  write(folder: string, seconds = 1_700_000_000): string {
    const env = { initial: { trees: [{ uri: 'file:///work' }] } };
    const file = join(folder, 'T-talk.json');
    writeFileSync(file, JSON.stringify({ v: 85, id: 'T-talk', created: this.#created, messages: this.messages, env }));
    utimesSync(file, seconds, seconds);
    return file;
  }
}

export function ampSample(folder: string): string {
  const edit = { path: '/work/a.md', old_str: 'long', new_str: 'short' };
  return new AmpThread()
    .user('Shorten it')
    .call('toolu_0123456789abcdef', 'edit_file', edit)
    .says('Done.')
    .write(folder);
}

/** A file that a call of Amp changed. */
export function ampChange(folder: string, change: object = {}): string {
  mkdirSync(join(folder, 'T-talk'), { recursive: true });
  const file = join(folder, 'T-talk', 'toolu_0123456789abcdef.72595378-f6f7-4b3d-ad64-84fa9680e9c9');
  const whole = {
    uri: 'file:///work/a.md',
    before: 'a\n',
    after: 'b\n',
    isNewFile: false,
    reverted: false,
    timestamp: 1000,
  };
  writeFileSync(file, JSON.stringify({ id: 'x', ...whole, ...change }));
  utimesSync(file, 1_700_000_000, 1_700_000_000);
  return file;
}

/** A transcript of Windsurf: a step a line. */
export function transcript(folder: string, ...steps: readonly (readonly [string, object, object?])[]): string {
  const file = join(folder, '01a0fca4-011e-7a02-afa5-141a933cff15.jsonl');
  const lines = steps.map(([type, told, more]) => ({ [type]: told, status: 'done', type, ...more }));
  writeFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

export function windsurfSample(folder: string): string {
  const edit = { path: 'file:///work/a.md', original_content: 'long', new_content: 'short' };
  const code = { ...edit, acknowledgement_type: 'ACKNOWLEDGEMENT_TYPE_ACCEPT' };
  return transcript(
    folder,
    ['user_input', { user_response: 'Shorten it' }],
    ['code_action', code],
    ['planner_response', { response: 'Done.' }],
  );
}

/** A session of Pi. */
export class PiSession extends LinesFile {
  #count = 0;

  constructor(folder: string, version = 3, time?: number) {
    super(join(folder, 'pi.jsonl'), time);
    this.add({ type: 'session', version, id: 'talk', cwd: '/work' });
  }

  message(role: string, content: unknown, more: object = {}): this {
    const id = String(++this.#count).padStart(8, '0');
    return this.add({ type: 'message', id, message: { role, content, ...more } });
  }

  says(...content: object[]): this {
    return this.message('assistant', content, { provider: 'anthropic', model: 'claude-sonnet-4-5' });
  }

  call(id: string, name: string, args: object, isError = false): this {
    this.says({ type: 'toolCall', id, name, arguments: args });
    return this.message('toolResult', [], { toolCallId: id, toolName: name, isError });
  }
}

export function piSample(folder: string): string {
  const edit = { path: 'a.md', oldText: 'long', newText: 'short' };
  return new PiSession(folder).message('user', 'Shorten it').call('toolu_0123456789abcdef', 'edit', edit).file;
}
