import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { EventEmitter } from './events.ts';
import { Position, Range, RelativePattern, Selection, Uri } from './places.ts';
import type { TextDocumentDouble } from './textDocument.ts';

export type Provider = vscode.DocumentPasteEditProvider & vscode.DocumentDropEditProvider;
type Command = (...args: never[]) => unknown;

class FileSystemError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

class DataTransferItem {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  asString(): Promise<string> {
    return Promise.resolve(String(this.value));
  }
}

export class DataTransfer {
  readonly #items = new Map<string, DataTransferItem>();

  get(mime: string): DataTransferItem | undefined {
    return this.#items.get(mime);
  }

  set(mime: string, item: DataTransferItem): void {
    this.#items.set(mime, item);
  }

  [Symbol.iterator](): IterableIterator<[string, DataTransferItem]> {
    return this.#items.entries();
  }

  static of(items: Readonly<Record<string, unknown>>): DataTransfer {
    const data = new DataTransfer();
    for (const [mime, value] of Object.entries(items)) data.set(mime, new DataTransferItem(value));
    return data;
  }
}

/** An editor of the window: the object that selection events name. */
export interface EditorDouble {
  readonly document: TextDocumentDouble;
  selections: readonly Selection[];
  readonly selection: Selection;
}

/**
 * One window's `vscode`: what the product imports under that name, with the other side for who plays the editor.
 * Nothing of the product is in it. An event that is not named here never comes.
 */
export class VscodeDouble {
  readonly documents: TextDocumentDouble[] = [];
  readonly paste: Provider[] = [];
  readonly drop: Provider[] = [];
  readonly builtins = new Map<string, Command>();
  readonly settings = new Map<string, unknown>();
  readonly #commands = new Map<string, Command>();
  readonly #emitters = new Map<string, EventEmitter<unknown>>();
  readonly #failed: (error: unknown) => void;
  active: EditorDouble | undefined;
  readonly folder: vscode.WorkspaceFolder;
  readonly module: object;

  constructor(folder: string, failed: (error: unknown) => void) {
    this.#failed = failed;
    this.folder = { uri: Uri.file(folder) as unknown as vscode.Uri, name: 'work', index: 0 };
    this.module = this.#module();
  }

  /** The emitter of an event, as `workspace.onDidChangeTextDocument`. */
  on(name: string): EventEmitter<unknown> {
    let emitter = this.#emitters.get(name);
    if (!emitter) {
      emitter = new EventEmitter(this.#failed);
      this.#emitters.set(name, emitter);
    }
    return emitter;
  }

  /** Runs a command as the palette or a key would. */
  async run(id: string, ...args: unknown[]): Promise<unknown> {
    const command = this.#commands.get(id) ?? this.builtins.get(id);
    if (!command) throw new Error(`command '${id}' not found`);
    return command(...(args as never[]));
  }

  #module(): object {
    const double = this;
    return {
      version: '1.139.1',
      Uri,
      Position,
      Range,
      Selection,
      RelativePattern,
      FileSystemError,
      DataTransferItem,
      DataTransfer,
      EventEmitter,
      EndOfLine: { LF: 1, CRLF: 2 },
      FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
      DocumentDropOrPasteEditKind: { Empty: { append: (part: string) => part } },
      env: { appName: 'double', machineId: 'double', language: 'en', remoteName: undefined },
      commands: {
        registerCommand: (id: string, command: Command) => {
          if (this.#commands.has(id)) throw new Error(`command '${id}' already exists`);
          this.#commands.set(id, command);
          return { dispose: () => this.#commands.delete(id) };
        },
        executeCommand: (id: string, ...args: unknown[]) => this.run(id, ...args),
      },
      languages: {
        registerDocumentPasteEditProvider: (_: unknown, provider: Provider) => held(this.paste, provider),
        registerDocumentDropEditProvider: (_: unknown, provider: Provider) => held(this.drop, provider),
      },
      window: this.#events({
        get activeTextEditor() {
          return double.active;
        },
        get visibleTextEditors() {
          return double.active ? [double.active] : [];
        },
        tabGroups: { all: [], onDidChangeTabs: () => ({ dispose: () => undefined }) },
      }),
      workspace: this.#events({
        workspaceFolders: [this.folder],
        get textDocuments() {
          return double.documents;
        },
        notebookDocuments: [],
        getWorkspaceFolder: (uri: Uri) =>
          uri.path.startsWith(`${this.folder.uri.path}/`) && uri.scheme === 'file' ? this.folder : undefined,
        getConfiguration: (section?: string) => ({
          get: (name: string) => this.settings.get(section === undefined ? name : `${section}.${name}`),
        }),
        findFiles: async ({ baseUri }: RelativePattern) => filesBelow(baseUri.fsPath).map(path => Uri.file(path)),
        createFileSystemWatcher: () => ({
          onDidChange: this.on('watcher.change').event,
          onDidCreate: this.on('watcher.create').event,
          onDidDelete: this.on('watcher.delete').event,
          dispose: () => undefined,
        }),
        fs: diskFiles,
      }),
    };
  }

  /** An object whose `onDid…` and `onWill…` are events of this window. */
  #events<T extends object>(own: T): T {
    return new Proxy(own, {
      get: (target, name) => {
        if (name in target || typeof name !== 'string') return Reflect.get(target, name);
        if (/^on(Did|Will)/.test(name)) return this.on(name).event;
        throw new Error(`the double has no ${name}`);
      },
    });
  }
}

function held<T>(list: T[], item: T): { dispose(): void } {
  list.push(item);
  return { dispose: () => void list.splice(list.indexOf(item), 1) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

const diskFiles = {
  stat: async (uri: Uri) => found(() => ({ type: statSync(uri.fsPath).isDirectory() ? 2 : 1 })),
  readFile: async (uri: Uri) => found(() => readFileSync(uri.fsPath)),
  writeFile: async (uri: Uri, bytes: Uint8Array) => {
    mkdirSync(join(uri.fsPath, '..'), { recursive: true });
    writeFileSync(uri.fsPath, bytes);
  },
  delete: async (uri: Uri) => rmSync(uri.fsPath, { recursive: true }),
};

function found<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new FileSystemError('FileNotFound');
    throw error;
  }
}
