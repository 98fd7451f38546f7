import {
  type CancellationToken,
  type CustomTextEditorProvider,
  commands,
  FileSystemError,
  Range,
  type TextDocument,
  Uri,
  type WebviewPanel,
  WorkspaceEdit,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { WorkDocument } from '../../cli/describe.ts';
import { editOf } from '../../evidence/work/edit.ts';
import { parsedJson } from '../../evidence/work/reading.ts';
import { workPage as viewType } from '../../host/ids.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { pickRecorded } from '../folders.ts';
import type { Surface } from '../surface.ts';
import { toolName } from '../toolNames.ts';
import { type Asked, askedIn, type Change, changesFor } from './asked.ts';
import { pageHtml } from './pageHtml.ts';
import { recordOf, stateOf } from './pageState.ts';
import { wordsOf } from './pageWords.ts';
import { sectionsOf } from './sections.ts';

/**
 * The page on which a person describes the work: another editor of `holograph.json`, so that undoing, saving, and what
 * another program writes into the file meanwhile are the editor's own business.
 */
export class WorkPage implements Disposable, CustomTextEditorProvider {
  readonly #store = new Store();
  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
    // What was just typed is in the file's text only when the page has sent it.
    const webviewOptions = { retainContextWhenHidden: true };
    this.#store.add(window.registerCustomEditorProvider(viewType, this, { webviewOptions }));
  }

  /** `holograph.describeWork`. */
  async show(): Promise<void> {
    const folder = await pickRecorded(this.#surface);
    if (folder !== undefined) await openWorkPage(folder);
  }

  resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel, _token: CancellationToken): void {
    const open = new OpenPage(this.#surface, document, panel);
    const closed = panel.onDidDispose(() => {
      closed.dispose();
      open.dispose();
    });
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** An empty description is made where there is none. */
export async function openWorkPage(folder: WorkspaceFolder): Promise<void> {
  const file = Uri.joinPath(folder.uri, 'holograph.json');
  try {
    await workspace.fs.stat(file);
  } catch (error) {
    if (!(error instanceof FileSystemError && error.code === 'FileNotFound')) throw error;
    await workspace.fs.writeFile(file, new TextEncoder().encode('{}\n'));
  }
  await commands.executeCommand('vscode.openWith', file, viewType);
}

/** One page that is open, from its first to its last moment. */
class OpenPage implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  readonly #document: TextDocument;
  readonly #panel: WebviewPanel;
  /** Wishes are fulfilled one after another: each is worked out on the text that the one before left. */
  #last: Promise<void> = Promise.resolve();
  #seen = 0;

  constructor(surface: Surface, document: TextDocument, panel: WebviewPanel) {
    this.#surface = surface;
    this.#document = document;
    this.#panel = panel;
    const { webview } = panel;
    const own = Uri.joinPath(surface.extension, 'media', 'work');
    webview.options = { enableScripts: true, localResourceRoots: [own] };
    this.#store.add(webview.onDidReceiveMessage((message: unknown) => this.#heard(message)));
    this.#store.add(
      workspace.onDidChangeTextDocument(event => {
        if (event.document === document && event.contentChanges.length > 0) this.#tell();
      }),
    );
    this.#store.add(
      workspace.onDidSaveTextDocument(saved => {
        if (saved === document) this.#tellRecord();
      }),
    );
    const at = (name: string) => webview.asWebviewUri(Uri.joinPath(own, name)).toString();
    const files = { script: at('page.js'), style: at('page.css'), source: webview.cspSource };
    webview.html = pageHtml(surface.texts, files);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #heard(message: unknown): void {
    const { log, texts } = this.#surface;
    const kind = (message as { readonly kind?: unknown } | null)?.kind;
    if (kind === 'ready') {
      this.#post({ kind: 'form', sections: sectionsOf(texts), words: wordsOf(texts) });
      this.#tell();
      this.#tellRecord();
      return;
    }
    if (kind === 'openText') {
      void commands.executeCommand('vscode.openWith', this.#document.uri, 'default');
      return;
    }
    const asked = askedIn(message);
    if (asked === undefined) return;
    this.#last = this.#last
      .then(() => this.#fulfil(asked))
      .catch((failure: unknown) => log.error('The description of the work could not be changed', failure))
      .then(() => {
        // Also of what could not be done: the page shows again what stands in the file.
        this.#seen = asked.id;
        this.#tell();
      });
  }

  async #fulfil(asked: Asked): Promise<void> {
    const document = this.#document;
    const changes = changesFor(parsedJson(document.getText()), asked);
    for (const change of changes) {
      // The editor refuses an edit of a text that it has changed meanwhile, of which we are told in a moment.
      for (let left = 40; !(await this.#apply(change)); left--) {
        if (left === 0) throw new Error('the editor refused the edit');
        await new Promise(done => setTimeout(done, 50));
      }
    }
  }

  async #apply({ path, value }: Change): Promise<boolean> {
    const document = this.#document;
    const edit = editOf(document.getText(), path, value);
    if (edit === undefined) return true;
    const change = new WorkspaceEdit();
    const range = new Range(document.positionAt(edit.from), document.positionAt(edit.to));
    change.replace(document.uri, range, edit.insert);
    return workspace.applyEdit(change);
  }

  #tell(): void {
    this.#post(stateOf(this.#document.getText(), this.#seen, this.#surface.texts));
  }

  /** What the record shows beside; the page is whole without it. */
  #tellRecord(): void {
    const { line, log, texts } = this.#surface;
    const folder = workspace.getWorkspaceFolder(this.#document.uri);
    if (folder === undefined) return;
    const asked = line.flush().then(() => line.runCli(folder.uri, ['work', '--json']));
    asked.then(
      ({ code, stdout, stderr }) => {
        if (code === 2) log.warn(`The record could not be asked for what describes the work: ${stderr}`);
        else this.#post(recordOf(JSON.parse(stdout) as WorkDocument, texts, toolName));
      },
      (failure: unknown) => log.error('The record could not be asked for what describes the work', failure),
    );
  }

  #post(message: unknown): void {
    if (!this.#store.isDisposed) void this.#panel.webview.postMessage(message);
  }
}
