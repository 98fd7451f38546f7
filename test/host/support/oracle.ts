import * as vscode from 'vscode';
import type { Kind } from '../../../src/provenance/origin.ts';

type Reasoned = vscode.TextDocumentChangeEvent & {
  readonly detailedReason?: { readonly source: string; readonly metadata?: { readonly kind?: string } };
};

/** What VS Code's own reason says of each character; `undefined` where it does not decide. */
export class ReasonOracle implements vscode.Disposable {
  /** One entry a character of the editor's text (line ends `\n`). */
  readonly labels: (Kind | undefined)[];
  readonly #subscription: vscode.Disposable;

  constructor(document: vscode.TextDocument) {
    this.labels = Array<undefined>(document.getText().length).fill(undefined);
    this.#subscription = vscode.workspace.onDidChangeTextDocument(event => {
      if (event.document === document) this.#take(event);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #take(event: Reasoned): void {
    const kind = event.reason === undefined ? decided(event) : undefined;
    for (const { rangeOffset, rangeLength, text } of [...event.contentChanges].sort(
      (a, b) => b.rangeOffset - a.rangeOffset,
    )) {
      // Of a pair that was closed for the typist, only the first character is theirs.
      const labels = Array<Kind | undefined>(text.length).fill(kind);
      if (kind === 'typed' && text.length > 1) labels.fill(undefined, 1);
      this.labels.splice(rangeOffset, rangeLength, ...labels);
    }
  }
}

function decided({ detailedReason }: Reasoned): Kind | undefined {
  switch (detailedReason?.source) {
    case 'cursor':
      return detailedReason.metadata?.kind === 'type' ? 'typed' : undefined;
    case 'inlineCompletionAccept':
    case 'inlineCompletionPartialAccept':
      return 'ai.completion';
    case 'snippet':
      return 'tool.snippet';
    case 'suggest':
      return 'tool.suggest';
    default:
      return undefined;
  }
}
