import assert from 'node:assert/strict';
import type { EventKind } from '../../../src/journal/event.ts';
import { eventKinds } from '../../../src/journal/eventKinds.ts';
import { Heard } from '../../../src/journal/heard.ts';

describe('what a writer hears of its own events', () => {
  it('is of prompts where they are, or tell what became of one: never of a keystroke, nor of a save', () => {
    const heard = new Heard();
    const told: string[] = [];
    for (const kind of eventKinds as ReadonlySet<EventKind>) {
      heard.onPrompts.clear();
      heard.onPrompts.add(() => told.push(kind));
      heard.handed(kind);
    }
    assert.deepEqual(
      told.sort(),
      ['agentEdit', 'answer', 'decision', 'prompt', 'promptNote', 'redaction', 'resolution'].sort(),
    );
  });
});
