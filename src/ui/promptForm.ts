import { randomBytes } from 'node:crypto';
import { ViewColumn, type WebviewPanel, type WorkspaceFolder, window } from 'vscode';
import { promptForm as viewType } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { pickRecorded } from './folders.ts';
import { promptFormHtml } from './promptFormHtml.ts';
import { readPrompt } from './promptFormSent.ts';
import type { Surface } from './surface.ts';

/**
 * `holograph.recordPrompt`: a form for a prompt given to a tool whose records cannot be read. A form,
 * because prompts have several lines, which an input box would join, and because an untitled editor
 * would itself be a text of the person's.
 */
export class PromptForm implements Disposable {
  readonly #open = new Store();
  readonly #surface: Surface;
  #panel: WebviewPanel | undefined;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  async show(): Promise<void> {
    if (this.#panel !== undefined) return this.#panel.reveal();
    const folder = await pickRecorded(this.#surface);
    if (folder === undefined) return;
    const { texts } = this.#surface;
    const panel = window.createWebviewPanel(viewType, texts.t('prompt.title'), ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [],
      // A half-written prompt survives a look at another tab.
      retainContextWhenHidden: true,
    });
    this.#panel = panel;
    this.#open.add(panel);
    this.#open.add(panel.webview.onDidReceiveMessage((message: unknown) => this.#sent(folder, message)));
    this.#open.add(panel.onDidDispose(() => this.#closed()));
    panel.webview.html = promptFormHtml(folder.name, texts, randomBytes(16).toString('hex'));
  }

  dispose(): void {
    this.#open.dispose();
  }

  #closed(): void {
    this.#panel = undefined;
    this.#open.clear();
  }

  #sent(folder: WorkspaceFolder, message: unknown): void {
    const { line, texts, log } = this.#surface;
    const prompt = readPrompt(message);
    if (prompt === undefined) return;
    line.own.declare(folder, prompt).then(
      () => {
        this.#closed();
        void window.showInformationMessage(texts.t('prompt.done'));
      },
      (failure: unknown) => {
        // The form stays open with what was written in it.
        log.error('The prompt could not be recorded', failure);
        void window.showErrorMessage(texts.t('prompt.failed'));
      },
    );
  }
}
