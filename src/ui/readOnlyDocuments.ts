import { commands, EventEmitter, Uri, window, workspace } from 'vscode';
import { readOnlyScheme } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';

/** Our own texts shown in an editor that cannot change them: a prompt, the result of a verification. */
export class ReadOnlyDocuments implements Disposable {
  readonly #store = new Store();
  readonly #texts = new Map<string, string>();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());

  constructor() {
    const provideTextDocumentContent = (uri: Uri) => this.#texts.get(uri.path);
    this.#store.add(
      workspace.registerTextDocumentContentProvider(readOnlyScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent,
      }),
    );
    this.#store.add(
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === readOnlyScheme) this.#texts.delete(uri.path);
      }),
    );
  }

  /** Shows a text as it is. `name` is the tab's title; its ending tells the language, and so whether lines are wrapped. */
  async show(name: string, text: string): Promise<void> {
    await window.showTextDocument(this.#hold(name, text), { preview: true, preserveFocus: false });
  }

  /** Shows what a text in Markdown looks like, beside what is open. */
  async preview(name: string, text: string): Promise<void> {
    await commands.executeCommand('markdown.showPreviewToSide', this.#hold(name, text));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #hold(name: string, text: string): Uri {
    const uri = Uri.from({ scheme: readOnlyScheme, path: `/${name}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }
}
