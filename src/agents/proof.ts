import type { Origin } from '../provenance/origin.ts';
import type { DigestedEdit } from './editChains.ts';
import { introduced, partsOf } from './introduced.ts';
import type { Align } from './nearby.ts';
import { toldBy } from './newText.ts';
import type { Match, OutsideChange, Placed, Serials } from './outsideChange.ts';
import { plainText } from './plainText.ts';

/**
 * What a chain of edits, whose whole texts lead to the change's text after, proves of its new characters:
 * each belongs to the edit that brought it. A new character that the chain kept from its first text is
 * left as it was found.
 * `whole`: the chain begins at this change's own text before, so all that is new in it is the chain's.
 */
export async function proven(
  change: OutsideChange,
  whole: boolean,
  chain: readonly DigestedEdit[],
  align: Align,
): Promise<Match | undefined> {
  const edits = chain.map(edit => edit.id);
  const rule = whole && chain.length === 1 ? 'agent.texts' : 'agent.chain';
  const origins = chain.map(edit => originOf('proven', rule, edit.prompt));
  const { act, fresh } = change;
  const alike = chain.every(edit => edit.prompt === chain[0]!.prompt);
  // Where the chain begins before this change, it is not told which of the two took text away.
  const led = whole && { actor: alike ? origins[0]! : originOf('proven', rule) };
  if (fresh.length === 0) return { act, edits, ...led, ranges: [] };
  if (whole && alike) return { act, edits, ...led, ranges: [{ spans: fresh, origin: origins[0]! }] };
  const texts = await textsOf(change, whole, chain);
  if (!texts)
    return whole ? { act, edits, ...led, ranges: [{ spans: fresh, origin: originOf('proven', rule) }] } : undefined;
  const spans: Serials[][] = chain.map(() => []);
  const part = partsOf(await introduced(texts, align));
  for (const run of fresh) {
    let { serial } = run;
    for (const { length, step } of part(run.at, run.at + run.length)) {
      spans[step]?.push({ length, serial });
      serial += length;
    }
  }
  const ranges = spans.flatMap((own, step) => (own.length > 0 ? [{ spans: own, origin: origins[step]! }] : []));
  return { act, edits, ...led, ranges };
}

/** The texts that a chain passes through, first to last; undefined if one of them is not known. */
async function textsOf(
  change: OutsideChange,
  whole: boolean,
  chain: readonly DigestedEdit[],
): Promise<string[] | undefined> {
  const recorded = chain[0]!.before;
  const first = recorded === undefined && whole ? await change.beforeText?.() : recorded;
  const texts = [first ?? (recorded === null ? '' : undefined), ...chain.map(edit => edit.after)];
  return texts.every(text => text !== undefined) ? texts.map(plainText) : undefined;
}

/**
 * What edits near in time tell of a change's new runs without whole texts to prove it: the first edit in
 * the list that tells of a run has it. `known`: first serials of runs that were told of before; grows.
 */
export async function told(
  change: OutsideChange,
  edits: readonly DigestedEdit[],
  known: Set<number>,
  align: Align,
): Promise<Match | undefined> {
  const [before, after] = [await change.beforeText?.(), await change.afterText?.()];
  if (before === undefined || after === undefined) return undefined;
  const used: string[] = [];
  const ranges: Match['ranges'][number][] = [];
  for (const edit of edits) {
    const left = change.fresh.filter(run => !known.has(run.serial));
    const runs = await toldBy(edit, left, before, after, align);
    if (runs.length === 0) continue;
    for (const run of runs) known.add(run.serial);
    used.push(edit.id);
    ranges.push({ spans: runs.map(spanOf), origin: originOf('reported', 'agent.newText', edit.prompt) });
  }
  return used.length > 0 ? { act: change.act, edits: used, ranges } : undefined;
}

function originOf(basis: 'proven' | 'reported', rule: string, prompt?: string): Origin {
  return { kind: 'ai.agent', basis, rule, ...(prompt === undefined ? {} : { prompt }) };
}

function spanOf({ length, serial }: Placed): Serials {
  return { length, serial };
}
