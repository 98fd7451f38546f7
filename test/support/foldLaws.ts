import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../src/journal/event.ts';
import type { QueuedEvent } from '../../src/journal/messages.ts';
import { Misfit, Replay } from '../../src/journal/replay.ts';
import { texts } from './arbitraries.ts';
import { histories, play } from './histories.ts';
import { journalled } from './journalled.ts';
import { randomStory } from './randomStory.ts';
import { told } from './replayTold.ts';
import { typedStory } from './typedStory.ts';

export type Changed = Extract<JournalEvent, { kind: 'changed' }>;

/** A state, and in words why the event behind it does not fit, if one does not. */
export interface Folded {
  readonly replay: Replay;
  readonly misfit: string | undefined;
}

/** Folds events; `size`: of how many at once, or after how many the state is asked for. */
export type Fold = (events: readonly JournalEvent[], size: number) => Folded;

export const sizes = fc.constantFrom(1, 2, 3, 7, 64, 4096);

/** What makes a step one that does not fit. */
export const harms: readonly ((event: Changed) => object)[] = [
  ({ changes }) => ({ changes: changes.map(({ from }) => ({ from, to: from + 90_000_000 })) }),
  ({ version }) => ({ version: version + 1 }),
  ({ first }) => ({ first: Math.max(1, first - 3) }),
  ({ tracker }) => ({ tracker: tracker + 7 }),
  ({ document }) => ({ document: document + 1 }),
  ({ findings }) => ({ findings: [...findings, { kind: 'typed', basis: 'none', rule: 'x', length: 1 }] }),
  ({ findings: [, ...rest] }) => ({ findings: rest }),
  ({ session }) => ({ session: session + 1 }),
  // Words that no list has.
  ({ findings }) => ({ findings: findings.map(finding => ({ ...finding, kind: 'typd' })) }),
  () => ({ placement: 'put' }),
  () => ({ observation: { by: 'nobody' } }),
  () => ({ actor: { kind: 'typed', basis: 'surely', rule: 'x' } }),
  // No harm: the text is the file's again.
  () => ({ observation: { by: 'reload' } }),
];

/** The same: what no journal of ours has. */
export const strangeHarms: typeof harms = [
  ({ changes }) => ({ changes: changes.map(({ to }) => ({ from: to + 1, to })) }),
  ({ changes }) => ({ changes: changes.map(({ to }) => ({ from: -1, to })) }),
  ({ changes }) => ({ changes: changes.map(({ from }) => ({ from, to: Number.NaN })) }),
  ({ changes }) => ({ changes: [...changes, ...changes] }),
  () => ({ changes: [null] }),
  () => ({ texts: [] }),
  () => ({ texts: [7] }),
  () => ({ tracker: 0 }),
  ({ findings }) => ({ findings: findings.map(({ length, ...rest }) => ({ ...rest, length: length + 1 })) }),
  () => ({ time: 0.5 }),
  () => ({ zone: undefined }),
];

/** One of the steps is another. */
export function harmed(events: readonly JournalEvent[], at: number, harm: (event: Changed) => object): JournalEvent[] {
  const changed = events.filter(event => event.kind === 'changed');
  const one = changed[at % Math.max(1, changed.length)];
  return events.map(event => (event === one ? ({ ...one, ...harm(one) } as JournalEvent) : event));
}

export function oneByOne(events: readonly JournalEvent[]): Folded {
  const replay = new Replay();
  const misfit = misfitOf(() => {
    for (const event of events) replay.apply(event);
  });
  return { replay, misfit };
}

/** The first event that does not fit, in words: behind it nothing does. */
export function misfitOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Misfit) return error.message;
    throw error;
  }
}

/** The events leave, folded, what they leave one by one, and stop where they stop. */
export function sameAsOneByOne(fold: Fold, events: readonly JournalEvent[], size: number): void {
  const [folded, applied] = [fold(events, size), oneByOne(events)];
  assert.deepEqual(folded.misfit, applied.misfit);
  assert.deepEqual(told(folded.replay), told(applied.replay));
}

/** Tests of what any way of folding events must leave. */
export function leavesTheSameState(fold: Fold): void {
  it('leave the state that they leave one by one: typing', () =>
    fc.assert(
      fc.property(typedStory, sizes, (story, size) => sameAsOneByOne(fold, story.events, size)),
      { numRuns: 300 },
    ));

  it('the same: any acts of several hands', () =>
    fc.assert(
      fc.property(randomStory, sizes, (story, size) => sameAsOneByOne(fold, story.events, size)),
      { numRuns: 100 },
    ));

  it('the same: undo, redo, many places at once', () =>
    fc.assert(
      fc.property(texts, histories(texts), sizes, (start, acts, size) =>
        sameAsOneByOne(fold, journalled(start, play(start, acts)), size),
      ),
      { numRuns: 200 },
    ));
}

/** As it was handed over. */
export function queued(event: JournalEvent): QueuedEvent {
  const { sequence: _sequence, session: _session, time, monotonic, zone, texts, ...body } = event;
  return { time, monotonic, zone, body, ...(texts && { texts }) };
}
