import { isAbsolute, join, relative, sep } from 'node:path';
import type { Agent, AgentEdit, AgentRecords, Answer, Decision, Prompt } from '../agent.ts';
import { Doubles, type Source } from './doubles.ts';
import { EditTwins } from './editTwins.ts';
import { nothingTold, type Told } from './remembered.ts';
import { ToldProblems } from './toldProblems.ts';

/** Prompts set aside at most; the oldest goes first. */
const ASIDE = 1000;
/** The last moment that is written with a year of four digits (ms since 1970 UTC). */
const LATEST = 253_402_300_799_999;
/** Edits whose first account is remembered, so that a second is passed on only if it tells more. */
const TOLD = 20_000;

/** A recorded folder under a name. */
interface Place {
  readonly folder: string;
  readonly elsewhere: boolean;
}

/** How much the first account of an edit told. */
type Telling = Pick<AgentEdit, 'prompt' | 'model' | 'unchecked'> & {
  readonly whole: number;
  readonly texts: boolean;
  /** A second account was given; a third is a repetition. */
  readonly again?: true;
};

/**
 * Takes from an agent's records what concerns the recorded folders, once each. A tool keeps its records
 * by where it was started, which may be above the folder: so edits count by their file, and a prompt that
 * was asked elsewhere, or before recording began, counts only once it led to an edit that counts. What a hook and a log
 * both tell counts once, under the first's id; where the second account of an edit tells more, it is given under that id
 * with `~` behind it. What VS Code's chat tells of one act in two stores, with different texts, is given as two that name each
 * other: see `EditTwins`.
 */
export class Relevance {
  /** By another name of it, the longest first: the folder, and whether that is another worktree's. */
  #aliases: ReadonlyMap<string, Place>;
  readonly #since: number;
  readonly #doubles: Doubles;
  readonly #twins: EditTwins;
  readonly #problems: ToldProblems;
  /** Message or call (the id without the conversation, which forks rename) to the id first given. */
  readonly #given = new Map<string, string>();
  /** The same for second accounts, those of earlier sessions included. */
  readonly #renamed: Map<string, string>;
  readonly #aside = new Map<string, Prompt>();
  readonly #told = new Map<string, Telling>();
  /** The newest prompt of each conversation. */
  readonly #newest = new Map<string, Prompt>();

  constructor(
    folders: readonly string[],
    since: number,
    known: Iterable<string>,
    told: Pick<Told, 'renamed' | 'marks' | 'twins' | 'problems'> = nothingTold,
  ) {
    this.#aliases = new Map(folders.map(folder => [folder, { folder, elsewhere: false }]));
    this.#since = since;
    this.#doubles = new Doubles(told.marks);
    this.#twins = new EditTwins(told.twins);
    this.#problems = new ToldProblems(told.problems);
    this.#renamed = new Map(told.renamed);
    for (const id of known) this.#given.set(keyOf(id), id);
  }

  /** What is to be remembered until the next session. */
  get told(): Pick<Told, 'renamed' | 'marks' | 'twins' | 'problems'> {
    const [marks, twins, problems] = [this.#doubles.kept, this.#twins.kept, this.#problems.kept];
    return { renamed: [...this.#renamed], marks, twins, problems };
  }

  /**
   * `real` is another name of a recorded folder; files below it are given under the folder's own name. `elsewhere`: it is
   * the same folder in another worktree, whose files are others.
   */
  alias(real: string, folder: string, elsewhere = false): void {
    if (this.#aliases.has(real)) return;
    const all = [...this.#aliases, [real, { folder, elsewhere }] as const];
    this.#aliases = new Map(all.sort(([a], [b]) => b.length - a.length));
  }

  of(agent: Pick<Agent, 'name' | 'checked'>, records: AgentRecords): AgentRecords {
    const unchecked = agent.checked === 'documentation' && { unchecked: true as const };
    const edits = records.edits.map(edit => ({ ...edit, ...unchecked }));
    return this.#relevant({ ...records, edits }, 'log');
  }

  /** What hooks told; no real sample of theirs has been seen, so that they prove nothing. */
  ofHook(records: AgentRecords): AgentRecords {
    const edits = records.edits.map(edit => ({ ...edit, unchecked: true as const }));
    return this.#relevant({ ...records, edits }, 'hook');
  }

  /** Whether records are of work in the recorded folders. */
  concerns({ prompts, edits }: AgentRecords): boolean {
    const places = [...prompts.map(({ folder }) => folder ?? ''), ...edits.map(({ file }) => file)];
    return places.some(place => this.#named(place) !== undefined);
  }

  #relevant(records: AgentRecords, from: Source): AgentRecords {
    const prompts: Prompt[] = [];
    const problems = [...records.problems];
    const dated = <T extends { readonly time: number; readonly agent: string }>(all: readonly T[]) =>
      all.filter(({ time, agent }) => {
        const possible = time >= 0 && time <= LATEST;
        if (!possible) problems.push({ file: agent, line: 0, message: 'impossible time' });
        return possible;
      });
    for (const prompt of dated(records.prompts)) this.#prompt(prompt, from, prompts);
    const edits: AgentEdit[] = [];
    for (const edit of dated(records.edits)) this.#edit(edit, from, prompts, edits);
    const answers = dated(records.answers).flatMap(answer => this.#answer(answer, from));
    const decisions = dated(records.decisions).flatMap(decision => this.#decision(decision));
    return { prompts, answers, edits, decisions, problems: this.#problems.fresh(problems, Date.now()) };
  }

  #prompt(prompt: Prompt, from: Source, out: Prompt[]): void {
    if (this.#given.has(keyOf(prompt.id))) return;
    const { folder } = prompt;
    const here = folder === undefined || (folder !== '' && this.#named(folder) !== undefined);
    if (!here || prompt.time < this.#since) {
      this.#setAside(prompt);
      return;
    }
    const first = this.#renamed.get(keyOf(prompt.id)) ?? this.#doubles.prompt(prompt, from);
    // What links to the second account links to the first.
    if (first !== undefined && first !== prompt.id) this.#rename(prompt.id, first);
    else this.#give(prompt, out);
  }

  #edit(edit: AgentEdit, from: Source, prompts: Prompt[], out: AgentEdit[]): void {
    const place = this.#placeOf(edit.file);
    if (place === undefined || edit.time < this.#since) return;
    const { prompt: asked, ...rest } = { ...edit, ...place };
    const prompt = this.#promptOf(asked, edit, from, prompts);
    const told: AgentEdit = { ...rest, ...(prompt === undefined ? {} : { prompt }) };
    const same = this.#given.get(keyOf(edit.id));
    const first = same ?? this.#renamed.get(keyOf(edit.id)) ?? this.#doubles.edit(told, from) ?? edit.id;
    if (first === edit.id) this.#given.set(keyOf(edit.id), edit.id);
    else this.#rename(edit.id, first);
    const before = this.#told.get(first);
    if (before === undefined) {
      // What an earlier session gave is given once more under that id: what it explains may only come now.
      if (same === undefined) this.#remember(first, told, out);
    } else if (!before.again && tellsMore(told, before)) {
      this.#told.set(first, { ...before, again: true });
      const { prompt = before.prompt, model = before.model } = told;
      out.push({ ...told, ...(prompt && { prompt }), ...(model && { model }), id: `${first}~` });
    }
  }

  /** A fork of a conversation repeats prompts under its own name; the first name stays. A hook may name none: the newest. */
  #promptOf(asked: string | undefined, edit: AgentEdit, from: Source, out: Prompt[]): string | undefined {
    const aside = asked === undefined ? undefined : this.#aside.get(keyOf(asked));
    if (aside) this.#give(aside, out);
    const known = asked === undefined ? undefined : this.#given.get(keyOf(asked));
    return known ?? (from === 'hook' && !edit.completion ? this.#newestOf(edit) : undefined);
  }

  /** The prompt that was asked last in the conversation, before the act. */
  #newestOf({ agent, conversation, time }: AgentEdit | Answer): string | undefined {
    const newest = this.#newest.get(`${agent}:${conversation}`);
    return newest && newest.time <= time ? newest.id : undefined;
  }

  /** An answer counts with its prompt. */
  #answer(answer: Answer, from: Source): Answer[] {
    const known = answer.prompt === undefined ? undefined : this.#given.get(keyOf(answer.prompt));
    const prompt = known ?? (from === 'hook' ? this.#newestOf(answer) : undefined);
    if (prompt === undefined || this.#given.has(keyOf(answer.id))) return [];
    const first = this.#renamed.get(keyOf(answer.id)) ?? this.#doubles.answer(answer, from) ?? answer.id;
    if (first === answer.id) this.#given.set(keyOf(answer.id), answer.id);
    else this.#rename(answer.id, first);
    return first === answer.id ? [{ ...answer, prompt }] : [];
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
    const conversation = `${prompt.agent}:${prompt.conversation}`;
    if ((this.#newest.get(conversation)?.time ?? 0) <= prompt.time) this.#newest.set(conversation, prompt);
    out.push(prompt);
  }

  #rename(id: string, first: string): void {
    this.#given.set(keyOf(id), first);
    if (keyOf(id) !== keyOf(first)) this.#renamed.set(keyOf(id), first);
  }

  #setAside(prompt: Prompt): void {
    this.#aside.set(keyOf(prompt.id), prompt);
    if (this.#aside.size > ASIDE) this.#aside.delete(this.#aside.keys().next().value!);
  }

  #remember(id: string, edit: AgentEdit, out: AgentEdit[]): void {
    const of = this.#twins.of({ ...edit, id });
    out.push({ ...edit, id, ...(of !== undefined && { of }) });
    const { prompt, model, unchecked } = edit;
    const told = { ...(prompt && { prompt }), ...(model && { model }), ...(unchecked && { unchecked }) };
    this.#told.set(id, { ...told, whole: wholeOf(edit), texts: hasTexts(edit) });
    if (this.#told.size > TOLD) this.#told.delete(this.#told.keys().next().value!);
  }

  /** The path under a recorded folder's own name; undefined if it lies in none. */
  #named(path: string): string | undefined {
    return this.#placeOf(path)?.file;
  }

  #placeOf(path: string): Pick<AgentEdit, 'file' | 'elsewhere'> | undefined {
    // Else it would be taken to stand under the folder that this program was started in.
    if (!isAbsolute(path)) return undefined;
    for (const [name, { folder, elsewhere }] of this.#aliases) {
      const below = relative(name, path);
      const isBelow = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
      if (isBelow) return { file: join(folder, below), ...(elsewhere && { elsewhere }) };
    }
    return undefined;
  }
}

/** Whether a second account has whole texts where the first had none, a prompt, a model, or texts that may prove. */
function tellsMore(second: AgentEdit, first: Telling): boolean {
  if (wholeOf(second) > first.whole || (hasTexts(second) && !first.texts)) return true;
  if (second.prompt !== undefined && first.prompt === undefined) return true;
  if (second.model !== undefined && first.model === undefined) return true;
  return first.unchecked === true && second.unchecked === undefined && hasTexts(second);
}

function wholeOf({ before, after }: AgentEdit): number {
  return Number(before !== undefined) + Number(after !== undefined);
}

function hasTexts({ after, replaced }: AgentEdit): boolean {
  return after !== undefined || replaced !== undefined;
}

/** `agent:conversation:message` without the conversation. Colons may stand in a conversation's name only. */
function keyOf(id: string): string {
  return `${id.slice(0, id.indexOf(':'))}:${id.slice(id.lastIndexOf(':') + 1)}`;
}
