import { basename, dirname, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { pathOf } from '../reading/address.ts';
import { callName } from '../reading/callName.ts';
import { type Effect, pathAt, replacementIn, written } from '../reading/effect.ts';
import { Gathering } from '../reading/gathering.ts';
import { HeldPrompt } from '../reading/heldPrompt.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { homeOf, sharedData } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';
import { effectsOfPatch, placesOf } from './codexEdit.ts';

/**
 * Amp's threads: `amp/threads/T-*.json` in the shared data folder, rewritten whole. Source: a sample of format 85.
 * Newer versions keep threads on their maker's server, and here the changed files alone. `undo_edit` is the model's
 * own act and no decision of the person's.
 */
export const amp: Agent = {
  name: 'amp',
  checked: 'samples',
  versions: 'threads on disk, to format 85',
  places: (_, machine) => [join(sharedData(machine), 'amp', 'threads')],
  isRecord: file => /^T-[^/\\]+\.json$/.test(basename(file)),
  reader: file => new ThreadReader(file),
};

/**
 * Amp's copies of the files that its calls change: `file-changes/T-<thread>/<call>.<id>` under `AMP_HOME` or `~/.amp`,
 * `{uri, before, after, isNewFile, reverted, timestamp}` each. Source: descriptions of others; whether it was the
 * person or the model that reverted one is not told.
 */
export const ampFileChanges: Agent = {
  name: 'amp-file-changes',
  ids: 'amp',
  checked: 'documentation',
  versions: 'of 2026',
  places: (_, machine) => [join(machine.env.AMP_HOME || join(homeOf(machine), '.amp'), 'file-changes')],
  isRecord: file => /(^|[/\\])T-[^/\\]+[/\\][^/\\]+\.[0-9a-f]{8}-[0-9a-f-]{27}$/.test(file),
  reader: file => new ChangeReader(file),
};

class ThreadReader implements AgentReader {
  readonly #json: JsonFile;
  readonly #file: string;
  readonly #found = new Gathering('amp');
  readonly #held = new HeldPrompt(this.#found);
  #thread = '';
  #folder: string | undefined;
  #time = 0;

  constructor(file: string) {
    this.#file = file;
    this.#json = new JsonFile(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#json.read(this.#found);
    const thread = fields(state?.value);
    if (state && thread) this.#read(thread, state.changed);
    this.#held.giveOld();
    return this.#found.take(false);
  }

  #read(thread: Fields, changed: number): void {
    this.#thread = text(thread.id) ?? basename(this.#file, '.json');
    const trees = list(fields(fields(thread.env)?.initial)?.trees).map(tree => pathOf(fields(tree)?.uri));
    this.#folder = trees.find(folder => folder !== undefined);
    this.#time = numberIn(thread.created) ?? changed;
    this.#held.forget();
    const results = resultsIn(thread);
    for (const message of list(thread.messages).map(fields)) {
      if (message?.role === 'user') this.#ask(message);
      else if (message?.role === 'assistant') this.#answer(message, results);
    }
  }

  /** Messages count from 0 in every thread, and again where the person changes an earlier one. */
  #name({ messageId: id }: Fields, time: number | undefined): string | undefined {
    const known = typeof id === 'number' || typeof id === 'string';
    return known ? [this.#thread, id, ...(time === undefined ? [] : [time])].join('.') : undefined;
  }

  #ask(message: Fields): void {
    const sent = numberIn(fields(message.meta)?.sentAt);
    this.#time = sent ?? this.#time;
    const said = textsIn(message).join('\n').trim();
    if (said === '') return;
    const folder = this.#folder ?? '';
    this.#held.hold({ conversation: this.#thread, time: this.#time, text: said, folder }, this.#name(message, sent));
  }

  #answer(message: Fields, results: ReadonlyMap<string, Fields>): void {
    const usage = fields(message.usage);
    const said = numberIn(Date.parse(text(usage?.timestamp) ?? ''));
    this.#time = said ?? this.#time;
    const model = modelOf(text(usage?.model));
    this.#held.give(model);
    const own = {
      conversation: this.#thread,
      time: this.#time,
      ...(model === undefined ? {} : { model }),
      ...this.#held.asked,
    };
    if (own.prompt !== undefined)
      this.#found.answer({ ...own, text: textsIn(message).join('\n') }, this.#name(message, said));
    for (const call of list(message.content).map(fields)) {
      const id = text(call?.id);
      const run = id === undefined ? undefined : results.get(id);
      if (call?.type !== 'tool_use' || id === undefined || run?.status !== 'done') continue;
      const effects = effectsOf(text(call.name), fields(call.input) ?? {}, fields(run.result), this.#folder);
      effects.forEach((effect, at) => {
        const edit = { ...own, ...effect };
        this.#found.edit(edit, callName(id, edit, effects.length > 1 ? at + 1 : 0));
      });
    }
  }
}

/** Results of calls by the calls' ids. */
function resultsIn(thread: Fields): ReadonlyMap<string, Fields> {
  const blocks = list(thread.messages).flatMap(message => list(fields(message)?.content).map(fields));
  return new Map(
    blocks.flatMap(block => {
      const [id, run] = [text(block?.toolUseID), fields(block?.run)];
      return block?.type === 'tool_result' && id !== undefined && run ? [[id, run] as const] : [];
    }),
  );
}

/** What a call did by its input, else by the diff that its result has. */
function effectsOf(
  tool: string | undefined,
  input: Fields,
  result: Fields | undefined,
  folder: string | undefined,
): readonly Effect[] {
  const patch = text(input.patchText) ?? text(input.patch) ?? text(input.input);
  if (tool === 'apply_patch' && patch !== undefined) return effectsOfPatch({ patch }, folder) ?? [];
  const path = text(input.path);
  if (path === undefined || (tool !== 'edit_file' && tool !== 'create_file')) return [];
  const file = pathAt(folder, path);
  const content = text(input.content);
  if (tool === 'create_file') return content === undefined ? [{ file }] : [written(file, content)];
  const asked = replacementIn(input);
  const diff = (text(result?.diff) ?? '').replace(/^```diff\n|\n```\s*$/g, '');
  const places = asked ? [asked] : placesOf(diff);
  return places.length === 0 ? [{ file }] : places.map(replaced => ({ file, replaced }));
}

class ChangeReader implements AgentReader {
  readonly #json: JsonFile;
  readonly #file: string;
  readonly #found = new Gathering('amp');

  constructor(file: string) {
    this.#file = file;
    this.#json = new JsonFile(file);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#json.read(this.#found);
    const change = fields(state?.value);
    const [file, after] = [pathOf(change?.uri), text(change?.after)];
    if (state && change && (file === undefined || after === undefined)) this.#problem('unknown form of a change');
    else if (state && change && file !== undefined && after !== undefined) {
      const time = numberIn(change.timestamp) ?? state.changed;
      const before = change.isNewFile === true ? null : text(change.before);
      const edit = {
        conversation: basename(dirname(this.#file)),
        time,
        file,
        after,
        ...(before === undefined ? {} : { before }),
      };
      this.#found.edit(edit, callName(basename(this.#file).replace(/\.[0-9a-f-]{36}$/, ''), edit));
    }
    return this.#found.take(false);
  }

  #problem(message: string): void {
    const problem: Problem = { file: this.#file, line: 0, message };
    this.#found.problem(problem);
  }
}

/** A time or count as a whole number. */
function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(Math.floor(value)) ? Math.floor(value) : undefined;
}

function textsIn(message: Fields): string[] {
  const blocks = list(message.content).map(fields);
  return blocks.flatMap(block => (block?.type === 'text' ? (text(block.text) ?? []) : []));
}
