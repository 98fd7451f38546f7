import assert from 'node:assert/strict';
import { Baseline } from '../../../src/journal/baseline.ts';
import { type Opening, openSession } from '../../../src/journal/opening.ts';
import { isOurs, JournalError, type JournalProblem, passes } from '../../../src/journal/problem.ts';
import { Desk } from '../../support/desk.ts';
import { initial, Workroom } from '../../support/workroom.ts';

const said = 'The keeper wound the clock every evening at six, and the harbour set its watches by him.';

describe('a bug of ours', () => {
  it('is neither the disk’s nor SQLite’s, and what waits is tried again', () => {
    const { problem } = JournalError.from(new RangeError('0-147 is not in a text of 136'), 'j');
    assert.equal(problem.code, 'internal');
    assert.match(problem.detail ?? '', /^RangeError: 0-147 is not in a text of 136\n +at /);
    assert.ok(passes('internal'));
    for (const misuse of [() => Buffer.alloc(1).writeUInt8(300), () => Buffer.alloc(1).readUInt32LE(0)])
      assert.throws(misuse, error => JournalError.from(error, 'j').problem.code === 'internal');
    for (const code of ['EIO', 'SQLITE_IOERR', 'Z_DATA_ERROR', 'ERR_BUFFER_TOO_LARGE']) {
      const error = Object.assign(new Error('no'), { code });
      assert.equal(isOurs(error), false);
      assert.equal(JournalError.from(error, 'j').problem.code, 'disk');
    }
  });

  it('over one file at the start keeps no other from being taken in, and is told once', async () => {
    const room = new Workroom();
    room.consent();
    for (const path of ['a.md', 'b.md', 'c.md']) room.write(path, path);
    const { writer, journal } = openSession(room.options, problem => assert.fail(problem.detail));
    const aside = writer.aside.bind(writer);
    let tried = 0;
    // The first file fails once, the second each time.
    writer.aside = work => {
      if ([1, 3, 4].includes(++tried)) throw new RangeError('a bug');
      return aside(work);
    };
    const problems: JournalProblem[] = [];
    const request = { paths: ['a.md', 'b.md', 'c.md'], file: { origin: initial }, by: 'baseline' } as const;
    const baseline = new Baseline(writer, request, problem => problems.push(problem));
    while (baseline.step()) assert.ok(tried < 9, 'it does not end');
    assert.deepEqual(
      problems.map(({ code, path }) => `${code} ${path}`),
      ['internal a.md', 'internal b.md'],
    );
    assert.deepEqual(
      request.paths.map(path => journal.replay.at(path)?.text),
      ['a.md', undefined, 'c.md'],
    );
    journal.close();
    await room.clear();
  });

  describe('in the search for what an AI gave', () => {
    let room: Workroom;
    let other: Desk;
    let here: Opening;
    let problems: JournalProblem[];
    let failures: number;
    beforeEach(() => {
      room = new Workroom();
      room.consent();
      other = new Desk(room);
      other.open('a.md');
      problems = [];
      here = openSession(room.options, problem => problems.push(problem));
      rest();
    });
    afterEach(async () => {
      here.journal.close();
      other.leave();
      await room.clear();
    });

    const rest = () => {
      let steps = 0;
      while (here.echoes.waits && here.echoes.step(() => undefined)) assert.ok(++steps < 1000, 'it does not end');
    };
    /** The next so many searches around an output fail. */
    const fail = (times: number) => {
      const { recall } = here.journal;
      const around = recall.around.bind(recall);
      failures = 0;
      recall.around = (...of) => {
        if (failures++ < times) throw new RangeError('a bug');
        return around(...of);
      };
    };
    const record = () => {
      other.paste('a.md', 0, said);
      here.journal.takeIn();
      rest();
      other.record({ kind: 'answer', id: 'm', agent: 'c', conversation: '1', answered: other.now - 60_000 }, [said]);
      here.journal.takeIn();
    };

    for (const { times, letter } of [
      { times: 1, letter: 'a' },
      { times: 2, letter: 'p' },
    ])
      it(`that happens ${times} time(s) is told once, and stops nothing`, () => {
        fail(times);
        record();
        rest();
        assert.deepEqual(
          problems.map(({ code }) => code),
          ['search'],
        );
        assert.equal(failures, 2);
        assert.equal(other.letters('a.md'), letter.repeat(said.length));
        assert.equal(here.echoes.waits, false);
      });
  });
});
