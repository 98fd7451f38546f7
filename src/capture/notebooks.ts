import * as vscode from 'vscode';
import { joins } from './joined.ts';
import { type CellOf, likeCell } from './likeCells.ts';
import type { Recorder } from './recorder.ts';
import type { Tracker } from './tracker.ts';
import type { Trackers } from './trackers.ts';
import { textOf } from './translate.ts';

export interface NotebooksOptions {
  readonly recorder: Recorder;
  readonly trackers: Trackers;
  /** Path under which a file's text stands in the record; nothing for one that is not recorded. */
  readonly place: (uri: vscode.Uri) => Promise<string | undefined>;
  readonly failed: (error: unknown, where: string) => void;
}

/** A save that fails is not told of: after so many milliseconds none is under way any more. */
const longest = 10_000;

interface Open {
  readonly place: Promise<string | undefined>;
  /** All cells it has had. */
  readonly cells: Set<vscode.Uri>;
}

/**
 * The notebooks of one recorded folder. Each cell is a text of its own, with a tracker that lives as long as the
 * notebook is open: measured, a cell that moves keeps its name, one that is taken out and brought back has its old
 * one, and one whose kind changes, that is split off or read anew from the file has a new one. What a cell's
 * characters are in the notebook's file is told when the editor saves it. Owns its subscriptions.
 */
export class Notebooks implements vscode.Disposable {
  readonly #options: NotebooksOptions;
  readonly #open = new Map<string, Open>();
  readonly #saving = new Map<string, PromiseWithResolvers<void>>();
  readonly #subscriptions: vscode.Disposable[];
  #names = 0;

  constructor(options: NotebooksOptions) {
    this.#options = options;
    const { workspace } = vscode;
    this.#subscriptions = [
      workspace.onDidOpenNotebookDocument(notebook => this.open(notebook)),
      workspace.onDidChangeNotebookDocument(event => this.#changed(event)),
      workspace.onWillSaveNotebookDocument(({ notebook }) => this.#willSave(notebook)),
      workspace.onDidSaveNotebookDocument(notebook => void this.#saved(notebook)),
      workspace.onDidCloseNotebookDocument(notebook => this.#close(notebook)),
    ];
  }

  /** Begins to track the cells of a notebook that lies in the folder. */
  open(notebook: vscode.NotebookDocument): void {
    const { recorder } = this.#options;
    if (this.#open.has(`${notebook.uri}`) || recorder.pathOf(notebook.uri) === undefined) return;
    const place = this.#options.place(notebook.uri);
    const open = { place, cells: new Set<vscode.Uri>() };
    this.#open.set(`${notebook.uri}`, open);
    place.then(
      path => path ?? this.#close(notebook),
      (error: unknown) => {
        this.#close(notebook);
        this.#options.failed(error, notebook.uri.path);
      },
    );
    for (const cell of notebook.getCells()) this.#add(open, cell, [], []);
  }

  /** Lets go of all cells. */
  rest(): void {
    for (const [key, { cells }] of this.#open) {
      for (const uri of cells) this.#options.trackers.remove(uri);
      this.#open.delete(key);
    }
  }

  /** Resolves when no save of this notebook is under way: what its file holds is told with the save. */
  async settled(uri: vscode.Uri): Promise<void> {
    await this.#saving.get(`${uri}`)?.promise;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { resolve } of this.#saving.values()) resolve();
    this.rest();
  }

  #add(open: Open, cell: vscode.NotebookCell, like: readonly Tracker[], pieces: readonly Tracker[]): void {
    const { recorder, trackers } = this.#options;
    const { uri } = cell.document;
    open.cells.add(uri);
    const known = trackers.of(uri)?.tracker;
    if (known !== undefined) {
      known.lose(textOf(cell.document));
      return;
    }
    const named = idOf(cell);
    recorder.openCell(cell, {
      place: open.place,
      cell: named.id ?? `${++this.#names}`,
      rank: cell.index,
      ...named,
      like: like.map(({ number }) => number),
      pieces: pieces.flatMap(({ lastCut }) => lastCut ?? []),
    });
  }

  #changed({ notebook, contentChanges }: vscode.NotebookDocumentChangeEvent): void {
    const open = this.#open.get(`${notebook.uri}`);
    if (open === undefined || contentChanges.length === 0) return;
    const added = contentChanges.flatMap(change => change.addedCells);
    const removed = contentChanges.flatMap(change => change.removedCells).filter(cell => !added.includes(cell));
    this.#join(notebook, removed);
    const anew = removed.length > 0 && added.length === notebook.cellCount && !notebook.isDirty;
    // What was read anew from the file is what the file now holds: that is told first.
    const place = anew ? this.#touched(notebook, open.place) : open.place;
    const gone = contentChanges.flatMap(({ range, removedCells }) =>
      removedCells.flatMap((cell, i) => (removed.includes(cell) ? this.#cell(cell, range.start + i) : [])),
    );
    const others = notebook.getCells().flatMap(cell => this.#cell(cell, cell.index));
    for (const cell of added) {
      const text = textOf(cell.document);
      const like = likeCell({ text, at: cell.index, ...idOf(cell) }, gone, others, anew);
      this.#add(
        { ...open, place },
        cell,
        like,
        others.map(({ tracker }) => tracker),
      );
    }
  }

  async #touched({ uri }: vscode.NotebookDocument, place: Promise<string | undefined>): Promise<string | undefined> {
    await this.#options.recorder.touched(uri);
    return place;
  }

  /** A cell is taken out whose text has just been put into another one, with a line end: the two were joined. */
  #join(notebook: vscode.NotebookDocument, removed: readonly vscode.NotebookCell[]): void {
    for (const cell of removed) {
      const of = this.#tracker(cell);
      const copied = of?.copy(0, of.length);
      if (copied === undefined) continue;
      for (const other of notebook.getCells()) {
        const step = this.#tracker(other)?.open;
        const [change] = step?.changes.changes ?? [];
        if (step?.changes.changes.length === 1 && change && joins(change, copied.text)) step.joined ??= copied;
      }
    }
  }

  #cell(cell: vscode.NotebookCell, at: number): CellOf<Tracker>[] {
    const tracker = this.#tracker(cell);
    return tracker === undefined ? [] : [{ tracker, at, ...idOf(cell) }];
  }

  #tracker({ document }: vscode.NotebookCell): Tracker | undefined {
    return this.#options.trackers.of(document.uri)?.tracker;
  }

  #willSave({ uri }: vscode.NotebookDocument): void {
    if (!this.#open.has(`${uri}`)) return;
    this.#end(uri);
    const saving = Promise.withResolvers<void>();
    this.#saving.set(`${uri}`, saving);
    setTimeout(saving.resolve, longest).unref();
  }

  async #saved(notebook: vscode.NotebookDocument): Promise<void> {
    const open = this.#open.get(`${notebook.uri}`);
    if (open === undefined) return;
    try {
      const trackers = notebook.getCells().map(cell => this.#tracker(cell));
      const path = await open.place;
      if (path === undefined) return;
      for (const tracker of trackers) await tracker?.quiet();
      await this.#options.recorder.writer.notebookSaved({ path, cells: trackers.map(tracker => tracker?.number ?? 0) });
    } catch (error) {
      this.#options.failed(error, notebook.uri.path);
    } finally {
      this.#end(notebook.uri);
    }
  }

  #end(uri: vscode.Uri): void {
    this.#saving.get(`${uri}`)?.resolve();
    this.#saving.delete(`${uri}`);
  }

  #close({ uri }: vscode.NotebookDocument): void {
    const open = this.#open.get(`${uri}`);
    this.#open.delete(`${uri}`);
    for (const cell of open?.cells ?? []) this.#options.trackers.remove(cell);
  }
}

function idOf({ metadata: { id } }: vscode.NotebookCell): { readonly id?: string } {
  return typeof id === 'string' ? { id } : {};
}
