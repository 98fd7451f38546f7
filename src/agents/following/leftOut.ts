import type { AgentRecords } from '../agent.ts';

/** Those that are remembered; the oldest go first. */
const most = 50_000;

interface Acts {
  readonly prompts: readonly { readonly id: string }[];
  readonly answers: readonly { readonly id: string }[];
  readonly edits: readonly { readonly id: string }[];
}

/**
 * What was asked, answered and written while nobody was to listen, of records that do not say when: by their ids, so that
 * it is not taken either when the record is read again. Mutable.
 */
export class LeftOut {
  readonly #ids: Set<string>;

  constructor(kept: readonly string[]) {
    this.#ids = new Set(kept);
  }

  get kept(): readonly string[] {
    return [...this.#ids];
  }

  add({ prompts, answers, edits }: Acts): void {
    for (const { id } of [...prompts, ...answers, ...edits]) this.#ids.add(id);
    for (const id of this.#ids) {
      if (this.#ids.size <= most) break;
      this.#ids.delete(id);
    }
  }

  /** The rest. */
  without(records: AgentRecords): AgentRecords {
    if (this.#ids.size === 0) return records;
    const { prompts, answers, edits, decisions } = records;
    const others = <T extends { readonly id: string }>(all: readonly T[]) => all.filter(({ id }) => !this.#ids.has(id));
    const left = { prompts: others(prompts), answers: others(answers), edits: others(edits) };
    return { ...records, ...left, decisions: decisions.filter(({ edit }) => !this.#ids.has(edit)) };
  }
}
