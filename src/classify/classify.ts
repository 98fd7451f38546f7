import { type Placement, unknown } from '../provenance/origin.ts';
import { type Part, type Rule, rules } from './rules.ts';
import type { Step } from './step.ts';

/** What each replacement's inserted text is taken to be: for each, parts whose lengths add up to it. */
export type Classified = readonly (readonly Part[])[];

/**
 * Asks the rules in order, the strongest first. What no rule knows is `unknown`: nothing here answers `typed` by default.
 */
export function classify(step: Step, ladder: readonly Rule[] = rules): Classified {
  for (const rule of ladder) {
    const parts = rule(step);
    if (parts) return step.replacements.map(r => (r.inserted === '' ? [] : parts(r)));
  }
  return step.replacements.map(r => (r.inserted === '' ? [] : [{ length: r.inserted.length, origin: unknown }]));
}

/** How characters that are already known came to stand where the step put them. */
export function placementOf({ observation }: Pick<Step, 'observation'>): Placement {
  if (observation.reason) return observation.reason;
  if (observation.transfer) return observation.transfer.how;
  if (observation.by === 'reload' || observation.by === 'watcher') return 'reload';
  if (observation.by !== 'editor') return 'resync';
  if (observation.saving || observation.mark?.startsWith('editor.action.format')) return 'format';
  // A step of the editor's that brings no text from elsewhere has moved its own.
  return 'move';
}
