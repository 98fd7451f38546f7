import { commands, workspace } from 'vscode';
import { contexts } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { foldersThat, hasJournal } from './folders.ts';
import type { Line } from './line.ts';

/** Keeps the context keys that the manifest's `when` clauses read as the line's state is. */
export function keepContexts(line: Line): Disposable {
  const store = new Store();
  const set = () => {
    const any = (fits: Parameters<typeof foldersThat>[1]) => foldersThat(line, fits).length > 0;
    void commands.executeCommand(
      'setContext',
      contexts.recording,
      any(({ kind }) => kind === 'recording'),
    );
    void commands.executeCommand(
      'setContext',
      contexts.paused,
      any(({ kind }) => kind === 'paused'),
    );
    void commands.executeCommand('setContext', contexts.hasJournal, any(hasJournal));
  };
  store.add(line.onDidChangeState(set));
  store.add(workspace.onDidChangeWorkspaceFolders(set));
  set();
  return store;
}
