import assert from 'node:assert/strict';
import { noRecords, type Prompt } from '../../../src/agents/agent.ts';
import { Matcher } from '../../../src/agents/matching/match.ts';
import { plainDigest } from '../../../src/agents/plainText.ts';
import { AgentEvidence } from '../../../src/capture/agentEvidence.ts';
import { inStop, recordsAfter, type Stop } from '../../../src/journal/stops.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
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
      const evidence = evidenceOf(room, writer);
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

  it('keep it out in the very session too, told late; and a session that began in a stop takes what is asked after it', async () => {
    const room = new Workroom();
    try {
      room.consent();
      const told = (writer: JournalWriter, records: boolean) => {
        const heard = new Promise<void>(resolve => writer.onRecording(now => now === records && resolve()));
        writer.append({ kind: records ? 'resumed' : 'paused', by: 'person' });
        return heard;
      };
      const first = await room.writer();
      await told(first, false);
      const meanwhile = Date.now();
      await first.close();
      const writer = await room.writer();
      assert.ok(writer.wasStopped(Date.now()));
      await told(writer, true);
      const between = Date.now() + 1;
      const prompts = [asked('a:c:meanwhile', meanwhile), asked('a:c:between', between)];
      await evidenceOf(room, writer).take({ ...noRecords, prompts });
      await told(writer, false);
      assert.ok(writer.wasStopped(Date.now() + 1));
      await writer.flush();
      assert.deepEqual(
        room.read(reader => [...reader.replay().prompts.keys()]),
        ['a:c:between'],
      );
    } finally {
      await room.clear();
    }
  });
});

function asked(id: string, time: number): Prompt {
  return { id, agent: 'a', conversation: 'c', time, text: id };
}

function evidenceOf(room: Workroom, writer: JournalWriter): AgentEvidence {
  return new AgentEvidence({
    writer,
    matcher: new Matcher(room.folder),
    within: file => file,
    resolve: () => assert.fail('nothing is resolved'),
    digest: plainDigest,
    failed: error => assert.fail(String(error)),
  });
}
