import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { type AgentRecords, noRecords } from '../../../src/agents/agent.ts';
import { AgentWatch } from '../../../src/agents/following/watch.ts';
import { claudeCode } from '../../../src/agents/tools/claudeCode.ts';
import { withoutSecrets } from '../../../src/agents/withoutSecrets.ts';
import { Line } from './line.ts';
import { cleanFolders, folder, Transcript } from './transcript.ts';

const key = `sk-ant-${'a1B2'.repeat(8)}`;
const blank = '▮'.repeat(key.length);
const about = { agent: 'a', conversation: 'c', time: 5 };
const prompt = { ...about, id: 'a:c:p', text: `Use ${key} and password=hunter2x here` };
const answer = { ...about, id: 'a:c:q', text: `I used ${key}.`, prompt: 'a:c:p' };
const edit = { ...about, id: 'a:c:e', file: '/b/a.ts', after: `const key = '${key}';` };
const records: AgentRecords = { ...noRecords, prompts: [prompt], answers: [answer], edits: [edit] };

describe('secrets in records', () => {
  it('are withheld in what was asked and answered, counted, and left in edits, which are compared with files', () => {
    const found = withoutSecrets(records);
    assert.deepEqual(found.prompts, [{ ...prompt, text: `Use ${blank} and password=▮▮▮▮▮▮▮▮ here`, withheld: 2 }]);
    assert.deepEqual(found.answers, [{ ...answer, text: `I used ${blank}.`, withheld: 1 }]);
    assert.deepEqual(found.edits, [edit]);
  });

  it('are withheld once, however often it is asked', () => {
    const words = fc.constantFrom(key, 'password: aB3$efgh1', 'https://me:hunter2x@host/', 'and', '▮▮', 'Bearer abc');
    fc.assert(
      fc.property(fc.array(words), said => {
        const once = withoutSecrets({ ...records, prompts: [{ ...prompt, text: said.join(' ') }] });
        assert.deepEqual(withoutSecrets(once), once);
      }),
    );
  });
});

describe('secrets on their way into a journal', () => {
  after(cleanFolders);

  it('a record’s prompt and answer come without them; an edit of the same words is still proven', async () => {
    const line = await Line.open('One.\n');
    line.talk.prompt(`Add ${key}`).says(`It is ${key} now.`).edit('e1', line.file, 'One.\n', 'One', key);
    await line.write(`${key}.\n`);
    await line.read();
    assert.deepEqual(
      (await line.records()).filter(one => one.includes('sk-ant')),
      [],
    );
    assert.match((await line.records()).join('\n'), new RegExp(`^prompt .* Add ${blank}$`, 'mu'));
    assert.match((await line.spans()).join(), /ai\.agent proven/);
    await line.close();
  });

  it('are given where the person has them recorded', async () => {
    const talk = new Transcript(join(folder(), 'claude', 'projects', '-b', 'talk.jsonl'), { cwd: '/b' });
    talk.prompt(`Add ${key}`).says('Done.');
    for (const keepsSecrets of [true, false]) {
      const given: string[] = [];
      const env = { CLAUDE_CONFIG_DIR: join(dirname(talk.file), '..', '..') };
      const watch = new AgentWatch({
        agents: [claudeCode],
        folders: ['/b'],
        machine: { env, platform: 'linux' },
        since: 0,
        keepsSecrets,
        every: 60_000,
        onRecords: ({ prompts }) => void given.push(...prompts.map(({ text }) => text)),
      });
      await watch.read();
      watch.dispose();
      assert.deepEqual(given, [`Add ${keepsSecrets ? key : blank}`]);
    }
  });

  it('what a hook leaves on disk has none, and the log’s account of it counts as the same', async () => {
    const line = await Line.open('One.\n');
    const said = { session_id: line.talk.session, cwd: join(line.file, '..') };
    await line.hook('claude-code', { ...said, hook_event_name: 'UserPromptSubmit', prompt: `Add ${key}` });
    const left = readdirSync(join(line.home, 'holograph'), { recursive: true, encoding: 'utf8' });
    const spooled = left.filter(name => /^hooks.*\.json$/.test(name));
    assert.equal(spooled.length, 1);
    assert.ok(!readFileSync(join(line.home, 'holograph', spooled[0]!), 'utf8').includes(key));
    await line.read();
    line.talk.prompt(`Add ${key}`);
    await line.read();
    assert.equal((await line.records()).length, 1);
    await line.close();
  });
});
