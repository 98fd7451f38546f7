import { workspace } from 'vscode';
import { reportPanel as viewType } from '../host/ids.ts';
import type { Disposable } from '../host/lifecycle.ts';
import { foldersThat, hasJournal, pickRecorded } from './folders.ts';
import { type Page, PagePanel } from './pagePanel.ts';
import { makeReport } from './reportFile.ts';
import type { Surface } from './surface.ts';

/** The report in the editor area. */
export class ReportPanel implements Disposable {
  readonly #surface: Surface;
  readonly #panel: PagePanel;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#panel = new PagePanel(surface, viewType, folder => this.#page(folder));
  }

  /** `holograph.showReport`. */
  async show(): Promise<void> {
    const folder = await pickRecorded(this.#surface);
    if (folder !== undefined) await this.#panel.show(folder.uri.toString());
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #page(of: string): Promise<Page | undefined> {
    const folder = foldersThat(this.#surface.line, hasJournal).find(({ uri }) => uri.toString() === of);
    const file = folder && (await makeReport(this.#surface, folder));
    if (folder === undefined || file === undefined) return undefined;
    const html = new TextDecoder().decode(await workspace.fs.readFile(file));
    return { title: this.#surface.texts.t('report.title', { folder: folder.name }), html };
  }
}
