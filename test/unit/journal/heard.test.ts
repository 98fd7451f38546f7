import assert from 'node:assert/strict';
import type { EventKind } from '../../../src/journal/event.ts';
import { eventKinds } from '../../../src/journal/eventKinds.ts';
import { Heard } from '../../../src/journal/heard.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { stampNow } from '../../../src/journal/stamp.ts';
import { lf, Workroom } from '../../support/workroom.ts';

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

describe('what a writer hears of other processes', () => {
  const room = new Workroom();
  const about = { agent: 'claude-code', conversation: 'c', asked: Date.UTC(2026, 0, 2), by: 'record' } as const;
  after(() => room.clear());

  it('is of prompts that they have written, once a look, and of nothing else', async () => {
    const { file } = room.consent();
    const writer = await room.writer();
    let heard = 0;
    const next = () => new Promise<void>(resolve => writer.onPrompts(resolve));
    writer.onPrompts(() => heard++);
    const first = next();
    const other = Journal.open(file);
    other.append(turn => turn.push(0, stampNow(), { kind: 'gap', reason: 'shadow', note: 'from elsewhere' }));
    // What the others have written is taken in before it.
    await writer.openDocument({ tracker: 1, path: 'a.md', text: '', format: lf, ...opened });
    assert.equal(heard, 0);
    other.append(turn => {
      for (const id of ['a', 'b']) turn.push(0, stampNow(), { kind: 'prompt', id, ...about }, [id]);
    });
    await first;
    assert.equal(heard, 1);
    const second = next();
    other.append(turn => turn.push(0, stampNow(), { kind: 'promptNote', prompt: 'a', protect: true }, ['Mine.']));
    await second;
    other.close();
  });
});

const opened = {
  origin: { kind: 'initial', basis: 'asserted', rule: 'baseline' },
  observation: { by: 'open' },
} as const;
