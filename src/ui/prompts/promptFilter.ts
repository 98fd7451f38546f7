import type { PromptEntry } from '../../evidence/register.ts';

/** Which prompts are shown; a field that is absent asks nothing. */
export interface PromptFilter {
  readonly agent?: string;
  /** Null: those whose model is not recorded. */
  readonly model?: string | null;
  /** Whether text was put in because of them. */
  readonly led?: boolean;
  readonly marked?: true;
  readonly noted?: true;
  /** Words that stand in the prompt or in its note, letter case aside. */
  readonly words?: string;
}

export type Filtered = Pick<PromptEntry, 'agent' | 'model' | 'inserted' | 'protect' | 'note' | 'text'>;

export function isShown(entry: Filtered, filter: PromptFilter): boolean {
  const { agent, model, led, marked, noted, words } = filter;
  return (
    (agent === undefined || entry.agent === agent) &&
    (model === undefined || entry.model === model) &&
    (led === undefined || entry.inserted > 0 === led) &&
    (marked === undefined || entry.protect === 'yes') &&
    (noted === undefined || entry.note !== null) &&
    (words === undefined || holds(entry, words.toLowerCase()))
  );
}

export function asksNothing(filter: PromptFilter): boolean {
  return Object.keys(filter).length === 0;
}

function holds({ text, note }: Filtered, words: string): boolean {
  return text.toLowerCase().includes(words) || (note?.text.toLowerCase().includes(words) ?? false);
}
