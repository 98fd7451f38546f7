import { type Hand, handOf, type Kind } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import { counts } from '../text/moves.ts';
import type { Journal } from './journal.ts';
import type { NearEvents } from './nearEvents.ts';
import { pastedKinds } from './recallFeed.ts';
import type { OutputMatch } from './recallOutputs.ts';
import { sharedRuns } from './sharedRuns.ts';

/** A stretch of a text: what it says, and its characters. */
export interface Stretch {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** What was found of a stretch: characters that stand in an output, of the event of this sequence. */
export interface Echo {
  readonly output: number;
  readonly ranges: readonly Span[];
}

/** Which characters are looked for, and of how many at least a run must consist. */
export interface Wanted {
  readonly kinds: readonly Kind[];
  readonly fewest: number;
  /** Milliseconds that the output may have come after the characters: records count in seconds. */
  readonly late: number;
}

export const pastes: Wanted = { kinds: pastedKinds, fewest: 24, late: 1000 };
export const typing: Wanted = { kinds: ['typed'], fewest: 40, late: 0 };

/** Prompts of a conversation that are looked at, the latest. */
const mostAsked = 50;
/** What is older than the output where it stands so: the AI repeats it. */
const former: readonly Hand[] = ['human', 'earlier'];

/**
 * Finds characters that were pasted, or typed, and say word by word what an AI had given before they came. What the person had asked
 * in the same words, and what had stood in the record as a person's or from before recording, the AI repeated itself:
 * that is nobody's echo.
 */
export class EchoSearch {
  readonly #journal: Journal;
  readonly #events: NearEvents;
  readonly #times = new Map<number, number>();
  /** Of the output that was asked for last, when there were so many prompts. */
  #prompts: { readonly sequence: number; readonly of: number; readonly text: string } | undefined;

  /** `events`: of this journal. */
  constructor(journal: Journal, events: NearEvents) {
    this.#journal = journal;
    this.#events = events;
  }

  find({ text, spans }: Stretch, wanted: Wanted): Echo[] {
    const matches = this.#journal.recall.outputs(text);
    if (matches.length === 0) return [];
    const { serials, acts, kinds } = this.#characters(spans);
    const taken = new Uint8Array(text.length);
    const echoes = new Map<number, Span[]>();
    for (const match of matches) {
      const free: number[] = [];
      for (let at = match.from; at < match.to; at++)
        if (taken[at] === 0 && wanted.kinds.includes(kinds[at]!) && this.#isAfter(acts[at]!, match, wanted))
          free.push(at);
      if (free.length < wanted.fewest) continue;
      const repeated = this.#repeated(text.slice(match.from, match.to), match);
      for (const run of runsOf(free, at => repeated[at - match.from] === 1 || taken[at] === 1)) {
        if (run.length < wanted.fewest || !counts(run.map(at => text[at]).join(''))) continue;
        const ranges = echoes.get(match.sequence) ?? [];
        echoes.set(match.sequence, ranges);
        for (const at of run) {
          taken[at] = 1;
          join(ranges, serials[at]!);
        }
      }
    }
    return [...echoes].map(([output, ranges]) => ({ output, ranges }));
  }

  #characters(spans: readonly Span[]) {
    const serials: number[] = [];
    const acts: number[] = [];
    const kinds: Kind[] = [];
    for (const { serial, length, origin, act } of this.#journal.replay.origins.walk(spans))
      for (let i = 0; i < length; i++) {
        serials.push(serial + i);
        acts.push(act);
        kinds.push(origin.kind);
      }
    return { serials, acts, kinds };
  }

  /** Whether a character came after the output: by the journal's order, or by the clock where the output was read late. */
  #isAfter(act: number, { sequence, time }: OutputMatch, { late }: Wanted): boolean {
    return act > sequence || this.#timeOf(act) + late >= time;
  }

  #timeOf(act: number): number {
    const known = this.#times.get(act);
    if (known !== undefined) return known;
    if (this.#times.size > 10_000) this.#times.clear();
    const time = this.#events.at(act)?.time ?? 0;
    this.#times.set(act, time);
    return time;
  }

  /** 1: the AI itself had it from the person. */
  #repeated(run: string, match: OutputMatch): Uint8Array {
    const repeated = new Uint8Array(run.length);
    for (const { from, to } of sharedRuns(run, this.#asked(match))) repeated.fill(1, from, to);
    const { recall, replay } = this.#journal;
    for (const { from, to, source, at } of recall.standing(run, replay)) {
      let next = from;
      for (const { length, origin, act } of replay.origins.walk(source.spans(at, at + to - from))) {
        if (former.includes(handOf(origin.kind)) && !this.#isAfter(act, match, typing))
          repeated.fill(1, next, next + length);
        next += length;
      }
    }
    return repeated;
  }

  /** What was asked in the output's conversation up to then, the latest of it; '' where it is not known. */
  #asked({ sequence, time }: OutputMatch): string {
    const { replay } = this.#journal;
    const event = this.#events.at(sequence);
    if (event?.kind !== 'answer' && event?.kind !== 'agentEdit') return '';
    const { agent, conversation } = event;
    const known = this.#prompts;
    if (known?.sequence === sequence && known.of === replay.prompts.size) return known.text;
    const asked = [...replay.prompts.values()].filter(
      of => of.id === event.prompt || (of.agent === agent && of.conversation === conversation && of.asked <= time),
    );
    const texts = asked.slice(-mostAsked).map(of => of.texts ?? this.#events.at(of.sequence)?.texts);
    const text = texts.map(of => of?.[0] ?? '').join('\n\n');
    this.#prompts = { sequence, of: replay.prompts.size, text };
    return text;
  }
}

/** Places in order as runs: what lies between two of a run is not `cut`. */
function runsOf(places: readonly number[], cut: (at: number) => boolean): number[][] {
  const runs: number[][] = [];
  let last: number | undefined;
  for (const at of places) {
    if (cut(at)) {
      last = undefined;
      continue;
    }
    let joins = last !== undefined;
    for (let i = (last ?? at) + 1; joins && i < at; i++) joins = !cut(i);
    if (joins) runs.at(-1)!.push(at);
    else runs.push([at]);
    last = at;
  }
  return runs;
}

function join(ranges: Span[], serial: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last.serial + last.length === serial)
    ranges[ranges.length - 1] = { ...last, length: last.length + 1 };
  else ranges.push({ length: 1, serial });
}
