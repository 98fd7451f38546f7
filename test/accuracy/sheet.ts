import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { keyboard } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import { type Key, type Known, type Label, type Labelling, labelsOf, type Piece, pieced } from './label.ts';

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly inserted: string;
  readonly key: Key;
}

/**
 * One text of a scenario with the truth about each of its characters. Where characters stand comes from the editor's
 * events or from the scenario; what they are comes from the scenario alone, which says after each act what came.
 * Offsets count UTF-16 units of the text with `\n` line ends. A sheet follows its path, open or closed.
 */
export class Sheet implements vscode.Disposable {
  readonly uri: vscode.Uri;
  /** The truth as far as the scenario has told it. */
  labels: readonly Label[];
  /** The text that `labels` are of. */
  told: string;
  /** The editor's text as its events have it. */
  #text: string;
  #steps: Replacement[][] = [];
  readonly #past: { readonly text: string; readonly labels: readonly Label[] }[] = [];
  readonly #subscriptions: vscode.Disposable[];

  constructor(uri: vscode.Uri, text: string, start: Known) {
    this.uri = uri;
    this.#text = plain(text);
    this.told = this.#text;
    this.labels = Array.from({ length: this.#text.length }, () => ({ known: start }));
    this.#past.push({ text: this.told, labels: this.labels });
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(event => this.#changed(event)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (textEditor.document.uri.toString() !== this.uri.toString()) return;
        const last = this.#steps.at(-1);
        if (kind === vscode.TextEditorSelectionChangeKind.Keyboard)
          for (const { key } of last ?? []) key.keyboard = true;
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The open document, if it is open. */
  get document(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(d => d.uri.toString() === this.uri.toString() && !d.isClosed);
  }

  /** The text as it stands: in an editor's tab, else in the file (UTF-8). */
  get text(): string {
    // A document whose tab is closed stays for a while, and does not follow its file.
    return plain((this.#shown ? this.document?.getText() : undefined) ?? readFileSync(this.uri.fsPath, 'utf8'));
  }

  /** Waits for a text: one that ends so, or for which the condition holds. */
  has(wanted: string | ((text: string) => boolean)): Promise<void> {
    const fits = typeof wanted === 'string' ? (text: string) => text.endsWith(wanted) : wanted;
    const [asked, before] = [typeof wanted === 'string' ? JSON.stringify(wanted) : 'another text', this.text];
    const stood = () => (this.text === before ? 'it stayed' : `it was ${JSON.stringify(before)} and is`);
    return until(
      () => `${asked}: ${stood()} ${JSON.stringify(this.text)}`,
      () => fits(this.text),
    );
  }

  /** Types by real keys where the caret stands, in the editor that has the focus; each key puts in what it says. */
  async type(text: string): Promise<void> {
    const length = this.text.length + text.length;
    await keyboard.type(text);
    await until(`${JSON.stringify(text)} typed`, () => this.text.length >= length);
    this.came('typed');
  }

  /** All that has changed in the editor since the truth was last told came in so. */
  came(label: Known | Label | Labelling): void {
    const labels = [...this.labels];
    for (const step of this.#steps) {
      for (const { from, to, inserted, key } of step) {
        const old = labels.slice(from, to);
        const made =
          typeof label === 'function' ? label(inserted, old) : Array.from({ length: inserted.length }, () => label);
        if (made.length !== inserted.length)
          throw new RangeError(`${made.length} labels for ${JSON.stringify(inserted)}`);
        labels.splice(from, to - from, ...made.map(one => complete(one, key)));
      }
    }
    this.#tell(labels, this.#text);
  }

  /** The text is one that was there before: undo, redo, revert. Of several equal ones, the last. */
  returned(): void {
    this.went(this.text);
    this.#tell(this.labels, this.told);
  }

  /** The truth goes back to a text that was there before; what stands there now is told next. */
  went(text: string): void {
    const past = this.#past.findLast(one => one.text === text);
    if (!past) throw new RangeError(`this text was never there: ${JSON.stringify(text)}`);
    this.labels = past.labels;
    this.told = text;
  }

  /** The text as it stands is made of these pieces: of what was told before, and new ones. */
  became(...pieces: readonly Piece[]): void {
    const { text, labels } = pieced(pieces, { text: this.told, labels: this.labels });
    if (text !== this.text)
      throw new RangeError(`the text is ${JSON.stringify(this.text)}, not ${JSON.stringify(text)}`);
    this.#tell(labels, text);
  }

  /** These words, each there exactly once, were replaced by others of this origin; all else stayed. */
  reworded(words: Readonly<Record<string, string>>, known: Known): void {
    let text = this.told;
    const labels = [...this.labels];
    for (const [old, now] of Object.entries(words)) {
      labelsOf(old, { text, labels });
      const at = text.indexOf(old);
      text = text.slice(0, at) + now + text.slice(at + old.length);
      labels.splice(at, old.length, ...Array.from({ length: now.length }, (): Label => ({ known })));
    }
    if (text !== this.text)
      throw new RangeError(`the text is ${JSON.stringify(this.text)}, not ${JSON.stringify(text)}`);
    this.#tell(labels, text);
  }

  /** This part of the text, there exactly once, must be said to have been placed so; null: it stands where it was made. */
  placed(part: string, place: NonNullable<Label['place']> | null): void {
    const length = this.of(part).length;
    const from = this.told.indexOf(part);
    this.labels = this.labels.map((label, i) => (i >= from && i < from + length ? { ...label, place } : label));
  }

  /** The labels of a part of the text that stands in it exactly once. */
  of(part: string): readonly Label[] {
    return labelsOf(part, { text: this.told, labels: this.labels });
  }

  /** The text as it was told last, for `kept` in another sheet. */
  get truth(): { readonly text: string; readonly labels: readonly Label[] } {
    return { text: this.told, labels: this.labels };
  }

  /** Whether all that the editor's text is has been told. */
  get whole(): boolean {
    return this.told === this.text;
  }

  get #shown(): boolean {
    const here = this.uri.toString();
    return vscode.window.tabGroups.all.some(group =>
      group.tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === here),
    );
  }

  #tell(labels: readonly Label[], text: string): void {
    if (labels.length !== text.length) throw new RangeError(`${labels.length} labels for a text of ${text.length}`);
    this.#steps = [];
    this.labels = labels;
    this.told = text;
    this.#text = text;
    this.#past.push({ text, labels });
  }

  #changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.toString() !== this.uri.toString() || contentChanges.length === 0) return;
    const key: Key = { keyboard: false };
    const old = this.#text;
    const step = contentChanges
      .map(({ range, text }) => ({
        from: offsetAt(old, range.start),
        to: offsetAt(old, range.end),
        inserted: plain(text),
        key,
      }))
      .filter(({ from, to, inserted }) => old.slice(from, to) !== inserted)
      .sort((a, b) => b.from - a.from);
    for (const { from, to, inserted } of step) this.#text = this.#text.slice(0, from) + inserted + this.#text.slice(to);
    if (step.length > 0) this.#steps.push(step);
  }
}

function complete(label: Known | Label, key: Key): Label {
  if (typeof label === 'object' && 'known' in label) return label;
  return label === 'typed' ? { known: label, key } : { known: label };
}

function offsetAt(text: string, { line, character }: vscode.Position): number {
  let at = 0;
  for (let n = 0; n < line; n++) at = text.indexOf('\n', at) + 1;
  return at + character;
}

export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
