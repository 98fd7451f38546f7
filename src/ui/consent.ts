import { commands, type TextDocumentChangeEvent, type WorkspaceFolder, window, workspace } from 'vscode';
import { commands as ids } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { begin } from './recording.ts';
import type { Surface } from './surface.ts';

const keptAs = 'holograph.asked';

/**
 * Asks for consent once in a folder's life: at the person's first edit in a trusted folder that has no
 * answer yet. A question that is closed counts as "not now" and is not put again; the commands and
 * the status bar stay. While there is nothing to ask, no listener is held.
 */
export class Consent implements Disposable {
  readonly #store = new Store();
  readonly #listening = this.#store.add(new Store());
  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
    const attend = () => this.#attend();
    this.#store.add(workspace.onDidChangeWorkspaceFolders(attend));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(attend));
    this.#store.add(surface.line.onDidChangeState(attend));
    attend();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #attend(): void {
    this.#listening.clear();
    if (!workspace.isTrusted || !(workspace.workspaceFolders ?? []).some(folder => this.#open(folder))) return;
    this.#listening.add(workspace.onDidChangeTextDocument(event => this.#edited(event)));
  }

  /** Whether this folder's question was never put. */
  #open(folder: WorkspaceFolder): boolean {
    const state = this.#surface.line.stateOf(folder.uri);
    return state.kind === 'notRecorded' && state.why === 'consent' && !this.#asked().includes(folder.uri.toString());
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || window.activeTextEditor?.document !== document) return;
    const folder = workspace.getWorkspaceFolder(document.uri);
    if (folder === undefined || !this.#open(folder)) return;
    const { log } = this.#surface;
    this.#ask(folder).catch((failure: unknown) => log.error('The question for consent failed', failure));
  }

  async #ask(folder: WorkspaceFolder): Promise<void> {
    const { line, texts, kept, works } = this.#surface;
    // Where the folder names a work of its own accord, another question stands.
    // Meanwhile another edit may have put this one.
    if ((await works.ask(folder)) !== 'unasked' || !this.#open(folder)) return;
    const remembered = kept.person.update(keptAs, [...this.#asked(), folder.uri.toString()]);
    this.#attend();
    await remembered;
    const yes = texts.t('consent.yes');
    const no = texts.t('consent.no');
    const more = texts.t('action.whatIsRecorded');
    const question = texts.t('consent.question', { folder: folder.name, place: line.dataFolder.path });
    const answer = await window.showInformationMessage(question, yes, no, more);
    if (answer === yes) await begin(this.#surface, folder, 'person');
    // Its first step has a button that starts the recording.
    if (answer === more) await commands.executeCommand(ids.openWalkthrough);
  }

  #asked(): readonly string[] {
    return this.#surface.kept.person.get<readonly string[]>(keptAs) ?? [];
  }
}
