import type { EventBody } from './event.ts';

/** Kinds of events that say what an AI tool's record says: once, however many windows read it. */
export type RecordKind = 'prompt' | 'answer' | 'agentEdit' | 'decision';

/** What tells a record's event from all others. */
export type RecordName =
  | { readonly kind: Exclude<RecordKind, 'decision'>; readonly id: string }
  | Pick<Extract<EventBody, { kind: 'decision' }>, 'kind' | 'edit' | 'outcome'>;

/** A string of its own for each name. Outcomes have no spaces. */
export function recordKey(name: RecordName): string {
  return name.kind === 'decision' ? `decision ${name.outcome} ${name.edit}` : `${name.kind} ${name.id}`;
}

export function isRecord<T extends EventBody>(body: T): body is Extract<T, { kind: RecordKind }> {
  const { kind } = body;
  return kind === 'prompt' || kind === 'answer' || kind === 'agentEdit' || kind === 'decision';
}
