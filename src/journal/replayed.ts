import type { Placement } from '../provenance/origin.ts';
import type { JournalEvent } from './event.ts';

/** An event of one kind. */
export type Of<K extends JournalEvent['kind']> = Extract<JournalEvent, { kind: K }>;

/** An event that does not fit the state which the events before it made. */
export class Misfit extends Error {
  readonly sequence: number;

  constructor(sequence: number, message: string, cause?: unknown) {
    super(`event ${sequence}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'Misfit';
    this.sequence = sequence;
  }
}

/** One window's stretch of work. */
export interface SessionState {
  readonly number: number;
  readonly opened: Of<'session'>;
  /** Sequence of its end, or of the gap that notes its crash; undefined while it may be running. */
  ended: number | undefined;
  /** Time of the last event it wrote. */
  last: number;
}

/** An act that put known characters in place. */
export interface Placing {
  readonly placement: Placement;
  /** Its event. */
  readonly act: number;
}
