import type { EventBody } from './event.ts';
import type { Replay } from './replay.ts';

/**
 * Whether the journal says this already: two windows read the same agents' records, and each finds the same
 * prompts, edits and resolutions in them.
 */
export function isSaid({ prompts, edits, origins }: Replay, body: EventBody): boolean {
  if (body.kind === 'prompt') return prompts.has(body.id);
  if (body.kind === 'agentEdit') return edits.has(body.id);
  if (body.kind !== 'resolution') return false;
  const { kind, basis, rule, prompt } = body.origin;
  for (const { origin } of origins.walk(body.ranges)) {
    if (origin.kind !== kind || origin.basis !== basis || origin.rule !== rule || origin.prompt !== prompt)
      return false;
  }
  return true;
}
