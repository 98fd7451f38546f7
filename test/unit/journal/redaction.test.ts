import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { backUp } from '../../../src/journal/backup.ts';
import { JournalDatabase } from '../../../src/journal/database.ts';
import type { EventBody } from '../../../src/journal/event.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { takeInSpooled } from '../../../src/journal/opening.ts';
import { plainTextDigest } from '../../../src/journal/parts.ts';
import { purge } from '../../../src/journal/purge.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { type Redacted, redact } from '../../../src/journal/redaction.ts';
import type { Target } from '../../../src/journal/redactionPlan.ts';
import { spool } from '../../../src/journal/spool.ts';
import { tally } from '../../../src/provenance/tally.ts';
import { placesOf } from '../../support/everyByte.ts';
import { initial, keystroke, lf, Workroom } from '../../support/workroom.ts';

const stamp = { time: 1_700_000_000_000, monotonic: 1, zone: 300 };
const name = 'Қарақат';
const base = 2 ** 33;

type Changed = Extract<EventBody, { kind: 'changed' }>;

describe('a redaction', () => {
  let room: Workroom;
  let file: string;
  let own: number;
  beforeEach(() => {
    room = new Workroom();
    ({ file } = room.consent());
  });
  afterEach(() => room.clear());

  /** Appends in one session; `after`: with the journal open. */
  function write(
    acts: readonly [EventBody, (readonly string[])?][],
    after: (journal: Journal) => void = () => undefined,
  ) {
    const journal = Journal.open(file);
    try {
      void journal.recall;
      journal.append(turn => {
        if (acts[0]?.[0].kind === 'session') own = turn.nextSession();
        for (const [body, texts] of acts) turn.push(own, stamp, body, texts);
      });
      while (journal.recall.step());
      after(journal);
    } finally {
      journal.close();
    }
  }

  const session2 = (journal: Journal): EventBody => {
    const leases = [base * 4, base * 5] as const;
    return { ...session, leases, software: journal.id } as EventBody;
  };

  const session: EventBody = {
    kind: 'session',
    software: 't',
    editor: 'e',
    platform: 'p',
    leases: [base, base + 2 ** 32],
    channels: [],
    unreachable: [],
  };

  /** A text in which the name is typed letter by letter, with a slip. */
  function typing(start: string, letters: string): [EventBody, (readonly string[])?][] {
    const whole = start + letters;
    const acts: [EventBody, (readonly string[])?][] = [
      [session],
      [
        {
          kind: 'baseline',
          document: 1,
          path: 'a.md',
          format: lf,
          fileDigest: plainTextDigest(start),
          textDigest: plainTextDigest(start),
          first: base,
          finding: { length: start.length, ...initial },
        },
        [start],
      ],
      [{ kind: 'opened', document: 1, tracker: 1, path: 'a.md', format: lf }],
    ];
    let [version, first] = [1, base + start.length];
    for (const [i, letter] of [...letters].entries()) {
      acts.push(keystroke({ document: 1, tracker: 1, version: version++, first }, start.length + i, letter));
      first += letter.length;
    }
    const digests = { textDigest: plainTextDigest(whole), fileDigest: plainTextDigest(whole) };
    acts.push([{ kind: 'saved', document: 1, tracker: 1, format: lf, ...digests }]);
    return acts;
  }

  function take(targets: readonly Target[], reason = 'a private name'): Redacted {
    const database = JournalDatabase.open(file);
    try {
      const redacted = redact(database, { targets, reason, by: 'person', software: 'test' });
      assert.ok(purge(database));
      return redacted;
    } finally {
      database.close();
    }
  }

  const state = () =>
    room.readFile(file, reader => {
      const replay = reader.replay();
      const document = replay.at('a.md')!;
      const pieces = [...replay.origins.walk(document.provenance.spans())];
      return { text: document.text, spans: document.provenance.spans(), tally: tally(document.text, pieces) };
    });
  const rootAt = (size: number) => room.readFile(file, reader => Buffer.from(reader.root(size)).toString('hex'));
  const size = () => room.readFile(file, reader => reader.size);
  const wrong = () => room.readFile(file, reader => reader.verify().wrong);

  it('leaves nothing of a name that was typed letter by letter, pasted and prompted, in no file', () => {
    write(
      [
        ...typing(`Says ${name}: `, `dear ${name}, come\n`),
        [
          { kind: 'prompt', id: 'p', agent: 'a', conversation: 'c', asked: 1, by: 'record' },
          [`write to ${name}’s mother`],
        ],
        [{ kind: 'promptNote', prompt: 'p', protect: true }, [`${name} is her own name`]],
        [{ kind: 'answer', id: 'q', agent: 'a', conversation: 'c', answered: 2, prompt: 'p' }, [`Dear ${name}!`]],
        [{ kind: 'commit', id: '1'.repeat(40), authored: 1 }, [name]],
      ],
      journal => journal.keepFrame(1),
    );
    assert.ok(placesOf(name, room.home).length > 0);
    const before = { ...state(), size: size(), root: rootAt(size()) };
    const { plan, event } = take([{ kind: 'name', name: 'қАРАҚАТ' }]);
    assert.deepEqual(placesOf(name, room.home), []);
    assert.deepEqual(wrong(), []);
    assert.equal(event, before.size + 1);
    assert.equal(rootAt(before.size), before.root);
    const after = state();
    assert.equal(after.text, 'Says ▮▮▮▮▮▮▮▮ dear ▮▮▮▮▮▮▮, come\n');
    assert.deepEqual(after.spans, before.spans);
    assert.deepEqual(after.tally, before.tally);
    assert.equal(plan.digests.size, 2);
    assert.deepEqual([...plan.files.keys()], ['a.md']);
  });

  it('of a word that is not there takes nothing and appends nothing', () => {
    write(typing('one', ' two'));
    const before = size();
    assert.equal(take([{ kind: 'text', text: 'three' }]).event, undefined);
    assert.equal(size(), before);
  });

  it('goes on: what is written later is whole, and can be taken out in its turn', () => {
    write(typing('alma ', 'örik '));
    take([
      { kind: 'text', text: 'ӨРІК' },
      { kind: 'text', text: 'örik' },
    ]);
    write([keystroke({ document: 1, tracker: 1, version: 6, first: base + 100 }, 10, 'шие')]);
    assert.deepEqual(wrong(), []);
    take([{ kind: 'text', text: 'alma' }]);
    take([{ kind: 'text', text: 'шие' }], 'a third');
    assert.deepEqual(wrong(), []);
    assert.deepEqual(
      ['alma', 'örik', 'шие'].flatMap(word => placesOf(word, dirname(file))),
      [],
    );
    room.readFile(file, reader => {
      const [first, , third] = reader.replay().redactions;
      assert.deepEqual(first?.texts, ['a private name']);
      assert.deepEqual(third?.texts, ['a third']);
      assert.equal(openJournal(file).size, reader.size);
    });
  });

  it('is heard by another window, which writes nothing back of what it had read', () => {
    const long = `The ${name} of the long sentence that may well be pasted again, and be known. `;
    write(typing(long, `dear ${name}.`));
    const other = Journal.open(file);
    try {
      assert.ok(other.replay.at('a.md')!.text.includes(name));
      while (other.recall.step());
      other.append(turn => {
        own = turn.nextSession();
        turn.push(own, stamp, session2(other));
        turn.push(own, stamp, { kind: 'opened', document: 1, tracker: 1, path: 'a.md', format: lf });
        const body = keystroke({ document: 1, tracker: 1, version: 1, first: base * 4 }, 0, '')[0] as Changed;
        turn.push(own, stamp, { ...body, changes: [{ from: 0, to: long.length }] }, ['']);
      });
      // What the step took out is not in the index yet.
      take([{ kind: 'text', text: name }]);
      while (other.recall.step());
      assert.deepEqual(placesOf(name, room.home), []);
      other.keepFrame(1);
      while (other.recall.step());
      other.append(turn => turn.push(own, stamp, { kind: 'sessionEnd' }));
      other.keepFrame(1);
      assert.ok(!other.replay.at('a.md')!.text.includes(name));
    } finally {
      other.close();
    }
    assert.deepEqual(placesOf(name, room.home), []);
    assert.deepEqual(wrong(), []);
  });

  it('leaves nothing in pages that were let go before', () => {
    // One long word: its rows are let go when the segment is full, and little is written in their place.
    const start = `${name}-`.repeat(20_000);
    write(typing(start, ''));
    const more = Array.from({ length: 4200 }, (_, i) =>
      keystroke({ document: 1, tracker: 1, version: 1 + i, first: base + 400_000 + i }, start.length, ' '),
    );
    for (let at = 0; at < more.length; at += 600) write(more.slice(at, at + 600));
    const database = new Database(file);
    assert.ok((database.pragma('freelist_count', { simple: true }) as number) > 50);
    database.close();
    take([{ kind: 'text', text: name }]);
    assert.deepEqual(placesOf(name, room.home), []);
  });

  it('takes in what waits in spool files first, so that it is taken out of that too', () => {
    write(typing('alma ', ''), journal => journal.append(turn => turn.sessions.begin(own)));
    const [body, texts] = keystroke({ document: 1, tracker: 1, version: 1, first: base + 50 }, 5, 'örik');
    const messages = [{ kind: 'append', ordinal: 0, events: [{ ...stamp, body, texts }] }] as const;
    spool(file, { session: own, serial: base * 2, messages });
    assert.ok(placesOf('örik', room.home).some(place => place.includes('spool')));
    takeInSpooled(room.consent(), ({ code }) => assert.fail(code));
    take([{ kind: 'text', text: 'örik' }]);
    assert.deepEqual(placesOf('örik', room.home), []);
    assert.deepEqual(wrong(), []);
    room.readFile(file, reader => {
      const replay = reader.replay();
      assert.equal(replay.tracker(own, 1)?.text, 'alma ▮▮▮▮');
    });
  });

  it('that a reader stands in the way of is finished by the next start', async () => {
    write(typing('alma ', 'örik '));
    const reader = openJournal(file);
    const database = JournalDatabase.open(file);
    try {
      redact(database, { targets: [{ kind: 'text', text: 'örik' }], reason: '', by: 'person', software: 'test' });
      assert.equal(purge(database), false);
      // It sees what it saw; a copy that is made now does not.
      assert.ok(reader.document('a.md')?.text.includes('örik'));
      await backUp(file, `${room.folder}/saved.holograph`);
      assert.deepEqual(placesOf('örik', room.folder), []);
    } finally {
      reader.close();
      database.close();
    }
    const writer = await room.writer();
    await writer.close();
    assert.deepEqual(placesOf('örik', room.home), []);
  });

  it('is known behind a keyframe', () => {
    write(typing('alma ', 'örik '));
    take([{ kind: 'text', text: 'örik' }]);
    write([[{ kind: 'consent', granted: true, by: 'person' }]], journal => journal.keepFrame(1));
    const journal = Journal.open(file);
    try {
      assert.ok(journal.frames.size > 0);
      assert.equal(journal.replay.redactions.length, 1);
      assert.equal(journal.replay.at('a.md')?.text, 'alma ▮▮▮▮ ');
    } finally {
      journal.close();
    }
  });
});
