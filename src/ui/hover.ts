import { commands, Hover, languages, MarkdownString, type Position, Range, type TextDocument, window } from 'vscode';
import { linkCommands } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import type { Decorations } from './decorations.ts';
import { offsetOf } from './offsets.ts';
import { passageText } from './passageText.ts';
import type { Surface } from './surface.ts';

const schemes = ['file', 'untitled', 'vscode-notebook-cell'];

/** Tells where a passage came from: under the pointer while origins are shown, and at the caret when asked by command. */
export class PassageHover implements Disposable {
  readonly #store = new Store();
  readonly #surface: Pick<Surface, 'line' | 'texts'>;
  readonly #decorations: Decorations;
  /** The document the command asked about; the next question in it is answered even when origins are not shown. */
  #asked: TextDocument | undefined;

  constructor(surface: Pick<Surface, 'line' | 'texts'>, decorations: Decorations) {
    this.#surface = surface;
    this.#decorations = decorations;
    const selector = schemes.map(scheme => ({ scheme }));
    this.#store.add(
      languages.registerHoverProvider(selector, { provideHover: (...place) => this.#hover(place[0], place[1]) }),
    );
  }

  async explain(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined) return;
    this.#asked = editor.document;
    await commands.executeCommand('editor.action.showHover', { focus: 'autoFocusImmediately' });
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** The piece of the line that looks alike: what was typed key by key is many acts, and one passage to the eye. */
  #marked(document: TextDocument, position: Position): Range | undefined {
    const { range } = document.lineAt(position);
    const start = offsetOf(document, range.start);
    const offset = offsetOf(document, position);
    let from = start;
    for (const { length } of this.#surface.line.spansIn(document, start, offsetOf(document, range.end)) ?? []) {
      const to = from + length;
      if (offset < to)
        return new Range(position.with({ character: from - start }), position.with({ character: to - start }));
      from = to;
    }
    return undefined;
  }

  async #hover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const asked = this.#asked === document;
    if (!this.#decorations.on && !asked) return undefined;
    this.#asked = undefined;
    const { line, texts } = this.#surface;
    // A caret stands after what was just typed; at the end of a line that is what it is asked about.
    const atEnd = asked && position.character > 0 && position.isEqual(document.lineAt(position).range.end);
    const place = atEnd ? position.translate(0, -1) : position;
    const passage = await line.passageAt(document, offsetOf(document, place));
    if (passage === undefined) {
      return asked ? new Hover(new MarkdownString().appendText(texts.t('passage.none'))) : undefined;
    }
    const text = new MarkdownString(passageText(passage, texts));
    text.isTrusted = { enabledCommands: [linkCommands.showPrompt] };
    return new Hover(text, this.#marked(document, place));
  }
}
