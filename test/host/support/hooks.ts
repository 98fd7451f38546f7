import assert from 'node:assert/strict';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { journals } from './faults.ts';

/** The gaps in the window's only journal by now, each as its reason and its note. */
export function gaps(): string[] {
  return recorded(event => (event.kind === 'gap' ? `${event.reason} ${event.note ?? ''}` : undefined));
}

/** The prompts in it, in the order in which they were taken in. */
export function prompts(): string[] {
  return recorded(event => (event.kind === 'prompt' ? event.texts?.[0] : undefined));
}

/** The ids of all prompts and edits in it. */
export function given(): string[] {
  return recorded(event => (event.kind === 'prompt' || event.kind === 'agentEdit' ? event.id : undefined));
}

function recorded(of: (event: JournalEvent) => string | undefined): string[] {
  const [file, ...others] = journals();
  assert.ok(file !== undefined && others.length === 0, 'one journal');
  const reader = openJournal(file);
  try {
    return [...reader.events()].flatMap(event => of(event) ?? []);
  } finally {
    reader.close();
  }
}
