import { commands, type TextEditor, window } from 'vscode';
import { contexts } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { EditorMarks } from './editorMarks.ts';
import { MarkStyles } from './markStyles.ts';
import type { Surface } from './surface.ts';

const keptAs = 'holograph.decorations';

/**
 * Shows origins in the visible editors while switched on, and listens to nothing while off. The
 * person's choice is kept for the workspace.
 */
export class Decorations implements Disposable {
  readonly #surface: Surface;
  #drawing: Drawing | undefined;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#set(surface.kept.workspace.get<boolean>(keptAs) === true);
  }

  get on(): boolean {
    return this.#drawing !== undefined;
  }

  async toggle(): Promise<void> {
    this.#set(!this.on);
    await this.#surface.kept.workspace.update(keptAs, this.on);
  }

  dispose(): void {
    this.#drawing?.dispose();
    this.#drawing = undefined;
  }

  #set(on: boolean): void {
    if (on !== this.on) {
      if (on) this.#drawing = new Drawing(this.#surface);
      else this.dispose();
    }
    void commands.executeCommand('setContext', contexts.decorations, on);
  }
}

/** One stretch of being switched on: owns the styles, the listeners and the marks of each editor. */
class Drawing implements Disposable {
  readonly #store = new Store();
  readonly #styles: MarkStyles;
  readonly #surface: Surface;
  #editors: EditorMarks[] = [];

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#styles = this.#store.add(new MarkStyles(surface.extension));
    this.#store.add({ dispose: () => this.#show([]) });
    this.#store.add(window.onDidChangeVisibleTextEditors(editors => this.#show(editors)));
    this.#store.add(window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#of(textEditor)?.scrolled()));
    this.#store.add(
      surface.line.onDidChangeSpans(uri => {
        const changed = uri.toString();
        for (const marks of this.#editors) if (marks.editor.document.uri.toString() === changed) marks.textChanged();
      }),
    );
    const redraw = () => {
      for (const marks of this.#editors) marks.textChanged();
    };
    this.#store.add(surface.line.onDidChangeState(redraw));
    this.#store.add(surface.settings.onDidChange(redraw));
    this.#show(window.visibleTextEditors);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #of(editor: TextEditor): EditorMarks | undefined {
    return this.#editors.find(marks => marks.editor === editor);
  }

  #show(editors: readonly TextEditor[]): void {
    const { line, settings } = this.#surface;
    const before = this.#editors;
    this.#editors = editors.map(editor => this.#of(editor) ?? new EditorMarks(editor, line, settings, this.#styles));
    for (const marks of before) if (!this.#editors.includes(marks)) marks.dispose();
  }
}
