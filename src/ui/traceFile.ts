import { createWriteStream, type WriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { commands, StatusBarAlignment, ThemeColor, Uri, window, workspace } from 'vscode';
import { contexts, commands as ids } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { foldersThat, hasJournal } from './folders.ts';
import type { Trace } from './line.ts';
import type { Surface } from './surface.ts';

/** What another caller than a person answers by itself. */
interface Answer {
  /** Path of a file outside the window's folders. */
  readonly file: string;
  readonly scrambled: boolean;
}

/** A trace on its way into its file. */
interface Writing {
  readonly file: Uri;
  readonly stream: WriteStream;
  readonly trace: Trace;
  readonly store: Store;
}

/**
 * `holograph.recordTrace` and `holograph.stopTrace`: what VS Code tells this window, written into a file for a bug
 * report. Before anything is written the person is told what the file will hold. One at a time; the status bar shows it.
 */
export class TraceFile implements Disposable {
  readonly #surface: Surface;
  #writing: Writing | undefined;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** `asked`: who calls the command has been answered already. */
  async record(asked?: unknown): Promise<void> {
    const { line, texts } = this.#surface;
    if (this.#writing) return;
    if (foldersThat(line, hasJournal).length === 0) {
      await window.showInformationMessage(texts.t('trace.nothing'));
      return;
    }
    if (isAnswer(asked)) return this.#begin(Uri.file(asked.file), asked.scrambled);
    const scrambled = await this.#ask();
    const file = scrambled === undefined ? undefined : await this.#pick();
    if (scrambled !== undefined && file && !this.#writing) await this.#begin(file, scrambled);
  }

  async stop(): Promise<void> {
    const { texts } = this.#surface;
    const ended = await this.#end();
    if (!ended) return;
    const { file, trace } = ended;
    const show = texts.t('action.showFile');
    const said = texts.t('trace.done', { count: trace.count, file: file.fsPath });
    if ((await window.showInformationMessage(said, show)) === show)
      await commands.executeCommand('revealFileInOS', file);
  }

  dispose(): void {
    void this.#end();
  }

  /** Whether letters are to be scrambled; nothing if the person would rather not. */
  async #ask(): Promise<boolean | undefined> {
    const { texts } = this.#surface;
    const scrambled = texts.t('trace.scrambled');
    const real = texts.t('trace.real');
    const detail = texts.t('trace.detail');
    const answer = await window.showInformationMessage(texts.t('trace.ask'), { modal: true, detail }, scrambled, real);
    return answer === undefined ? undefined : answer === scrambled;
  }

  /** A place outside the window's folders: in one of them the trace would be recorded, and be told of in itself. */
  async #pick(): Promise<Uri | undefined> {
    const { texts } = this.#surface;
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const [folder] = workspace.workspaceFolders ?? [];
    const beside = folder ? join(folder.uri.fsPath, '..') : '';
    for (;;) {
      const file = await window.showSaveDialog({
        title: texts.t('trace.title'),
        saveLabel: texts.t('trace.save'),
        defaultUri: Uri.file(join(beside, `holograph-trace-${time}.jsonl`)),
        filters: { [texts.t('trace.kind')]: ['jsonl'] },
      });
      if (!file || (file.scheme === 'file' && !workspace.getWorkspaceFolder(file))) return file;
      await window.showWarningMessage(texts.t('trace.inside'));
    }
  }

  async #begin(file: Uri, scrambled: boolean): Promise<void> {
    const { line, log, texts } = this.#surface;
    // Only its owner may read it, as the journal.
    const stream = createWriteStream(file.fsPath, { mode: 0o600 });
    stream.on('error', error => {
      log.error('The trace could not be written', error);
      void this.#end();
      void window.showErrorMessage(texts.t('trace.failed', { file: file.fsPath, detail: error.message }));
    });
    const store = new Store();
    const trace = store.add(line.trace(text => stream.write(`${text}\n`), scrambled));
    const item = store.add(window.createStatusBarItem('holograph.trace', StatusBarAlignment.Right, 119));
    item.name = texts.t('trace.title');
    item.text = `$(pulse) ${texts.t('trace.running')}`;
    item.tooltip = texts.t('trace.stop', { file: basename(file.fsPath) });
    item.accessibilityInformation = { label: `Holograph. ${item.tooltip}`, role: 'button' };
    item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
    item.command = ids.stopTrace;
    item.show();
    this.#writing = { file, stream, trace, store };
    await commands.executeCommand('setContext', contexts.tracing, true);
  }

  /** Resolves when the file holds all of it. */
  async #end(): Promise<Writing | undefined> {
    const writing = this.#writing;
    if (!writing) return undefined;
    this.#writing = undefined;
    writing.store.dispose();
    void commands.executeCommand('setContext', contexts.tracing, false);
    await new Promise<void>(resolve => writing.stream.end(() => resolve()));
    return writing;
  }
}

function isAnswer(given: unknown): given is Answer {
  if (typeof given !== 'object' || given === null || !('file' in given && 'scrambled' in given)) return false;
  return typeof given.file === 'string' && typeof given.scrambled === 'boolean';
}
