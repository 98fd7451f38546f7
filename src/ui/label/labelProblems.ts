import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  Diagnostic,
  DiagnosticSeverity,
  languages,
  type Range,
  type TextDocument,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import type { LabelledEntry, LabelsDocument } from '../../cli/label.ts';
import { linkCommands } from '../../host/ids.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { foldersThat, hasJournal } from '../folders.ts';
import type { Surface } from '../surface.ts';
import { pathIn } from './labelEdit.ts';

/** Looked at a little later, so that several saves are one look. */
const pause = 1500;
/** What begins a label of ours; see `rights/labelBlock.ts`. */
const mark = /holograph:(?:label|notice) \d\.\d|\[AI-label \d\.\d\] /;

/** So many lines from either end are looked at. */
const near = 300;

/** Labels of open texts that speak against the record, in the list of problems, with a way to bring them up to date. */
export class LabelProblems implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  readonly #found = this.#store.add(languages.createDiagnosticCollection('holograph'));
  /** Texts that wait to be looked at, by uri. */
  readonly #waiting = new Map<string, TextDocument>();
  #recorded: ReadonlySet<WorkspaceFolder> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = Promise.resolve();

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#store.add(workspace.onDidSaveTextDocument(document => this.#later(document)));
    this.#store.add(workspace.onDidOpenTextDocument(document => this.#later(document)));
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#found.delete(uri)));
    this.#store.add(surface.line.onDidChangeState(() => this.#folders()));
    this.#store.add(
      languages.registerCodeActionsProvider({ scheme: 'file' }, new LabelActions(surface), {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      }),
    );
    this.#folders();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#store.dispose();
  }

  /** Looks at what is open where a folder has come to have a journal. The state may be told of at every change. */
  #folders(): void {
    const recorded = foldersThat(this.#surface.line, hasJournal);
    if (recorded.every(folder => this.#recorded.has(folder))) return;
    this.#recorded = new Set(recorded);
    for (const document of workspace.textDocuments) this.#later(document);
  }

  #later(document: TextDocument): void {
    const { uri } = document;
    if (uri.scheme !== 'file' || (!this.#found.has(uri) && markIn(document) === undefined)) return;
    this.#waiting.set(`${uri}`, document);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#looking = this.#looking.then(() => this.#look());
    }, pause);
  }

  async #look(): Promise<void> {
    const byFolder = new Map<WorkspaceFolder, TextDocument[]>();
    for (const document of this.#waiting.values()) {
      const folder = workspace.getWorkspaceFolder(document.uri);
      if (folder === undefined || !hasJournal(this.#surface.line.stateOf(folder.uri))) continue;
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), document]);
    }
    this.#waiting.clear();
    for (const [folder, documents] of byFolder) await this.#lookIn(folder, documents);
  }

  async #lookIn(folder: WorkspaceFolder, documents: readonly TextDocument[]): Promise<void> {
    const { line, log } = this.#surface;
    try {
      await line.flush();
      const named = documents.map(({ uri }) => uri.fsPath);
      const { code, stdout } = await line.runCli(folder.uri, ['label', '--check', '--json', '--', ...named]);
      // Not on record, or not any more: there is nothing to be compared.
      const files = code <= 1 && stdout !== '' ? (JSON.parse(stdout) as LabelsDocument).files : [];
      for (const document of documents) {
        if (this.#store.isDisposed) return;
        const entry = files.find(({ file }) => file === pathIn(folder, document.uri));
        this.#found.set(document.uri, entry === undefined ? [] : this.#told(document, entry));
      }
    } catch (failure) {
      log.error('Labels could not be looked at', failure);
    }
  }

  /** A text that has changes of its own is looked at when it is saved. */
  #told(document: TextDocument, { faults }: LabelledEntry): Diagnostic[] {
    if (document.isDirty) return [];
    const { texts } = this.#surface;
    const { range } = document.lineAt(markIn(document) ?? 0);
    return faults
      .filter(({ why }) => why !== 'unrecorded')
      .map(({ why, detail }) => {
        const found = new Diagnostic(range, texts.t(`labelFault.${why}`, { detail }), DiagnosticSeverity.Warning);
        found.source = 'Holograph';
        found.code = `label.${why}`;
        return found;
      });
  }
}

/** The line of the first mark; labels stand near the beginning or the end, and a text may be long. */
function markIn(document: TextDocument): number | undefined {
  const { lineCount } = document;
  const [head, tail] = [Math.min(near, lineCount), Math.max(near, lineCount - near)];
  for (let line = 0; line < head; line++) if (mark.test(document.lineAt(line).text)) return line;
  for (let line = tail; line < lineCount; line++) if (mark.test(document.lineAt(line).text)) return line;
  return undefined;
}

/** Offers to bring a label up to date where one is wrong. */
class LabelActions implements CodeActionProvider {
  readonly #texts: Surface['texts'];

  constructor({ texts }: Surface) {
    this.#texts = texts;
  }

  provideCodeActions(
    { uri }: TextDocument,
    _range: Range,
    { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    const own = diagnostics.filter(({ source, code }) => source === 'Holograph' && `${code}`.startsWith('label.'));
    if (own.length === 0) return [];
    const title = this.#texts.t('label.update');
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.diagnostics = own;
    action.command = { command: linkCommands.updateLabel, title, arguments: [uri] };
    return [action];
  }
}
