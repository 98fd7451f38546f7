import { ViewColumn, type WebviewPanel, window } from 'vscode';
import { type Disposable, Store } from '../host/lifecycle.ts';
import type { Surface } from './surface.ts';

/**
 * The page is self-contained and has its own strict content policy; beyond that the panel lets it reach no file at all.
 */
const options = { enableScripts: true, localResourceRoots: [] } as const;

/** What a panel shows of a thing: title and page. */
export interface Page {
  readonly title: string;
  readonly html: string;
}

/** One page of ours in the editor area, one panel a window; it comes back after a restart, made anew. */
export class PagePanel implements Disposable {
  readonly #store = new Store();
  readonly #kept: Surface['kept']['workspace'];
  readonly #viewType: string;
  readonly #make: (of: string) => Promise<Page | undefined>;
  #panel: WebviewPanel | undefined;

  /** `make`: the page of a thing, by the name that it is shown by; undefined where there is none, or the person was told why. */
  constructor({ kept }: Pick<Surface, 'kept'>, viewType: string, make: (of: string) => Promise<Page | undefined>) {
    this.#kept = kept.workspace;
    this.#viewType = viewType;
    this.#make = make;
    this.#store.add(
      window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: panel => this.#restore(panel) }),
    );
    this.#store.add({ dispose: () => this.#panel?.dispose() });
  }

  async show(of: string): Promise<void> {
    await this.#kept.update(this.#keptAs, of);
    const page = await this.#make(of);
    if (page === undefined) return;
    if (this.#panel === undefined) {
      this.#adopt(
        window.createWebviewPanel(this.#viewType, '', ViewColumn.Active, { ...options, enableFindWidget: true }),
      );
    }
    this.#fill(page);
    this.#panel?.reveal();
  }

  dispose(): void {
    this.#store.dispose();
  }

  get #keptAs(): string {
    return `${this.#viewType}Of`;
  }

  async #restore(panel: WebviewPanel): Promise<void> {
    panel.webview.options = options;
    this.#adopt(panel);
    const kept = this.#kept.get<string>(this.#keptAs);
    const page = kept === undefined ? undefined : await this.#make(kept);
    if (page === undefined) panel.dispose();
    else this.#fill(page);
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const closed = panel.onDidDispose(() => {
      closed.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  #fill({ title, html }: Page): void {
    if (this.#panel === undefined) return;
    this.#panel.title = title;
    this.#panel.webview.html = html;
  }
}
