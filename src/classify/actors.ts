import type { Actor } from '../provenance/origin.ts';
import type { Classified } from './classify.ts';
import type { Step } from './step.ts';

const unknown: Actor = { kind: 'unknown', basis: 'none', rule: 'none' };
const person = (basis: Actor['basis'], rule: string): Actor => ({ kind: 'typed', basis, rule });

/**
 * Who did what the step did to text that was there, the strongest sign first: the editor's own word, then who made
 * what came in its place (`found`: the findings of the new characters), then, where nothing new came, that it was
 * what the person had selected or what stood beside the caret. Undo and paste are acts of a person, whoever wrote the
 * text. What nothing tells is `unknown`. No character's origin may be told from it.
 */
export function actorOf({ observation, replacements }: Step, found: Classified): Actor {
  const { by, reason, transfer, selection, removes } = observation;
  if (by === 'reload' || by === 'watcher') return { kind: 'external.disk', basis: 'inferred', rule: `disk.${by}` };
  if (by !== 'editor') return unknown;
  if (reason) return person('asserted', reason);
  if (transfer?.equal) return person('asserted', transfer.how);
  const made = found.flat();
  const maker = made.find(({ origin }) => origin.kind !== 'unknown')?.origin;
  if (maker) return { kind: maker.kind, basis: maker.basis, rule: maker.rule };
  if (made.length > 0) return unknown;
  const granted = grantedActor(observation.detailedReason);
  if (granted) return granted;
  if (!removes || observation.mark || observation.saving || transfer) return unknown;
  const only = replacements.every(r => r.inserted === '');
  return selection === 'keyboard' && only ? person('asserted', 'keyboard') : person('inferred', removes);
}

/** Kinds of VS Code's own reason `cursor` that keys and the clipboard make. */
const keys: readonly unknown[] = ['type', 'paste', 'cut', 'compositionType', 'compositionEnd'];

function grantedActor(reason: Step['observation']['detailedReason']): Actor | undefined {
  if (reason?.source !== 'cursor') return undefined;
  // A command may have been run by a key, the palette or an extension: the reason does not say.
  return keys.includes(reason.metadata.kind) ? person('asserted', 'reason.cursor') : undefined;
}
