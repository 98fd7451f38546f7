import { type Cell, type Cells, entangle, likeness, loosen, textOf } from './cell.ts';
import type { EditorText } from './editorText.ts';
import type { EditorWindow } from './editorWindow.ts';
import type { World } from './world.ts';

/**
 * What the product may not know, in one place. `expects` says what it has learned to know: switched off, each of
 * these is allowed to be unknown.
 */
export const expects = {
  /** What one step takes out here and puts in there keeps its origin. */
  moves: true,
  /** A former text of a document that returns as a whole keeps its origin. */
  recall: true,
};

/** A former text that is shorter may say the same by chance. */
export const fewest = 24;

const letter = /[\p{L}\p{M}\ud800-\udfff]/u;
const oneKey = /^.\p{M}*$/su;

export const allowance = {
  /** A run that is as short as a key's text is taken for a key's, of unknown origin where no key is seen. */
  moved(cells: Cells): void {
    const short = oneKey.test(textOf(cells)) || !cells.some(isLetter);
    loosen(expects.moves && !short ? cells.filter(cell => !isLetter(cell)) : cells, 'unknown');
  },

  /** Text that stood there before, whole: `seen` since this window began. */
  returned(cells: Cells, seen: boolean): void {
    if (!expects.recall || !seen) loosen(cells, 'unknown', 'external.disk');
  },

  /** What is no word of its own beside what another program changed may count as that program's. */
  beside(cells: Cells): void {
    loosen(cells, 'unknown', 'external.disk');
  },

  /** A copy from where text was taken out just now: it may be told of as a cut is, after it. */
  copied(cells: Cells, window: EditorWindow, text: EditorText, from: number): Cells {
    return window.tookLately(text, from, 200) ? likeness(cells, 'unknown') : cells;
  },

  /** An untitled text that comes back is known by what it says: it may be any that was left and says the same. */
  broughtBack(cells: Cells, left: readonly Cells[]): void {
    const alike = left.filter(other => other !== cells && textOf(other) === textOf(cells));
    for (const [i, cell] of cells.entries()) {
      if (alike.length > 0) loosen([cell], ...alike.flatMap(other => other[i]!.kinds));
    }
  },

  /** The first text of an empty file may be what an untitled text says that is about to be saved there. */
  begun(cells: Cells, window: EditorWindow, text: EditorText): void {
    if (text.length > 0) return;
    const others = [...window.texts.values()].filter(({ path }) => path === undefined);
    if (others.some(other => other.text === textOf(cells))) loosen(cells);
  },

  /** A key that says what was to be pasted, just now or as the first one after that: it may be the paste. */
  key(cells: Cells, window: EditorWindow, text: EditorText): void {
    if (window.offered(text, textOf(cells), 2000)) loosen(cells, 'unknown', 'pasted.editor');
  },

  /**
   * What was written during a pause is looked for by its words when the next session begins, in copies too, and taken
   * with the spaces and signs between them there.
   */
  unwatched(cells: Cells): void {
    entangle(cells);
    const copies = new Set(cells.flatMap(({ family, kinds }) => (family ? kinds : [])));
    copies.delete('typed');
    if (copies.size > 0)
      loosen(
        cells.filter(cell => !isLetter(cell)),
        ...copies,
      );
  },

  /** What another program wrote behind the editor's back may be read twice: as the file's, and with the next reload. */
  unread(cells: Cells): void {
    loosen(cells, 'unknown', 'external.disk');
  },

  /** What another window saves, and no file can hold: who reads the file finds the text of no window. */
  unwritten(cells: Cells): void {
    loosen(cells, 'unknown', 'external.disk');
  },

  /**
   * A window that still asks what the file it opens is made of, while `by` saves another text there, has a former text:
   * one too short to be known again is told before.
   */
  async opening({ windows }: World, by: EditorWindow, path: string): Promise<void> {
    for (const window of windows) {
      const text = window.texts.get(path);
      if (window !== by && text && text.saved.length < fewest) await window.product.flush();
    }
  },

  /** An untitled text of one character is none to look for, and one whose serials are not known has none to keep. */
  titled(cells: Cells, settled: boolean): void {
    if (!settled || cells.length < 2) loosen(cells, 'unknown');
  },

  /**
   * Text that the editor wrote to another file: whole, and yet of another document. Its words are found in what the
   * journal had, `formers` too, with the spaces and signs that stood between them there.
   */
  savedAs(cells: Cells, formers: readonly Cells[]): void {
    loosen(cells, 'unknown', 'external.disk');
    const alike = Map.groupBy(new Set(formers.flat()), ({ unit }) => unit);
    for (const cell of cells) {
      const others = isLetter(cell) ? [] : (alike.get(cell.unit) ?? []);
      loosen([cell], ...new Set(others.flatMap(({ kinds }) => kinds.filter(kind => kind !== 'typed'))));
    }
  },
};

function isLetter({ unit }: Cell): boolean {
  return letter.test(unit);
}
