import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { allowance } from './allowance.ts';
import { type Cells, entangle, loosen, Pool, textOf } from './cell.ts';
import { Disk, type DiskFile } from './disk.ts';
import type { DataTransfer } from './double/vscode.ts';
import type { EditorText } from './editorText.ts';
import { EditorWindow } from './editorWindow.ts';
import { blur, islands, unite } from './place.ts';

/** What the clipboard of the machine holds. */
export interface Clipboard {
  readonly cells: Cells;
  readonly data: DataTransfer;
  /** Where it was copied; the editor's own data reaches no other window. */
  readonly window: EditorWindow;
  readonly number: number;
  /** Copied while nothing was recorded. */
  readonly unseen: boolean;
}

/** What a file held. */
export interface Former {
  readonly cells: Cells;
  /** The life in which the product was there to see it. */
  readonly seen: number | undefined;
}

/** One person's machine: a work folder with consent, its journal, the windows on it. Everything in it is real. */
export class World {
  readonly disk: Disk;
  readonly pool = new Pool();
  readonly windows: EditorWindow[] = [];
  /** What each file has held, oldest first. */
  readonly past = new Map<string, Former[]>();
  /** How often a window was opened. */
  lives = 0;
  readonly file: string;
  clipboard: Clipboard | undefined;
  copies = 0;
  paused = false;
  /** Texts whose undo stack is older than their tracker. */
  readonly reopened = new WeakSet<EditorText>();
  /** What untitled texts held when their windows ended. */
  readonly untitled: Cells[] = [];
  /** Files whose text was closed, and all it saw not yet committed. */
  readonly left = new Set<string>();
  /** Each text as it stood when all was committed. */
  readonly committed = new WeakMap<EditorText, Cells>();
  readonly #root: string;
  readonly #home: string;

  constructor() {
    this.#root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'holograph-fuzz-'));
    this.#home = join(this.#root, 'home');
    const folder = join(this.#root, 'work');
    mkdirSync(folder);
    this.disk = new Disk(folder, (path, how) => {
      const held = this.disk.files.get(path)?.cells;
      if (held) this.past.set(path, [...(this.past.get(path) ?? []), { cells: held, seen: this.#sees(path, held) }]);
      for (const window of this.windows) window.told(path, how);
    });
    const catalogue = Catalogue.open(this.#home);
    this.file = catalogue.consent(folder, { by: 'person', software: 'fuzz' }).file;
    catalogue.close();
  }

  async open(): Promise<EditorWindow> {
    const window = new EditorWindow(this.#home, this.disk);
    this.windows.push(window);
    this.lives++;
    await window.product.takeUp();
    return window;
  }

  /** Ends a window in good order; the editor keeps what is unsaved. */
  async close(window: EditorWindow): Promise<void> {
    await window.product.close();
    this.#gone(window);
  }

  /** Its process is killed. */
  async kill(window: EditorWindow): Promise<void> {
    await window.product.kill();
    this.#gone(window);
    // No process of the machine has this number: what the system would say of the one that was killed.
    const database = new Database(this.file);
    database
      .prepare('UPDATE live SET process = ?')
      .run(JSON.stringify({ pid: 2 ** 22 + 7, host: hostname(), began: '' }));
    database.close();
  }

  /** Another program has written a file: windows that show it unchanged load it. */
  async written(path: string, file: DiskFile): Promise<void> {
    const shown = this.windows.length === 1 && this.windows[0]!.texts.get(path)?.dirty === false;
    // What no editor shows is looked at a moment later: before it is written again, or two writes are seen as one.
    if (!shown || this.left.has(path)) await this.flush();
    const old = this.disk.files.get(path)?.cells ?? [];
    blur(old, file.cells);
    const unsaved = this.windows.flatMap(window => window.texts.get(path) ?? []).filter(text => text.dirty);
    if (unsaved.length > 0) {
      // Nobody sees this text until the unsaved one is given up; then it is compared with that, or with an older one.
      unite([...old, ...file.cells, ...unsaved.flatMap(text => text.cells)]);
      loosen([...old, ...file.cells], 'unknown', 'external.disk');
      entangle([...old, ...file.cells]);
    }
    this.disk.write(path, file);
    await this.reloaded(path);
  }

  /** Every window but `by` that shows this file unchanged takes over what stands in it. */
  async reloaded(path: string, by?: EditorWindow): Promise<void> {
    const written = by?.texts.get(path);
    const { cells } = this.disk.files.get(path)!;
    for (const window of this.windows) {
      const text = window.texts.get(path);
      if (window === by || !text || text.dirty) continue;
      blur(text.cells, cells);
      // What was written while the editor looked away comes with what is written now.
      allowance.beside(islands(text.cells, cells));
      if (written?.text.isWellFormed() === false) allowance.unwritten(cells);
      window.load(text);
      // One after the other: who reads a file second finds what the first has said of it.
      if (this.windows.length > 1) await window.product.flush();
    }
  }

  /** All that was done so far is committed, in every window. */
  async flush(first?: EditorWindow): Promise<void> {
    if (first) await first.product.flush();
    this.left.clear();
    for (const window of this.windows) {
      await window.product.flush();
      for (const text of window.texts.values()) this.committed.set(text, text.cells);
    }
  }

  clear(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** The life of the only window, if it knows this text for the file's. */
  #sees(path: string, held: Cells): number | undefined {
    const [window] = this.windows;
    const text = window?.texts.get(path);
    const known = this.windows.length === 1 && (!text?.dirty || textOf(text.cells) === textOf(held));
    return known && textOf(held).isWellFormed() && !this.paused ? this.lives : undefined;
  }

  #gone(window: EditorWindow): void {
    this.windows.splice(this.windows.indexOf(window), 1);
  }
}
