import * as vscode from 'vscode';
import { caretIn } from '../classify/graphemes.ts';
import type { Observation } from '../classify/observation.ts';
import type { ChangeSet } from '../text/change.ts';
import { offsetAt } from './translate.ts';

/**
 * Where the carets of one text stand, so that a keystroke is told from text that was put in elsewhere: a key changes
 * the text at the carets or over the selections, and leaves carets behind its letter. Offsets are the core's. Mutable.
 */
export class Carets {
  /** Where keystrokes would have left them, until the editor says where they are. */
  #expected: readonly number[] | undefined;

  /** The text has changed. What of the editor's carets and selections before it these changes fit, if anything. */
  changed(event: vscode.TextDocumentChangeEvent, changes: ChangeSet): At | undefined {
    const at = this.#expected ? fitsPlaces(changes, this.#expected) : fitsSelections(event);
    // Where somebody else put text in, the editor says whether the carets were moved.
    this.#expected = at === 'carets' || at === 'behind' ? endsOf(changes) : undefined;
    return at;
  }

  /** What the changes removed was selected, or stood beside a caret in its line; to be asked before `changed`. */
  removes({ document, contentChanges }: vscode.TextDocumentChangeEvent, { changes }: ChangeSet): Removes | undefined {
    const gone = contentChanges.filter(c => c.rangeLength > 0);
    if (gone.length === 0) return undefined;
    const places = this.#expected;
    if (places) {
      const beside = changes.every(({ from, to }) => from === to || places.includes(from) || places.includes(to));
      return beside && gone.every(({ range }) => isInLine(range)) ? 'caret' : undefined;
    }
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== document) return undefined;
    const { selections } = editor;
    if (gone.every(({ range }) => selections.some(s => !s.isEmpty && s.isEqual(range)))) return 'selection';
    const isBeside = ({ start, end }: vscode.Range) =>
      selections.some(s => s.isEmpty && (s.active.isEqual(start) || s.active.isEqual(end)));
    return gone.every(({ range }) => isBeside(range) && isInLine(range)) ? 'caret' : undefined;
  }

  /** The editor has said where they are. */
  selected(): void {
    this.#expected = undefined;
  }
}

/** See `Observation.removes`. */
export type Removes = NonNullable<Observation['removes']>;

/** A part of a line, or one line break with the indent that went with it. */
function isInLine({ start, end }: vscode.Range): boolean {
  return start.line === end.line || end.line === start.line + 1;
}

/**
 * `behind`: one change of the text right before each caret. `carets`: one change at each caret or over each selection. The editor moves a caret at which somebody else puts text
 * in, and says so without a kind, so that no arrow key that comes later is taken for a letter's. `sides`: two changes,
 * before and behind each selection.
 */
export type At = 'carets' | 'behind' | 'sides';

function fitsPlaces({ changes }: ChangeSet, places: readonly number[]): At | undefined {
  if (changes.length !== places.length || !changes.every((c, i) => c.to === places[i])) return undefined;
  return changes.every(c => c.from === c.to) ? 'carets' : 'behind';
}

/** The event's ranges are those of the text before it, as are the selections that the editor told of last. */
function fitsSelections({ document, contentChanges }: vscode.TextDocumentChangeEvent): At | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return undefined;
  const selections = [...editor.selections].sort((a, b) => a.start.compareTo(b.start));
  const ranges = contentChanges.map(c => c.range).sort((a, b) => a.start.compareTo(b.start));
  if (ranges.length === selections.length) {
    // What stands behind a caret no key is known to have changed: another program may change a letter there, and an
    // arrow key that goes over it would look like the letter's.
    if (!selections.every(({ end }, i) => ranges[i]!.end.isEqual(end))) return undefined;
    if (selections.every(({ start }, i) => ranges[i]!.start.isEqual(start))) return 'carets';
    // A closing bracket takes the blanks before it, an input method what it showed before.
    return selections.every(({ start, isEmpty }, i) => isEmpty && ranges[i]!.start.isBeforeOrEqual(start))
      ? 'behind'
      : undefined;
  }
  if (ranges.length !== 2 * selections.length) return undefined;
  const sides = selections.every(
    ({ start, end, isEmpty }, i) =>
      !isEmpty &&
      ranges[2 * i]!.isEmpty &&
      ranges[2 * i + 1]!.isEmpty &&
      ranges[2 * i]!.start.isEqual(start) &&
      ranges[2 * i + 1]!.start.isEqual(end),
  );
  return sides ? 'sides' : undefined;
}

/** Where carets stand after keystrokes that made these changes. */
function endsOf({ changes }: ChangeSet): number[] {
  let shift = 0;
  return changes.map(({ from, to, insert }) => {
    const at = from + shift + caretIn(insert);
    shift += insert.length - (to - from);
    return at;
  });
}

/** The selections are carets at the ends of the changes (in the new text), one at each. */
export function areAtEnds(
  document: vscode.TextDocument,
  selections: readonly vscode.Selection[],
  changes: ChangeSet,
): boolean {
  const ends = endsOf(changes);
  if (selections.length !== ends.length || selections.some(s => !s.isEmpty)) return false;
  const carets = selections.map(s => offsetAt(document, s.active)).sort((a, b) => a - b);
  return carets.every((caret, i) => caret === ends[i]);
}

/** The selections hold just what stands between each two changes (in the new text). */
export function areBetween(
  document: vscode.TextDocument,
  selections: readonly vscode.Selection[],
  { changes }: ChangeSet,
): boolean {
  if (changes.length !== 2 * selections.length) return false;
  const sorted = [...selections].sort((a, b) => a.start.compareTo(b.start));
  let shift = 0;
  return sorted.every(({ start, end }, i) => {
    const [open, close] = [changes[2 * i]!, changes[2 * i + 1]!];
    shift += open.insert.length;
    const fits = offsetAt(document, start) === open.from + shift && offsetAt(document, end) === close.from + shift;
    shift += close.insert.length;
    return fits;
  });
}
