import { createHash } from 'node:crypto';
import type { AgentEdit } from '../agent.ts';
import { plainText } from '../plainText.ts';
import { replace } from '../reading/replacement.ts';
import { copilotName } from '../tools/copilot.ts';

/** Milliseconds between the accounts of one act, where they do not both name their turn: a call's end, and the turn's. */
const apart = 600_000;
/** Edits of one file in one conversation that wait for their other account, and all of them; the oldest go first. */
const [ofFile, all] = [64, 1000];
/** UTF-16 code units of their texts, all together. */
const units = 16_000_000;
/** Calls in a row that one step of an editing session may hold. */
const row = 16;
/** A text between two calls is no longer than this many UTF-16 code units, or so many times the texts before and after. */
const [spare, times] = [100_000, 4];

/** What is known of an edit in another session: no text. Plain data. */
export interface TwinMark {
  /** Stands for its conversation and file. */
  readonly like: string;
  readonly id: string;
  readonly time: number;
  readonly prompt?: string;
  readonly step: boolean;
  readonly paired: boolean;
}

type Account = Pick<AgentEdit, 'id' | 'time' | 'prompt' | 'before' | 'after' | 'replaced'>;

interface Waiting {
  readonly edit: Account;
  readonly step: boolean;
  /** Its other account has come. */
  paired: boolean;
}

/**
 * VS Code's chat tells of one act in two stores, under ids that have nothing in common: the call of a tool as it was asked
 * for (transcript, hook), and steps of the editing session with both whole texts. In one conversation and file they are
 * one where they are of one turn; where a turn is not named, where what was asked for leads from the one text to the other,
 * alone or with the calls that follow. Calls are counted; steps only where no call is known. Of an edit of an earlier
 * session the turn is known and no text.
 */
export class EditTwins {
  readonly #waiting = new Map<string, Waiting[]>();
  #count = 0;
  #units = 0;

  constructor(kept: readonly TwinMark[] = []) {
    for (const { like, id, time, prompt, step, paired } of kept)
      this.#keep(like, { edit: { id, time, ...(prompt !== undefined && { prompt }) }, step, paired });
  }

  /** What is to be remembered until the next session. */
  get kept(): readonly TwinMark[] {
    return [...this.#waiting].flatMap(([like, own]) =>
      own.map(({ edit: { id, time, prompt }, step, paired }) => {
        return { like, id, time, ...(prompt !== undefined && { prompt }), step, paired };
      }),
    );
  }

  /** The id of another account of the act, that came before; undefined if none is known. */
  of(edit: AgentEdit): string | undefined {
    const { agent, conversation, file } = edit;
    if (agent !== copilotName) return undefined;
    const key = createHash('sha256')
      .update(JSON.stringify([conversation, file]))
      .digest('base64url')
      .slice(0, 22);
    const step = isStep(edit);
    const others = (this.#waiting.get(key) ?? []).filter(other => other.step !== step);
    const found = step ? callOf(edit, others) : stepOf(edit, others);
    this.#keep(key, { edit, step, paired: found !== undefined });
    if (found) found.paired = true;
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

/** Of the turn's calls the one that did the step; which of them it was is not always to be seen. */
function callOf(step: Account, calls: readonly Waiting[]): Waiting | undefined {
  const near = calls.filter(({ edit }) => isNear(edit, step));
  return near.find(({ paired }, i) => !paired && leads(step, near.slice(i))) ?? near.findLast(isOfTurn(step));
}

/** A step of the turn that has no call yet. */
function stepOf(call: Account, steps: readonly Waiting[]): Waiting | undefined {
  const near = steps.filter(({ edit, paired }) => !paired && isNear(edit, call));
  return near.find(({ edit }) => leads(edit, [{ edit: call }])) ?? near.find(isOfTurn(call));
}

/** Whether the first call, alone or with those that follow, leads from the step's text before to its text after. */
function leads({ before, after }: Account, calls: readonly Pick<Waiting, 'edit'>[]): boolean {
  if (after === undefined) return false;
  const end = plainText(after);
  let text: string | undefined = plainText(before ?? '');
  const most = spare + times * (text.length + end.length);
  for (const { edit } of calls.slice(0, row)) {
    text = done(edit, text, most);
    if (text === undefined || text === end) break;
  }
  return text === end;
}

/** The text after what the call was asked to do; undefined if that is not to be told, or longer than `most`. */
function done({ after, replaced }: Account, text: string, most: number): string | undefined {
  if (after !== undefined) return plainText(after);
  return replaced && replace(text, { ...replaced, old: plainText(replaced.old), new: plainText(replaced.new) }, most);
}

/** Whether it is an editing session's step, and no call's account: its reader is known by documentation alone. */
function isStep({ before, after, unchecked }: AgentEdit): boolean {
  return before !== undefined && after !== undefined && unchecked === true;
}

const isOfTurn =
  ({ prompt }: Account) =>
  ({ edit }: Waiting) =>
    prompt !== undefined && edit.prompt === prompt;

function isNear(a: Account, b: Account): boolean {
  return a.prompt !== undefined && b.prompt !== undefined ? a.prompt === b.prompt : Math.abs(a.time - b.time) <= apart;
}

function sizeOf({ edit: { before, after, replaced } }: Waiting): number {
  return (before?.length ?? 0) + (after?.length ?? 0) + (replaced ? replaced.old.length + replaced.new.length : 0);
}
