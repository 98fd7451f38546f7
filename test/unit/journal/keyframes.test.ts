import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { DocumentState, TrackerState } from '../../../src/journal/documentState.ts';
import type { EventBody } from '../../../src/journal/event.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import type { Replay } from '../../../src/journal/replay.ts';
import { texts } from '../../support/arbitraries.ts';
import { histories, play } from '../../support/histories.ts';
import { journalled } from '../../support/journalled.ts';
import { lf, Workroom } from '../../support/workroom.ts';

type Spoken = [body: EventBody, texts?: readonly string[]];

const stamp = { time: 1, monotonic: 1, zone: 0 };
const digests = { textDigest: '', fileDigest: '' };

/** What a replay holds, as plain data. */
function told(replay: Replay): unknown {
  const content = (of: DocumentState | TrackerState) => ({
    text: of.text,
    spans: of.provenance.spans(),
    placements: of.provenance.placements(0, of.provenance.length),
    found: [...replay.origins.walk(of.provenance.spans())],
  });
  return {
    size: replay.size,
    documents: [...replay.documents.values()].map(of => ({
      ...content(of),
      about: [of.document, of.path, of.present, of.savedAt, of.leftAt, of.textDigest, of.fileDigest, of.format],
      left: of.left?.text.toString(),
      held: of.path !== undefined && replay.at(of.path) === of,
    })),
    trackers: [...replay.trackers].map(of => ({ ...content(of), about: [of.session, of.tracker, of.version] })),
    sessions: [...replay.sessions.values()].map(session => ({ ...session, ended: session.ended ?? -1 })),
    prompts: [...replay.prompts.values()].map(({ texts: _texts, ...prompt }) => prompt),
    records: [...replay.records],
    placings: [...replay.placings],
    skipped: [...replay.skipped],
    keys: replay.keys,
    actors: [...replay.actors],
    commits: [...replay.commits],
    redactions: replay.redactions,
    stops: replay.stops,
    recording: replay.recording,
  };
}

describe('a keyframe', () => {
  let room: Workroom;
  let file: string;
  beforeEach(() => {
    room = new Workroom();
    ({ file } = room.consent());
  });
  afterEach(() => room.clear());

  /** A history with everything in it that a keyframe has to keep. */
  const story = (start: string, acts: Parameters<typeof play>[1]): [EventBody, (readonly string[])?][] => {
    const [, ...events] = journalled(start, play(start, acts));
    const bodies = events.map(({ sequence, time, monotonic, zone, session, texts = [], ...body }): Spoken => {
      return [body as EventBody, texts];
    });
    const resolved = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'a:b:c' } as const;
    const prompt = { kind: 'prompt', id: 'a:b:c', agent: 'a', conversation: 'b', asked: 5, by: 'record' } as const;
    return [
      ...bodies.slice(0, 4),
      [{ kind: 'skipped', path: 'x.bin', reason: 'binary' }],
      [prompt, ['please']],
      ...bodies.slice(4, 9),
      [{ kind: 'saved', document: 1, tracker: 1, format: lf, ...digests }],
      [{ kind: 'opened', document: 1, tracker: 2, path: 'a.md', format: lf }],
      ...bodies.slice(9),
      [{ kind: 'resolution', ranges: [{ serial: 2 ** 33, length: 3 }], origin: resolved, acts: [3] }],
      [{ kind: 'closed', document: 1, tracker: 1 }],
      [{ kind: 'opened', document: 2, tracker: 3, format: lf }],
      [{ kind: 'renamed', document: 1, from: 'a.md', path: 'b.md' }],
      [{ kind: 'saved', document: 1, tracker: 2, format: lf, ...digests }],
      [{ kind: 'deleted', document: 1, path: 'b.md' }],
    ];
  };

  const write = (journal: Journal, bodies: readonly [EventBody, (readonly string[])?][]) =>
    journal.append(turn => {
      for (const [body, texts] of bodies) turn.push(1, stamp, body, texts);
    });

  const reading = (of: string) => {
    const reader = openJournal(of);
    try {
      return reader.replay();
    } finally {
      reader.close();
    }
  };
  const whole = () => told(reading(file));

  /** A journal that is empty but for its beginning. */
  const anew = () =>
    room.catalogue(catalogue => {
      for (const { folder } of catalogue.list()) catalogue.revoke(folder, 'command', 'test');
      return catalogue.consent(`${room.folder}/${Math.random()}`, { by: 'command', software: 'test' });
    });

  it('anywhere in a history leads to the same state as all events do', () =>
    fc.assert(
      fc.property(
        texts,
        histories(texts, 8),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
        (start, acts, cuts) => {
          ({ file } = anew());
          const bodies = story(start, acts);
          let at = 0;
          for (const cut of [...cuts, bodies.length].map(n => Math.min(n, bodies.length)).sort((a, b) => a - b)) {
            const journal = Journal.open(file);
            write(journal, bodies.slice(at, cut));
            at = cut;
            const behind = Journal.open(file);
            assert.deepEqual(told(behind.replay), whole(), 'from the keyframe before, and the events behind it');
            behind.close();
            journal.keepFrame(1);
            assert.equal(journal.frames.size, journal.replay.size);
            assert.deepEqual(told(journal.replay), whole(), 'it let go of what is kept');
            journal.close();
            const again = Journal.open(file);
            assert.deepEqual(told(again.replay), whole());
            again.close();
          }
        },
      ),
      { numRuns: 10 },
    ));

  it('of several processes that keep theirs by turns leads each of them to the same state', () =>
    fc.assert(
      fc.property(
        texts,
        histories(texts, 12),
        fc.array(fc.record({ by: fc.nat(2), count: fc.integer({ min: 1, max: 9 }), keeps: fc.boolean() }), {
          minLength: 6,
          maxLength: 14,
        }),
        (start, acts, turns) => {
          ({ file } = anew());
          const bodies = story(start, acts);
          const journals = [0, 1, 2].map(() => Journal.open(file));
          let at = 0;
          for (const { by, count, keeps } of turns) {
            const journal = journals[by]!;
            write(journal, bodies.slice(at, at + count));
            at += count;
            if (keeps) journal.keepFrame(1);
            assert.deepEqual(told(journal.replay), whole());
          }
          for (const journal of journals) {
            assert.deepEqual(told(journal.replay), whole());
            journal.close();
          }
        },
      ),
      { numRuns: 12 },
    ));

  const sample = (): Journal => {
    const journal = Journal.open(file);
    write(journal, story('a text to begin with', [{ act: 'paste', at: 0.5, size: 0, text: ' and more' }]));
    journal.keepFrame(1);
    return journal;
  };

  it('that is damaged is passed over', () => {
    sample().close();
    for (const table of ['keyframe', 'finding', 'found', 'body']) {
      const database = new Database(file);
      database.exec(`UPDATE ${table} SET bytes = zeroblob(length(bytes))`);
      database.close();
      const journal = Journal.open(file);
      journal.append(turn => turn.push(1, stamp, { kind: 'skipped', path: table, reason: 'large' }));
      assert.deepEqual(told(journal.replay), whole());
      journal.close();
    }
  });

  it('is replaced by newer ones, and who still reads from it begins anew', () => {
    const journal = sample();
    journal.close();
    const slow = Journal.open(file);
    slow.takeIn();
    const quick = Journal.open(file);
    for (let i = 0; i < 3; i++) {
      quick.append(turn => {
        turn.push(1, stamp, { kind: 'saved', document: 1, tracker: 0, format: lf, ...digests });
        turn.push(1, stamp, { kind: 'prompt', id: `${i}`, agent: 'a', conversation: 'b', asked: 1, by: 'person' }, [
          '',
        ]);
      });
      quick.keepFrame(1);
    }
    const count = (table: string) => quick.database.connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    assert.deepEqual([count('keyframe'), count('body')], [2, 7]);
    const spoken = slow.append(({ replay }) => replay.documents.get(1)?.text);
    assert.equal(spoken, quick.replay.documents.get(1)?.text);
    quick.close();
    slow.close();
  });

  it('of another journal in its place changes nothing of what a reader tells', () => {
    sample().close();
    const own = file;
    ({ file } = anew());
    const before = told(reading(own));
    const other = Journal.open(file);
    const bodies = story('a text to begin with', [{ act: 'paste', at: 0.5, size: 0, text: ' and more' }]);
    const typed = JSON.parse(
      JSON.stringify(bodies).replaceAll(/"kind":"(unknown|ai\.\w+|pasted\.\w+)"/g, '"kind":"typed"'),
    );
    write(other, typed);
    other.keepFrame(1);
    other.close();
    const database = new Database(own);
    database.prepare('ATTACH ? AS other').run(file);
    for (const table of ['keyframe', 'body', 'finding', 'found'])
      database.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM other.${table}`);
    database.close();
    assert.deepEqual(told(reading(own)), before);
    const journal = Journal.open(own);
    assert.notDeepEqual(told(journal.replay), before, 'who records begins at the keyframe');
    journal.close();
  });

  it('is not asked when a journal is verified', () => {
    sample().close();
    const database = new Database(file);
    database.exec('UPDATE keyframe SET digest = zeroblob(32)');
    database.close();
    const reader = openJournal(file);
    assert.deepEqual(
      reader.verify().wrong.map(({ what }) => what),
      ['event'],
      'the digests of the saves are empty here; nothing else is wrong',
    );
    reader.close();
  });
});
