import { type Origin, sameOrigin } from '../../provenance/origin.ts';
import type { DigestedEdit } from './editChains.ts';
import { wordsIn, wordsOf } from './editText.ts';
import { type Explained, type Range, type Rank, ranks } from './explained.ts';
import { linesIn } from './lineMatch.ts';
import type { Align } from './nearby.ts';
import { newTextIn, SHORTEST } from './newText.ts';
import type { Match, OutsideChange, Placed, Serials } from './outsideChange.ts';
import { originOf } from './proof.ts';
import { Turns } from './turns.ts';
import { wordsLeft } from './wordMatch.ts';

/** Edits whose lines and words are compared with one change at once: the nearest in time. */
const MOST = 8;
/** An edit that is as near as this (ms) is compared at once; others when they are as many as those before. */
const NEAR = 5000;
/** Times that one change is compared. */
const ROUNDS = 12;

/** How often edits' lines and words were compared with a change; how many edits were near then, and came since. */
export interface Compared {
  rounds: number;
  before: number;
  since: number;
}

/** A change, and what is known of it so far. */
export interface Telling {
  readonly change: OutsideChange;
  readonly explained: Explained;
  readonly compared: Compared;
}

/**
 * What edits near in time tell of a change's new characters without whole texts to prove it: by an edit's very text,
 * then by its lines, then by its words. What is explained more surely stays with its edit. `news`: those that were not
 * asked before; `near`: all of them; the nearest first.
 */
export async function told(
  of: Telling,
  news: readonly DigestedEdit[],
  near: () => readonly DigestedEdit[],
  align: Align,
): Promise<Match | undefined> {
  const { change, explained } = of;
  const [before, after] = [await change.beforeText?.(), await change.afterText?.()];
  if (before === undefined || after === undefined) return undefined;
  const found = new Findings(change.act);
  const turns = new Turns();
  for (const edit of news) {
    await turns.next();
    if (explained.below(ranks.text).length === 0) return found.match;
    const places = await newTextIn(edit, before, after, align);
    found.add(edit, 'agent.newText', explained.take(places, ranks.text, edit.id));
  }
  if (explained.below(ranks.lines).length === 0 || !isWorthwhile(of, news)) return found.match;
  const alike = await likeness(near(), explained.below(ranks.lines), after, align);
  const take = (edit: DigestedEdit, places: readonly Range[], rank: Rank, rule: string) =>
    found.add(edit, rule, explained.take(places, rank, edit.id));
  for (const edit of alike) {
    const fresh = explained.below(ranks.lines);
    if (saysAny(fresh, after)) take(edit, await linesIn(edit, fresh, after, align), ranks.lines, 'agent.lines');
  }
  if (saysAny(explained.below(ranks.words), after)) {
    for (const { edit, ranges, exact, formatted } of await wordsLeft(alike, before, after, align)) {
      const rule = exact ? 'agent.newText' : formatted ? 'agent.formatted' : 'agent.words';
      take(edit, ranges, exact ? ranks.text : ranks.words, rule);
    }
  }
  return found.match;
}

/** Whether edits are compared now: a busy agent makes many in one file, of which each would be compared with each change. */
function isWorthwhile({ change, compared }: Telling, news: readonly DigestedEdit[]): boolean {
  const { time: seen = 0, since = seen } = change;
  const isNear = ({ time, elsewhere }: DigestedEdit) => elsewhere || (time >= since - NEAR && time <= seen + NEAR);
  compared.since += news.length;
  if (compared.rounds === ROUNDS || !(news.some(isNear) || compared.since >= compared.before)) return false;
  compared.rounds++;
  compared.before += compared.since;
  compared.since = 0;
  return true;
}

/** Those of the edits that put in words which our new text has. */
async function likeness(
  edits: readonly DigestedEdit[],
  fresh: readonly Placed[],
  after: string,
  align: Align,
): Promise<DigestedEdit[]> {
  const ours = new Set(fresh.flatMap(({ at, length }) => wordsIn(after.slice(at, at + length))));
  const all = lengthOf(ours);
  const out: DigestedEdit[] = [];
  const turns = new Turns();
  for (const edit of edits) {
    await turns.next();
    if (out.length === MOST || all === 0) break;
    const words = await wordsOf(edit, align);
    const [few, many] = ours.size < words.size ? [ours, words] : [words, ours];
    let shared = 0;
    for (const word of few) if (many.has(word)) shared += word.length;
    if (shared >= SHORTEST || shared * 2 >= all) out.push(edit);
  }
  return out;
}

function lengthOf(words: Iterable<string>): number {
  let length = 0;
  for (const word of words) length += word.length;
  return length;
}

function saysAny(fresh: readonly Placed[], after: string): boolean {
  return fresh.some(({ at, length }) => /[\p{L}\p{N}]/u.test(after.slice(at, at + length)));
}

/** Gathers what edits tell of one change. */
class Findings {
  readonly #act: number;
  readonly #edits = new Set<string>();
  readonly #ranges: { spans: Serials[]; origin: Origin }[] = [];

  constructor(act: number) {
    this.#act = act;
  }

  add(edit: DigestedEdit, rule: string, taken: readonly Placed[]): void {
    if (taken.length === 0) return;
    this.#edits.add(edit.id);
    const origin = originOf('reported', rule, [edit]);
    const spans = taken.map(({ length, serial }) => ({ length, serial }));
    const same = this.#ranges.find(range => sameOrigin(range.origin, origin));
    if (same) same.spans.push(...spans);
    else this.#ranges.push({ spans, origin });
  }

  get match(): Match | undefined {
    if (this.#edits.size === 0) return undefined;
    return { act: this.#act, edits: [...this.#edits], ranges: this.#ranges };
  }
}
