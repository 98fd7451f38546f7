import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { pathOf } from '../reading/address.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf } from '../reading/machine.ts';

/**
 * Windsurf's transcripts, which it writes for its hook `post_cascade_response_with_transcript`:
 * `~/.windsurf/transcripts/<trajectory>.jsonl`, a step a line, `{type, status, <type>: {…}}`. Its own store is of a
 * binary form that is not made public, and is not read. Source: the tool's page on hooks, and git-ai's reader. Steps
 * have no times and no ids: they are named by their place, and have the time at which the file was found changed;
 * turns that were there before the first look, but for the last, have the time of the file's making. Nor do they name a folder.
 */
export const windsurf: Agent = {
  name: 'windsurf',
  checked: 'documentation',
  versions: 'transcripts of its hooks; not its own store',
  places: (_, machine) => [join(homeOf(machine), '.windsurf', 'transcripts')],
  isRecord: file => file.endsWith('.jsonl'),
  undated: () => true,
  reader: file => new WindsurfReader(file),
};

/** Steps of one turn that wait until it is known whether it is the last, and the length of their texts (UTF-16 units). */
const [STEPS, TEXTS] = [10_000, 4_000_000];

class WindsurfReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #trajectory: string;
  readonly #lines: JsonLines;
  readonly #found = new Gathering('windsurf');
  #steps: { readonly step: Fields; readonly line: number }[] = [];
  #size = 0;
  #prompt: string | undefined;
  #first = true;
  #made = 0;
  #changed = 0;

  constructor(file: string) {
    this.#file = file;
    this.#trajectory = basename(file, '.jsonl');
    this.#lines = new JsonLines(file);
  }

  async read(): Promise<AgentRecords> {
    // A file that is not there has no steps either.
    const state = await stat(this.#file).catch(() => undefined);
    this.#changed = Math.floor(state?.mtimeMs ?? 0);
    this.#made = Math.min(Math.floor(state?.birthtimeMs ?? 0), this.#changed);
    const end = await this.#lines.read(this);
    if (end === 'end') {
      this.#give(this.#changed);
      this.#first = false;
    }
    return this.#found.take(end === 'more');
  }

  line(value: unknown, line: number): 'stop' | undefined {
    const step = fields(value);
    if (!step) return undefined;
    const many = this.#steps.length >= STEPS || this.#size > TEXTS;
    if (step.type === 'user_input' || many) this.#give(this.#first ? this.#made : this.#changed);
    this.#steps.push({ step, line });
    this.#size += sizeOf(step);
    return this.#found.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#found.problem(problem);
  }

  restart(): void {
    this.#steps = [];
    this.#prompt = undefined;
  }

  #give(time: number): void {
    for (const { step, line } of this.#steps) this.#step(step, `${this.#trajectory}.${line}`, time);
    this.#steps = [];
    this.#size = 0;
  }

  #step(step: Fields, name: string, time: number): void {
    const kind = text(step.type) ?? '';
    const about = { conversation: this.#trajectory, time };
    const told = fields(step[kind]) ?? {};
    const prompt = this.#prompt;
    if (kind === 'user_input') {
      const said = text(told.user_response)?.trim();
      if (said) this.#prompt = this.#found.prompt({ ...about, text: said, folder: '' }, name);
    } else if (kind === 'planner_response') {
      if (prompt !== undefined) this.#found.answer({ ...about, text: text(told.response) ?? '', prompt }, name);
    } else if (kind === 'code_action') {
      if ((step.status ?? 'done') === 'done')
        this.#edit(told, name, { ...about, ...(prompt === undefined ? {} : { prompt }) });
    } else if (/edit|write|patch|code|input/.test(kind)) this.#problem('unknown kind of step');
  }

  /** Whether the texts are of the whole file is not said; a replacement of one by the other holds either way. */
  #edit(
    action: Fields,
    name: string,
    about: { readonly conversation: string; readonly time: number; readonly prompt?: string },
  ): void {
    const [file, next, old] = [pathOf(action.path), text(action.new_content), text(action.original_content) ?? ''];
    if (file === undefined) this.#problem('unknown form of an edit');
    if (file === undefined) return;
    const replaced = next === undefined ? {} : { replaced: { old, new: next, all: false } };
    const id = this.#found.edit({ ...about, file, ...replaced }, name);
    const decided = /(ACCEPT|REJECT)/.exec(text(action.acknowledgement_type) ?? '')?.[1];
    if (decided) this.#found.decision(id, about.time, decided === 'ACCEPT' ? 'accepted' : 'rejected');
  }

  #problem(message: string): void {
    this.#found.problemOnce({ file: this.#file, line: 0, message });
  }
}

function sizeOf(step: Fields): number {
  const texts = Object.values(fields(step[text(step.type) ?? '']) ?? {});
  return texts.reduce<number>((sum, value) => sum + (text(value)?.length ?? 0), 0);
}
