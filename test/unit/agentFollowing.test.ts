import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentFollowing } from '../../src/agentFollowing.ts';
import { Matcher } from '../../src/agents/matching/match.ts';
import { plainDigest } from '../../src/agents/plainText.ts';
import { claudeCode } from '../../src/agents/tools/claudeCode.ts';
import { AgentEvidence } from '../../src/capture/agentEvidence.ts';
import type { JournalWriter } from '../../src/journal/writer.ts';
import { Workroom } from '../support/workroom.ts';
import { Transcript } from './agents/transcript.ts';

describe('AI tools are followed', () => {
  let room: Workroom;
  let before: string | undefined;
  beforeEach(() => {
    room = new Workroom();
    before = process.env.CLAUDE_CONFIG_DIR;
    process.env.CLAUDE_CONFIG_DIR = join(room.home, 'claude');
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.CLAUDE_CONFIG_DIR;
    else process.env.CLAUDE_CONFIG_DIR = before;
    await room.clear();
  });

  it('not during a pause: what is asked then stays out, and what was asked before and is written later is read', async () => {
    room.consent();
    const writer = await room.writer();
    const following = follow(writer);
    try {
      const [place] = claudeCode.places(room.folder, { env: process.env, platform: 'linux' });
      const talk = new Transcript(join(place!, 'talk.jsonl'), { cwd: room.folder, time: Date.now() });
      const at = (time: number) => ({ timestamp: new Date(time).toISOString() });
      talk.prompt('first').says('Yes');
      await following.read();
      await writer.flush();
      assert.deepEqual(asked(), ['first']);
      const earlier = Date.now();
      await steer(writer, false);
      talk.prompt('told late', at(earlier - 1)).says('Yes', undefined, at(earlier - 1));
      talk.prompt('in the pause', at(Date.now())).says('Yes', undefined, at(Date.now()));
      await following.read();
      await steer(writer, true);
      talk.prompt('after', at(Date.now() + 10)).says('Yes', undefined, at(Date.now() + 10));
      await following.read();
      await writer.flush();
      assert.deepEqual(asked().sort(), ['after', 'first', 'told late']);
    } finally {
      following.dispose();
    }
  });

  function asked(): string[] {
    return room.read(reader => [...reader.replay().prompts.values()].map(({ texts }) => texts?.[0] ?? ''));
  }

  function follow(writer: JournalWriter): AgentFollowing {
    const dist = join(room.home, 'dist');
    mkdirSync(dist, { recursive: true });
    const script = new URL('../../src/agents/following/watchThread.ts', import.meta.url);
    writeFileSync(join(dist, 'agents.cjs'), `import(${JSON.stringify(script.href)});`);
    const evidence = new AgentEvidence({
      writer,
      matcher: new Matcher(room.folder),
      within: () => undefined,
      resolve: () => assert.fail('nothing is resolved'),
      digest: plainDigest,
      failed: error => assert.fail(String(error)),
    });
    const log = { error: (...said: unknown[]) => assert.fail(said.join(' ')), info: () => undefined };
    return new AgentFollowing(
      writer,
      {
        dist,
        home: room.home,
        editorData: [],
        off: () => [],
        keepsSecrets: () => false,
        onDidChange: () => ({ dispose: () => undefined }),
        log: log as never,
      },
      records => evidence.take(records),
    );
  }
});

async function steer(writer: JournalWriter, records: boolean): Promise<void> {
  const heard = new Promise<void>(resolve => writer.onRecording(now => now === records && resolve()));
  writer.append({ kind: records ? 'resumed' : 'paused', by: 'person' });
  await heard;
}
