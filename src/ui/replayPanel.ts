import { Uri, window, workspace } from 'vscode';
import { replayPanel as viewType } from '../host/ids.ts';
import type { Disposable } from '../host/lifecycle.ts';
import { foldersThat, hasJournal, pickRecorded } from './folders.ts';
import { type Page, PagePanel } from './pagePanel.ts';
import { makeReplay } from './reportFile.ts';
import type { Surface } from './surface.ts';

/** The text of a file writing itself, in the editor area: the same page, and the same script, as in the report. */
export class ReplayPanel implements Disposable {
  readonly #surface: Surface;
  readonly #panel: PagePanel;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#panel = new PagePanel(surface, viewType, of => this.#page(Uri.parse(of, true)));
  }

  /** `holograph.replay`: of the file that is meant, else of the one in the active editor, else of a whole work. */
  async show(asked?: unknown): Promise<void> {
    const { line, texts } = this.#surface;
    const active = window.activeTextEditor?.document.uri;
    // From the title of a panel, such as the report's, the editor names the panel.
    const uri = asked instanceof Uri && asked.scheme !== 'webview-panel' ? asked : active;
    if (uri === undefined) {
      const folder = await pickRecorded(this.#surface);
      if (folder !== undefined) await this.#panel.show(folder.uri.toString());
      return;
    }
    const state = line.stateOf(uri);
    if (state.kind !== 'notRecorded') await this.#panel.show(uri.toString());
    else void window.showInformationMessage(texts.t(`notRecorded.${state.why}`));
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Of a file, or of a whole folder. */
  async #page(uri: Uri): Promise<Page | undefined> {
    const { line, texts } = this.#surface;
    const folder = workspace.getWorkspaceFolder(uri);
    if (folder === undefined || !foldersThat(line, hasJournal).includes(folder)) return undefined;
    const whole = folder.uri.toString() === uri.toString();
    const file = await makeReplay(this.#surface, folder, whole ? undefined : uri);
    if (file === undefined) return undefined;
    const html = new TextDecoder().decode(await workspace.fs.readFile(file));
    return { title: texts.t('replay.title', { name: whole ? folder.name : nameOf(uri) }), html };
  }
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
