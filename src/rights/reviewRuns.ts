import type { Mark } from '../evidence/marks.ts';
import type { Hand } from '../provenance/origin.ts';

/** A stretch of a file's text that no person changed. */
export interface UntouchedRun {
  /** Code points that are no white space; those that a tool of the editor put between are not counted. */
  readonly characters: number;
  /** UTF-16 code units of the text with `\n` line ends, half-open. */
  readonly from: number;
  readonly to: number;
  /** From 1; the lines that it begins and ends on. */
  readonly line: number;
  readonly endLine: number;
}

/** Hands whose text may be a machine's. */
const maybeMachine: readonly Hand[] = ['machine', 'outside', 'earlier', 'unknown'];
const machine: readonly Hand[] = ['machine'];

/**
 * The longest run of a text that is of a machine (`known`), or may be. White space and what the editor's tools put in
 * neither count nor end a run: a run that is parted by a person's space alone stays one. Of equal ones the first. Null:
 * there is none. `spans` cover the text in order. Cost: linear.
 */
export function longestRun(
  text: string,
  spans: readonly Pick<Mark, 'from' | 'to' | 'hand'>[],
  known: boolean,
): UntouchedRun | null {
  const counted = known ? machine : maybeMachine;
  let best = { characters: 0, from: 0, to: 0 };
  let run = { characters: 0, from: 0, to: 0 };
  for (const { from, to, hand } of spans) {
    const ink = inkIn(text, from, to);
    if (ink.characters === 0 || hand === 'mechanical') continue;
    if (!counted.includes(hand)) run = { characters: 0, from: 0, to: 0 };
    else {
      const start = run.characters === 0 ? ink.from : run.from;
      run = { characters: run.characters + ink.characters, from: start, to: ink.to };
      if (run.characters > best.characters) best = run;
    }
  }
  if (best.characters === 0) return null;
  const line = 1 + breaksIn(text, 0, best.from);
  return { ...best, line, endLine: line + breaksIn(text, best.from, best.to) };
}

/** What is no white space from `from` up to `to`: how much, and where it begins and ends. */
function inkIn(text: string, from: number, to: number): { characters: number; from: number; to: number } {
  let characters = 0;
  let [first, last] = [from, from];
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (isSpace(unit)) continue;
    if (characters === 0) first = at;
    last = at + 1;
    const second = (unit & 0xfc00) === 0xdc00 && at > from && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (!second) characters++;
  }
  return { characters, from: first, to: last };
}

function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) breaks++;
  return breaks;
}

function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0xa0) return false;
  return unit === 0xa0 || unit === 0xfeff || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit)));
}
