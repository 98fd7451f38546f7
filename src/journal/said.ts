import { sameOrigin, unknown } from '../provenance/origin.ts';
import type { EventBody } from './event.ts';
import type { Replay } from './replay.ts';

/**
 * Whether the journal says this already: two windows read the same agents' records, and each finds the same
 * prompts, edits and resolutions in them; and both ask git.
 */
export function isSaid({ prompts, edits, commits, origins, actors }: Replay, body: EventBody): boolean {
  if (body.kind === 'prompt') return prompts.has(body.id);
  if (body.kind === 'agentEdit') return edits.has(body.id);
  if (body.kind === 'commit') return commits.has(body.id);
  if (body.kind !== 'resolution') return false;
  if (body.acts?.some(act => !sameOrigin(actors.get(act) ?? unknown, body.origin))) return false;
  for (const { origin } of origins.walk(body.ranges)) {
    if (!sameOrigin(origin, body.origin)) return false;
  }
  return true;
}
