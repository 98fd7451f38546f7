import { MarkdownString, StatusBarAlignment, ThemeColor, type Uri, window, workspace } from 'vscode';
import { commands } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import type { Figures, JournalSize, RecordingState } from './line.ts';
import { Pace } from './pace.ts';
import { statusText } from './statusText.ts';
import { statusTooltip, tooltipCommands } from './statusTooltip.ts';
import type { Surface } from './surface.ts';

/** Milliseconds between two countings of the current file, which cost as much as it is long. */
const pause = 700;
/** Milliseconds for which the size of the journal is not asked again. */
const sizeLasts = 30_000;

/** State of recording and human share of the current file, always in sight in a window with a folder. */
export class StatusBar implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  readonly #item = this.#store.add(window.createStatusBarItem('holograph.status', StatusBarAlignment.Right, 120));
  readonly #pace = this.#store.add(new Pace(() => this.#refresh(), pause));
  /** Counts refreshes, so that a slow answer never overwrites a newer one. */
  #round = 0;
  #size:
    | { readonly folder: string; readonly asked: number; readonly size: Promise<JournalSize | undefined> }
    | undefined;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#item.name = 'Holograph';
    this.#item.command = commands.openMenu;
    const refresh = () => this.#refresh();
    this.#store.add(window.onDidChangeActiveTextEditor(refresh));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(refresh));
    this.#store.add(surface.line.onDidChangeState(refresh));
    this.#store.add(surface.settings.onDidChange(refresh));
    this.#store.add(
      surface.line.onDidChangeSpans(uri => {
        if (uri.toString() === window.activeTextEditor?.document.uri.toString()) this.#pace.ask();
      }),
    );
    refresh();
  }

  dispose(): void {
    this.#round = -1;
    this.#store.dispose();
  }

  #refresh(): void {
    const { log } = this.#surface;
    this.#show().catch((failure: unknown) => log.error('The status bar could not be brought up to date', failure));
  }

  async #show(): Promise<void> {
    const round = ++this.#round;
    const { line } = this.#surface;
    const document = window.activeTextEditor?.document;
    const about = document?.uri ?? workspace.workspaceFolders?.[0]?.uri;
    if (about === undefined || workspace.workspaceFolders === undefined) return this.#item.hide();
    const state = this.#stateOf(about);
    const figures = document && state.kind === 'recording' ? await line.figuresOf(document) : undefined;
    const size = state.kind === 'recording' || state.kind === 'paused' ? await this.#sizeOf(state.folder) : undefined;
    if (round !== this.#round || figures === 'outdated') return;
    this.#draw(state, document && figures && { name: workspace.asRelativePath(document.uri), figures }, size);
  }

  /** Asked for now and then only: it grows slowly, and the answer comes from the disk. */
  #sizeOf(folder: Uri): Promise<JournalSize | undefined> {
    const now = Date.now();
    if (this.#size?.folder !== folder.toString() || Math.abs(now - this.#size.asked) > sizeLasts) {
      this.#size = { folder: folder.toString(), asked: now, size: this.#surface.line.sizeOf(folder) };
    }
    return this.#size.size;
  }

  /** An editor that is no file of the folder's (output, settings) tells nothing: the folder's state stands then. */
  #stateOf(about: Uri): RecordingState {
    const { line } = this.#surface;
    const state = line.stateOf(about);
    const folder = workspace.workspaceFolders?.[0];
    const elsewhere = state.kind === 'notRecorded' && (state.why === 'folder' || state.why === 'scheme');
    return elsewhere && folder !== undefined ? line.stateOf(folder.uri) : state;
  }

  #draw(
    state: RecordingState,
    file: { name: string; figures: Figures } | undefined,
    size: JournalSize | undefined,
  ): void {
    const { texts } = this.#surface;
    const { text, spoken, alarm } = statusText(state, file?.figures, texts);
    this.#item.text = text;
    this.#item.accessibilityInformation = { label: `Holograph. ${spoken}`, role: 'button' };
    this.#item.backgroundColor = alarm ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    const tooltip = new MarkdownString(statusTooltip(state, file, texts, size), true);
    tooltip.isTrusted = { enabledCommands: tooltipCommands };
    this.#item.tooltip = tooltip;
    this.#item.show();
  }
}
