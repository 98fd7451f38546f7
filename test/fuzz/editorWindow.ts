import { type Cells, textOf } from './cell.ts';
import type { Disk } from './disk.ts';
import { Selection, Uri } from './double/places.ts';
import { DataTransfer, type EditorDouble } from './double/vscode.ts';
import { applied, between, byLines, type Edit, EditorText } from './editorText.ts';
import { ProductWindow } from './window.ts';

export interface Telling {
  readonly reason?: 'undo' | 'redo';
  /** What one undo takes back together. */
  readonly group?: string;
  /** Kind of the selection event that follows. */
  readonly selection?: 'keyboard' | 'mouse' | 'command' | 'none';
  /** Where the carets stand then, in the new text. */
  readonly carets?: readonly number[];
  /** Where the carets and selections are before it, if not where it changes the text. */
  readonly at?: readonly (readonly [from: number, to: number])[];
}

const kinds = { keyboard: 1, mouse: 2, command: 3, none: undefined } as const;
const reasons = { undo: 1, redo: 2 } as const;

/**
 * One window as VS Code is seen from the extension host: what it does to texts and files, and the events it tells
 * of it, in the order that was measured.
 */
export class EditorWindow {
  readonly product: ProductWindow;
  readonly texts = new Map<string, EditorText>();
  readonly #disk: Disk;
  readonly #editors = new Map<EditorText, EditorDouble>();
  readonly #offered = new Map<EditorText, { readonly plain: string; readonly time: number; late: boolean }>();

  constructor(home: string, disk: Disk) {
    this.#disk = disk;
    this.product = new ProductWindow(home, disk.folder);
  }

  uri(path: string): Uri {
    return Uri.file(`${this.#disk.folder}/${path}`);
  }

  /** Opens a file's text, or what of it was left unsaved. */
  open(path: string, left?: Cells): EditorText {
    const { cells, eol, bom } = this.#disk.files.get(path)!;
    const text = new EditorText(this.uri(path), path, cells, eol, bom ? 'utf8bom' : 'utf8');
    if (left) {
      text.cells = left;
      text.dirty = true;
    }
    return this.#show(text);
  }

  /** Opens an untitled text with the first name that is free, or brings one back with what was left of it. */
  untitled(story: string, left?: Cells): EditorText {
    const names = new Set([...this.texts.values()].map(({ uri }) => uri.path));
    let number = 1;
    while (names.has(`Untitled-${number}`)) number++;
    return this.#show(EditorText.untitled(story, `Untitled-${number}`, left));
  }

  #show(text: EditorText): EditorText {
    this.texts.set(text.key, text);
    this.product.editor.documents.push(text.document);
    this.#fire('onDidOpenTextDocument', text.document);
    return text;
  }

  close(text: EditorText): void {
    text.closed = true;
    const { documents } = this.product.editor;
    documents.splice(documents.indexOf(text.document), 1);
    if (this.texts.get(text.key) === text) this.texts.delete(text.key);
    if (this.product.editor.active?.document === text.document) this.product.editor.active = undefined;
    this.#fire('onDidCloseTextDocument', text.document);
  }

  /** Makes the text's editor the active one. */
  activate(text: EditorText): EditorDouble {
    let editor = this.#editors.get(text);
    if (!editor) {
      const { document } = text;
      const selections = [new Selection(document.positionAt(0), document.positionAt(0))];
      editor = {
        document,
        selections,
        get selection() {
          return this.selections[0]!;
        },
      };
      this.#editors.set(text, editor);
    }
    this.product.editor.active = editor;
    return editor;
  }

  /** A change that somebody makes in the editor. */
  edit(text: EditorText, edits: readonly Edit[], telling: Telling = {}): void {
    this.activate(text);
    if (telling.selection === 'keyboard') this.#choose(text, telling.at ?? edits.map(({ from, to }) => [from, to]));
    const contentChanges = text.contentChanges(edits);
    if (telling.reason) text.take(applied(text.cells, edits));
    else text.apply(edits, telling.group);
    const { reason } = telling;
    this.#changed(text, contentChanges, reason && reasons[reason]);
    const [edit, more] = edits;
    if (edit?.cells.length === 0 && !more && !reason)
      text.gone = { ...edit, version: text.version, time: this.product.clock.now() };
    const own = telling.reason === undefined || text.cells !== text.saved;
    this.#dirty(text, text.path === undefined ? text.length > 0 : own);
    const carets = telling.carets ?? [text.length];
    this.select(
      text,
      carets.map(at => [at, at]),
      kinds[telling.selection ?? 'none'],
    );
  }

  #dirty(text: EditorText, dirty: boolean): void {
    if (text.dirty === dirty) return;
    text.dirty = dirty;
    this.#changed(text, []);
  }

  /**
   * Saves an untitled text in a new file, in the order that was measured: the file is there and opened empty, gets the
   * text and is saved; only then is the text taken out where it was.
   */
  title(text: EditorText, path: string): void {
    const pass = () => this.product.clock.pass(5);
    this.#disk.write(path, { cells: [], eol: text.eol, bom: false });
    const file = this.open(path);
    pass();
    this.#put(file, [{ from: 0, to: 0, cells: text.cells }]);
    pass();
    this.save(file);
    pass();
    this.#put(text, [{ from: 0, to: text.length, cells: [] }]);
    this.close(text);
  }

  /** A change that the editor makes to a text that it does not show. */
  #put(text: EditorText, edits: readonly Edit[]): void {
    const contentChanges = text.contentChanges(edits);
    text.apply(edits);
    this.#changed(text, contentChanges);
    this.#dirty(text, text.path !== undefined || text.length > 0);
  }

  /** The editor tells where its carets and selections are, if they are not where they were. */
  select(text: EditorText, ranges: readonly (readonly [from: number, to: number])[], kind: number | undefined): void {
    const editor = this.activate(text);
    const selections = ranges.map(([from, to]) => {
      const { start, end } = text.range(from, to);
      return new Selection(start, end);
    });
    const old = editor.selections;
    const same = (a: Selection, b: Selection | undefined) => b?.start.isEqual(a.start) && b.end.isEqual(a.end);
    if (old.length === selections.length && selections.every((s, i) => same(s, old[i]))) return;
    editor.selections = selections;
    this.#fire('onDidChangeTextEditorSelection', { textEditor: editor, selections: editor.selections, kind });
  }

  /** Keys change the text where the carets and selections are, which the editor has told of. */
  #choose(text: EditorText, ranges: readonly (readonly [from: number, to: number])[]): void {
    const editor = this.activate(text);
    editor.selections = ranges.map(([from, to]) => {
      const { start, end } = text.range(from, to);
      return new Selection(start, end);
    });
    this.#fire('onDidChangeTextEditorSelection', { textEditor: editor, selections: editor.selections, kind: 1 });
  }

  undo(text: EditorText): void {
    const past = text.done.pop();
    if (!past) return;
    text.undone.push(past);
    this.#goTo(text, past.before, 'undo');
  }

  redo(text: EditorText): void {
    const past = text.undone.pop();
    if (!past) return;
    text.done.push(past);
    this.#goTo(text, past.after, 'redo');
  }

  #goTo(text: EditorText, cells: Cells, reason: 'undo' | 'redo'): void {
    const edits = between(text.cells, cells);
    this.edit(text, edits, { reason, selection: 'none' });
    // Of a step that moved text, it cannot be said which of two passages moved.
    const [edit, more] = edits;
    if (edit && !more) text.place(reason, [edit.from, edit.from + edit.cells.length]);
    // The very text, so that what was saved is known again.
    text.cells = cells;
    if (cells === text.saved && text.dirty) {
      text.dirty = false;
      this.#changed(text, []);
    }
  }

  /** The file has another text and this one is clean, or is to be reverted: one replacement, by whole lines. */
  load(text: EditorText): void {
    const { cells, eol } = this.#disk.files.get(text.path!)!;
    const edits = cells === text.cells || textOf(cells) === text.text ? [] : [byLines(text.cells, cells)];
    const { dirty } = text;
    if (edits.length > 0) {
      const contentChanges = text.contentChanges(edits);
      text.apply(edits);
      text.cells = cells;
      this.#changed(text, contentChanges);
    }
    if (eol !== text.eol) {
      const whole = text.contentChanges([{ from: 0, to: text.length, cells: text.cells }]);
      text.eol = eol;
      text.take(cells);
      this.#changed(text, text.length === 0 ? [] : whole);
    }
    text.cells = cells;
    text.saved = cells;
    text.dirty = false;
    if (dirty) this.#changed(text, []);
    if (this.product.editor.active === this.#editors.get(text)) this.select(text, [[0, 0]], kinds.none);
  }

  /** Saves: the events around it, the file, and what every watcher is told. */
  save(text: EditorText, reason = 1): void {
    this.#fire('onWillSaveTextDocument', { document: text.document, reason, waitUntil: () => undefined });
    const { path, cells, eol, encoding } = text;
    this.#disk.write(path!, { cells, eol, bom: encoding === 'utf8bom' });
    text.saved = cells;
    text.dirty = false;
    this.#changed(text, []);
    this.#changed(text, []);
    this.#fire('onDidSaveTextDocument', text.document);
  }

  /** Copies, and gives what the clipboard holds then. */
  copy(text: EditorText, ranges: readonly (readonly [from: number, to: number])[]): DataTransfer {
    this.select(text, ranges, kinds.mouse);
    return this.copyRanges(
      text,
      ranges.map(([from, to]) => text.range(from, to)),
      ranges.map(([from, to]) => text.text.slice(from, to)).join('\n'),
    );
  }

  copyRanges(text: EditorText, ranges: readonly object[], plain: string): DataTransfer {
    this.activate(text);
    const data = DataTransfer.of({ 'text/plain': plain, 'vscode-editor-data': '{}' });
    for (const provider of this.product.editor.paste)
      provider.prepareDocumentPaste?.(text.document as never, ranges as never, data as never, undefined as never);
    return data;
  }

  /** Asks the providers, as VS Code does before a paste or a drop; they read the text in a turn of their own. */
  async offer(text: EditorText, how: 'paste' | 'drop', at: number, data: DataTransfer): Promise<void> {
    this.activate(text);
    const plain = String(data.get('text/plain')?.value);
    this.#offered.set(text, { plain, time: this.product.clock.now(), late: false });
    const { paste, drop } = this.product.editor;
    const document = text.document as never;
    const place = text.document.positionAt(text.offset(at)) as never;
    for (const provider of how === 'paste' ? paste : drop) {
      const none = undefined as never;
      if (how === 'paste') await provider.provideDocumentPasteEdits?.(document, [], data as never, none, none);
      else await provider.provideDocumentDropEdits?.(document, place, data as never, none);
    }
    await new Promise(resolve => setImmediate(resolve));
  }

  /** Whether just this was to be pasted there: so many milliseconds ago or less, or later, but then it is asked once. */
  offered(text: EditorText, plain: string, within: number): boolean {
    const offered = this.#offered.get(text);
    if (offered?.plain !== plain || offered.late) return false;
    offered.late = this.product.clock.now() - offered.time > within;
    return true;
  }

  /** Whether the last step took text out there so many milliseconds ago, or less. */
  tookLately({ gone, version }: EditorText, from: number, within: number): boolean {
    return gone?.version === version && gone.from === from && this.product.clock.now() - gone.time <= within;
  }

  told(path: string, how: 'change' | 'create' | 'delete'): void {
    this.#fire(`watcher.${how}`, this.uri(path));
  }

  tell(name: string, event: unknown): void {
    this.#fire(name, event);
  }

  #changed(text: EditorText, contentChanges: readonly object[], reason?: number): void {
    this.#fire('onDidChangeTextDocument', { document: text.document, contentChanges, reason });
  }

  #fire(name: string, event: unknown): void {
    this.product.editor.on(name).fire(event);
  }
}
