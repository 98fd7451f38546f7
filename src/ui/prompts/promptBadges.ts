import { type FileDecoration, type FileDecorationProvider, Uri, window } from 'vscode';
import { readOnlyScheme } from '../../host/ids.ts';
import type { Disposable } from '../../host/lifecycle.ts';
import type { Texts } from '../../host/texts.ts';

/** Names a row, not a document: no text stands there. */
const marked = 'marked';

/**
 * A sign at the end of the rows of prompts that are marked for protection. What stands behind a prompt's words gives way
 * to them in a narrow view; a badge, which VS Code knows of files alone, does not. So such rows bear an address.
 */
export class PromptBadges implements FileDecorationProvider, Disposable {
  readonly #texts: Pick<Texts, 't'>;
  readonly #registration: Disposable;

  constructor(texts: Pick<Texts, 't'>) {
    this.#texts = texts;
    this.#registration = window.registerFileDecorationProvider(this);
  }

  /** The address of a prompt's row if it is marked. */
  static addressOf({ id, protect }: { readonly id: string; readonly protect: string }): Uri | undefined {
    return protect === 'yes' ? Uri.from({ scheme: readOnlyScheme, path: `/${id}`, query: marked }) : undefined;
  }

  provideFileDecoration({ scheme, query }: Uri): FileDecoration | undefined {
    if (scheme !== readOnlyScheme || query !== marked) return undefined;
    return { badge: '§', tooltip: this.#texts.t('prompts.marked') };
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
