import assert from 'node:assert/strict';
import { amp, ampFileChanges } from '../../../../src/agents/tools/amp.ts';
import { picture, readAll } from '../recordPicture.ts';
import { AmpThread, ampChange } from '../smallSamples.ts';
import { cleanFolders, folder } from '../transcript.ts';

const call = 'toolu_0123456789abcdef';
const opus = 'anthropic/claude-opus-4-6';

describe('amp', () => {
  after(cleanFolders);

  const edit = { path: '/work/a.md', old_str: 'a', new_str: 'b' };
  const diff = '```diff\nIndex: a.md\n====\n--- a.md\toriginal\n+++ a.md\tmodified\n@@ -1,2 +1,2 @@\n k\n-a\n+b\n```';
  const cases: readonly (readonly [string, (thread: AmpThread) => AmpThread, string])[] = [
    ['a prompt with the model that answers', t => t.user('A').says('x'), `"A"@${opus}; =x of "A"`],
    ['a prompt that nothing answered', t => t.user('A').user('B').says('x'), `"A"@?; "B"@${opus}; =x of "B"`],
    ['one replacement', t => t.call(call, 'edit_file', edit), `${call} /work/a.md a→b of -`],
    ['at all places', t => t.call(call, 'edit_file', { ...edit, replace_all: true }), `${call} /work/a.md a→b* of -`],
    [
      'by the diff alone',
      t => t.call(call, 'edit_file', { path: 'a.md' }, { status: 'done', result: { diff } }),
      `${call} /work/a.md k\\na\\n→k\\nb\\n of -`,
    ],
    [
      'a file that it wrote',
      t => t.call(call, 'create_file', { path: 'a.md', content: 'x' }),
      `${call} /work/a.md ->x →x of -`,
    ],
    [
      'a patch',
      t =>
        t.call(call, 'apply_patch', { patchText: '*** Begin Patch\n*** Update File: a.md\n@@\n-a\n+b\n*** End Patch' }),
      `${call} /work/a.md a\\n→b\\n of -`,
    ],
    ['not a refused one', t => t.call(call, 'edit_file', edit, { status: 'rejected-by-user' }), ''],
    ['not a failed one', t => t.call(call, 'edit_file', edit, { status: 'error' }), ''],
    ['not one under way', t => t.call(call, 'edit_file', edit, { status: 'in-progress' }), ''],
    [
      'not its own undoing, which is no decision of the person',
      t => t.call(call, 'undo_edit', { path: '/work/a.md' }),
      '',
    ],
    [
      'the turn that led to it',
      t => t.user('A').call(call, 'edit_file', edit),
      `"A"@${opus}; ${call} /work/a.md a→b of "A"`,
    ],
  ];
  for (const [what, write, is] of cases) {
    it(what, async () => {
      const records = await readAll(amp.reader(write(new AmpThread()).write(folder())));
      assert.equal(picture(records), is);
    });
  }

  it('follows a thread, and takes a message that the person changed for another', async () => {
    const [at, first, second] = [folder(), new AmpThread().user('A').says('x'), new AmpThread(1_767_400_000_000)];
    const reader = amp.reader(first.write(at, 1));
    assert.equal(picture(await reader.read()), `"A"@${opus}; =x of "A"`);
    assert.equal(picture(await reader.read()), '');
    first.user('B').call(call, 'edit_file', edit).write(at, 2);
    assert.equal(picture(await reader.read()), `"B"@${opus}; ${call} /work/a.md a→b of "B"`);
    second.user('C').says('y').write(at, 3);
    assert.equal(picture(await reader.read()), `"C"@${opus}; =y of "C"`);
  });

  it('gives what it knows of the conversation', async () => {
    const { prompts, edits } = await readAll(
      amp.reader(new AmpThread().user('A').call(call, 'edit_file', edit).write(folder())),
    );
    assert.deepEqual(
      [prompts[0]?.folder, prompts[0]?.time, edits[0]?.id],
      ['/work', Date.UTC(2026, 0, 2, 10), `amp:T-talk:${call}`],
    );
  });

  describe('copies of changed files', () => {
    const changes: readonly (readonly [string, object, string])[] = [
      ['both texts', {}, `${call} /work/a.md a\\n>b\\n of -`],
      ['a new file', { isNewFile: true, before: '' }, `${call} /work/a.md null>b\\n of -`],
      ['one that was reverted, by whom is not told', { reverted: true }, `${call} /work/a.md a\\n>b\\n of -`],
      ['an unknown form', { after: undefined }, '!unknown form of a change'],
      ['no file of this machine', { uri: 'https://x/a.md' }, '!unknown form of a change'],
    ];
    for (const [what, change, is] of changes) {
      it(what, async () =>
        assert.equal(picture(await readAll(ampFileChanges.reader(ampChange(folder(), change)))), is),
      );
    }

    it('has the id that the thread gives the call', async () => {
      const { edits } = await readAll(ampFileChanges.reader(ampChange(folder())));
      assert.equal(edits[0]?.id, `amp:T-talk:${call}`);
    });
  });

  it('knows its records and places', () => {
    const machine = { env: { HOME: '/home/a' }, platform: 'linux' } as const;
    assert.deepEqual(amp.places('/work', machine), ['/home/a/.local/share/amp/threads']);
    assert.deepEqual(ampFileChanges.places('/work', machine), ['/home/a/.amp/file-changes']);
    assert.deepEqual(['T-1.json', 'T-1.json.tmp', 'a.json'].map(amp.isRecord), [true, false, false]);
    const names = ['T-1/toolu_1.72595378-f6f7-4b3d-ad64-84fa9680e9c9', 'T-1/toolu_1', 'a'];
    assert.deepEqual(names.map(ampFileChanges.isRecord), [true, false, false]);
  });
});
