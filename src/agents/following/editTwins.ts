import type { AgentEdit } from '../agent.ts';
import { plainText } from '../plainText.ts';
import { replace } from '../reading/replacement.ts';
import { copilotName } from '../tools/copilot.ts';

/** Milliseconds between the accounts of one edit, where they do not both name their prompt: a call's end, and the turn's. */
const apart = 600_000;
/** Edits of one file in one conversation that wait for their other account, and all of them; the oldest go first. */
const [ofFile, all] = [64, 1000];
/** UTF-16 code units of their texts, all together. */
const units = 16_000_000;
/** Calls in a row that one step of an editing session may hold. */
const row = 16;

interface Waiting {
  readonly edit: AgentEdit;
  /** Of a step with both whole texts: how far the calls that are known to be in it lead. */
  text: string | undefined;
  /** Its other account has come. */
  paired: boolean;
}

/**
 * VS Code's chat tells of one edit in two stores, under ids that have nothing in common: the call of a tool as it was asked
 * for (transcript, hook), and the step of the editing session with both whole texts. They are one edit where, in the same
 * conversation, file and turn, what was asked for leads from the one text to the other, alone or with the calls that follow.
 */
export class EditTwins {
  readonly #waiting = new Map<string, Waiting[]>();
  #count = 0;
  #units = 0;

  /** The id of the edit's other account, that came before; undefined, and remembered, if none is known. */
  first(edit: AgentEdit): string | undefined {
    const { agent, conversation, file } = edit;
    if (agent !== copilotName || (edit.after === undefined && !edit.replaced)) return undefined;
    const key = `${conversation}\n${file}`;
    const near = (this.#waiting.get(key) ?? []).filter(
      other => isWhole(other.edit) !== isWhole(edit) && isNear(other, edit),
    );
    const found = isWhole(edit) ? rowTo(edit, near) : holding(edit, near);
    if (!found)
      this.#keep(key, { edit, text: isWhole(edit) ? plainText(edit.before ?? '') : undefined, paired: false });
    return found?.edit.id;
  }

  #keep(key: string, waiting: Waiting): void {
    const own = this.#waiting.get(key) ?? [];
    // The one that was added to last stays longest.
    this.#waiting.delete(key);
    this.#waiting.set(key, own);
    own.push(waiting);
    this.#count++;
    this.#units += sizeOf(waiting);
    if (own.length > ofFile) this.#drop(own);
    while (this.#count > all || this.#units > units) {
      const [oldest, waiting] = this.#waiting.entries().next().value!;
      this.#drop(waiting);
      if (waiting.length === 0) this.#waiting.delete(oldest);
    }
  }

  #drop(own: Waiting[]): void {
    this.#count--;
    this.#units -= sizeOf(own.shift()!);
  }
}

/** The first of the calls that lead from the step's text before to its text after. */
function rowTo({ before, after }: AgentEdit, calls: readonly Waiting[]): Waiting | undefined {
  const end = plainText(after ?? '');
  for (const [i, first] of calls.entries()) {
    if (first.paired) continue;
    let text: string | undefined = plainText(before ?? '');
    for (const { edit } of calls.slice(i, i + row)) {
      text = done(edit, text);
      if (text === undefined) break;
      if (text !== end) continue;
      first.paired = true;
      return first;
    }
  }
  return undefined;
}

/** The step in which the call is the next: what it put in stands in the step's text after. */
function holding(call: AgentEdit, steps: readonly Waiting[]): Waiting | undefined {
  for (const step of steps) {
    const text = step.text === undefined || step.paired ? undefined : done(call, step.text);
    const end = plainText(step.edit.after ?? '');
    if (text === undefined || !(text === end || end.includes(plainText(call.replaced?.new ?? call.after ?? ''))))
      continue;
    step.text = text;
    step.paired = text === end;
    return step;
  }
  return undefined;
}

/** The text after what the call was asked to do. */
function done({ after, replaced }: AgentEdit, text: string): string | undefined {
  if (after !== undefined) return plainText(after);
  return replaced && replace(text, { ...replaced, old: plainText(replaced.old), new: plainText(replaced.new) });
}

/** Whether it is an editing session's account, and no call's. */
export function isStep(edit: AgentEdit): boolean {
  // Its reader knows it by its documentation alone.
  return edit.agent === copilotName && isWhole(edit) && edit.unchecked === true;
}

/** Both whole texts are known. */
function isWhole({ before, after }: AgentEdit): boolean {
  return before !== undefined && after !== undefined;
}

function isNear({ edit }: Waiting, { prompt, time }: AgentEdit): boolean {
  return edit.prompt !== undefined && prompt !== undefined
    ? edit.prompt === prompt
    : Math.abs(edit.time - time) <= apart;
}

function sizeOf({ edit: { before, after, replaced } }: Waiting): number {
  return (before?.length ?? 0) + (after?.length ?? 0) + (replaced ? replaced.old.length + replaced.new.length : 0);
}
