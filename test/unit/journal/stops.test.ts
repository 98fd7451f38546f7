import assert from 'node:assert/strict';
import { noRecords } from '../../../src/agents/agent.ts';
import { Matcher } from '../../../src/agents/match.ts';
import { plainDigest } from '../../../src/agents/plainText.ts';
import { AgentEvidence } from '../../../src/capture/agentEvidence.ts';
import { inStop, recordsAfter, type Stop } from '../../../src/journal/stops.ts';
import { Workroom } from '../../support/workroom.ts';

type Steering = Parameters<typeof recordsAfter>[0];
const head = { sequence: 0, monotonic: 0, zone: 0, session: 1 };
const paused = (time: number): Steering => ({ ...head, time, kind: 'paused', by: 'person' });
const resumed = (time: number): Steering => ({ ...head, time, kind: 'resumed', by: 'person' });
const consent = (time: number, granted: boolean): Steering => ({
  ...head,
  time,
  kind: 'consent',
  granted,
  by: 'person',
});

describe('stops of recording', () => {
  const cases: (readonly [string, readonly Steering[], readonly Stop[]])[] = [
    ['none', [consent(1, true)], []],
    ['a pause that lasts', [consent(1, true), paused(5)], [{ from: 5 }]],
    ['a pause that is over', [paused(5), resumed(9)], [{ from: 5, to: 9 }]],
    ['paused twice by two windows', [paused(5), paused(6), resumed(9), resumed(9)], [{ from: 5, to: 9 }]],
    ['consent taken back and given again', [consent(5, false), consent(9, true)], [{ from: 5, to: 9 }]],
  ];
  for (const [name, events, expected] of cases) {
    it(name, () => {
      const stops: Stop[] = [];
      for (const event of events) recordsAfter(event, stops);
      assert.deepEqual(stops, expected);
    });
  }

  it('hold their beginning and not their end', () => {
    assert.deepEqual(
      [4, 5, 8, 9].map(time => inStop([{ from: 5, to: 9 }], time)),
      [false, true, true, false],
    );
    assert.ok(inStop([{ from: 5 }], 1e15));
  });

  it('keep what an AI tool was asked meanwhile out of the record, after a restart too', async () => {
    const room = new Workroom();
    try {
      room.consent();
      const first = await room.writer();
      first.append({ kind: 'paused', by: 'person' }, undefined, 2000);
      first.append({ kind: 'resumed', by: 'person' }, undefined, 3000);
      await first.close();
      const writer = await room.writer();
      const evidence = new AgentEvidence({
        writer,
        matcher: new Matcher(room.folder),
        within: file => file,
        resolve: () => assert.fail('nothing is resolved'),
        digest: plainDigest,
        failed: error => assert.fail(String(error)),
      });
      const asked = (id: string, time: number) => ({ id, agent: 'a', conversation: 'c', time, text: id });
      const prompts = [asked('a:c:before', 1999), asked('a:c:meanwhile', 2500), asked('a:c:after', 3000)];
      await evidence.take({ ...noRecords, prompts });
      await writer.flush();
      assert.deepEqual(
        room.read(reader => [...reader.replay().prompts.keys()]),
        ['a:c:before', 'a:c:after'],
      );
    } finally {
      await room.clear();
    }
  });
});
