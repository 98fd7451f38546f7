import { Range, Uri, WorkspaceEdit, type WorkspaceFolder, workspace } from 'vscode';
import type { LabelledEntry } from '../../cli/label.ts';
import { positionOf } from '../offsets.ts';
import type { Surface } from '../surface.ts';

/**
 * Puts what the command line has planned into the texts of files, by one edit that can be undone, and saves them. Recorded
 * as a tool's: nobody typed it. False where the editor did not take it.
 */
export async function editLabels(
  { line }: Pick<Surface, 'line'>,
  folder: WorkspaceFolder,
  entries: readonly LabelledEntry[],
): Promise<boolean> {
  const edit = new WorkspaceEdit();
  const own = new Map<string, readonly string[]>();
  let stale = false;
  const documents = await Promise.all(
    entries
      .filter(({ changes }) => changes.length > 0)
      .map(async ({ file, changes }) => {
        const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, file));
        stale ||= document.isDirty;
        for (const { from, to, insert } of changes)
          edit.replace(document.uri, new Range(positionOf(document, from), positionOf(document, to)), insert);
        own.set(
          `${document.uri}`,
          changes.map(({ insert }) => insert),
        );
        return document;
      }),
  );
  if (documents.length === 0) return true;
  // Somebody has typed since: the places are not where they were.
  if (stale) return false;
  const taken = await line.own.write(own, () => workspace.applyEdit(edit));
  const saved = await Promise.all(documents.map(document => document.save()));
  return taken && saved.every(one => one);
}

/** Saves the texts of the folder that are open and unsaved: a label is made from what is recorded. */
export async function saveAll(folder: WorkspaceFolder, files?: ReadonlySet<string>): Promise<void> {
  const unsaved = workspace.textDocuments.filter(
    document =>
      document.isDirty &&
      !document.isUntitled &&
      workspace.getWorkspaceFolder(document.uri) === folder &&
      (files === undefined || files.has(pathIn(folder, document.uri))),
  );
  await Promise.all(unsaved.map(document => document.save()));
}

/** The path of a file below the folder, with `/`. */
export function pathIn(folder: WorkspaceFolder, { path }: Uri): string {
  return path.startsWith(`${folder.uri.path}/`) ? path.slice(folder.uri.path.length + 1) : path;
}
