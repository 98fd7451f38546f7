import type { Agent, AgentRecords } from '../agent.ts';
import { LeftOut } from './leftOut.ts';
import { type RecordState, recordName } from './recordFiles.ts';
import type { Told } from './remembered.ts';
import { type Silence, Silences } from './silences.ts';

type Name = Pick<Agent, 'name' | 'ids'>;

/**
 * What of a tool's records was done while it was listened to: nothing of the time in which it was switched off, though
 * it be read later. Of a record that does not say when, all is left out that it had when listening began. Mutable.
 */
export class Hearing {
  readonly #silences: Silences;
  readonly #leftOut: LeftOut;
  /** Since when each such tool is listened to, and its records that were there then and have not been read since. */
  readonly #begun: Map<string, number>;
  readonly #old: Set<string>;

  /** `began`: nothing of before is taken, of any tool (ms since 1970 UTC). */
  constructor(silences: readonly Silence[], began: number, { leftOut, begun, old }: Told) {
    this.#silences = new Silences(silences, began);
    this.#leftOut = new LeftOut(leftOut);
    this.#begun = new Map(begun);
    this.#old = new Set(old);
  }

  /** What is to be remembered until the next session. */
  get told(): Pick<Told, 'leftOut' | 'begun' | 'old'> {
    return { leftOut: this.#leftOut.kept, begun: [...this.#begun], old: [...this.#old] };
  }

  /** Whether it must be said which records the tool has now: listening to it begins. */
  begins({ name, undated }: Agent): boolean {
    return undated !== undefined && (this.#begun.get(name) ?? 0) < this.#silences.since(name);
  }

  /** These are all the records that the tool has. Gives those that are to be read over. */
  begin(agent: Agent, records: readonly RecordState[]): readonly RecordState[] {
    const since = this.#silences.since(agent.name);
    const old = records.filter(({ file, made = 0 }) => agent.undated?.(file) && made < since);
    for (const { file } of old) this.#old.add(recordName(agent, file));
    this.#begun.set(agent.name, since);
    return old;
  }

  /** Whether all that the record has now may be of when nobody was to listen; it is read now. */
  isOld(agent: Agent, file: string): boolean {
    return this.#old.delete(recordName(agent, file));
  }

  /** `leave`: nothing of it is taken, now or later. */
  of({ name }: Name, records: AgentRecords, leave: boolean): AgentRecords {
    if (leave) this.#leftOut.add(records);
    return this.#leftOut.without(within(records, ({ time }) => this.#silences.heard(name, time)));
  }

  /** A hook speaks for all stores of its tool: `tools` are those that are listened to. */
  ofHook(records: AgentRecords, tools: readonly Name[]): AgentRecords {
    return within(records, ({ agent, time }) =>
      tools.some(({ name, ids = name }) => ids === agent && this.#silences.heard(name, time)),
    );
  }
}

interface Act {
  readonly agent: string;
  readonly time: number;
}

function within(records: AgentRecords, heard: (act: Act) => boolean): AgentRecords {
  const { prompts, answers, edits, decisions } = records;
  const of = <T extends Act>(all: readonly T[]) => all.filter(heard);
  return { ...records, prompts: of(prompts), answers: of(answers), edits: of(edits), decisions: of(decisions) };
}
