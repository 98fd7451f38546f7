import type { Agent } from '../agent.ts';
import { type RecordState, recordFiles, recordName, sameState } from './recordFiles.ts';
import type { Remembered } from './remembered.ts';

export interface UnreadOptions {
  /** Records that have not changed since (ms since 1970 UTC) tell nothing. */
  readonly since: number;
  readonly remembered: Remembered;
  /** Names of records at which a thread has ended twice. */
  readonly deadly: readonly string[];
  readonly failed: (place: string, error: unknown) => void;
}

/** Which records have something that has not been read. Mutable. */
export class Unread {
  readonly #options: UnreadOptions;
  readonly #states = new Map<string, RecordState>();
  readonly #deadly: ReadonlySet<string>;

  constructor(options: UnreadOptions) {
    this.#options = options;
    this.#deadly = new Set(options.deadly);
  }

  /** Record files of a place, oldest first, that have changed since they were read. */
  async in(agent: Agent, place: string): Promise<readonly RecordState[]> {
    const states = await this.all(agent, place, this.#options.since);
    return states.filter(
      state => !sameState(this.#states.get(recordName(agent, state.file)), state) && !this.#knows(agent, state),
    );
  }

  /** All of a place that have changed since then (ms since 1970 UTC); none of one that cannot be read, which is told. */
  async all(agent: Agent, place: string, since = 0): Promise<readonly RecordState[]> {
    try {
      return await recordFiles(agent, place, since);
    } catch (error) {
      this.#options.failed(place, error);
      return [];
    }
  }

  /** Reading the record ends the thread: it is left as it is for this session, and for others while it is the same. */
  isDeadly(agent: Agent, state: RecordState): boolean {
    const name = recordName(agent, state.file);
    const deadly = this.#deadly.has(name) || this.#options.remembered.isDeadly(name, state);
    if (deadly) this.#options.remembered.deadly(name, state);
    return deadly;
  }

  /** It has been looked at; what it has got since then is found by the next look. */
  seen(agent: Agent, state: RecordState): void {
    this.#states.set(recordName(agent, state.file), state);
  }

  #knows(agent: Agent, state: RecordState): boolean {
    const known = !this.#states.has(recordName(agent, state.file)) && this.#options.remembered.has(state);
    if (known) this.seen(agent, state);
    return known;
  }
}
