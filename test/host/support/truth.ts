import * as vscode from 'vscode';
import type { Kind } from '../../../src/provenance/origin.ts';

/** What a character is known to be, because the test put it there; `any` where nothing is claimed. */
export type Known = Kind | 'any' | 'typed by command' | 'typed without a kind';

/** Labels for what one replacement inserted, given what it took out. */
export type Labelling = (inserted: string, removed: readonly Known[]) => readonly Known[];

interface Replacement {
  readonly from: number;
  readonly removed: number;
  readonly inserted: string;
}

/**
 * The truth about one document with `\n` line ends, kept beside the product: places come from the editor's
 * events, labels from what the test knows that it did.
 */
export class Truth implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  labels: Known[];
  #steps: Replacement[][] = [];
  readonly #past = new Map<string, Known[]>();
  readonly #subscription: vscode.Disposable;

  constructor(document: vscode.TextDocument, start: Known) {
    this.document = document;
    this.labels = Array<Known>(plain(document).length).fill(start);
    this.#past.set(plain(document), this.labels);
    this.#subscription = vscode.workspace.onDidChangeTextDocument(event => {
      if (event.document !== document || event.contentChanges.length === 0) return;
      const changes = event.contentChanges.map(c => ({
        from: c.rangeOffset,
        removed: c.rangeLength,
        inserted: c.text,
      }));
      this.#steps.push(changes.sort((a, b) => b.from - a.from));
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** All that has changed since the last call came in with this label, or with labels by replacement. */
  came(label: Known | Labelling): void {
    const labels = [...this.labels];
    for (const step of this.#take()) {
      for (const { from, removed, inserted } of step) {
        const old = labels.slice(from, from + removed);
        const made = typeof label === 'function' ? label(inserted, old) : Array<Known>(inserted.length).fill(label);
        if (made.length !== inserted.length)
          throw new RangeError(`${made.length} labels for ${JSON.stringify(inserted)}`);
        labels.splice(from, removed, ...made);
      }
    }
    this.#set(labels);
  }

  /** The text is one that was there before: undo, redo, revert. */
  returned(): void {
    this.#take();
    const labels = this.#past.get(plain(this.document));
    if (!labels) throw new RangeError(`this text was never there: ${JSON.stringify(plain(this.document).slice(-80))}`);
    this.#set(labels);
  }

  /** The file was rewritten with these words for others, each found once; all else stayed. */
  rewritten(edits: readonly { readonly old: string; readonly new: string }[], before: string, label: Known): void {
    this.#take();
    let text = before;
    const labels = [...this.labels];
    for (const edit of edits) {
      const at = text.indexOf(edit.old);
      if (at < 0) throw new RangeError(`${edit.old} is not in the text`);
      text = text.slice(0, at) + edit.new + text.slice(at + edit.old.length);
      labels.splice(at, edit.old.length, ...Array<Known>(edit.new.length).fill(label));
    }
    this.#set(labels);
  }

  #take(): Replacement[][] {
    const steps = this.#steps;
    this.#steps = [];
    return steps;
  }

  #set(labels: Known[]): void {
    const text = plain(this.document);
    if (labels.length !== text.length) throw new RangeError(`${labels.length} labels for a text of ${text.length}`);
    this.labels = labels;
    this.#past.set(text, labels);
  }
}

export function plain(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}
