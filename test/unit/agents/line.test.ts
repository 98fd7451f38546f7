import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import { Line } from './line.ts';
import { cleanFolders } from './transcript.ts';

/** From an agent's transcript and its write behind the editor to spans in the journal. */
describe('an agent writes behind the editor', () => {
  const first = 'The wind came over the steppe.\nNobody heard it.\n';
  const second = 'The wind came over the empty steppe.\nNobody heard it.\n';
  const third = 'The wind came over the empty steppe.\nNobody had heard it.\n';
  let line: Line;

  beforeEach(async () => {
    line = await Line.open(first);
  });
  afterEach(() => line.close());
  after(cleanFolders);

  it('its words are its own with the prompt, and the words it left keep their origin', async () => {
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(second);
    await line.read();
    assert.deepEqual(await line.spans(), [
      'initial "The wind came over the "',
      'ai.agent proven Make it lonelier "empty "',
      'initial "steppe.\\nNobody heard it.\\n"',
    ]);
  });

  it('its record may come late, and after more than one edit', async () => {
    await line.write(third);
    assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    line.talk.prompt('Set it earlier').edit('e2', line.file, second, 'heard', 'had heard');
    await line.read();
    assert.deepEqual(
      (await line.spans()).filter(span => span.startsWith('ai')),
      ['ai.agent proven Make it lonelier "empty "', 'ai.agent proven Set it earlier "had "'],
    );
  });

  it('with `\\r\\n` line ends and a byte order mark in the file', async () => {
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    await line.close();
    line = await Line.open(crlf(first));
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(crlf(second));
    await line.read();
    assert.match((await line.spans()).join(), /ai\.agent proven Make it lonelier "empty "/);
  });

  it('what no record explains stays as it was found', async () => {
    line.talk.prompt('Look at it').says('I have looked.');
    await line.write(second);
    await line.read();
    assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
  });

  it("another program's write between the agent's is not the agent's", async () => {
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(second);
    await line.write(third);
    await line.read();
    assert.deepEqual(
      (await line.spans()).filter(span => !span.startsWith('initial')),
      ['ai.agent proven Make it lonelier "empty "', 'external.disk inferred "had "'],
    );
  });

  it('a file that was not there before is the agent’s, though it was never a change', async () => {
    await line.close();
    line = await Line.open(undefined);
    const content = { file_path: line.file, content: first };
    line.talk.prompt('Begin').call('e1', 'Write', content, { type: 'create', originalFile: null });
    await line.write(first);
    await line.read();
    assert.deepEqual(await line.spans(), [`ai.agent proven Begin ${JSON.stringify(first)}`]);
  });

  it('what it wrote into a file that is not recorded stays out of the record', async () => {
    line.talk.prompt('Set the token').edit('e1', join(line.file, '..', '.env'), 'TOKEN=a', 'a', 'b');
    line.talk.edit('e2', line.file, first, 'the steppe', 'the empty steppe');
    await line.read();
    assert.deepEqual(await line.edits(), ['a.md']);
  });

  it('answers are kept with their prompts and decisions with their edits; others are nobody’s affair here', async () => {
    const own = { agent: 'a', conversation: 'c', time: 5 };
    const prompt = { ...own, id: 'a:c:p', text: 'Begin' };
    const answer = { ...own, id: 'a:c:q', text: 'So I do.', prompt: 'a:c:p', model: 'x/y' };
    const edit = { ...own, id: 'a:c:e', file: line.file, prompt: 'a:c:p', before: first, after: second };
    const records: AgentRecords = {
      prompts: [prompt],
      answers: [answer, { ...answer, id: 'a:c:r', prompt: 'a:c:none' }],
      edits: [edit],
      decisions: [
        { edit: 'a:c:e', agent: 'a', time: 6, outcome: 'rejected' },
        { edit: 'a:c:e', agent: 'a', time: 7, outcome: 'undone' },
        { edit: 'a:c:none', agent: 'a', time: 6, outcome: 'accepted' },
      ],
      problems: [],
    };
    await line.take(records);
    await line.take(records);
    assert.deepEqual(await line.records(), [
      'prompt a:c:p Begin',
      'answer a:c:q to a:c:p So I do.',
      'agentEdit a:c:e',
      'decision a:c:e rejected',
      'decision a:c:e undone',
    ]);
  });
});
