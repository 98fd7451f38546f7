import type * as vscode from 'vscode';
import type { ChangeSet } from '../text/change.ts';
import type { Copied } from './pending.ts';
import type { Tracker } from './tracker.ts';

/** Milliseconds within which a file that is opened to save an untitled text gets that text. */
const within = 2_000;

/**
 * Untitled texts of a folder's record, and the files that they are saved in. Measured: to save one under a name the
 * editor opens the file empty, puts the text in at once, and takes it out of the untitled text after the save. Mutable.
 */
export class UntitledTexts {
  readonly #uris: ReadonlyMap<Tracker, vscode.Uri>;
  readonly #begun = new WeakSet<Tracker>();

  /** `uris`: every tracker of the record that has not handed over all it saw, with its text's name in the editor. */
  constructor(uris: ReadonlyMap<Tracker, vscode.Uri>) {
    this.#uris = uris;
  }

  /** The tracker of an untitled text that has just been saved under a name: same text, no file of its own. */
  with(text: string): number | undefined {
    return text === '' ? undefined : this.#holding(text)?.number;
  }

  /** An untitled text, if these changes put it whole into a file that has just been opened. */
  put(tracker: Tracker, { changes }: ChangeSet): Copied | undefined {
    const [{ insert = '' } = {}] = changes;
    if (tracker.length > 0 || changes.length !== 1 || insert.length < 2) return undefined;
    if (tracker.path === undefined || Date.now() - tracker.since > within) return undefined;
    const untitled = this.#holding(insert);
    if (untitled) this.#begun.add(tracker);
    return untitled?.copy(0, untitled.length);
  }

  /** The file of this text was empty when the editor opened it: what stands in it by now is what was put in since. */
  begins(tracker: Tracker): boolean {
    return this.#begun.has(tracker);
  }

  #holding(text: string): Tracker | undefined {
    return [...this.#uris].find(([tracker, { scheme }]) => scheme === 'untitled' && tracker.holds(text))?.[0];
  }
}
