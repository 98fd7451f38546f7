import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { leave, spoolOf } from '../../../../src/agents/hooks/hookSpool.ts';
import { type Stage, takingHooks } from '../../../support/takeHooks.ts';
import { Workroom } from '../../../support/workroom.ts';

const script = new URL('../../../support/takeHooksChild.ts', import.meta.url);

describe('a window that takes what hooks left', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
    leave(spoolOf(room.home, room.folder), told(), 1);
  });
  afterEach(() => room.clear());

  const killed: Record<Stage, string> = {
    come: 'has claimed it',
    handed: 'has handed it to the journal',
    committed: 'has committed it',
  };
  for (const [stage, name] of Object.entries(killed)) {
    it(`and is killed when it ${name}: the next one has it at once, and once`, async () => {
      await killedAt(stage);
      assert.deepEqual(left(), ['taken']);
      await takeOnce();
      assert.deepEqual([onRecord(), left()], [['prompt', 'agentEdit'], []]);
    });
  }

  it('and whose thread is another in the middle: the other has it', async () => {
    const writer = await room.writer();
    const come = Promise.withResolvers<void>();
    const first = takingHooks({
      writer,
      home: room.home,
      at: () => {
        come.resolve();
        return new Promise(() => undefined);
      },
    });
    void first.read();
    await come.promise;
    first.dispose();
    const second = takingHooks({ writer, home: room.home });
    try {
      await second.read();
    } finally {
      second.dispose();
    }
    assert.deepEqual([onRecord(), left()], [['prompt', 'agentEdit'], []]);
  });

  async function killedAt(stage: string): Promise<void> {
    const child = spawn(process.execPath, [fileURLToPath(script), room.home, room.folder, stage], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function takeOnce(): Promise<void> {
    const writer = await room.writer();
    const thread = takingHooks({ writer, home: room.home });
    try {
      await thread.read();
    } finally {
      thread.dispose();
    }
  }

  function left(): (string | undefined)[] {
    return readdirSync(spoolOf(room.home, room.folder)).map(name => name.split('.').at(-1));
  }

  function onRecord(): string[] {
    const kinds = new Set(['prompt', 'agentEdit']);
    return room.read(reader => [...reader.events()].map(({ kind }) => kind).filter(kind => kinds.has(kind)));
  }

  function told(): AgentRecords {
    const about = { agent: 'claude-code', conversation: 's', time: Date.now() };
    const prompt = { id: 'claude-code:s:p', ...about, text: 'Make it lonelier', folder: room.folder };
    const file = join(room.folder, 'a.md');
    const edit = { id: 'claude-code:s:e', ...about, file, replaced: { old: 'x', new: 'y', all: false } };
    return { ...noRecords, prompts: [prompt], edits: [edit] };
  }
});
