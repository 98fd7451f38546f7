import * as vscode from 'vscode';
import type { Tracker } from './tracker.ts';

/**
 * Hears of the calls that VS Code makes of us, and of our worker's answers, while a trace is recorded. Texts and ranges
 * are VS Code's own.
 */
export interface EdgeListener {
  /** The copy hook was called; `token` is what we put on the clipboard. */
  copied(document: vscode.TextDocument, ranges: readonly vscode.Range[], token: string): void;
  /** A paste or drop provider was called. What is given back is told the plain text on offer, once it is read. */
  offered(how: 'paste' | 'drop', document: vscode.TextDocument, kind: OfferedKind): (text: string | undefined) => void;
  /** A command of ours was called. What is given back is called when it has ended. */
  called(command: string, args: readonly unknown[]): () => void;
  /** What a tracker had asked of the worker is answered: its steps wait no more. */
  answered(tracker: Tracker): void;
}

/** What the data on offer says of where it was copied. */
export interface OfferedKind {
  /** Our token, from any window. */
  readonly token?: string;
  /** VS Code says that it comes from an editor. */
  readonly editor: boolean;
}

/** The place where VS Code calls us. Mutable: at most one listens, and mostly nobody does. */
export class Edge {
  listener: EdgeListener | undefined;

  /** As `vscode.commands.registerCommand`, and heard of. */
  registerCommand(id: string, run: (...args: unknown[]) => unknown): vscode.Disposable {
    return vscode.commands.registerCommand(id, (...args: unknown[]) => {
      const ended = this.listener?.called(id, args);
      if (!ended) return run(...args);
      const result = run(...args);
      void Promise.resolve(result).then(ended, ended);
      return result;
    });
  }
}
