import { type Uri, workspace } from 'vscode';
import type { Line } from './line.ts';

/** What `activate` returns for other extensions. */
export interface ExportedApi {
  /** Grows when a method changes its meaning. */
  readonly version: 1;
  /** The object of `holograph spans FILE --json`; rejects for a file that is not recorded. */
  spans(uri: Uri): Promise<unknown>;
  /** The `tally` of the same object. */
  tally(uri: Uri): Promise<unknown>;
}

export function exportedApi(line: Line): ExportedApi {
  const spans = async (uri: Uri): Promise<{ readonly tally: unknown }> => {
    await line.flush();
    const folder = workspace.getWorkspaceFolder(uri)?.uri;
    const { code, stdout, stderr } = await line.runCli(folder, ['spans', uri.fsPath, '--json']);
    if (code !== 0) throw new Error(stderr.trim());
    return JSON.parse(stdout) as { readonly tally: unknown };
  };
  return { version: 1, spans, tally: async uri => (await spans(uri)).tally };
}
