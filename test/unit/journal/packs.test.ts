import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JournalDatabase } from '../../../src/journal/database.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { Packs, pack, type TailRow } from '../../../src/journal/packs.ts';
import { JournalError } from '../../../src/journal/problem.ts';
import { runningLink } from '../../../src/journal/segment.ts';
import { Workroom } from '../../support/workroom.ts';

describe('the tail of a journal', () => {
  let room: Workroom;
  const opened: JournalDatabase[] = [];
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => {
    for (const database of opened.splice(0)) database.close();
    return room.clear();
  });

  const create = (): JournalDatabase => {
    const database = JournalDatabase.create(`${room.home}-${opened.length}`, 'work');
    opened.push(database);
    return database;
  };

  const event = (sequence: number, note = ''): JournalEvent => {
    const head = { sequence, time: sequence, monotonic: sequence, zone: 0, session: 1 };
    return { ...head, kind: 'gap', reason: 'shadow', note: `${sequence}${note}` };
  };

  /** As the journal does it: head, packs, head again. */
  const append = (database: JournalDatabase, packs: Packs, count: number, note = ''): void =>
    database.transaction(() => {
      const head = database.head();
      const events = Array.from({ length: count }, (_, i) => event(head.size + i, note));
      database.setHead({ ...head, link: packs.append(events, head.size, head.link), size: head.size + count });
    });

  const rows = (packs: Packs): string[] =>
    packs.tail().map(({ first, count, bytes, link }: TailRow) => {
      return `${first}+${count} ${Buffer.from(bytes).toString('hex')} ${Buffer.from(link).toString('hex')}`;
    });

  const notes = (packs: Packs): string[] => [...packs.events()].map(one => (one.kind === 'gap' ? one.note! : ''));

  it('is the same whoever appended it, one process or two, and whatever was rolled back', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ count: fc.integer({ min: 1, max: 90 }), by: fc.nat(2) }), { minLength: 4, maxLength: 16 }),
        acts => {
          const shared = create();
          const both = [new Packs(shared), new Packs(shared)] as const;
          const total = acts.reduce((sum, { by, count }) => sum + (by === 2 ? 0 : count), 0);
          for (const { count, by } of acts) {
            if (by < 2) append(shared, both[by as 0 | 1], count);
            else {
              assert.throws(() =>
                shared.transaction(() => {
                  const { size, link } = shared.head();
                  const lost = Array.from({ length: count }, (_, i) => event(size + i, ' never'));
                  both[0].append(lost, size, link);
                  throw new RangeError('rolled back');
                }),
              );
            }
          }
          const alone = create();
          const fresh = new Packs(alone);
          for (let at = 0; at < total; at += pack) append(alone, fresh, Math.min(pack, total - at));
          assert.deepEqual(notes(both[1]), notes(fresh));
          assert.deepEqual(
            rows(both[0]).filter(row => row.includes(`+${pack} `)),
            rows(fresh).filter(row => row.includes(`+${pack} `)),
            'full packs are the same bytes, with the same links',
          );
          assert.equal(total === 0 ? 0 : both[0].tail().at(-1)!.first + both[0].tail().at(-1)!.count, total);
        },
      ),
      { numRuns: 15 },
    ));

  it('that was changed behind its links is not packed anew', () => {
    const database = create();
    append(database, new Packs(database), 10);
    const change = database.connection.prepare('UPDATE tail SET bytes = ? WHERE first = 0');
    const [row] = new Packs(database).tail() as [TailRow];
    const bytes = Buffer.from(row.bytes);
    bytes[bytes.indexOf('"9"') + 1] = 0x38;
    change.run(bytes);
    assert.notDeepEqual(runningLink(new Uint8Array(32), bytes), row.link);
    assert.throws(() => append(database, new Packs(database), pack), JournalError);
  });

  it('is packed from what was appended, where nobody reads it again', () => {
    const database = create();
    const packs = new Packs(database);
    append(database, packs, 10);
    database.connection.prepare('UPDATE tail SET bytes = zeroblob(9) WHERE first = 0').run();
    append(database, packs, pack - 10);
    assert.equal(notes(packs).length, pack);
  });
});
