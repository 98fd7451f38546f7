import type { DeclaredPrompt } from './line.ts';

/** What the form sends, or nothing if it is not that. */
export function readPrompt(message: unknown): DeclaredPrompt | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { agent, model, text, answer } = message as Readonly<Record<string, unknown>>;
  if (typeof agent !== 'string' || typeof model !== 'string' || typeof text !== 'string') return undefined;
  if (typeof answer !== 'string') return undefined;
  if (agent.trim() === '' || text.trim() === '') return undefined;
  return {
    agent: agent.trim(),
    text,
    ...(model.trim() === '' ? {} : { model: model.trim() }),
    ...(answer.trim() === '' ? {} : { answer }),
  };
}
