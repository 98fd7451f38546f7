import assert from 'node:assert/strict';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { appendEvents } from '../../../src/journal/append.ts';
import { parseCheckpoint } from '../../../src/journal/checkpoint.ts';
import { DailyCheckpoint, day } from '../../../src/journal/dailyCheckpoint.ts';
import { keyBody } from '../../../src/journal/keyEvent.ts';
import type { Signer } from '../../../src/journal/keys.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { Workroom } from '../../support/workroom.ts';

const [old, next] = ['old', 'next'].map(seed => signerFrom(seed, 'editor')) as [Signer, Signer];

describe('a day’s checkpoint', () => {
  let [now, signed] = [0, 0];
  const daily = (fails = false) => {
    [now, signed] = [1_000_000, 0];
    const sign = () => {
      signed++;
      return fails ? Promise.reject(new Error('disk')) : Promise.resolve();
    };
    return new DailyCheckpoint(sign, () => now);
  };
  const looks = async (one: DailyCheckpoint, ...times: readonly number[]) => {
    for (const time of times) {
      now = 1_000_000 + time;
      await one.look();
    }
    one.dispose();
    return signed;
  };

  it('is signed when a day has passed, and not before', async () =>
    assert.deepEqual(await looks(daily(), 1, day - 1), 0));
  it('is signed once a day', async () => assert.equal(await looks(daily(), day, day + 1, 2 * day - 1, 2 * day), 2));
  it('is signed after a sleep of days, once', async () => assert.equal(await looks(daily(), 9 * day, 9 * day + 1), 1));
  it('is not put off by a clock that was set back', async () =>
    assert.equal(await looks(daily(), -5 * day, -5 * day + 1), 1));
  it('is tried again when it could not be signed', async () => assert.equal(await looks(daily(true), day, day + 1), 2));
});

describe('a session signs', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());
  const session = async (signer: Signer, act?: (writer: Awaited<ReturnType<Workroom['writer']>>) => Promise<void>) => {
    const writer = await room.writer({ signer });
    await act?.(writer);
    await writer.close();
  };
  const places = () =>
    room.read(reader => {
      assert.deepEqual(reader.verify().wrong, []);
      return reader
        .replay()
        .keys.map(({ publicKey, counter, replaces, lost }) =>
          [publicKey === old.publicKey ? 'old' : 'next', counter && 'counter', replaces && 'replaces', lost && 'lost']
            .filter(Boolean)
            .join(' '),
        );
    });
  const known = (key: Signer) => verifyJournal(room.consent().file, { key: key.fingerprint }).keyKnown;

  it('what an earlier one left unsigned', async () => {
    await session(old);
    appendEvents(room.consent().file, 'test', [{ body: { kind: 'paused', by: 'command' } }]);
    const left = room.read(reader => reader.size);
    await session(old);
    const sizes = room.read(reader => reader.checkpoints().map(({ size }) => size));
    assert.ok(
      sizes.some(size => size > left && size <= left + 2),
      `${sizes} after ${left}`,
    );
  });

  it('with a key that another replaces while it lasts: from there on with the new one', async () => {
    let before: string | undefined;
    await session(old, async writer => {
      before = await writer.checkpoint();
      await writer.signing!.signWith({ ...next, former: [old] });
    });
    assert.deepEqual(places(), ['old', 'next counter replaces']);
    assert.ok(known(old) && known(next));
    assert.ok(room.read(reader => reader.checkpoints().some(({ note }) => note === before)));
  });

  it('nothing with a key that another window replaced, and with the new one when it hears of it', async () => {
    await session(old, async writer => {
      // Until its own key stands there, there is none to replace.
      await writer.flush();
      const other = await room.writer({ signer: { ...next, former: [old] } });
      await other.flush();
      await assert.rejects(writer.checkpoint(), { code: 'keyReplaced' });
      await writer.signing!.signWith({ ...next, former: [old] });
      await other.close();
    });
    assert.deepEqual(places(), ['old', 'next counter replaces']);
  });

  it('with the new key alone, though the one that it replaced came in behind it: two windows began at once', async () => {
    const replaced = { ...next, former: [old] };
    await session(replaced);
    const { file, journal } = room.consent();
    appendEvents(file, 'test', [{ body: keyBody(journal, old) }]);
    await session(replaced);
    assert.deepEqual(places(), ['next', 'old', 'next counter replaces']);
    assert.ok(known(next) && known(old));
    await session(old, async writer => assert.rejects(writer.checkpoint(), { code: 'keyReplaced' }));
    await session(replaced);
    assert.deepEqual(places().length, 3);
  });

  it('once, where two windows find at once that the key has to enter', async () => {
    const writers = await Promise.all([room.writer({ signer: old }), room.writer({ signer: old })]);
    for (const writer of writers) await writer.close();
    assert.deepEqual(places(), ['old']);
  });

  it('with a new key where the old one is lost, and says so', async () => {
    await session(old);
    await session(next);
    assert.deepEqual(places(), ['old', 'next replaces lost']);
    assert.ok(known(next) && !known(old));
    await session(old);
    assert.deepEqual(places(), ['old', 'next replaces lost', 'old replaces lost']);
  });

  it('nothing with an old copy of a key that was replaced; it records and tells', async () => {
    await session(old);
    await session({ ...next, former: [old] });
    const problems: string[] = [];
    await session(old, async writer => {
      writer.onProblem(({ code }) => problems.push(code));
      writer.append({ kind: 'paused', by: 'person' });
      await writer.flush();
    });
    assert.deepEqual(problems, ['keyReplaced']);
    assert.deepEqual(places(), ['old', 'next counter replaces']);
    const { unsigned } = room.read(reader => ({
      unsigned: reader.size - parseCheckpoint(reader.checkpoints().at(-1)!.note).size,
    }));
    assert.ok(unsigned >= 3, `${unsigned}`);
  });
});
