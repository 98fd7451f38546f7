import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';

/** Where the paths of the record begin for the editor's names of files. */
export interface RecordedRoot {
  readonly root: vscode.Uri;
  /** Path in the record of what the editor calls `root`: empty, or one that ends in `/`. */
  readonly prefix: string;
}

/**
 * The window's `folder` lies in the `recorded` one, or is it; the editor may have opened it by a link, and then its
 * names of files do not begin as the recorded folder does.
 */
export function rootOf(folder: vscode.Uri, recorded: string): RecordedRoot {
  const root = folder.with({ path: vscode.Uri.file(recorded).path });
  if (within(recorded, folder.fsPath) !== undefined) return { root, prefix: '' };
  const inner = within(real(recorded), real(folder.fsPath));
  if (inner === undefined) return { root, prefix: '' };
  return { root: folder, prefix: inner === '' ? '' : `${inner}/` };
}

/** A folder that is not there now has no other name. */
function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Path below a folder, with `/`; empty for itself, nothing for what lies elsewhere. */
function within(folder: string, path: string): string | undefined {
  const inner = relative(folder, path);
  const parts = inner.split(sep);
  return parts[0] === '..' || isAbsolute(inner) ? undefined : parts.join('/');
}
