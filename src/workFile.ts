import * as vscode from 'vscode';
import type { FolderRecord } from './folderRecord.ts';
import type { Log } from './host/log.ts';

const name = 'holograph.json';

/**
 * At consent the folder learns which work it is; `copies`: another than the one that it was copied from. A folder that
 * cannot be written is recorded all the same.
 */
export async function nameWork({ recording, folder }: FolderRecord, copies: boolean, log: Log): Promise<void> {
  if (!recording?.writer.begins) return;
  try {
    await writeWorkId(recording.recorder.root, recording.writer.work, copies);
  } catch (error) {
    log.warn(`${folder.name}: holograph.json was not written`, error);
  }
}

/**
 * Copies the work's id, made at consent, to the description of the work at the folder's root: so a copy of the
 * folder still says which record is its own. A file that is no JSON object is left as it
 * is, and one that names a work already, unless it `replaces` that. Everything else in it is the author's to write.
 */
async function writeWorkId(root: vscode.Uri, work: string, replaces: boolean): Promise<void> {
  const file = vscode.Uri.joinPath(root, name);
  const text = await textOf(file);
  if (text === undefined) {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify({ work }, undefined, 2)}\n`));
    return;
  }
  const described = parsed(text);
  if (described === undefined || ('work' in described && !replaces)) return;
  const indent = /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  const withId = `${JSON.stringify({ work, ...described, ...(replaces && { work }) }, undefined, indent)}\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(withId));
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function parsed(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch (error) {
    // The author is at work on it: theirs before ours.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
