import { Range, type TextDocument, Uri, WorkspaceEdit, type WorkspaceFolder, workspace } from 'vscode';
import type { LabelledEntry } from '../../cli/label.ts';
import { positionOf } from '../offsets.ts';
import type { Surface } from '../surface.ts';

/**
 * Puts what the command line has planned into the texts of files, by one edit that can be undone, and saves them. Recorded
 * as a tool's: nobody typed it. False where the editor did not take it, or a text is not as it was when that was planned.
 */
export async function editLabels(
  { line }: Pick<Surface, 'line'>,
  folder: WorkspaceFolder,
  entries: readonly LabelledEntry[],
  isAsPlanned: (document: TextDocument) => boolean,
): Promise<boolean> {
  const edit = new WorkspaceEdit();
  const own = new Map<string, readonly string[]>();
  let stale = false;
  const documents = await Promise.all(
    entries
      .filter(({ changes }) => changes.length > 0)
      .map(async ({ file, changes }) => {
        const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, file));
        stale ||= !isAsPlanned(document);
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

/**
 * Says of a text later whether its places are where they are now: it was neither changed nor saved otherwise since. One that
 * was opened since is as the disk has it.
 */
export function asTheyStand(): (document: TextDocument) => boolean {
  const versions = new Map(workspace.textDocuments.map(({ uri, version }) => [`${uri}`, version]));
  return ({ uri, version, isDirty }) => !isDirty && (versions.get(`${uri}`) ?? version) === version;
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
