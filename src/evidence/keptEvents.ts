import type { EventKind, JournalEvent } from '../journal/event.ts';

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<JournalEvent, { readonly kind: K }>;

// biome-ignore format: a list
const keptKinds = [
  'started', 'consent', 'session', 'sessionEnd', 'paused', 'resumed', 'key', 'skipped', 'gap', 'prompt', 'promptNote',
  'answer', 'agentEdit', 'decision', 'commit', 'resolution', 'repeats', 'redaction', 'exhibit',
  'exhibitRemoved', 'milestone', 'review', 'restriction', 'notice', 'label', 'exported',
] as const satisfies readonly EventKind[];

/** A kind of which a report looks at every event. */
export type KeptKind = (typeof keptKinds)[number];

/** No event of any kind yet. */
export function keptNothing(): { [K in KeptKind]: EventOf<K>[] } {
  return Object.fromEntries(keptKinds.map(kind => [kind, []])) as unknown as ReturnType<typeof keptNothing>;
}
