import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { Line } from '../line.ts';
import { cleanFolders } from '../transcript.ts';

/** From the call of an agent's hook and its write behind the editor to spans in the journal. */
describe('an agent whose hook is called writes behind the editor', () => {
  const first = 'The wind came over the steppe.\nNobody heard it.\n';
  const second = 'The wind came over the empty steppe.\nNobody heard it.\n';
  const reported = [
    'initial "The wind came over the "',
    'ai.agent reported Make it lonelier "empty "',
    'initial "steppe.\\nNobody heard it.\\n"',
  ];
  const proven = reported.map(span => span.replace('reported', 'proven'));
  let line: Line;

  beforeEach(async () => {
    line = await Line.open(first);
  });
  afterEach(() => line.close());
  after(cleanFolders);

  it('with the hook alone its words are its own, and nothing is proven', async () => {
    await hooks();
    await line.write(second);
    await line.read();
    assert.deepEqual(await line.spans(), reported);
  });

  it('with the hook, and the log late, each is told once, and the log proves it', async () => {
    await hooks();
    await line.write(second);
    await line.read();
    log();
    await line.read();
    assert.deepEqual(await line.spans(), proven);
    assert.deepEqual(await told(), ['prompt Make it lonelier', 'agentEdit e1', 'agentEdit e1~']);
  });

  it('with the log, and the hook late, nothing is told twice', async () => {
    log();
    await line.write(second);
    await line.read();
    await hooks();
    await line.read();
    assert.deepEqual(await line.spans(), proven);
    assert.deepEqual(await told(), ['prompt Make it lonelier', 'agentEdit e1']);
  });

  it('the hook may come before the file is written, and when no window was open', async () => {
    await line.write(second);
    assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
    await hooks();
    await line.read();
    assert.deepEqual(await line.spans(), reported);
  });

  it('a completion that is accepted is a completion', async () => {
    const edits = [{ old_string: 'the steppe', new_string: 'the empty steppe' }];
    const about = { conversation_id: 'c', generation_id: 'g', workspace_roots: [dirname(line.file)] };
    await line.close();
    line = await Line.open(first, ['cursor']);
    const payload = { ...about, hook_event_name: 'afterTabFileEdit', file_path: line.file, edits };
    await line.hook('cursor', payload);
    await line.write(second);
    await line.read();
    assert.match((await line.spans()).join(), /ai\.completion reported "empty "/);
  });

  async function hooks(): Promise<void> {
    const about = { session_id: 'talk', cwd: dirname(line.file), transcript_path: line.talk.file };
    const prompt = 'Make it lonelier';
    await line.hook('claude-code', { ...about, hook_event_name: 'UserPromptSubmit', prompt });
    const tool_input = { file_path: line.file, old_string: 'the steppe', new_string: 'the empty steppe' };
    const tool_response = {
      filePath: line.file,
      oldString: 'the steppe',
      newString: 'the empty steppe',
      originalFile: first,
    };
    const used = { hook_event_name: 'PostToolUse', tool_name: 'Edit', tool_use_id: 'e1', tool_input, tool_response };
    await line.hook('claude-code', { ...about, ...used });
  }

  function log(): void {
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
  }

  async function told(): Promise<string[]> {
    return (await line.records()).map(one => one.replace(/claude-code:talk:(hook\.\w+ |talk-\d+ )?/, ''));
  }
});
