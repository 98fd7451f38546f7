import { type Origin, sameOrigin } from '../../provenance/origin.ts';
import { plainText } from '../plainText.ts';
import type { DigestedEdit } from './editChains.ts';
import { introduced, partsOf } from './introduced.ts';
import type { Align } from './nearby.ts';
import type { Match, OutsideChange, Serials } from './outsideChange.ts';

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
  const basis = chain.every(isChecked) ? 'proven' : 'reported';
  const origins = chain.map(edit => originOf(basis, rule, [edit]));
  const { act, acts, fresh } = change;
  const all = originOf(basis, rule, chain);
  const alike = origins.every(origin => sameOrigin(origin, all));
  // Where the chain begins before this change, it is not told which of the two took text away.
  const led = whole && { actor: all, ...(acts && { acts }) };
  if (fresh.length === 0) return { act, edits, ...led, ranges: [] };
  if (whole && alike) return { act, edits, ...led, ranges: [{ spans: fresh, origin: all }] };
  const texts = await textsOf(change, whole, chain);
  if (!texts) return whole ? { act, edits, ...led, ranges: [{ spans: fresh, origin: all }] } : undefined;
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

/** What characters are that all these edits together brought. */
export function originOf(basis: 'proven' | 'reported', rule: string, edits: readonly DigestedEdit[]): Origin {
  const prompts = new Set(edits.map(edit => edit.prompt));
  const [prompt] = prompts;
  return {
    kind: edits.every(edit => edit.completion) ? 'ai.completion' : 'ai.agent',
    basis,
    rule,
    ...(prompts.size === 1 && prompt !== undefined && { prompt }),
  };
}

/** Whether the edit's record can prove: it was made to this file, and its reader was checked against real ones. */
function isChecked({ unchecked, elsewhere }: DigestedEdit): boolean {
  return unchecked === undefined && elsewhere === undefined;
}
