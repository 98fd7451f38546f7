import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { type AgentRecords, noRecords } from '../../../src/agents/agent.ts';
import { leave, spoolOf } from '../../../src/agents/hooks/hookSpool.ts';
import { claudeCode } from '../../../src/agents/tools/claudeCode.ts';
import { AgentThread } from '../../../src/agentThread.ts';
import { cleanFolders, folder, Transcript } from './transcript.ts';

const script = new URL('../../../src/agents/following/watchThread.ts', import.meta.url);
const deadlyTools = new URL('../../support/deadlyTools.ts', import.meta.url);

describe('AgentThread', () => {
  let home: string;
  let work: string;
  let given: string[];
  let failures: unknown[];
  let threads: AgentThread[];

  beforeEach(() => {
    home = folder();
    work = join(folder(), 'book');
    mkdirSync(work);
    given = [];
    failures = [];
    threads = [];
  });
  afterEach(() => {
    for (const thread of threads) thread.dispose();
  });
  after(cleanFolders);

  it('gives what is there and what comes, of logs and hooks, and remembers what it read', async () => {
    const talk = record('talk').prompt('A').says('Yes');
    const thread = follow();
    await thread.read();
    talk.edit('e1', join(work, 'a.md'), 'x', 'x', 'y');
    const asked = { id: 'codex:s:1', agent: 'codex', conversation: 's', time: Date.now(), text: 'B', folder: work };
    leave(spoolOf(home, work), { ...noRecords, prompts: [asked] }, 1);
    await thread.read();
    assert.deepEqual(given.sort(), ['A', 'B', 'x>y']);
    assert.deepEqual(failures, []);
    assert.ok(!readFileSync(join(home, 'agents.json'), 'utf8').includes('"A"'));
  });

  it('waits with the next batch until one is taken, and gives one again that was not', async () => {
    record('talk').prompt('A').says('Yes');
    record('other').prompt('B').says('Yes');
    let [at, most, refused] = [0, 0, false];
    const thread = follow({
      onRecords: async records => {
        most = Math.max(most, ++at);
        await new Promise(resolve => setImmediate(resolve));
        at--;
        if (!refused) {
          refused = true;
          throw new Error('no');
        }
        note(records);
      },
    });
    for (let tries = 0; given.length < 3 && tries < 50; tries++) await thread.read();
    assert.equal(most, 1);
    assert.deepEqual(given.filter(one => one !== '!').sort(), ['A', 'B']);
  });

  it('leaves out tools that are off', async () => {
    record('talk').prompt('A').says('Yes');
    await follow({ off: ['claude-code'] }).read();
    assert.deepEqual(given, []);
  });

  it('says that it ended, and hinders nobody who waits for it', async () => {
    const thread = follow({ script: new URL('./nothing.ts', import.meta.url) });
    await thread.read();
    assert.equal(failures.length, 1);
    await thread.read();
  });

  for (const [kind, name] of [
    ['hog', 'needs more memory than there is'],
    ['spin', 'comes to no end'],
  ] as const) {
    it(`leaves out a record that ${name}, after two threads, and says so; all others are read`, async () => {
      const file = join(work, 'deadly', `a.${kind}`);
      mkdirSync(join(work, 'deadly'));
      writeFileSync(file, '');
      record('talk').prompt('A').says('Yes');
      const ends = async () => {
        const ended = await followDeadly();
        return ended.filter(one => one === `${kind} ${file}`).length;
      };
      assert.equal(await ends(), 2);
      assert.deepEqual(given.sort(), [`!${kind} left out: reading it ended the reader twice`, 'A']);
      // As it is, it is left out at once in the next session; when it has changed it is tried again.
      assert.equal(await ends(), 0);
      appendFileSync(file, 'more');
      assert.equal(await ends(), 2);
    }).timeout(120_000);
  }

  it('gives nothing after it was disposed', async () => {
    const thread = follow();
    await thread.read();
    thread.dispose();
    record('talk').prompt('A').says('Yes');
    await thread.read();
    assert.deepEqual([given, failures], [[], []]);
    assert.ok(!existsSync(join(home, 'agents.json')));
  });

  it('leaves no thread behind, in the middle of a batch either', async () => {
    const ended: Promise<unknown>[] = [];
    const listen = (worker: Worker) => ended.push(new Promise(resolve => worker.once('exit', resolve)));
    process.on('worker', listen);
    try {
      record('talk').prompt('A').says('Yes');
      await new Promise<void>(given => {
        const onRecords = () => {
          given();
          return new Promise<void>(() => undefined);
        };
        follow({ onRecords });
      });
      threads[0]!.dispose();
      assert.equal(ended.length, 1);
      await Promise.all(ended);
      assert.deepEqual(failures, []);
    } finally {
      process.off('worker', listen);
    }
  });

  function record(name: string): Transcript {
    const place = claudeCode.places(work, { env: { CLAUDE_CONFIG_DIR: home }, platform: process.platform })[0]!;
    return new Transcript(join(place, `${name}.jsonl`), { cwd: work, session: name });
  }

  /** Until all that can be read is; gives at what threads ended. */
  async function followDeadly(): Promise<(string | undefined)[]> {
    given = [];
    const ended: (string | undefined)[] = [];
    const read = Promise.withResolvers<void>();
    const thread = follow({
      script: deadlyTools,
      heap: 64,
      standstill: 1500,
      patience: [10, 10],
      failed: (_, record) => ended.push(record),
      onRecords: ({ prompts, problems }) => {
        given.push(...prompts.map(({ text }) => text), ...problems.map(({ agent, message }) => `!${agent} ${message}`));
        if (prompts.length > 0) read.resolve();
      },
    });
    await read.promise;
    await thread.read();
    thread.dispose();
    return ended;
  }

  function follow(more: Partial<ConstructorParameters<typeof AgentThread>[0]> = {}): AgentThread {
    const thread = new AgentThread({
      script,
      off: [],
      folders: [work],
      machine: { env: { CLAUDE_CONFIG_DIR: home, HOME: home }, platform: 'linux' },
      since: 0,
      hooks: home,
      remember: join(home, 'agents.json'),
      every: 60_000,
      onRecords: note,
      committed: () => Promise.resolve(),
      failed: error => failures.push(error),
      ...more,
    });
    threads.push(thread);
    return thread;
  }

  function note({ prompts, edits, problems }: AgentRecords): void {
    given.push(...prompts.map(({ text }) => text), ...problems.map(() => '!'));
    given.push(...edits.map(({ before, after }) => `${before}>${after}`));
  }
});
