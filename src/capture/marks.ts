import * as vscode from 'vscode';
import { finished, formatting, told } from '../classify/commands.ts';
import { keyCommands } from '../host/ids.ts';
import type { Edge } from './edge.ts';

/** A marked command that is running, for the document it was called in. */
interface Mark {
  readonly command: string;
  readonly document: string;
}

/** A command has just put text in; `since` tells when it began, where we ran it. */
export type Done = (command: string, since?: number) => void;

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
  readonly #done: Done;

  constructor(edge: Edge, done: Done) {
    this.#edge = edge;
    this.#done = done;
    const note = edge.registerCommand(keyCommands.noteAccepted, (command: unknown) => {
      if (typeof command === 'string' && told.includes(command)) done(command);
    });
    this.#owned.set(keyCommands.noteAccepted, note);
    for (const command of [...formatting, ...finished]) this.#own(command);
  }

  /** The command running for this document, once: the next change takes it. */
  take(document: string): string | undefined {
    const mark = this.#running;
    if (mark?.document !== document) return undefined;
    this.#running = undefined;
    return mark.command;
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
    const since = Date.now();
    try {
      const answer: unknown = await vscode.commands.executeCommand(command, ...args);
      if (finished.includes(command)) this.#done(command, since);
      return answer;
    } finally {
      if (this.#running === mark) this.#running = undefined;
      this.#own(command);
    }
  }
}
