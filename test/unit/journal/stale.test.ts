import assert from 'node:assert/strict';
import { Journal } from '../../../src/journal/journal.ts';
import { Desk } from '../../support/desk.ts';
import { Workroom } from '../../support/workroom.ts';

const before = 'The keeper wound the clock every evening at six.';
const after = 'The keeper wound the clock every morning at six.';

describe('a text that a keyframe names and that cannot be had', () => {
  let room: Workroom;
  let desk: Desk;
  let journal: Journal;
  beforeEach(() => {
    room = new Workroom();
    const { file } = room.consent();
    desk = new Desk(room);
    desk.write(room, 'a.md', 'something');
    desk.write(room, 'a.md', before);
    desk.journal.keepFrame(0);
    journal = Journal.open(file);
    assert.ok(journal.frames.size > 0 && journal.seen === undefined);
    journal.takeIn();
  });
  afterEach(async () => {
    journal.close();
    desk.leave();
    await room.clear();
  });

  const text = () => journal.read(replay => replay.at('a.md')?.text);

  it('because newer keyframes came is read from the newest', () => {
    for (let n = 0; n < 3; n++) {
      desk.write(room, 'a.md', `${after} ${n}`);
      desk.journal.keepFrame(0);
    }
    journal.takeIn();
    assert.equal(text(), `${after} 2`);
  });

  describe('because it is damaged', () => {
    beforeEach(() => {
      desk.journal.database.connection.exec("UPDATE body SET bytes = x'00'");
    });

    it('is read from the events', () => assert.equal(text(), before));

    it('is no problem where another window changes it', () => {
      desk.write(room, 'a.md', after);
      journal.takeIn();
      assert.equal(text(), after);
    });
  });
});
