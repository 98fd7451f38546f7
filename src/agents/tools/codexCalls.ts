import { callName } from '../reading/callName.ts';
import type { Effect } from '../reading/effect.ts';
import type { Gathering } from '../reading/gathering.ts';
import { fields } from '../reading/json.ts';
import { type AskedPatch, applied, effectsOfChanges, effectsOfPatch } from './codexEdit.ts';

/** Calls that wait for their result, and turns whose edits can be undone. */
const [PENDING, TURNS] = [1000, 50];

/** Where a conversation stands. */
export interface CodexMoment {
  readonly conversation: string;
  readonly time: number;
  readonly model?: string;
  readonly prompt?: string;
  readonly folder?: string;
}

interface Pending {
  readonly asked: AskedPatch;
  readonly moment: CodexMoment;
  /** The model has gone on behind it. */
  answered: boolean;
}

/** The calls of one conversation that patch files, until it is known what became of them. */
export class CodexCalls {
  readonly #found: Gathering;
  readonly #problem: (message: string) => void;
  readonly #pending = new Map<string, Pending>();
  /** Calls given from what they asked for; the tool's own account of them may come later. */
  readonly #given = new Set<string>();
  #turns: string[][] = [[]];

  constructor(found: Gathering, problem: (message: string) => void) {
    this.#found = found;
    this.#problem = problem;
  }

  asked(id: string, asked: AskedPatch, moment: CodexMoment): void {
    this.#given.delete(id);
    this.#pending.set(id, { asked, moment, answered: false });
    if (this.#pending.size > PENDING) this.drop(this.#pending.keys().next().value);
  }

  /** The call's output: it is an edit only if it says so. */
  result(id: string | undefined, output: unknown): void {
    const call = this.#taken(id);
    if (id === undefined || !call) return;
    const done = applied(output);
    if (done === undefined) this.#problem('result of a patch not understood');
    if (done) this.#asDone(id, call);
  }

  /** What the tool says it did; it stands for the call. Calls made by a script have an account and no call. */
  done(id: string | undefined, success: boolean, changes: unknown, moment: CodexMoment): void {
    const known = fields(changes) !== undefined;
    if (id === undefined || (success && !known) || this.#given.delete(id)) return;
    const call = this.#taken(id);
    if (!success) return;
    const effects = effectsOfChanges(changes, moment.folder);
    if (effects.length > 0) this.#give(id, effects, call ? { ...call.moment, time: moment.time } : moment);
    else if (call) this.#asDone(id, call);
  }

  /** The model has gone on. */
  answered(): void {
    for (const call of this.#pending.values()) call.answered = true;
  }

  /** Gives calls without a result that the model has gone on behind: of a record that keeps no results. */
  endTurn(): void {
    for (const [id, call] of [...this.#pending]) {
      if (!call.answered) continue;
      this.#pending.delete(id);
      this.#asDone(id, call);
    }
  }

  beginTurn(): void {
    this.#turns.push([]);
    if (this.#turns.length > TURNS) this.#turns.shift();
  }

  /** The tool brought back the files as they were before the last turn that changed some. */
  undone(time: number): void {
    const last = this.#turns.findLast(edits => edits.length > 0);
    for (const edit of last?.splice(0) ?? []) this.#found.decision(edit, time, 'undone');
  }

  /** Without an id: all of them. */
  drop(id?: string): void {
    if (id === undefined) this.#pending.clear();
    else this.#pending.delete(id);
  }

  #taken(id: string | undefined): Pending | undefined {
    const call = id === undefined ? undefined : this.#pending.get(id);
    if (id !== undefined) this.#pending.delete(id);
    return call;
  }

  #asDone(id: string, { asked, moment }: Pending): void {
    const effects = effectsOfPatch(asked, moment.folder);
    if (!effects) this.#problem('patch not understood');
    else this.#give(id, effects, moment);
    this.#given.add(id);
  }

  #give(id: string, effects: readonly Effect[], { folder: _, ...moment }: CodexMoment): void {
    effects.forEach((effect, index) => {
      const edit = { ...moment, ...effect };
      const given = this.#found.edit(edit, callName(id, edit, effects.length > 1 ? index + 1 : 0));
      this.#turns.at(-1)?.push(given);
    });
  }
}
