import { type DecidedEdit, decidedEdits, type EditCounting, type EditCounts, noEdits } from './agentEdits.ts';
import type { HandCounts } from './flow.ts';
import type { RegisterPart } from './register.ts';
import { distinct } from './retained.ts';

/** What a prompt led to. Characters are code points, each counted once. */
export interface Outcome {
  /** Ever put in because of it. */
  readonly inserted: number;
  /** Of these, those that stand: `unaltered` and `altered` together. */
  readonly retained: number;
  /** They stand in sentences (in code: lines) inside which nothing of the same piece was taken out and no ink put in later. */
  readonly unaltered: number;
  /** They stand in the others. */
  readonly altered: number;
  /** Of those ever put in, those that stand no more. */
  readonly removed: number;
  /** Of those, by whose hand each was taken out of a text last; of others, such as those of a deleted file, nothing is told. */
  readonly removedBy: HandCounts;
  readonly edits: EditCounts;
  /** Answers in words that are on record. */
  readonly answers: number;
}

/** The outcomes of one journal's prompts. */
export class Outcomes {
  readonly #part: Pick<RegisterPart, 'flow' | 'retained' | 'acts'>;
  readonly #altered = new Map<string, number>();
  readonly #edits = new Map<string, EditCounting>();
  readonly #answers = new Map<string, number>();

  constructor(part: RegisterPart) {
    const { chronicle, prompted } = part;
    this.#part = part;
    // A run that was copied counts as altered where one of its copies is.
    for (const { prompt, serial, length } of distinct(prompted.flatMap(({ altered }) => altered))) {
      count(this.#altered, prompt, chronicle.insertions.characters(serial, length));
    }
    for (const { prompt } of chronicle.kept.answer) if (prompt !== undefined) count(this.#answers, prompt, 1);
    this.#countEdits(decidedEdits(chronicle));
  }

  of(id: string): Outcome {
    const inserted = this.#part.flow.prompts.get(id) ?? 0;
    const retained = this.#part.retained.prompts.get(id) ?? 0;
    const altered = Math.min(retained, this.#altered.get(id) ?? 0);
    return {
      inserted,
      retained,
      unaltered: retained - altered,
      altered,
      // Text may have come here from a file that is not among those that are reported.
      removed: Math.max(0, inserted - retained),
      removedBy: { ...this.#part.acts.prompts.get(id) },
      edits: { ...(this.#edits.get(id) ?? noEdits()) },
      answers: this.#answers.get(id) ?? 0,
    };
  }

  /** Whether anything came of the prompt that the person can have seen. */
  led(id: string): boolean {
    return (this.#part.flow.prompts.get(id) ?? 0) > 0 || this.#answers.has(id) || this.#edits.has(id);
  }

  #countEdits(edits: readonly DecidedEdit[]): void {
    for (const {
      edit: { prompt },
      outcome,
    } of edits) {
      if (prompt === undefined) continue;
      const counts = this.#edits.get(prompt) ?? noEdits();
      counts.made++;
      if (outcome !== undefined) counts[outcome]++;
      this.#edits.set(prompt, counts);
    }
  }
}

function count(counts: Map<string, number>, key: string, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}
