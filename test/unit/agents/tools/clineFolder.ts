import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes one task as Cline's family does: the conversation for the model, and the one that is shown. */
export class ClineFolder {
  readonly file: string;
  readonly #folder: string;
  readonly #history: object[] = [];
  readonly #shown: object[] = [];
  #now = Date.UTC(2026, 0, 2, 10);

  constructor(folder: string, cwd = '/w') {
    this.#folder = join(folder, '1767348000000');
    this.file = join(this.#folder, 'api_conversation_history.json');
    mkdirSync(this.#folder, { recursive: true });
    const surroundings = `<environment_details>\n# Current Working Directory (${cwd}) Files\na.md\n</environment_details>`;
    this.#history.push({ role: 'user', content: [{ type: 'text', text: surroundings }] });
  }

  say(say: string, text: string, more: object = {}): this {
    this.#now += 1000;
    this.#shown.push({ ts: this.#now, type: 'say', say, text, ...more });
    return this;
  }

  ask(ask: string, text: string): this {
    this.#now += 1000;
    this.#shown.push({ ts: this.#now, type: 'ask', ask, text });
    return this;
  }

  /** A call in the model's words, shown, and its result. */
  xml(tool: string, parameters: Readonly<Record<string, string>>, result: string): this {
    const inside = Object.entries(parameters).map(([name, value]) => `<${name}>${value}</${name}>`);
    const call = `Now.\n<${tool}>\n${inside.join('\n')}\n</${tool}>`;
    this.#history.push({ role: 'assistant', content: [{ type: 'text', text: call }] });
    this.say('tool', JSON.stringify({ tool: 'editedExistingFile', path: parameters.path }));
    return this.#answer([
      { type: 'text', text: `[${tool} for '${parameters.path}'] Result:` },
      { type: 'text', text: result },
    ]);
  }

  /** A call of a native tool. */
  native(tool: string, input: object, result: string): this {
    const id = `toolu_${String(this.#history.length).padStart(20, '0')}`;
    this.#history.push({ role: 'assistant', content: [{ type: 'tool_use', id, name: tool, input }] });
    return this.#answer([{ type: 'tool_result', tool_use_id: id, content: result }]);
  }

  /** A call of a native tool whose result comes back as words, as in versions of 2026. */
  spoken(
    tool: string,
    input: { readonly absolutePath: string; readonly [name: string]: string },
    result: string,
  ): this {
    const id = `toolu_${String(this.#history.length).padStart(20, '0')}`;
    this.#history.push({ role: 'assistant', content: [{ type: 'tool_use', id, name: tool, input }] });
    const shown = { tool: 'newFileCreated', path: input.absolutePath.replace('/w/', '') };
    this.say('tool', JSON.stringify(shown), { partial: true, conversationHistoryIndex: this.#history.length - 2 });
    return this.#answer([{ type: 'text', text: `[${tool} for '${input.absolutePath}'] Result:\n${result}` }]);
  }

  #answer(content: object[]): this {
    this.#history.push({ role: 'user', content });
    return this;
  }

  write(): this {
    writeFileSync(join(this.#folder, 'ui_messages.json'), JSON.stringify(this.#shown));
    writeFileSync(this.file, JSON.stringify(this.#history));
    utimesSync(this.file, this.#now / 1000 + 60, this.#now / 1000 + 60 + this.#history.length);
    return this;
  }

  metadata(model: string): this {
    const used = { ts: 1, model_id: model, model_provider_id: 'anthropic', mode: 'act' };
    writeFileSync(join(this.#folder, 'task_metadata.json'), JSON.stringify({ model_usage: [used] }));
    return this;
  }
}
