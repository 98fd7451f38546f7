import type { Chronicle } from './chronicle.ts';

/** A prompt's place in a chain of prompts of one conversation that work on the same passage, in the order of asking. */
export interface LoopStep {
  /** Number of the chain's first prompt in the register. */
  readonly first: number;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
}

/** Two prompts that have to do with one passage. */
export type Pair = readonly [string, string];

/**
 * Pairs of prompts of which the text that one led to was taken out, or written anew, by what another led to.
 * Cost: O(acts).
 */
export function* replacedPairs(chronicle: Chronicle): Generator<Pair> {
  const acts = promptActs(chronicle);
  if (acts.size === 0) return;
  const { origins } = chronicle.folding;
  for (const { serial, length, sequence } of chronicle.acts.takings()) {
    const by = acts.get(sequence);
    if (by === undefined) continue;
    for (let at = serial; at < serial + length; ) {
      const { origin, until } = origins.runAt(at);
      if (origin.prompt !== undefined && origin.prompt !== by) yield [origin.prompt, by];
      at = until;
    }
  }
}

/** By sequence of an event, the prompt that led to it, as known in the end. */
function promptActs({ trail, kept, folding: { origins } }: Chronicle): ReadonlyMap<number, string> {
  const acts = new Map(trail.acts);
  for (const { origin, ranges, acts: took = [] } of kept.resolution) {
    const { prompt } = origin;
    if (prompt === undefined) continue;
    for (const act of took) acts.set(act, prompt);
    for (const { serial, length } of ranges) {
      for (let at = serial; at < serial + length; ) {
        const { act, until } = origins.at(at);
        if (act >= 0) acts.set(act, prompt);
        at = until;
      }
    }
  }
  return acts;
}

/**
 * The chains, by id of the prompt. `prompts`: in the order of asking, each with its number and its conversation in its
 * tool; pairs of different conversations do not count. A prompt that is in no pair is in no chain.
 */
export function loopsOf(
  prompts: readonly { readonly id: string; readonly number: number; readonly conversation: string }[],
  pairs: Iterable<Pair>,
): ReadonlyMap<string, LoopStep> {
  const of = new Map(prompts.map(prompt => [prompt.id, prompt]));
  const above = new Map<string, string>();
  const top = (id: string): string => {
    let at = id;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next;
    if (at !== id) above.set(id, at);
    return at;
  };
  for (const [a, b] of pairs) {
    const conversation = of.get(a)?.conversation;
    if (conversation === undefined || conversation !== of.get(b)?.conversation) continue;
    const [one, other] = [top(a), top(b)];
    if (one !== other) above.set(one, other);
  }
  const chains = new Map<string, string[]>();
  for (const { id } of prompts) {
    const chain = chains.get(top(id));
    if (chain === undefined) chains.set(top(id), [id]);
    else chain.push(id);
  }
  const steps = new Map<string, LoopStep>();
  for (const chain of chains.values()) {
    if (chain.length < 2) continue;
    const first = of.get(chain[0]!)!.number;
    for (const [rank, id] of chain.entries()) steps.set(id, { first, step: rank + 1, steps: chain.length });
  }
  return steps;
}
