import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Crossing,
  countOf,
  crossings,
  eventsOf,
  handedBy,
  received,
  spelled,
} from '../../../src/journal/handed.ts';
import type { QueuedEvent, ToWorker } from '../../../src/journal/messages.ts';
import { type Opening, openSession } from '../../../src/journal/opening.ts';
import { PlainShapes } from '../../../src/journal/plainShape.ts';
import { queued } from '../../support/foldLaws.ts';
import { anyEvents } from '../../support/journalEvents.ts';
import { typedStory } from '../../support/typedStory.ts';
import { keystroke, lf, Workroom } from '../../support/workroom.ts';

type Acts = Exclude<ReturnType<typeof received>, { kind: 'ask' }>;

describe('what is handed over', () => {
  it('comes in as it was, in order, whether it crosses as columns or not', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          typedStory.map(({ events }) => events),
          anyEvents,
        ),
        fc.nat(9e9),
        (events, ordinal) => {
          const all = json(events.map(queued));
          const sent = crossings(ordinal, all, new PlainShapes());
          const came = acrossAll(sent.map(({ crosses }) => crosses));
          let next = ordinal;
          for (const [i, message] of came.entries()) {
            assert.equal(message.ordinal, next);
            next += countOf(handedBy(message));
            // What is kept until it is committed, and what is kept in a file, is the same in words.
            assert.deepEqual(json(spelled(message)), json(sent[i]!.message as ToWorker));
          }
          assert.deepEqual(json(came.flatMap(message => eventsOf(handedBy(message)))), all);
        },
      ),
      { numRuns: 100 },
    ));

  it('crosses in columns where a run of it is plain', () => {
    const keys = (count: number) => Array.from({ length: count }, (_, i) => key(i + 1, i, 'k'));
    const kinds = (events: readonly QueuedEvent[]) =>
      crossings(0, events, new PlainShapes()).map(({ message: { events }, crosses }) =>
        typeof crosses === 'string' ? `${events.length} as text` : `${events.length} in columns`,
      );
    assert.deepEqual(kinds(keys(1)), ['1 as text']);
    assert.deepEqual(kinds(keys(500)), ['500 in columns']);
    assert.deepEqual(kinds([...keys(3), closed, ...keys(20), closed, ...keys(2)]), [
      '4 as text',
      '20 in columns',
      '3 as text',
    ]);
    assert.deepEqual(kinds([]), []);
  });

  it('crosses as text where it is no JSON, and fails nobody', () => {
    const strange = { by: 'editor', detailedReason: { source: 's', metadata: { at: 0.5 } } } as const;
    const keys = Array.from({ length: 9 }, (_, i) => key(i + 1, i, 'k')).map(
      (event): QueuedEvent => ({ ...event, body: { ...event.body, observation: strange } as QueuedEvent['body'] }),
    );
    const [one, ...others] = crossings(0, keys, new PlainShapes());
    assert.deepEqual([typeof one?.crosses, one?.message.events.length, others], ['string', 9, []]);
  });

  describe('to a journal', () => {
    let room: Workroom;
    const opened: Opening[] = [];
    beforeEach(() => {
      room = new Workroom();
      room.consent();
    });
    afterEach(() => {
      for (const { journal } of opened.splice(0)) journal.close();
      return room.clear();
    });

    const session = (): Opening => {
      const opening = openSession({ ...room.options, consent: 'command' }, problem => problems.push(problem.code));
      opened.push(opening);
      return opening;
    };
    const problems: string[] = [];
    const bodies = ({ journal, writer }: Opening) =>
      [...journal.packs.events()].flatMap(
        ({ sequence: _, session, time: _time, monotonic: _own, zone: _zone, ...rest }) =>
          session === writer.session && rest.kind !== 'session' ? [rest] : [],
      );

    it('leaves in columns what it leaves one by one, misfits too', () => {
      for (const steps of [
        ['a', 'b', 'c'],
        ['a', 'b', 'MISSING', 'c', 'd'],
        ['a', 'TWICE', 'b', 'LONG', 'c'],
      ]) {
        const [plain, columns] = [session(), session()];
        const left = [plain, columns].map((opening, way) => {
          const ordinal = opening.journal.sessions.ordinal(opening.writer.session)!;
          const acts = [document, ...scripted(steps, opening.serials)];
          const handed =
            way === 0
              ? acts
              : acrossAll(crossings(ordinal, acts, new PlainShapes()).map(one => one.crosses)).flatMap(handedBy);
          const [block] = opening.writer.append(ordinal, handed);
          assert.deepEqual([block?.ordinal, block?.count], [ordinal, acts.length]);
          assert.equal([...opening.journal.packs.events(block!.sequence)][0]?.kind, 'opened');
          const base = opening.serials;
          return json(bodies(opening)).map(body => ('first' in body ? { ...body, first: body.first - base } : body));
        });
        assert.deepEqual(textless(left[1]!), textless(left[0]!));
      }
      assert.ok(problems.includes('misfit'));
    });

    it('has clocks that never go back, though one of a run does not fit', () => {
      const opening = session();
      const ordinal = opening.journal.sessions.ordinal(opening.writer.session)!;
      const acts = [document, ...scripted(['a', 'MISSING', 'b'], opening.serials)].map((act, i) => ({
        ...act,
        monotonic: stamp.monotonic + 10 * (i % 7 === 6 ? i - 3 : i),
      }));
      const handed = acrossAll(crossings(ordinal, acts, new PlainShapes()).map(one => one.crosses)).flatMap(handedBy);
      opening.writer.append(ordinal, handed);
      const clocks = [...opening.journal.packs.events()]
        .filter(event => event.session === opening.writer.session && event.kind !== 'session')
        .map(({ monotonic }) => monotonic);
      assert.equal(clocks.length, acts.length);
      let highest = 0;
      assert.deepEqual(
        clocks,
        acts.map(act => {
          highest = Math.max(highest, act.monotonic);
          return highest;
        }),
      );
    });

    it('stands but for the one act that cannot be written', () => {
      const opening = session();
      const { journal, writer, serials } = opening;
      const ordinal = journal.sessions.ordinal(writer.session)!;
      const acts = [document, ...scripted(['a', 'b'], serials)];
      const [steps] = acrossAll(crossings(0, acts.slice(1), new PlainShapes()).map(one => one.crosses)).flatMap(
        handedBy,
      );
      const bad: QueuedEvent = { ...stamp, body: { kind: 'gap', reason: 'shadow', since: 0.5 } };
      const again = key(25, serials + 24, 'c', 24);
      const blocks = writer.append(ordinal, [document, steps!, bad, again]);
      assert.deepEqual(blocks.at(-1), { ordinal: ordinal + 26, sequence: journal.replay.size - 1, count: 1 });
      const left = bodies(opening).map(({ kind }) => kind);
      assert.deepEqual(left, ['opened', ...Array(24).fill('changed'), 'gap', 'changed']);
      assert.equal(
        [...journal.replay.trackers].find(tracker => tracker.session === writer.session)?.text,
        `${'ab'.repeat(12)}c`,
      );
    });

    it('is passed over where it was committed before, within columns too', () => {
      const opening = session();
      const { journal, writer, serials } = opening;
      const ordinal = journal.sessions.ordinal(writer.session)!;
      const acts = [document, ...scripted([...'abcdefghijklmnop'], serials)];
      writer.append(ordinal, acts.slice(0, 7));
      const size = journal.replay.size;
      const sent = crossings(ordinal + 1, acts.slice(1), new PlainShapes());
      const [handed] = acrossAll(sent.map(({ crosses }) => crosses)).map(handedBy);
      const committed = writer.append(ordinal + 1, handed!);
      assert.deepEqual(committed, [{ ordinal: ordinal + 7, sequence: size, count: acts.length - 7 }]);
      assert.deepEqual(writer.append(ordinal + 1, handed!), []);
      assert.equal(
        [...journal.replay.trackers].find(({ session }) => session === writer.session)?.text,
        'abcdefghijklmnop'.repeat(12),
      );
    });
  });
});

const stamp = { time: 1_700_000_000_000, monotonic: 5, zone: 300 };
const document: QueuedEvent = { ...stamp, body: { kind: 'opened', document: 1, tracker: 1, format: lf } };
const closed: QueuedEvent = { ...stamp, body: { kind: 'closed', document: 1, tracker: 1 } };

function key(version: number, first: number, word: string, at = first): QueuedEvent {
  const [body, texts] = keystroke({ document: 1, tracker: 1, version, first }, at, word);
  return { ...stamp, body, texts };
}

/** Letters typed one behind the other; in capitals what goes wrong. */
function scripted(steps: readonly string[], serials: number): QueuedEvent[] {
  let [version, at] = [0, 0];
  return Array.from({ length: 12 }, () => steps)
    .flat()
    .map((step): QueuedEvent => {
      if (step === 'MISSING') return key(version + 7, serials + at, 'x', at);
      if (step === 'TWICE') return key(version + 1, serials, 'x', at);
      if (step === 'LONG') return key(version + 1, serials + at, 'x', at + 900);
      version++;
      return key(version, serials + at, step, at++);
    });
}

/** Notes of gaps name the sequence. */
function textless(events: readonly object[]): object[] {
  return events.map(event => ('note' in event ? { ...event, note: `${event.note}`.replace(/\d+/g, 'n') } : event));
}

function acrossAll(crossings: readonly Crossing[]): Acts[] {
  const shapes = new PlainShapes();
  return crossings.map(crosses => received(structuredClone(crosses), shapes)).filter(message => message.kind !== 'ask');
}

function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
