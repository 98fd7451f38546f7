import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { FolderRecord, type Opening } from '../../src/folderRecord.ts';
import { JournalError } from '../../src/journal/problem.ts';

describe('the record of a folder', () => {
  it('hears a consent that is given while the journal is still looked for', async () => {
    const openings: Opening[] = [];
    const none = () => undefined;
    const record = new FolderRecord({
      folder: { name: 'work' } as vscode.WorkspaceFolder,
      log: { trace: none, info: none, warn: none, error: none } as never,
      open: opening => {
        openings.push(opening);
        return Promise.reject(new JournalError({ code: 'notConsented' }));
      },
      record: () => assert.fail('nothing was opened'),
      onDidChange: none,
      onDidMeet: none,
    });
    await Promise.all([record.open(), record.open({ consent: 'person' })]);
    assert.deepEqual(openings, [{}, { consent: 'person' }]);
    await record.close();
  });
});
