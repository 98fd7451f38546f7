import assert from 'node:assert/strict';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { disk, initial, Workroom } from '../../support/workroom.ts';

describe('a change from outside that is too much to compare to the end', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  /** What the journal says of how the change was seen, after a program wrote `next` over `text`. */
  async function seen(text: string, next: string): Promise<Extract<JournalEvent, { kind: 'changed' }>> {
    room.write('a.txt', text);
    const writer = await room.writer();
    await writer.baseline(['a.txt'], initial, 'baseline');
    room.write('a.txt', next);
    await writer.outside('a.txt', { by: 'watcher' }, disk);
    await room.close();
    const changed = room.read(reader => [...reader.events()].filter(event => event.kind === 'changed'));
    assert.equal(changed.length, 1);
    return changed[0]!;
  }

  it('is said to be compared coarsely', async () => {
    // Two lines by turns, out of step again and again: nothing stands once, and everything is alike.
    const next = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 'y\n' : 'x\n') + 'x\ny\n'.repeat(600));
    assert.equal((await seen('x\ny\n'.repeat(180_000), next.join(''))).observation.coarse, true);
  });

  it('and any other is not', async () => {
    assert.equal((await seen('one two\nthree\n', 'one four\nthree\n')).observation.coarse, undefined);
  });
});
