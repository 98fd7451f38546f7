import { isAbsolute, join, relative, sep } from 'node:path';
import type { Agent, AgentEdit, AgentRecords, Answer, Decision, Prompt } from './agent.ts';

/** Prompts set aside at most; the oldest goes first. */
const ASIDE = 1000;

/**
 * Takes from an agent's records what concerns the recorded folders, once each. A tool keeps its records
 * by where it was started, which may be above the folder: so edits count by their file, and a prompt that
 * was asked elsewhere, or before recording began, counts only once it led to an edit that counts.
 */
export class Relevance {
  readonly #folders: ReadonlyMap<string, string>;
  readonly #aliases: Map<string, string>;
  readonly #since: number;
  /** Message or call (the id without the conversation, which forks rename) to the id first given. */
  readonly #given = new Map<string, string>();
  readonly #aside = new Map<string, Prompt>();

  constructor(folders: readonly string[], since: number, known: Iterable<string>) {
    this.#folders = new Map(folders.map(folder => [folder, folder]));
    this.#aliases = new Map(this.#folders);
    this.#since = since;
    for (const id of known) this.#given.set(keyOf(id), id);
  }

  /** `real` is another name of a recorded folder; files below it are given under the folder's own name. */
  alias(real: string, folder: string): void {
    this.#aliases.set(real, folder);
  }

  of(agent: Pick<Agent, 'name' | 'checked'>, records: AgentRecords): AgentRecords {
    const prompts: Prompt[] = [];
    for (const prompt of records.prompts) {
      if (this.#given.has(keyOf(prompt.id))) continue;
      const here = prompt.folder === undefined || this.#named(prompt.folder) !== undefined;
      if (here && prompt.time >= this.#since) this.#give(prompt, prompts);
      else this.#setAside(prompt);
    }
    const edits: AgentEdit[] = [];
    for (const edit of records.edits) {
      const file = this.#named(edit.file);
      if (file === undefined || edit.time < this.#since || this.#given.has(keyOf(edit.id))) continue;
      const aside = edit.prompt === undefined ? undefined : this.#aside.get(keyOf(edit.prompt));
      if (aside) this.#give(aside, prompts);
      this.#given.set(keyOf(edit.id), edit.id);
      // A fork of a conversation repeats prompts under its own name; the first name stays.
      const prompt = edit.prompt === undefined ? undefined : this.#given.get(keyOf(edit.prompt));
      const { prompt: _, ...rest } = edit;
      const unchecked = agent.checked === 'documentation' && { unchecked: true as const };
      edits.push({ ...rest, ...unchecked, agent: agent.name, file, ...(prompt === undefined ? {} : { prompt }) });
    }
    const answers = records.answers.flatMap(answer => this.#answer(answer));
    const decisions = records.decisions.flatMap(decision => this.#decision(decision));
    return { prompts, answers, edits, decisions, problems: records.problems };
  }

  /** An answer counts with its prompt. */
  #answer(answer: Answer): Answer[] {
    const prompt = answer.prompt === undefined ? undefined : this.#given.get(keyOf(answer.prompt));
    if (prompt === undefined || this.#given.has(keyOf(answer.id))) return [];
    this.#given.set(keyOf(answer.id), answer.id);
    return [{ ...answer, prompt }];
  }

  /** A decision counts with its edit, once for each outcome. */
  #decision(decision: Decision): Decision[] {
    const edit = this.#given.get(keyOf(decision.edit));
    const key = `${keyOf(decision.edit)} ${decision.outcome}`;
    if (edit === undefined || this.#given.has(key)) return [];
    this.#given.set(key, edit);
    return [{ ...decision, edit }];
  }

  #give(prompt: Prompt, out: Prompt[]): void {
    this.#aside.delete(keyOf(prompt.id));
    this.#given.set(keyOf(prompt.id), prompt.id);
    out.push(prompt);
  }

  #setAside(prompt: Prompt): void {
    this.#aside.set(keyOf(prompt.id), prompt);
    if (this.#aside.size > ASIDE) this.#aside.delete(this.#aside.keys().next().value!);
  }

  /** The path under a recorded folder's own name; undefined if it lies in none. */
  #named(path: string): string | undefined {
    for (const [name, folder] of this.#aliases) {
      const below = relative(name, path);
      if (below === '') return folder;
      if (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below) && isAbsolute(path)) {
        return join(folder, below);
      }
    }
    return undefined;
  }
}

/** `agent:conversation:message` without the conversation. Colons may stand in a conversation's name only. */
function keyOf(id: string): string {
  return `${id.slice(0, id.indexOf(':'))}:${id.slice(id.lastIndexOf(':') + 1)}`;
}
