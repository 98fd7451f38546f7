import { basename, dirname, join } from 'node:path';
import type { AgentReader, AgentRecords, Problem } from '../agent.ts';
import { pathOf } from '../reading/askedEdit.ts';
import { callName } from '../reading/callName.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { servedModel } from '../reading/model.ts';
import { named } from '../reading/named.ts';
import { blocksOf, type ClineCall, clineCalls } from './clineCalls.ts';
import { clineEffects, clineFile } from './clineEdit.ts';

/** What was shown in the conversation's view, of which the words and times are taken. */
interface Shown {
  readonly time: number;
  readonly kind: string;
  readonly text: string;
  /** Position in the conversation for the model, of the message before it; newer versions have it. */
  readonly index: number | undefined;
  readonly model: string | undefined;
  /** A file that was changed, as it was shown, and whether it was a new one. */
  readonly change?: { readonly file: string; readonly created: boolean };
}

/** Messages of the person, and of the model; the first message of all is the task, whatever its kind. */
const asked = new Set(['task', 'user_feedback']);
const answered = new Set(['text', 'completion_result', 'plan_mode_respond', 'act_mode_respond', 'followup']);
const changed = new Set(['editedExistingFile', 'newFileCreated', 'appliedDiff', 'insertContent', 'searchAndReplace']);

/**
 * One task of an extension of Cline's family: `api_conversation_history.json` is the conversation as the model has it,
 * with calls and results; `ui_messages.json` beside it as it was shown, with the person's own words and times. Both are
 * rewritten whole; the view before the conversation.
 */
export class ClineTask implements AgentReader {
  readonly #file: string;
  readonly #source: JsonFile;
  readonly #gathering: Gathering;

  constructor(agent: string, file: string) {
    this.#file = file;
    this.#source = new JsonFile(file);
    this.#gathering = new Gathering(agent);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#source.read({ problem: (problem: Problem) => this.#gathering.problem(problem) });
    if (state === undefined) return this.#gathering.take(false);
    if (!Array.isArray(state.value)) this.#problem('unknown form');
    else await this.#task(state.value, Math.floor(state.changed));
    return this.#gathering.take(false);
  }

  async #task(messages: readonly unknown[], written: number): Promise<void> {
    const folder = folderIn(messages);
    const shown = await this.#shown();
    const conversation = basename(dirname(this.#file));
    const usual = await this.#model();
    const prompts: { id: string; time: number }[] = [];
    for (const [at, { time, kind, text, model }] of shown.entries()) {
      if (text.trim() === '') continue;
      const known = { conversation, time, text, ...((model ?? usual) ? { model: model ?? usual! } : {}) };
      const name = named(conversation, time, text);
      if (asked.has(kind) || at === 0) {
        const id = this.#gathering.prompt({ ...known, folder: folder ?? '' }, name);
        prompts.push({ id, time });
      } else if (answered.has(kind)) {
        const prompt = prompts.at(-1)?.id;
        this.#gathering.answer({ ...known, ...(prompt ? { prompt } : {}) }, name);
      }
    }
    const views = shown.filter(({ change }) => change !== undefined);
    for (const call of clineCalls(messages)) {
      const view = takeView(views, call, folder);
      const time = milliseconds(call.message.ts) ?? view?.time ?? written;
      const prompt = prompts.findLast(prompt => prompt.time <= time)?.id;
      const model = modelIn(call.message) ?? usual;
      const known = { conversation, time, ...(prompt ? { prompt } : {}), ...(model ? { model } : {}) };
      this.#call(call, folder, known, view?.change?.created);
    }
  }

  #call(
    call: ClineCall,
    folder: string | undefined,
    known: { conversation: string; time: number },
    created: boolean | undefined,
  ): void {
    const effects = clineEffects(call, created);
    if (effects === 'unknown') {
      this.#problem('unknown result');
      return;
    }
    for (const [nth, effect] of effects.entries()) {
      const file = pathOf(effect.file, folder);
      if (file === undefined) {
        this.#problem('no folder');
        continue;
      }
      const edit = { ...known, ...effect, file };
      const id = call.id ?? named(known.conversation, call.at, call.tool, JSON.stringify(call.input));
      this.#gathering.edit(edit, callName(id, edit, effects.length > 1 ? nth + 1 : 0));
    }
  }

  async #shown(): Promise<readonly Shown[]> {
    const file = join(dirname(this.#file), 'ui_messages.json');
    const problem = (problem: Problem) => this.#gathering.problem(problem);
    const state = await new JsonFile(file).read({ problem });
    if (!state) this.#problem('no messages');
    const all = list(state?.value);
    return all.flatMap((entry, at) => {
      const message = fields(entry);
      const [kind, time] = [text(message?.say) ?? text(message?.ask), milliseconds(message?.ts)];
      // Some stay marked as growing when others have followed; only the last one may still grow.
      const grows = message?.partial === true && at === all.length - 1;
      if (!message || grows || kind === undefined || time === undefined) return [];
      return [
        {
          time,
          index: milliseconds(message.conversationHistoryIndex),
          model: modelIn(message),
          ...wordsIn(kind, message),
        },
      ];
    });
  }

  /** The model that was used last, for versions that do not say it with each message. */
  async #model(): Promise<string | undefined> {
    const file = join(dirname(this.#file), 'task_metadata.json');
    const state = await new JsonFile(file).read({ problem: (problem: Problem) => this.#gathering.problem(problem) });
    const used = fields(list(fields(state?.value)?.model_usage).at(-1));
    return servedModel(text(used?.model_id), text(used?.model_provider_id));
  }

  #problem(message: string): void {
    this.#gathering.problemOnce({ file: this.#file, line: 0, message });
  }
}

/** A tool's message is told by its file; a plan or a question by its words. */
function wordsIn(kind: string, message: Fields): Pick<Shown, 'kind' | 'text' | 'change'> {
  const said = text(message.text) ?? '';
  if (kind === 'completion_result') return { kind, text: said.replace(/HAS_CHANGES$/, '') };
  if (kind !== 'tool' && kind !== 'plan_mode_respond' && kind !== 'followup') return { kind, text: said };
  const told = jsonIn(said);
  if (kind === 'tool') {
    const [tool, file] = [text(told?.tool) ?? '', text(told?.path)];
    const change = file !== undefined && changed.has(tool) ? { file, created: tool === 'newFileCreated' } : undefined;
    return { kind, text: '', ...(change ? { change } : {}) };
  }
  return { kind, text: text(told?.response) ?? text(told?.question) ?? (told ? '' : said) };
}

/** When a call's change was shown: the first of the file's that is left, at the call's place where that is told. */
function takeView(views: Shown[], call: ClineCall, folder: string | undefined): Shown | undefined {
  const file = clineFile(call.input);
  const path = pathOf(file, folder) ?? file;
  const own = ({ change }: Shown) => path !== undefined && (pathOf(change?.file, folder) ?? change?.file) === path;
  const here = views.findIndex(view => own(view) && view.index === call.at - 1);
  const nth = here >= 0 ? here : views.findIndex(view => own(view) && view.index === undefined);
  return nth < 0 ? undefined : views.splice(nth, 1)[0];
}

/** The folder that the tool worked in, from what it tells the model of its surroundings. */
function folderIn(messages: readonly unknown[]): string | undefined {
  for (const entry of messages) {
    const message = fields(entry);
    if (message?.role !== 'user') continue;
    for (const block of blocksOf(message)) {
      const said = text(block.text) ?? '';
      const found = /^# Current (?:Working|Workspace) Directory \((.+)\) Files$/m.exec(said)?.[1];
      if (found !== undefined) return pathOf(found, undefined);
    }
  }
  return undefined;
}

function modelIn(message: Fields): string | undefined {
  const own = fields(message.modelInfo);
  return servedModel(text(own?.modelId) ?? text(own?.id), text(own?.providerId) ?? text(own?.provider));
}

function jsonIn(said: string): Fields | undefined {
  try {
    return fields(JSON.parse(said));
  } catch (error) {
    // Plain words in versions before.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
