import type { AgentRecords } from './agent.ts';
import { withholdSecrets } from './secrets.ts';

/**
 * Records whose prompts and answers are without the secrets that were in them, each with how many these were. Edits stay
 * as they are: their texts are compared with files. Again on the result it changes nothing.
 */
export function withoutSecrets(records: AgentRecords): AgentRecords {
  return { ...records, prompts: records.prompts.map(without), answers: records.answers.map(without) };
}

/** A text without its secrets, and how many these were, where there are any: as a prompt or an answer has it. */
export function withheldIn(said: string): { readonly text: string; readonly withheld?: number } {
  const { text, count } = withholdSecrets(said);
  return count === 0 ? { text } : { text, withheld: count };
}

function without<T extends { readonly text: string; readonly withheld?: number }>(said: T): T {
  const { text, withheld } = withheldIn(said.text);
  return withheld === undefined ? said : { ...said, text, withheld: (said.withheld ?? 0) + withheld };
}
