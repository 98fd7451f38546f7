import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cursor } from '../../../../src/agents/tools/cursor.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { CursorDatabase } from './cursorDatabase.ts';

describe('the folder of Cursor’s older conversations', () => {
  after(cleanFolders);

  const lists: readonly (readonly [string, (own: CursorDatabase, all: CursorDatabase) => unknown])[] = [
    [
      'the list of the workspace',
      own => own.row('composer.composerData', { allComposers: [{ composerId: one }] }, 'ItemTable'),
    ],
    ['what is open in it', own => own.row('composer.composerData', { selectedComposerIds: [one] }, 'ItemTable')],
    [
      'the views that it keeps',
      own =>
        own.row('workbench.panel.composerChatViewPane.1', { [`workbench.panel.aichat.view.${one}`]: {} }, 'ItemTable'),
    ],
    [
      'the list of all',
      (_, all) => {
        const listed = [{ composerId: one, workspaceIdentifier: { id: 'w7' } }];
        all.row('composer.composerHeaders', { allComposers: listed }, 'ItemTable');
      },
    ],
  ];
  const one = '11111111-2222-3333-4444-555555555555';
  for (const [what, list] of lists) {
    it(`is found by ${what}`, async () => {
      const user = join(folder(), 'User');
      const storage = join(user, 'workspaceStorage', 'w7');
      for (const made of [storage, join(user, 'globalStorage')]) mkdirSync(made, { recursive: true });
      writeFileSync(join(storage, 'workspace.json'), JSON.stringify({ folder: 'file:///work' }));
      const own = new CursorDatabase(join(storage, 'state.vscdb'));
      const all = new CursorDatabase(join(user, 'globalStorage', 'state.vscdb'), one);
      list(own, all);
      all.user('u1', 'A').composer({ workspaceIdentifier: undefined });
      const { prompts, problems } = await cursor.reader(all.file).read();
      own.close();
      all.close();
      assert.deepEqual([prompts[0]?.folder, problems], ['/work', []]);
    });
  }
});
