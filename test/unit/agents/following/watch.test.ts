import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import { leave, spoolOf, unsortedSpool } from '../../../../src/agents/hooks/hookSpool.ts';
import { claudeCode } from '../../../../src/agents/tools/claudeCode.ts';
import { cleanFolders, folder, Transcript } from '../transcript.ts';

describe('AgentWatch', () => {
  let home: string;
  let work: string;
  let given: string[];
  let watches: AgentWatch[];

  beforeEach(() => {
    home = folder();
    work = join(folder(), 'book');
    mkdirSync(work);
    given = [];
    watches = [];
  });
  afterEach(() => {
    for (const watch of watches) watch.dispose();
  });
  after(cleanFolders);

  it('gives what is there, then what is added, each thing once', async () => {
    const talk = record('talk').prompt('A').says('Yes');
    const watch = follow();
    await watch.read();
    assert.deepEqual(take(), ['A']);
    talk.edit('e1', join(work, 'a.md'), 'x', 'x', 'y');
    await watch.read();
    await watch.read();
    assert.deepEqual(take(), ['a.md x>y of talk-1']);
  });

  it('finds places, records and folders that appear later', async () => {
    const watch = follow();
    await watch.read();
    record('one').prompt('A').says('Yes');
    await watch.read();
    record('two/subagents/agent-1', work, { session: 'one' }).edit('e1', join(work, 'a.md'), 'x', 'x', 'y');
    await watch.read();
    record('three', join(work, 'part')).prompt('B').says('Yes');
    await watch.read();
    assert.deepEqual(take(), ['A', 'a.md x>y of undefined', 'B']);
  });

  it('hears of changes without being asked', async () => {
    const heard = new Promise<void>(resolve => {
      follow({ every: 60_000, onRecords: () => resolve() });
    });
    await watches[0]!.read();
    record('talk').prompt('A').says('Yes');
    await heard;
  });

  it('finds by its regular look what the file system does not tell of', async () => {
    const heard = new Promise<void>(resolve => {
      follow({ every: 20, onRecords: () => resolve() });
    });
    record('talk').prompt('A').says('Yes');
    await heard;
  });

  it('takes only what concerns the folder, and of a talk held above it only prompts that led here', async () => {
    const above = join(work, '..');
    record('talk', above)
      .prompt('Elsewhere')
      .edit('e1', join(above, 'b.md'), 'x', 'x', 'y')
      .prompt('Here')
      .edit('e2', join(work, 'a.md'), 'x', 'x', 'y');
    await follow().read();
    assert.deepEqual(take(), ['Here', 'a.md x>y of talk-4']);
  });

  it('takes nothing from before recording began, but the prompt of what came after', async () => {
    const since = Date.UTC(2026, 0, 2, 10, 0, 4);
    record('talk')
      .prompt('Old')
      .edit('e1', join(work, 'a.md'), 'x', 'x', 'y')
      .edit('e2', join(work, 'a.md'), 'y', 'y', 'z');
    await follow({ since }).read();
    assert.deepEqual(take(), ['Old', 'a.md y>z of talk-1']);
  });

  it('leaves out what the journal knows, under whatever conversation it comes', async () => {
    const copied = { uuid: 'm1' };
    record('fork')
      .prompt('A', copied)
      .says('Yes')
      .edit('e1', join(work, 'a.md'), 'x', 'x', 'y')
      .edit('e2', join(work, 'a.md'), 'y', 'y', 'z');
    await follow({ known: ['claude-code:talk:m1', 'claude-code:talk:e1'] }).read();
    assert.deepEqual(take(), ['a.md y>z of m1']);
  });

  it('gives files under the name by which the folder was opened', async () => {
    const link = join(home, 'link');
    symlinkSync(work, link);
    record('talk').prompt('A').says('Yes').edit('e1', join(work, 'a.md'), 'x', 'x', 'y');
    await follow({ folders: [link] }).read();
    assert.deepEqual(take(), ['A', 'link/a.md x>y of talk-1']);
  });

  it('names what cannot be read, and reads the rest', async () => {
    record('broken').raw('{"a\n');
    record('talk').prompt('A').says('Yes');
    await follow().read();
    assert.deepEqual(take().sort(), ['!broken.jsonl:1', 'A']);
  });

  it('names a place that is no folder', async () => {
    mkdirSync(join(home, 'projects'));
    writeFileSync(claudeCode.places(work, { env: { CLAUDE_CONFIG_DIR: home }, platform: process.platform })[0]!, '');
    await follow().read();
    assert.equal(take().length, 1);
  });

  it('gives nothing after it was disposed', async () => {
    const watch = follow();
    await watch.read();
    watch.dispose();
    record('talk').prompt('A').says('Yes');
    await watch.read();
    assert.deepEqual(take(), []);
  });

  it('gives a batch again that the listener failed on, and says that it failed', async () => {
    let failures = 2;
    const watch = follow({
      onRecords: records => {
        if (failures-- > 0) throw new Error('no');
        note(records);
      },
    });
    const talk = record('talk').prompt('A').says('Yes');
    const reads = [watch.read(), watch.read(), watch.read()];
    assert.ok((await Promise.allSettled(reads)).some(({ status }) => status === 'rejected'));
    talk.prompt('B').says('Yes');
    await watch.read();
    assert.deepEqual(take(), ['A', '!:0', 'B']);
  });

  it('gives what hooks left, also before it began, and takes it out of the spool once it is kept', async () => {
    let keep: () => Promise<void> = () => Promise.reject(new Error('the journal is full'));
    leave(spoolOf(home, work), hookTold('A'), 1);
    const remember = join(home, 'agents.json');
    const watch = follow({ hooks: home, remember, committed: () => keep() });
    await watch.read();
    leave(spoolOf(home, work), hookTold('B'), 2);
    await watch.read();
    assert.deepEqual(take(), ['A', 'B']);
    const left = () => readdirSync(spoolOf(home, work)).map(name => name.split('.').at(-1));
    assert.deepEqual([left(), existsSync(remember)], [['taken', 'taken'], false]);
    keep = () => Promise.resolve();
    await watch.read();
    assert.deepEqual([left(), existsSync(remember), take()], [[], true, []]);
  });

  it('hears of a hook without being asked', async () => {
    const heard = new Promise<void>(resolve => {
      follow({ every: 60_000, hooks: home, patience: 0, onRecords: () => resolve() });
    });
    await watches[0]!.read();
    leave(spoolOf(home, work), hookTold('A'), 1);
    await heard;
  });

  it('waits a while for the log to tell of a prompt that a hook told, since the log names the model', async () => {
    const heard = Promise.withResolvers<void>();
    const onRecords = ({ prompts }: AgentRecords) => {
      given.push(...prompts.map(({ text, model }) => `${text} ${model}`));
      heard.resolve();
    };
    leave(spoolOf(home, work), hookTold('A', work, 'talk'), 1);
    follow({ every: 20, hooks: home, onRecords });
    record('talk', work, { time: Date.now() }).prompt('A').says('Yes');
    await heard.promise;
    await watches[0]!.read();
    assert.deepEqual(take(), ['A anthropic/claude-opus-5']);
  });

  it('waits no longer where more is told of its turn', async () => {
    const heard = Promise.withResolvers<void>();
    leave(spoolOf(home, work), hookTold('A'), 1);
    leave(spoolOf(home, work), { ...noRecords, problems: [{ file: 'f', line: 0, message: 'm' }] }, 2);
    const onRecords = (records: AgentRecords) => {
      note(records);
      heard.resolve();
    };
    follow({ every: 60_000, hooks: home, onRecords });
    await heard.promise;
    assert.equal(take()[0], 'A');
  });

  it('of the unsorted it takes what concerns its folders, and leaves the rest', async () => {
    leave(unsortedSpool(home), hookTold('A'), 1);
    leave(unsortedSpool(home), hookTold('B', home), 2);
    await follow({ hooks: home }).read();
    assert.deepEqual(take(), ['A']);
    assert.equal(readdirSync(unsortedSpool(home)).filter(name => name.endsWith('.json')).length, 1);
  });

  it('deletes what hooks left of other folders and nobody took in 30 days', async () => {
    const other = spoolOf(home, '/gone');
    leave(other, hookTold('A'), 1);
    leave(other, hookTold('B'), 2);
    const longAgo = Date.now() / 1000 - 31 * 24 * 3600;
    utimesSync(join(other, readdirSync(other).toSorted()[0]!), longAgo, longAgo);
    await follow({ hooks: home }).read();
    assert.deepEqual([readdirSync(other).length, take()], [1, []]);
  });

  it('a fault of one reader, or a spool that cannot be, hinders no other', async () => {
    const reader = () => ({ read: () => Promise.reject(new RangeError('no')) });
    const faulty = { ...claudeCode, name: 'faulty', reader };
    record('talk').prompt('A').says('Yes');
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await follow({ agents: [faulty, claudeCode], hooks: file }).read();
    assert.deepEqual(take().sort(), ['!hook:0', '!talk.jsonl:0', 'A']);
  });

  it('does not listen to the hooks of a tool that is off', async () => {
    leave(spoolOf(home, work), hookTold('A'), 1);
    await follow({ hooks: home, agents: [] }).read();
    assert.deepEqual(take(), []);
  });

  it('does not read again what an earlier session read whole, unless it is young or has changed', async () => {
    const remember = join(home, 'agents.json');
    const old = record('old').prompt('A').says('Yes');
    const grown = record('grown').prompt('B').says('Yes');
    record('young').prompt('C').says('Yes');
    const longAgo = Date.now() / 1000 - 10 * 24 * 3600;
    for (const { file } of [old, grown]) utimesSync(file, longAgo, longAgo);
    await follow({ remember }).read();
    assert.deepEqual(take().sort(), ['A', 'B', 'C']);
    watches[0]!.dispose();
    grown.prompt('D').says('Yes');
    utimesSync(grown.file, longAgo + 1, longAgo + 1);
    await follow({ remember }).read();
    assert.deepEqual(take().sort(), ['B', 'C', 'D']);
  });

  it('reads all again where what it remembers is lost or damaged', async () => {
    const remember = join(home, 'agents.json');
    const longAgo = Date.now() / 1000 - 10 * 24 * 3600;
    utimesSync(record('talk').prompt('A').says('Yes').file, longAgo, longAgo);
    await follow({ remember }).read();
    for (const broken of ['{', '[]', '{"version":1,"records":[1],"renamed":[[]],"marks":[{}]}']) {
      writeFileSync(remember, broken);
      await follow({ remember }).read();
    }
    assert.deepEqual(take(), ['A', 'A', 'A', 'A']);
  });

  function hookTold(text: string, folder = work, conversation = 'hooked'): AgentRecords {
    const id = `claude-code:${conversation}:${text}`;
    const asked = { id, agent: 'claude-code', conversation, time: Date.now(), text, folder };
    return { ...noRecords, prompts: [asked] };
  }

  function record(name: string, cwd = work, more: { session?: string; time?: number } = {}): Transcript {
    const place = claudeCode.places(cwd, { env: { CLAUDE_CONFIG_DIR: home }, platform: process.platform })[0]!;
    return new Transcript(join(place, `${name}.jsonl`), { cwd, session: name, ...more });
  }

  function follow(more: Partial<ConstructorParameters<typeof AgentWatch>[0]> = {}): AgentWatch {
    const machine = { env: { CLAUDE_CONFIG_DIR: home }, platform: process.platform };
    const watch = new AgentWatch({
      agents: [claudeCode],
      folders: [work],
      machine,
      since: 0,
      every: 60_000,
      onRecords: note,
      ...more,
    });
    watches.push(watch);
    return watch;
  }

  function note({ prompts, edits, problems }: AgentRecords): void {
    given.push(...prompts.map(prompt => prompt.text));
    for (const { file, before, after, prompt } of edits) {
      const name = file.startsWith(home) ? file.slice(home.length + 1) : file.slice(work.length + 1);
      given.push(`${name} ${before}>${after} of ${prompt?.slice(prompt.lastIndexOf(':') + 1)}`);
    }
    given.push(...problems.map(({ file, line }) => `!${file.slice(file.lastIndexOf('/') + 1)}:${line}`));
  }

  function take(): string[] {
    return given.splice(0);
  }
});
