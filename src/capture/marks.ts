import * as vscode from 'vscode';
import { choosing, formatting, insertAnswer, ownText, renaming, told } from '../classify/commands.ts';
import { keyCommands } from '../host/ids.ts';
import type { Edge } from './edge.ts';

/** What a change comes from, as far as is known. */
export interface MarkedBy {
  readonly command: string;
  /** Id of the prompt that led to the text. */
  readonly prompt?: string;
}

/** A marked command that is running, for the document it was called in. */
interface Mark extends MarkedBy {
  readonly document: string;
  /** All that it puts in, at each place, with `\n` line ends; absent: whatever it is. */
  readonly text?: string;
}

/** A rename that was asked for: its changes come while it runs or soon after, once in each text. */
interface Rename {
  until: number;
  readonly documents: Set<string>;
}

/** Measured: the changes come up to a third of a second after the command is done; more on a busy machine. */
const afterRename = 5000;

/**
 * Marks editor commands that change text. The keys that accept ghost text or a suggestion run the editor's own
 * command first and then tell us, so that nothing is in the way of the key. Commands that no typing waits for
 * (formatting, renaming, a snippet from the list) are taken over by commands that note the call, forward it at once
 * and take the id back afterwards. Another extension may own an id already; then that one is not marked, and what it
 * changes is not known.
 */
export class Marks implements vscode.Disposable {
  /** Ids that could not be taken over. */
  readonly unreachable: string[] = [];
  readonly #owned = new Map<string, vscode.Disposable>();
  #running: Mark | undefined;
  #disposed = false;
  readonly #edge: Edge;
  readonly #done: (command: string) => void;
  #rename: Rename | undefined;
  /** What an edit of ours puts into which documents, until each has changed. */
  readonly #writing = new Map<string, readonly string[]>();

  /** `done`: a command has just put text into the active editor. */
  constructor(edge: Edge, done: (command: string) => void) {
    this.#edge = edge;
    this.#done = done;
    const note = edge.registerCommand(keyCommands.noteAccepted, (command: unknown) => {
      if (typeof command === 'string' && told.includes(command)) done(command);
    });
    this.#owned.set(keyCommands.noteAccepted, note);
    for (const command of [...formatting, choosing, renaming]) this.#own(command);
  }

  /** The command that this change of the document comes from, as far as is known; each tells of one change. */
  take(document: string, changes: readonly vscode.TextDocumentContentChangeEvent[]): MarkedBy | undefined {
    const own = this.#writing.get(document);
    if (own && changes.every(({ text }) => isPartOf(text, own))) {
      this.#writing.delete(document);
      return { command: ownText };
    }
    const mark = this.#running;
    if (mark?.document === document && putsIn(changes, mark.text)) {
      this.#running = undefined;
      return mark;
    }
    const rename = this.#rename;
    if (!rename || Date.now() > rename.until || rename.documents.has(document) || !mayRename(changes)) return undefined;
    rename.documents.add(document);
    return { command: renaming };
  }

  /** Runs an edit of ours that puts an AI's answer into the document, and nothing else. */
  async insert(document: string, answer: { text: string; prompt?: string }, edit: () => Thenable<boolean>) {
    const mark: Mark = { ...answer, command: insertAnswer, document };
    this.#running = mark;
    try {
      return await edit();
    } finally {
      if (this.#running === mark) this.#running = undefined;
    }
  }

  /**
   * Runs an edit of ours that puts these texts, with `\n` line ends, into each of these documents, and nothing else; the
   * editor may leave out of a replacement what stands there already. Each document changes once.
   */
  async write(texts: ReadonlyMap<string, readonly string[]>, edit: () => Thenable<boolean>): Promise<boolean> {
    for (const [document, own] of texts) this.#writing.set(document, own);
    try {
      return await edit();
    } finally {
      for (const document of texts.keys()) this.#writing.delete(document);
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const owned of this.#owned.values()) owned.dispose();
    this.#owned.clear();
  }

  #own(command: string): void {
    if (this.#disposed) return;
    try {
      this.#owned.set(
        command,
        this.#edge.registerCommand(command, (...args: unknown[]) => this.#run(command, args)),
      );
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('already exists'))) throw error;
      this.unreachable.push(command);
    }
  }

  async #run(command: string, args: unknown[]): Promise<unknown> {
    this.#owned.get(command)?.dispose();
    this.#owned.delete(command);
    const document = vscode.window.activeTextEditor?.document.uri.toString();
    const mark = document === undefined || !formatting.includes(command) ? undefined : { command, document };
    if (mark) this.#running = mark;
    const rename = command === renaming ? { until: Number.POSITIVE_INFINITY, documents: new Set<string>() } : undefined;
    if (rename) this.#rename = rename;
    try {
      const answer: unknown = await vscode.commands.executeCommand(command, ...args);
      if (command === choosing) this.#done(command);
      return answer;
    } finally {
      if (this.#running === mark) this.#running = undefined;
      if (rename) rename.until = Date.now() + afterRename;
      this.#own(command);
    }
  }
}

/** Whether each change puts in this text, if one is given: line ends are the document's. */
function putsIn(changes: readonly vscode.TextDocumentContentChangeEvent[], text: string | undefined): boolean {
  return text === undefined || changes.every(change => change.text.replaceAll('\r\n', '\n') === text);
}

/** Whether a change puts in nothing, or what stands in one of these texts. */
function isPartOf(text: string, own: readonly string[]): boolean {
  const put = text.replaceAll('\r\n', '\n');
  return own.some(one => one.includes(put)) || put === '';
}

/** Whether each change puts something in the place of as many characters; the rule looks closer. */
function mayRename(changes: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
  const length = changes[0]?.rangeLength;
  return length !== undefined && changes.every(c => c.rangeLength === length && c.text !== '');
}
