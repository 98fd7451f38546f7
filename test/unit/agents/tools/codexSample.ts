import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { LinesFile } from '../jsonLines.ts';

const id = '019c4b43-1451-7af3-be4c-5576369bf1ba';

/** A rollout as Codex writes it. */
export class Rollout extends LinesFile {
  #turns = 0;

  constructor(folder: string, meta: object = {}, time?: number) {
    super(join(folder, `rollout-2026-01-02T10-00-00-${id}.jsonl`), time);
    this.add({ type: 'session_meta', payload: { id, cwd: '/work', cli_version: '0.128.0', source: 'cli', ...meta } });
  }

  item(payload: object): this {
    return this.add({ type: 'response_item', payload });
  }

  event(payload: object): this {
    return this.add({ type: 'event_msg', payload });
  }

  turn(model = 'gpt-5-codex', turn_id = `019df825-eae9-77a2-9130-00000000000${++this.#turns}`, cwd = '/work'): this {
    this.event({ type: 'task_started', turn_id });
    return this.add({ type: 'turn_context', payload: { turn_id, cwd, model } });
  }

  /** What the model reads as the user's. */
  user(text: string): this {
    return this.item({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });
  }

  /** A prompt, as the model reads it and as an event. */
  prompt(message: string): this {
    return this.user(message).event({ type: 'user_message', message, images: [] });
  }

  says(text: string): this {
    const content = [{ type: 'output_text', text }];
    return this.item({ type: 'message', role: 'assistant', content }).event({ type: 'agent_message', message: text });
  }

  /** A call of the tool in its free form; without an output it has none yet. */
  patch(call_id: string, input: string, output?: unknown): this {
    this.item({ type: 'custom_tool_call', status: 'completed', call_id, name: 'apply_patch', input });
    return output === undefined ? this : this.output(call_id, output);
  }

  output(call_id: string, output: unknown): this {
    return this.item({ type: 'custom_tool_call_output', call_id, output });
  }

  applied(call_id: string, changes: object, success = true): this {
    return this.event({ type: 'patch_apply_end', call_id, stdout: '', stderr: '', success, changes });
  }
}

export const success = JSON.stringify({
  output: 'Success. Updated the following files:\nM a.md\n',
  metadata: { exit_code: 0 },
});

export const patchOf = (...lines: string[]) => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');

export function codexSample(folder: string): string {
  const patch = patchOf('*** Update File: a.md', '@@', ' kept', '-old', '+new');
  const changes = { '/work/b.md': { type: 'add', content: 'all\n' } };
  const rollout = new Rollout(folder).turn().prompt('Shorten it');
  rollout.patch('call_xC0cwhUrkwAls4ADIPWNywcm', patch, success).says('Done.');
  rollout.patch('call_yC0cwhUrkwAls4ADIPWNywcm', patch).applied('call_yC0cwhUrkwAls4ADIPWNywcm', changes);
  return rollout.file;
}

/** As Codex packs a record that is old. */
export function codexPackedSample(folder: string): string {
  const file = `${codexSample(folder)}.zst`;
  writeFileSync(file, zstdCompressSync(readFileSync(file.slice(0, -4))));
  return file;
}
