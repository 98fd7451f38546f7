import { ViewColumn, type WebviewPanel, type WorkspaceFolder, window, workspace } from 'vscode';
import { reportPanel as viewType } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { foldersThat, hasJournal, pickRecorded } from './folders.ts';
import { makeReport } from './reportFile.ts';
import type { Surface } from './surface.ts';

const keptAs = 'holograph.reportOf';
/**
 * The report is one self-contained page with its own strict content policy; beyond that the panel
 * lets it reach no file at all.
 */
const options = { enableScripts: true, localResourceRoots: [] } as const;

/** The report in the editor area, one panel a window; it comes back after a restart, made anew. */
export class ReportPanel implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  #panel: WebviewPanel | undefined;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#store.add(
      window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: panel => this.#restore(panel) }),
    );
    this.#store.add({ dispose: () => this.#panel?.dispose() });
  }

  /** `holograph.showReport`. */
  async show(): Promise<void> {
    const folder = await pickRecorded(this.#surface);
    if (folder === undefined) return;
    await this.#surface.kept.workspace.update(keptAs, folder.uri.toString());
    const html = await this.#html(folder);
    if (html === undefined) return;
    if (this.#panel === undefined) {
      this.#adopt(window.createWebviewPanel(viewType, '', ViewColumn.Active, { ...options, enableFindWidget: true }));
    }
    this.#fill(folder, html);
    this.#panel?.reveal();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #restore(panel: WebviewPanel): Promise<void> {
    panel.webview.options = options;
    this.#adopt(panel);
    const kept = this.#surface.kept.workspace.get<string>(keptAs);
    const folder = foldersThat(this.#surface.line, hasJournal).find(({ uri }) => uri.toString() === kept);
    const html = folder && (await this.#html(folder));
    if (folder === undefined || html === undefined) panel.dispose();
    else this.#fill(folder, html);
  }

  async #html(folder: WorkspaceFolder): Promise<string | undefined> {
    const file = await makeReport(this.#surface, folder);
    return file && new TextDecoder().decode(await workspace.fs.readFile(file));
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const closed = panel.onDidDispose(() => {
      closed.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  #fill(folder: WorkspaceFolder, html: string): void {
    const panel = this.#panel;
    if (panel === undefined) return;
    panel.title = this.#surface.texts.t('report.title', { folder: folder.name });
    panel.webview.html = html;
  }
}
