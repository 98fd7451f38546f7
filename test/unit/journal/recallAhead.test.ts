import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backUp } from '../../../src/journal/backup.ts';
import { RecallStore } from '../../../src/journal/recallStore.ts';
import { initial, Workroom } from '../../support/workroom.ts';

describe('the index of text that returns, ahead of its journal', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => room.clear());

  const early = 'What stood there when the copy was made, and stays.\n';
  const late = 'What came after the copy and is lost with the journal that had it.\n';
  const recorded = async (name: string, text: string) => {
    room.write(name, text);
    const writer = await room.writer();
    await writer.baseline([name], initial, 'baseline');
    await writer.close();
    return writer;
  };
  const known = (file: string, journal: string) => {
    const store = RecallStore.open(join(dirname(file), 'recall.sqlite'), journal);
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    const counts = [early, late].map(text => store.wholes(digest(text)).length);
    store.close();
    return counts;
  };

  it('is made again when the journal was taken back: no lost serial is found', async () => {
    const { file, journal } = room.consent();
    await recorded('early.md', early);
    await backUp(file, join(room.home, 'early'));
    await recorded('late.md', late);
    assert.deepEqual(known(file, journal), [1, 1]);
    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
    copyFileSync(join(room.home, 'early'), file);
    room.remove('late.md');
    await recorded('early.md', early);
    assert.deepEqual(known(file, journal), [1, 0]);
  });
});
