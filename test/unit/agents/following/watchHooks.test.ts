import assert from 'node:assert/strict';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { Progress } from '../../../../src/agents/following/progress.ts';
import { leave, spoolOf, unsortedSpool } from '../../../../src/agents/hooks/hookSpool.ts';
import { claudeCode } from '../../../../src/agents/tools/claudeCode.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { Watching } from './watching.ts';

describe('AgentWatch, and what hooks left', () => {
  let room: Watching;
  let home: string;
  let work: string;
  let follow: Watching['follow'];
  let record: Watching['record'];
  let hookTold: Watching['hookTold'];
  let note: Watching['note'];
  let take: Watching['take'];
  let watches: Watching['watches'];
  let given: Watching['given'];

  beforeEach(() => {
    room = new Watching();
    ({ home, work, follow, record, hookTold, note, take, watches, given } = room);
  });
  afterEach(() => room.dispose());
  after(cleanFolders);

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

  it('names the call of a hook that it reads, and sets one aside at which threads ended', async () => {
    const progress = new Progress();
    for (const [at, text] of ['A', 'B'].entries()) leave(spoolOf(home, work), hookTold(text), at);
    const [first, second] = readdirSync(spoolOf(home, work)).toSorted();
    const nameOf = (file: string) => `hook ${join(spoolOf(home, work), file.split('.')[0]!)}`;
    const at: (string | undefined)[] = [];
    const onRecords = (records: AgentRecords) => {
      note(records);
      at.push(progress.record);
    };
    await follow({ hooks: home, progress, deadly: [nameOf(first!)], onRecords }).read();
    assert.deepEqual([take(), at.at(-1), progress.record], [['!hook:0', 'B'], nameOf(second!), undefined]);
    assert.equal(readdirSync(spoolOf(home, work)).join(), first!.replace('.json', '.bad'));
  });

  it('does not listen to the hooks of a tool that is off', async () => {
    leave(spoolOf(home, work), hookTold('A'), 1);
    await follow({ hooks: home, agents: [] }).read();
    assert.deepEqual(take(), []);
  });
});
