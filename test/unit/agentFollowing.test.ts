import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentFollowing, agentChannels, unheardAgents } from '../../src/agentFollowing.ts';
import type { Log } from '../../src/host/log.ts';
import { journalFile } from '../../src/journal/home.ts';
import { openJournal } from '../../src/journal/reader.ts';
import { JournalWriter } from '../../src/journal/writer.ts';

const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet, debug: quiet } as unknown as Log;

describe('following AI tools', () => {
  let root: string;
  let writer: JournalWriter;
  let off: string[] = [];
  let changed: () => void = quiet;
  let following: AgentFollowing;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'holograph-following-'));
    mkdirSync(join(root, 'book'));
    const thread = new URL('../../src/agents/watchThread.ts', import.meta.url);
    writeFileSync(join(root, 'agents.cjs'), `import(${JSON.stringify(thread.href)});`);
    writer = await JournalWriter.open({
      worker: new URL('../../src/journal/worker.ts', import.meta.url),
      home: join(root, 'home'),
      folder: join(root, 'book'),
      consent: 'person',
      software: 'test',
      editor: 'test',
      platform: 'test',
      channels: agentChannels(['codex']),
      unreachable: unheardAgents(['codex']),
    });
    off = ['codex'];
    following = new AgentFollowing(
      writer,
      {
        dist: root,
        home: join(root, 'home'),
        editorData: [],
        off: () => off,
        keepsSecrets: () => false,
        onDidChange: listener => {
          changed = listener;
          return { dispose: quiet };
        },
        log,
      },
      async () => undefined,
    );
  });
  afterEach(async () => {
    following.dispose();
    await writer.close();
    rmSync(root, { recursive: true, force: true });
  });

  function switchOff(...names: string[]): void {
    off = names;
    changed();
  }

  /** `tool`, and `since` where a gap names its beginning. */
  async function gaps(): Promise<string[]> {
    await writer.flush();
    const reader = openJournal(journalFile(join(root, 'home'), writer.journal));
    try {
      return [...reader.events()].flatMap(event =>
        event.kind === 'gap' && event.reason === 'channel'
          ? [`${event.agent}${event.since === undefined ? '' : event.since <= event.time ? ' since' : ' later'}`]
          : [],
      );
    } finally {
      reader.close();
    }
  }

  it('says which tools a session listens to, and which it does not', () => {
    assert.ok(!agentChannels(['codex']).includes('codex'));
    assert.deepEqual(unheardAgents(['codex', 'nobody']), ['codex']);
  });

  it('says when a tool is switched off, and from when to when it was not listened to', async () => {
    switchOff('codex', 'gemini');
    assert.deepEqual(await gaps(), ['gemini']);
    switchOff('codex');
    assert.deepEqual(await gaps(), ['gemini', 'gemini since']);
  });

  it('says of one that was off from the beginning since when it was', async () => {
    switchOff();
    assert.deepEqual(await gaps(), ['codex since']);
  });

  it('says so at its end of one that is still off', async () => {
    switchOff('codex', 'gemini');
    following.dispose();
    assert.deepEqual(await gaps(), ['gemini', 'gemini since']);
  });
});
