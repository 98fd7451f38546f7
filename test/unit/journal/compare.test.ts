import assert from 'node:assert/strict';
import { align } from '../../../src/text/diff.ts';
import { Workroom } from '../../support/workroom.ts';

describe('a comparison in the worker', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => room.clear());

  it('is that of the thread, of any texts, and the journal knows nothing of it', async () => {
    room.consent();
    const writer = await room.writer();
    const long = 'A line with some words in it.\n'.repeat(20_000);
    for (const [before, after] of [
      ['', 'a'],
      ['one two three', 'one 2 three'],
      ['\ud800 lone', '\udc00 lone \ud83d'],
      [long, `${long.replaceAll('some', 'other')}end`],
    ] as const) {
      assert.deepEqual(await writer.compare(before, after), align(before, after));
    }
    await writer.flush();
    room.read(reader => assert.ok([...reader.events()].every(({ kind }) => kind !== 'changed')));
  });
});
