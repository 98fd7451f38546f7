import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentFollowing } from '../../src/agentFollowing.ts';
import { noRecords } from '../../src/agents/agent.ts';
import { leave, spoolOf } from '../../src/agents/hooks/hookSpool.ts';
import { Matcher } from '../../src/agents/matching/match.ts';
import { plainDigest } from '../../src/agents/plainText.ts';
import { claudeCode } from '../../src/agents/tools/claudeCode.ts';
import { AgentEvidence } from '../../src/capture/agentEvidence.ts';
import { appendEvents } from '../../src/journal/append.ts';
import type { JournalWriter } from '../../src/journal/writer.ts';
import { Workroom } from '../support/workroom.ts';
import { Transcript } from './agents/transcript.ts';

describe('AI tools are followed', () => {
  let room: Workroom;
  let before: string | undefined;
  let off: readonly string[];
  const listeners = new Set<() => void>();
  beforeEach(() => {
    off = [];
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
      const paused = Date.now();
      talk.prompt('in the pause', at(paused)).says('Yes', undefined, at(paused));
      await following.read();
      // A pause does not hold the millisecond of its end.
      while (Date.now() === paused) await new Promise(resolve => setImmediate(resolve));
      await steer(writer, true);
      talk.prompt('after', at(Date.now() + 10)).says('Yes', undefined, at(Date.now() + 10));
      await following.read();
      await writer.flush();
      assert.deepEqual(asked().sort(), ['after', 'first', 'told late']);
    } finally {
      following.dispose();
    }
  });

  it('nothing that a tool was asked while it was off, by log or by hook: not later, and not in another session', async () => {
    room.consent();
    const [place] = claudeCode.places(room.folder, { env: process.env, platform: 'linux' });
    const talk = new Transcript(join(place!, 'talk.jsonl'), { cwd: room.folder, time: Date.now() });
    const history = join(room.folder, '.aider.chat.history.md');
    const chat = (text: string) => appendFileSync(history, text);
    const ask = (text: string) => {
      const at = { timestamp: new Date().toISOString() };
      talk.prompt(`claude ${text}`, at).says('Yes', undefined, at);
      chat(`\n#### aider ${text}  \n\nYes.\n`);
      const id = `codex:s:${text}`;
      const told = {
        id,
        agent: 'codex',
        conversation: 's',
        time: Date.now(),
        text: `hook ${text}`,
        folder: room.folder,
      };
      leave(spoolOf(room.home, room.folder), { ...noRecords, prompts: [told] }, performance.now());
    };
    let writer = await room.writer();
    let following = follow(writer);
    const all = (text: string) => ['aider', 'claude', 'hook'].map(by => `${by} ${text}`);
    const expect = async (...texts: string[]) => {
      await following.read();
      await writer.flush();
      assert.deepEqual(asked().sort(), texts.flatMap(all).sort());
    };
    await following.read();
    const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
    chat(`\n# aider chat started at ${local.slice(0, 19).replace('T', ' ')}\n\n`);
    ask('first');
    await expect('first');
    switchOff('claude-code', 'aider', 'codex');
    ask('off');
    await expect('first');
    switchOff();
    await expect('first');
    ask('on');
    await expect('first', 'on');
    switchOff('claude-code', 'aider', 'codex');
    ask('off again');
    following.dispose();
    await writer.close();
    switchOff();
    writer = await room.writer();
    following = follow(writer);
    await expect('first', 'on');
    ask('at last');
    await expect('first', 'on', 'at last');
    following.dispose();
    assert.equal(gaps().filter(note => note === 'aider').length, 4);
  });

  it('nothing of a record without times that was asked in a pause which the command line began and ended', async () => {
    const { file } = room.consent();
    const history = join(room.folder, '.aider.chat.history.md');
    const ask = (text: string) => appendFileSync(history, `\n#### ${text}  \n\nYes.\n`);
    const session = async (...texts: string[]) => {
      const writer = await room.writer();
      const following = follow(writer);
      await following.read();
      const last = texts.at(-1)!;
      ask(last);
      for (let n = 0; n < 50 && asked().at(-1) !== last; n++) {
        await following.read();
        await writer.flush();
      }
      await writer.flush();
      assert.deepEqual(asked(), texts);
      following.dispose();
      await writer.close();
    };
    const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
    appendFileSync(history, `\n# aider chat started at ${local.slice(0, 19).replace('T', ' ')}\n\n`);
    await session('first');
    appendEvents(file, 'test', [{ body: { kind: 'paused', by: 'command' } }]);
    ask('in the pause');
    await new Promise(resolve => setTimeout(resolve, 5));
    appendEvents(file, 'test', [{ body: { kind: 'resumed', by: 'command' } }]);
    await session('first', 'second');
    ask('while no window was open');
    await session('first', 'second', 'while no window was open', 'third');
  });

  function gaps(): (string | undefined)[] {
    return room.read(reader => [...reader.events()].flatMap(event => (event.kind === 'gap' ? [event.note] : [])));
  }

  function switchOff(...names: string[]): void {
    off = names;
    for (const listener of listeners) listener();
  }

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
        off: () => off,
        keepsSecrets: () => false,
        onDidChange: listener => {
          listeners.add(listener);
          return { dispose: () => listeners.delete(listener) };
        },
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
