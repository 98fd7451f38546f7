import assert from 'node:assert/strict';
import { droid } from '../../../../src/agents/tools/droid.ts';
import { picture, readAll } from '../recordPicture.ts';
import { DroidSession } from '../smallSamples.ts';
import { cleanFolders, folder } from '../transcript.ts';

const call = 'call_0123456789abcdef';

describe('droid', () => {
  after(cleanFolders);

  const edit = { file_path: '/work/a.md', old_str: 'a', new_str: 'b' };
  const cases: readonly (readonly [string, (session: DroidSession) => DroidSession, string])[] = [
    ['a prompt without the model of the settings: it is the newest', s => s.user('A').says('x'), '"A"@?; =x of "A"'],
    ['not the files behind it', s => s.user('A', 'Contents of /work/a.md (lines 1-2 of 2):\nx'), '"A"@?'],
    ['not what the tool adds', s => s.user('<system-reminder>x</system-reminder>', 'A'), '"A"@?'],
    [
      'not what is for the model alone',
      s => s.message('user', [{ type: 'text', text: 'A' }], { visibility: 'llm_only' }),
      '',
    ],
    ['one replacement', s => s.call(call, 'Edit', edit), `${call} /work/a.md a→b of -`],
    ['at all places', s => s.call(call, 'Edit', { ...edit, change_all: true }), `${call} /work/a.md a→b* of -`],
    [
      'several',
      s => s.call(call, 'MultiEdit', { file_path: 'a.md', changes: [edit, { old_str: 'c', new_str: 'd' }] }),
      `${call}.1 /work/a.md a→b of -; ${call}.2 /work/a.md c→d of -`,
    ],
    [
      'a file that it wrote',
      s => s.call(call, 'Create', { file_path: 'a.md', content: 'x' }),
      `${call} /work/a.md ->x →x of -`,
    ],
    [
      'a patch',
      s => s.call(call, 'ApplyPatch', { input: '*** Begin Patch\n*** Update File: a.md\n@@\n-a\n+b\n*** End Patch' }),
      `${call} /work/a.md a\\n→b\\n of -`,
    ],
    ['not a failed one', s => s.call(call, 'Edit', edit, 'x', { is_error: true }), ''],
    ['not one that says so itself', s => s.call(call, 'Edit', edit, '{"success":false}'), ''],
    [
      'not one that waits',
      s => s.message('assistant', [{ type: 'tool_use', id: call, name: 'Edit', input: edit }]),
      '',
    ],
    ['not another tool', s => s.call(call, 'Execute', { command: 'x' }), ''],
    ['the turn that led to it', s => s.user('A').call(call, 'Edit', edit), `"A"@?; ${call} /work/a.md a→b of "A"`],
    ['what is not known', s => s.add({ type: 'todo_state' }, { type: 'file_edit' }), '!unknown kind of line'],
  ];
  for (const [what, write, is] of cases) {
    it(what, async () => {
      const records = await readAll(droid.reader(write(new DroidSession(folder())).file));
      assert.equal(picture(records), is);
    });
  }

  it('names the model of a turn where its messages do', async () => {
    const session = new DroidSession(folder()).user('A').message('assistant', [{ type: 'text', text: 'x' }]);
    const use = [{ type: 'tool_use', id: call, name: 'Edit', input: edit }];
    session.message('assistant', use, { modelId: 'custom:gpt-5' });
    session.message('user', [{ type: 'tool_result', tool_use_id: call, content: '{"success":true}' }]);
    const { prompts, answers, edits } = await readAll(droid.reader(session.file));
    assert.deepEqual(
      [...prompts, ...answers, ...edits].map(({ model }) => model),
      [undefined, undefined, 'openai/gpt-5'],
    );
  });

  it('takes no prompts where another session started this one', async () => {
    const session = new DroidSession(folder(), { callingSessionId: 'other' }).user('A').call(call, 'Edit', edit);
    assert.equal(picture(await readAll(droid.reader(session.file))), `${call} /work/a.md a→b of -`);
  });

  it('names an unknown version, and reads on', async () => {
    const session = new DroidSession(folder(), { version: 3 }).user('A');
    assert.equal(picture(await readAll(droid.reader(session.file))), '"A"@?; !unknown version');
  });

  it('knows its folder, records and places', async () => {
    const { prompts } = await readAll(droid.reader(new DroidSession(folder()).user('A').file));
    assert.deepEqual([prompts[0]?.folder, prompts[0]?.conversation], ['/work', 'talk']);
    const places = droid.places('/work', { env: { HOME: '/home/a' }, platform: 'linux' });
    assert.deepEqual(places, ['/home/a/.factory/sessions', '/home/a/.factory/projects']);
    assert.deepEqual(['-work/a.jsonl', 'a.settings.json'].map(droid.isRecord), [true, false]);
  });
});
