import type { Agent, AgentReader } from '../agent.ts';
import type { Machine } from '../reading/machine.ts';
import { recordName } from './recordFiles.ts';

/** Readers that keep their place; of a record whose reader was dropped all is read again, and given once. */
const most = 300;

/** The readers of records, each at its place. The one that was used last stays longest. Mutable. */
export class OpenReaders {
  readonly #machine: Machine;
  readonly #all = new Map<string, AgentReader>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  of(agent: Agent, file: string): AgentReader {
    const name = recordName(agent, file);
    const reader = this.#all.get(name) ?? agent.reader(file, this.#machine);
    this.#all.delete(name);
    this.#all.set(name, reader);
    if (this.#all.size > most) this.#all.delete(this.#all.keys().next().value!);
    return reader;
  }

  drop(agent: Agent, file: string): void {
    this.#all.delete(recordName(agent, file));
  }
}
