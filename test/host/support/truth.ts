import type * as vscode from 'vscode';
import type { Kind } from '../../../src/provenance/origin.ts';

/** What a character is known to be, because the test put it there; `any` where nothing is claimed. */
export type Known = Kind | 'any' | 'typed by command' | 'typed without a kind';

/**
 * The truth about one document, kept from outside the product: after each act the text is compared with the
 * text before, and what came in is labelled with what the test knows that it did.
 */
export class Truth {
  readonly document: vscode.TextDocument;
  labels: Known[];
  #text: string;
  readonly #past = new Map<string, Known[]>();

  constructor(document: vscode.TextDocument, start: Known) {
    this.document = document;
    this.#text = plain(document);
    this.labels = Array<Known>(this.#text.length).fill(start);
    this.#past.set(this.#text, this.labels);
  }

  /** The text has become another: what is not at its ends as it was came in with this label, or with labels by `each`. */
  came(label: Known | ((inserted: string, removed: readonly Known[]) => readonly Known[])): void {
    const [old, now] = [this.#text, plain(this.document)];
    let from = 0;
    while (from < old.length && from < now.length && old[from] === now[from]) from++;
    let tail = 0;
    while (tail < old.length - from && tail < now.length - from && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
    const inserted = now.slice(from, now.length - tail);
    const removed = this.labels.slice(from, old.length - tail);
    const made = typeof label === 'function' ? label(inserted, removed) : Array<Known>(inserted.length).fill(label);
    if (made.length !== inserted.length)
      throw new RangeError(`${made.length} labels for ${inserted.length} characters`);
    this.#set(now, [...this.labels.slice(0, from), ...made, ...this.labels.slice(old.length - tail)]);
  }

  /** The text is one that was there before: undo, redo, revert. */
  returned(): void {
    const now = plain(this.document);
    const labels = this.#past.get(now);
    if (!labels) throw new RangeError(`this text was never there: ${JSON.stringify(now.slice(-80))}`);
    this.#set(now, labels);
  }

  /** The text was rewritten word by word: `words` gives the old word and the new one's label. */
  rewritten(edits: readonly { readonly old: string; readonly new: string }[], label: Known): void {
    let text = this.#text;
    let labels = this.labels;
    for (const edit of edits) {
      const at = text.indexOf(edit.old);
      if (at < 0) throw new RangeError(`${edit.old} is not in the text`);
      text = text.slice(0, at) + edit.new + text.slice(at + edit.old.length);
      labels = [
        ...labels.slice(0, at),
        ...Array<Known>(edit.new.length).fill(label),
        ...labels.slice(at + edit.old.length),
      ];
    }
    if (text !== plain(this.document)) throw new RangeError('the editor shows another text than the one written');
    this.#set(text, labels);
  }

  #set(text: string, labels: Known[]): void {
    this.#text = text;
    this.labels = labels;
    this.#past.set(text, labels);
  }
}

export function plain(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}
