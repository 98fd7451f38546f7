import assert from 'node:assert/strict';
import { Journal } from '../../../src/journal/journal.ts';
import { stampNow } from '../../../src/journal/stamp.ts';
import { Workroom } from '../../support/workroom.ts';

describe('what other processes have appended', () => {
  it('is taken in though one more appends between the question and the reading', async () => {
    const room = new Workroom();
    try {
      const { file } = room.consent();
      const [one, other] = [Journal.open(file), Journal.open(file)];
      const append = () =>
        other.append(turn => turn.push(0, stampNow(), { kind: 'gap', reason: 'shadow', note: 'from elsewhere' }));
      append();
      const { database } = one;
      const head = database.head.bind(database);
      database.head = () => {
        const asked = head();
        append();
        return asked;
      };
      one.takeIn();
      database.head = head;
      assert.equal(one.seen?.size, head().size - 1);
      one.takeIn();
      assert.equal(one.seen?.size, head().size);
      one.close();
      other.close();
    } finally {
      await room.clear();
    }
  });
});
