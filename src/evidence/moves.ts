import { type Actor, type Basis, type Hand, handOf, type Placement } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle, EventOf } from './chronicle.ts';
import type { HandCounts } from './flow.ts';
import { stamp } from './moment.ts';
import { handsIn } from './revisions.ts';

/** Text that was there and was put elsewhere, by one act. */
export interface Move {
  readonly at: string;
  readonly file: string | null;
  readonly event: string;
  readonly how: Placement;
  /** Who did it, and how surely that is known. */
  readonly by: Hand;
  readonly basis: Basis;
  readonly characters: number;
  /** Whose text it is. */
  readonly of: HandCounts;
  /** How it begins. */
  readonly begins: string;
}

export interface Moves {
  /** All of them, also those that are not listed. */
  readonly count: number;
  /** Those of most characters, at most `mostMoves`, in the order in which they came. */
  readonly listed: readonly Move[];
}

export const mostMoves = 100;
/** Code units below which an act is not listed: single words and line breaks say little of an arrangement. */
const shortest = 24;
const longest = 160;

/** Placements by which text that is known stands in another place than before. */
export const elsewhere: readonly string[] = ['move', 'paste', 'drop'];

interface Noted {
  readonly time: number;
  readonly zone: number;
  readonly document: number;
  readonly sequence: number;
  readonly how: Placement;
  readonly actor: Actor;
  readonly runs: readonly Span[];
  readonly length: number;
  readonly begins: string;
}

/** The acts by which text that was there was put elsewhere, as the events come. Append-only; mutable. */
export class MoveTrail {
  readonly noted: Noted[] = [];

  note(event: EventOf<'changed'>): void {
    if (event.placed === undefined || !elsewhere.includes(event.placement)) return;
    const { time, zone, document, sequence, placement, changes, texts = [], findings } = event;
    const fresh = event.placed + 1;
    const end = fresh + findings.reduce((n, { length }) => n + length, 0);
    const runs: Span[] = [];
    let begins = '';
    for (const [i, { spans = [] }] of changes.entries()) {
      let at = 0;
      for (const { serial, length } of spans) {
        if (serial >= end || serial + length <= fresh) {
          runs.push({ serial, length });
          if (begins.length < longest) begins += (texts[i] ?? '').slice(at, at + Math.min(length, longest));
        }
        at += length;
      }
    }
    const length = runs.reduce((n, run) => n + run.length, 0);
    if (length < shortest) return;
    const actor = event.actor ?? { kind: 'unknown', basis: 'none', rule: 'none' };
    const kept = { time, zone, document, sequence, how: placement, actor, runs, length };
    this.noted.push({ ...kept, begins: begins.trim().slice(0, longest).toWellFormed() });
  }
}

export function movesOf(
  all: readonly { readonly chronicle: Chronicle; readonly includes: (document: number) => boolean }[],
): Moves {
  const noted = all.flatMap(({ chronicle, includes }) =>
    chronicle.moves.noted.filter(({ document }) => includes(document)).map(one => ({ chronicle, one })),
  );
  const listed = noted
    .toSorted((a, b) => b.one.length - a.one.length)
    .slice(0, mostMoves)
    .sort((a, b) => a.one.time - b.one.time || a.one.sequence - b.one.sequence)
    .map(({ chronicle, one }) => moveOf(chronicle, one));
  return { count: noted.length, listed };
}

function moveOf(chronicle: Chronicle, { time, zone, document, sequence, how, actor, runs, begins }: Noted): Move {
  const { kind, basis } = chronicle.folding.actors.get(sequence) ?? actor;
  const of = handsIn(chronicle, runs);
  return {
    at: stamp({ time, zone }),
    file: chronicle.folding.documents.get(document)?.path ?? null,
    event: `${chronicle.id}:${sequence}`,
    how,
    by: handOf(kind),
    basis,
    characters: Object.values(of).reduce((a, b) => a + b, 0),
    of,
    begins,
  };
}
