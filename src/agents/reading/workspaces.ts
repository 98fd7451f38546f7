import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fields, list, text } from './json.ts';
import { editorData, type Machine } from './machine.ts';
import { namesIn } from './namesIn.ts';

/**
 * Folders of editors of VS Code's family that keep what belongs to a workspace (`User/workspaceStorage/<hash>`), of
 * those workspaces that are the folder, lie above it or below it.
 */
export function storagesOf(folder: string, machine: Machine): readonly string[] {
  const found: string[] = [];
  for (const data of editorData(machine)) {
    const all = join(data, 'User', 'workspaceStorage');
    for (const name of namesIn(all)) {
      const storage = join(all, name);
      if (foldersOf(storage).some(opened => isWithin(opened, folder) || isWithin(folder, opened))) found.push(storage);
    }
  }
  return found;
}

/** The folder that was open where a storage's record was made; undefined for none, several, or one elsewhere. */
export function folderOf(storage: string): string | undefined {
  const folders = foldersOf(storage);
  return folders.length === 1 ? folders[0] : undefined;
}

/** What a storage belongs to never changes, so it is read once. */
const known = new Map<string, readonly string[]>();

/** `workspace.json` names a folder, or the file that lists the folders of a workspace. */
function foldersOf(storage: string): readonly string[] {
  const before = known.get(storage);
  if (before) return before;
  const state = fields(jsonIn(join(storage, 'workspace.json')));
  if (!state) return [];
  const folder = pathOf(text(state.folder));
  const file = pathOf(text(state.workspace) ?? text(state.configuration));
  const folders = folder === undefined ? (file === undefined ? [] : listedIn(file)) : [folder];
  known.set(storage, folders);
  return folders;
}

function listedIn(file: string): readonly string[] {
  const listed = list(fields(jsonIn(file))?.folders).flatMap(entry => {
    const [path, uri] = [text(fields(entry)?.path), pathOf(text(fields(entry)?.uri))];
    return path === undefined ? (uri ?? []) : resolve(dirname(file), path);
  });
  return listed.length > 0 ? listed : [dirname(file)];
}

function pathOf(uri: string | undefined): string | undefined {
  if (!uri?.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    // A folder of another machine.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Such files are small and written once; what cannot be read says nothing about a folder. */
function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below === '' || (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below));
}
