import type { AgentEdit } from '../agent.ts';

/** An agent's edit with the digests of the whole texts, where they are known. */
export interface DigestedEdit extends AgentEdit {
  readonly beforeDigest?: string;
  readonly afterDigest?: string;
  /** Where `after` has what the call put in, half-open, in order, where that was found out when both texts were at hand. */
  readonly brings?: readonly (readonly [from: number, to: number])[];
}

/** States looked at in one search: beyond it a connection is not found, and the text stays as it was. */
const REACH = 512;

/**
 * The edits of one file as steps between states of its text (digests), so that a change which was seen
 * only after several edits is still explained by them.
 */
export class EditChains {
  readonly #from = new Map<string, DigestedEdit[]>();
  readonly #to = new Map<string, DigestedEdit[]>();

  add(edit: DigestedEdit): void {
    const { beforeDigest, afterDigest } = edit;
    if (beforeDigest === undefined || afterDigest === undefined || beforeDigest === afterDigest) return;
    push(this.#from, beforeDigest, edit);
    push(this.#to, afterDigest, edit);
  }

  remove(edit: DigestedEdit): void {
    drop(this.#from, edit.beforeDigest, edit);
    drop(this.#to, edit.afterDigest, edit);
  }

  /** The fewest edits, one after the other, that lead from one state to the other; of equal ones those that were checked, then the nearest in time. */
  chain(from: string, to: string, time: number): DigestedEdit[] | undefined {
    if (from === to || !this.#to.has(to) || !this.#from.has(from)) return undefined;
    const reachedBy = new Map<string, DigestedEdit | undefined>([[from, undefined]]);
    for (const state of reachedBy.keys()) {
      if (state === to) return walkBack(reachedBy, to);
      if (reachedBy.size > REACH) return undefined;
      for (const edit of nearest(this.#from.get(state) ?? [], time)) {
        if (!reachedBy.has(edit.afterDigest!)) reachedBy.set(edit.afterDigest!, edit);
      }
    }
    return undefined;
  }

  /** All states from which edits lead to this one, itself included. */
  sources(state: string): Iterable<string> {
    const found = new Set([state]);
    for (const at of found) {
      if (found.size > REACH) break;
      for (const edit of this.#to.get(at) ?? []) found.add(edit.beforeDigest!);
    }
    return found;
  }
}

function walkBack(reachedBy: ReadonlyMap<string, DigestedEdit | undefined>, to: string): DigestedEdit[] {
  const chain: DigestedEdit[] = [];
  for (let edit = reachedBy.get(to); edit; edit = reachedBy.get(edit.beforeDigest!)) chain.unshift(edit);
  return chain;
}

function nearest(edits: readonly DigestedEdit[], time: number): readonly DigestedEdit[] {
  if (edits.length < 2) return edits;
  const doubt = ({ unchecked }: DigestedEdit) => (unchecked ? 1 : 0);
  return [...edits].sort((a, b) => doubt(a) - doubt(b) || Math.abs(a.time - time) - Math.abs(b.time - time));
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function drop<V>(map: Map<string, V[]>, key: string | undefined, value: V): void {
  if (key === undefined) return;
  const left = map.get(key)?.filter(one => one !== value) ?? [];
  if (left.length > 0) map.set(key, left);
  else map.delete(key);
}
