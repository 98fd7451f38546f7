import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeCode } from '../../../../src/agents/tools/claudeCode.ts';
import { cleanFolders } from '../transcript.ts';
import { Watching } from './watching.ts';

describe('AgentWatch', () => {
  let room: Watching;
  let home: string;
  let work: string;
  let follow: Watching['follow'];
  let record: Watching['record'];
  let note: Watching['note'];
  let take: Watching['take'];
  let watches: Watching['watches'];

  beforeEach(() => {
    room = new Watching();
    ({ home, work, follow, record, note, take, watches } = room);
  });
  afterEach(() => room.dispose());
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
});
