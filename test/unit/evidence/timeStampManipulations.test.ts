import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askingFor } from '../../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import type { Verification, Vouched } from '../../../src/evidence/verification.ts';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { JournalError } from '../../../src/journal/problem.ts';
import { imprintOfNote, TimeStamps } from '../../../src/journal/timeStamps.ts';
import { manipulations } from '../../support/manipulations.ts';
import { Seeded } from '../../support/seeded.ts';
import { type Specimen, specimen } from '../../support/specimen.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';

const first = Number(process.env.HOLOGRAPH_SEED ?? 20_261_122);
/** A tenth of those that `test/unit/journal/manipulations.test.ts` tries. */
const count = Math.ceil(Number(process.env.HOLOGRAPH_MANIPULATIONS ?? 400) / 10);

interface Stamped {
  readonly of: Specimen;
  readonly token: Uint8Array;
}

describe('what was done to a journal’s file, told by a time stamp that an outsider kept', function () {
  this.timeout(3_600_000);
  let clock: TimeAuthority;
  let home: string;
  before(function () {
    needsOpenssl(this);
    clock = new TimeAuthority();
    home = mkdtempSync(join(tmpdir(), 'holograph-stamped-'));
  });
  after(() => {
    clock?.remove();
    if (home !== undefined) rmSync(home, { recursive: true, force: true });
  });

  /** A journal with a time stamp over its newest checkpoint, which the outsider has too. */
  function stamped(shape: 'young' | 'rotated' | 'framed', random: Seeded): Stamped {
    const of = specimen(join(home, `${shape}`), shape, random);
    const { size, note } = of.since!;
    const asking = askingFor(note, noTrust);
    const token = clock.reply(asking.request);
    const { certificates } = asking.check(token);
    const database = JournalDatabase.open(of.file);
    const server = 'http://clock.example/';
    new TimeStamps(database).keep({ size, imprint: imprintOfNote(note), server, answer: token, certificates }, 0);
    database.connection.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    return { of, token };
  }

  const found = (file: string, held: Vouched): Verification | undefined => {
    try {
      return verifyJournal(file, { roots: clock.root, ...held });
    } catch (error) {
      if (error instanceof JournalError) return undefined;
      throw error;
    }
  };
  const wrong = (answer: Verification | undefined) => answer?.wrong.map(({ what }) => what) ?? ['journal'];

  it(`is named ${count} times wherever the checkpoint itself names it, and an untouched journal never`, () => {
    const some = (['young', 'rotated', 'framed'] as const).map((shape, i) => stamped(shape, new Seeded(first + i)));
    const names = Object.keys(manipulations);
    const file = join(home, 'manipulated.sqlite');
    const named = new Map<string, number>();
    for (const { of, token } of some) {
      const answer = found(of.file, { token });
      assert.deepEqual(
        [wrong(answer), answer?.anchoredTo?.size, answer?.anchoredAt?.size],
        [[], of.since!.size, of.since!.size],
      );
    }
    for (let i = 0; i < count; i++) {
      const random = new Seeded(first + i);
      const [{ of, token }, { of: other }] = [some[random.below(3)]!, some[random.below(3)]!];
      let name = '';
      do {
        name = names[random.below(names.length)]!;
        copyFileSync(of.file, file);
      } while (!manipulations[name]!({ file, of, other, random }));
      const byCheckpoint = wrong(found(file, { since: of.since!.note }));
      const answer = found(file, { token });
      const byToken = wrong(answer);
      const told = `seed ${first + i}, ${of.shape}: ${name}: ${byCheckpoint} / ${byToken}`;
      // A checkpoint that is taken away is missed by who holds its time stamp; all else is named to both.
      if (byCheckpoint.length > 0) assert.ok(byToken.length > 0, told);
      else
        assert.ok(
          byToken.every(what => what === 'sinceToken'),
          told,
        );
      if (byToken.length === 0) assert.equal(answer?.anchoredTo?.size, of.since!.size, told);
      // Whatever stands in the file, no time is believed for events that the clock did not see.
      if (answer?.anchoredAt) assert.equal(answer.anchoredTo?.size, of.since!.size, told);
      named.set(byToken[0] ?? 'as it was', (named.get(byToken[0] ?? 'as it was') ?? 0) + 1);
    }
    console.log(
      `    seeds ${first} to ${first + count - 1}: ${[...named].map(([what, n]) => `${n} ${what}`).join(', ')}`,
    );
    assert.ok((named.get('sinceToken') ?? 0) > 0 || count < 40);
  });
});
