import { basename, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { type Effect, effectsOf, pathOf, replacementsIn, wholeFile } from '../reading/askedEdit.ts';
import { callName } from '../reading/callName.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { homeOf } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';
import { named } from '../reading/named.ts';

/**
 * Continue's sessions, of its extensions and its command line: `~/.continue/sessions/<id>.json` (`CONTINUE_GLOBAL_DIR`
 * moves it), each rewritten whole. They have no times: what is new in a file has the time at which it was written.
 * Forms: continuedev/continue, `core/index.d.ts`, `core/tools/definitions`, `extensions/cli/src/tools`.
 */
export const continueDev: Agent = {
  name: 'continue',
  checked: 'samples',
  versions: '1.0 to 1.5',
  places(_, machine) {
    return [join(machine.env.CONTINUE_GLOBAL_DIR || join(homeOf(machine), '.continue'), 'sessions')];
  },
  isRecord(file) {
    return file.endsWith('.json') && basename(file) !== 'sessions.json';
  },
  undated: () => true,
  reader: file => new ContinueReader(file),
};

class ContinueReader implements AgentReader {
  readonly #file: string;
  readonly #source: JsonFile;
  readonly #gathering = new Gathering('continue');

  constructor(file: string) {
    this.#file = file;
    this.#source = new JsonFile(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#source.read({ problem: (problem: Problem) => this.#gathering.problem(problem) });
    if (state !== undefined) {
      const session = fields(state.value);
      if (session && Array.isArray(session.history)) this.#session(session, Math.floor(state.changed));
      else this.#problem('unknown form');
    }
    return this.#gathering.take(false);
  }

  #session(session: Fields, time: number): void {
    const conversation = text(session.sessionId) ?? basename(this.#file, '.json');
    const folder = pathOf(text(session.workspaceDirectory), undefined);
    let prompt: string | undefined;
    for (const [at, entry] of list(session.history).entries()) {
      const item = fields(entry);
      const message = fields(item?.message);
      const [role, said] = [text(message?.role), textIn(message?.content)];
      const model = modelIn(item);
      const known = { conversation, time, ...(model ? { model } : {}) };
      const name = named(conversation, at, said);
      if (role === 'user') {
        const own = { ...known, text: said, folder: folder ?? '' };
        prompt = said.trim() === '' ? undefined : this.#gathering.prompt(own, name);
      } else if (role === 'assistant') {
        const asked = prompt ? { prompt } : {};
        // What a compaction made of the conversation is no answer.
        if (item?.conversationSummary === undefined) this.#gathering.answer({ ...known, text: said, ...asked }, name);
        for (const state of list(item?.toolCallStates)) this.#call(fields(state), { ...known, ...asked }, folder);
      } else if (role !== 'system' && role !== 'thinking' && role !== 'tool') this.#problem('unknown role');
    }
  }

  #call(state: Fields | undefined, known: Omit<Known, 'file'>, folder: string | undefined): void {
    const call = fields(fields(state?.toolCall)?.function);
    const id = text(state?.toolCallId);
    if (state?.status !== 'done' || !call || id === undefined) return;
    const input = fields(state.processedArgs) ?? fields(state.parsedArgs) ?? {};
    const effects = effectsIn(text(call.name) ?? '', input);
    if (!effects) return;
    const named = text(input.fileUri) ?? text(input.filepath) ?? text(input.file_path);
    const file = pathOf(named, folder);
    if (file === undefined) {
      this.#problem('edit without file');
      return;
    }
    for (const [at, effect] of effects.entries()) {
      const edit = { ...known, file, ...effect };
      this.#gathering.edit(edit, callName(id, edit, effects.length > 1 ? at + 1 : 0));
    }
  }

  #problem(message: string): void {
    this.#gathering.problemOnce({ file: this.#file, line: 0, message });
  }
}

interface Known {
  readonly conversation: string;
  readonly time: number;
  readonly model?: string;
  readonly prompt?: string;
  readonly file: string;
}

/** Undefined for tools that change no files. The extension keeps both whole texts, the command line what was asked for. */
function effectsIn(tool: string, input: Fields): readonly Effect[] | undefined {
  const [before, after] = [text(input.editingFileContents), text(input.newFileContents)];
  const content = text(input.contents) ?? text(input.content);
  switch (tool) {
    case 'single_find_and_replace':
    case 'multi_edit':
    case 'Edit':
    case 'MultiEdit':
      return before !== undefined && after !== undefined
        ? [{ before, after }]
        : effectsOf(replacementsIn(input), before);
    case 'create_new_file':
      return content === undefined ? [{}] : [wholeFile(content, true)];
    case 'Write':
      return content === undefined ? [{}] : [wholeFile(content)];
    // What another model makes of a sketch, or of the blocks of an older tool, is not recorded.
    case 'edit_existing_file':
    case 'search_and_replace_in_file':
      return [{}];
    default:
      return undefined;
  }
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .flatMap(part => (fields(part)?.type === 'text' ? (text(fields(part)?.text) ?? []) : []))
    .join('\n');
}

function modelIn(item: Fields | undefined): string | undefined {
  const asked = fields(list(item?.promptLogs).at(-1));
  return modelOf(text(fields(asked?.completionOptions)?.model), text(asked?.modelProvider)?.toLowerCase());
}
