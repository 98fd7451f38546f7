import { basename } from 'node:path';
import type { AgentReader, AgentRecords, Problem } from '../agent.ts';
import { pathOf } from '../reading/askedEdit.ts';
import { callName } from '../reading/callName.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { servedModel } from '../reading/model.ts';
import { named } from '../reading/named.ts';
import { blocksOf, clineCalls } from './clineCalls.ts';
import { clineEffects } from './clineEdit.ts';

/**
 * One session of Cline's command line from version 3 on: `<id>.messages.json`, the conversation, and `<id>.json`, its
 * folder and model. The person's words stand in `<user_input>` or `<user_command>`; beside them the tool puts its own.
 */
export class ClineSession implements AgentReader {
  readonly #file: string;
  readonly #source: JsonFile;
  readonly #gathering = new Gathering('cline');

  constructor(file: string) {
    this.#file = file;
    this.#source = new JsonFile(file);
  }

  async read(): Promise<AgentRecords> {
    const problem = (problem: Problem) => this.#gathering.problem(problem);
    const state = await this.#source.read({ problem });
    if (state === undefined) return this.#gathering.take(false);
    const about = await new JsonFile(this.#file.replace(/\.messages\.json$/, '.json')).read({ problem });
    const messages = Array.isArray(state.value) ? state.value : fields(state.value)?.messages;
    if (Array.isArray(messages)) this.#session(messages, fields(about?.value) ?? {}, Math.floor(state.changed));
    else this.#problem('unknown form');
    return this.#gathering.take(false);
  }

  #session(messages: readonly unknown[], about: Fields, written: number): void {
    const conversation = text(about.session_id) ?? basename(this.#file, '.messages.json');
    const folder = pathOf(text(about.cwd) ?? text(about.workspace_root), undefined);
    const usual = servedModel(text(about.model), text(about.provider));
    // Another agent opened it for a task: what stands there as the user's is an agent's.
    const child = text(about.parent_session_id) !== undefined || about.is_subagent === true;
    const prompts: (string | undefined)[] = [];
    let prompt: string | undefined;
    for (const [at, entry] of messages.entries()) {
      const message = fields(entry) ?? {};
      const said = message.role === 'user' ? enteredIn(message) : spokenIn(message);
      const known = { conversation, ...knownOf(message, usual, written), text: said };
      const name = text(message.id) ?? named(conversation, at, said);
      if (message.role === 'user' && !child && said !== '') {
        prompt = this.#gathering.prompt({ ...known, folder: folder ?? '' }, name);
      } else if (message.role === 'assistant') {
        this.#gathering.answer({ ...known, ...(prompt ? { prompt } : {}) }, name);
      }
      prompts.push(prompt);
    }
    for (const call of clineCalls(messages)) {
      const effects = clineEffects(call);
      if (effects === 'unknown') this.#problem('unknown result');
      const asked = prompts[call.at];
      for (const [nth, effect] of effects === 'unknown' ? [] : effects.entries()) {
        const file = pathOf(effect.file, folder);
        const known = { conversation, ...knownOf(call.message, usual, written), ...(asked ? { prompt: asked } : {}) };
        if (file === undefined) this.#problem('no folder');
        else {
          const edit = { ...known, ...effect, file };
          const id = call.id ?? named(conversation, call.at, call.tool);
          this.#gathering.edit(edit, callName(id, edit, effects.length > 1 ? nth + 1 : 0));
        }
      }
    }
  }

  #problem(message: string): void {
    this.#gathering.problemOnce({ file: this.#file, line: 0, message });
  }
}

function knownOf(message: Fields, usual: string | undefined, written: number): { time: number; model?: string } {
  const own = fields(message.modelInfo);
  const model = servedModel(text(own?.id), text(own?.provider)) ?? usual;
  return { time: milliseconds(message.ts) ?? written, ...(model ? { model } : {}) };
}

function spokenIn(message: Fields): string {
  return blocksOf(message)
    .flatMap(block => (block.type === 'text' ? (text(block.text) ?? []) : []))
    .join('\n')
    .trim();
}

/** What the person entered; a message with results of tools holds none but what is marked as entered. */
function enteredIn(message: Fields): string {
  const all = spokenIn(message).replace(/<mode_notice\b[^>]*>[\s\S]*?<\/mode_notice>/g, '');
  const entered = [...all.matchAll(/<(user_input|user_command)\b([^>]*)>([\s\S]*?)<\/\1>/g)];
  if (entered.length > 0) {
    return entered.map(([, , about = '', said = '']) => `${commandIn(about)}${said}`.trim()).join('\n');
  }
  const results = list(message.content).some(block => fields(block)?.type === 'tool_result');
  return results ? '' : all.replace(/<file_content\b[\s\S]*?<\/file_content>/g, '').trim();
}

function commandIn(about: string): string {
  const slash = /slash="([^"]*)"/.exec(about)?.[1];
  return slash === undefined ? '' : `/${slash.replace(/^\//, '')} `;
}
