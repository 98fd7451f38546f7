import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fields, list, text } from '../reading/json.ts';
import { type Tables, ToolDatabase } from '../reading/sqlite.ts';
import { folderOf } from '../reading/workspaces.ts';

/** Milliseconds between two looks at all workspaces, for conversations that were not found at the first. */
const PAUSE = 60_000;

/**
 * Which folder each of Cursor's conversations belongs to, for versions before 3.12, that do not say it with the
 * conversation: each workspace's own database lists its conversations, or what is open of them, and later the global one
 * lists all. Nothing else is read of them.
 */
export class CursorFolders {
  readonly #store: string;
  readonly #folders = new Map<string, string>();
  #looked = 0;

  /** `store`: the global database. */
  constructor(store: string) {
    this.#store = store;
  }

  of(workspace: string | undefined, composer: string): string | undefined {
    return this.#opened(workspace) ?? this.#folders.get(composer);
  }

  /** Whether anything new was found; undefined: it was not looked for, since that was done a moment ago. */
  async look(now = Date.now()): Promise<boolean | undefined> {
    if (now - this.#looked < PAUSE) return undefined;
    this.#looked = now;
    const before = this.#folders.size;
    const storages = join(dirname(dirname(this.#store)), 'workspaceStorage');
    // What is not there lists nothing.
    for (const name of await readdir(storages).catch(() => [])) {
      const folder = folderOf(join(storages, name));
      if (folder === undefined) continue;
      const look = await new ToolDatabase(join(storages, name, 'state.vscdb')).look(listedIn);
      for (const composer of look.state === 'read' ? look.value : []) this.#folders.set(composer, folder);
    }
    const look = await new ToolDatabase(this.#store).look(headersIn);
    for (const [composer, workspace] of look.state === 'read' ? look.value : []) {
      const folder = this.#opened(workspace);
      if (folder !== undefined) this.#folders.set(composer, folder);
    }
    return this.#folders.size > before;
  }

  #opened(workspace: string | undefined): string | undefined {
    if (workspace === undefined || basename(workspace) !== workspace) return undefined;
    return folderOf(join(dirname(dirname(this.#store)), 'workspaceStorage', workspace));
  }
}

/** Conversations that a workspace lists, and those whose views it keeps. */
function listedIn(tables: Tables): readonly string[] {
  const out: string[] = [];
  const listed = fields(valueIn(tables, 'composer.composerData'));
  for (const one of list(listed?.allComposers)) out.push(text(fields(one)?.composerId) ?? '');
  for (const one of list(listed?.selectedComposerIds)) out.push(text(one) ?? '');
  if (!tables.has('ItemTable', 'key', 'value')) return out;
  const [from, to] = ['workbench.panel.composerChatViewPane', 'workbench.panel.composerChatViewPanf'];
  tables.each('SELECT value FROM ItemTable WHERE key >= ? AND key < ?', [from, to], row => {
    for (const [, id = ''] of String(row.value).matchAll(/workbench\.panel\.aichat\.view\.([0-9a-f-]{36})/g))
      out.push(id);
    return undefined;
  });
  return out;
}

function headersIn(tables: Tables): readonly (readonly [composer: string, workspace: string])[] {
  return list(fields(valueIn(tables, 'composer.composerHeaders'))?.allComposers).flatMap(one => {
    const [composer, workspace] = [text(fields(one)?.composerId), fields(fields(one)?.workspaceIdentifier)];
    const id = text(workspace?.id);
    return composer === undefined || id === undefined ? [] : [[composer, id] as const];
  });
}

function valueIn(tables: Tables, key: string): unknown {
  if (!tables.has('ItemTable', 'key', 'value')) return undefined;
  const value = tables.row('SELECT value FROM ItemTable WHERE key = ?', key)?.value;
  try {
    return value === undefined || value === null ? undefined : JSON.parse(String(value));
  } catch (error) {
    // A list that is no JSON lists nothing; its conversations stay without a folder, which is told.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
