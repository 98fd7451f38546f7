import type { EventKind } from './event.ts';

/** Events that are a prompt, or say what became of one. */
const ofPrompts: ReadonlySet<EventKind> = new Set<EventKind>([
  'prompt',
  'promptNote',
  'answer',
  'agentEdit',
  'decision',
  'resolution',
  'redaction',
]);

/** Whether an event of this kind is a prompt, or says what became of one. */
export function isOfPrompts(kind: EventKind): boolean {
  // Most are changes: they cost one comparison.
  return kind !== 'changed' && ofPrompts.has(kind);
}
