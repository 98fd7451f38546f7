import assert from 'node:assert/strict';
import { Desk } from '../../support/desk.ts';
import { Workroom } from '../../support/workroom.ts';

const said = 'The keeper wound the clock every evening at six, and the harbour set its watches by him.';
const more = ' So it went on, year after year, until nobody knew who had begun it, or why it was done.';

describe('echoes that are looked for while another window types', () => {
  let room: Workroom;
  let desk: Desk;
  let other: Desk;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
    desk = new Desk(room);
    other = new Desk(room);
    desk.open('a.md');
    other.open('a.md');
  });
  afterEach(async () => {
    desk.leave();
    other.leave();
    await room.clear();
  });

  /** Lets the other window act whenever this one's thread is about to ask the journal for its size. */
  function meanwhile(act: () => void): () => void {
    const { database } = desk.journal;
    const head = database.head.bind(database);
    database.head = () => {
      if (!database.connection.inTransaction) act();
      return head();
    };
    return () => {
      database.head = head;
    };
  }

  const marked = () => desk.replay.repeats.flatMap(({ ranges }) => ranges).reduce((n, { length }) => n + length, 0);
  const answer = () =>
    desk.record({ kind: 'answer', id: 'c:1:m', agent: 'c', conversation: '1', answered: desk.now - 60_000 }, [said]);

  it('are found in its text as it stands, though it becomes shorter at every question', () => {
    answer();
    other.type('a.md', 0, said + more);
    other.save(room, 'a.md');
    desk.journal.takeIn();
    let removals = 0;
    const rest = meanwhile(() => {
      const text = other.text('a.md');
      if (text.length <= said.length) return;
      removals++;
      other.remove('a.md', text.slice(-3));
    });
    desk.rest();
    rest();
    assert.ok(removals > 3, `${removals}`);
    assert.equal(marked(), said.length);
  });

  for (let question = 1; question < 12; question++)
    it(`are found in what it types at question ${question}, once it is saved`, () => {
      answer();
      other.type('a.md', 0, more);
      other.save(room, 'a.md');
      desk.journal.takeIn();
      let asked = 0;
      const rest = meanwhile(() => {
        if (++asked === question) other.type('a.md', 0, said);
      });
      desk.rest();
      rest();
      if (asked < question) other.type('a.md', 0, said);
      other.save(room, 'a.md');
      desk.journal.takeIn();
      desk.rest();
      assert.equal(marked(), said.length);
    });
});
