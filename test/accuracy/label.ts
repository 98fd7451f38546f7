import type { Kind, Placement } from '../../src/provenance/origin.ts';

/**
 * What a character is known to be, because the scenario put it there: a kind; several, where each of them is true
 * (a blank that a formatter left of two); with `unknown` among them, where the scenario says why it may be unknown;
 * `any` where nothing is claimed.
 */
export type Known = Kind | readonly Kind[] | 'any';

/** The truth about one character (one UTF-16 unit). */
export interface Label {
  readonly known: Known;
  /** The step that the character came with, if it was a key. */
  readonly key?: Key;
  /** How it must be said to have been placed; null: it stands where it was made. Absent: not stated. */
  readonly place?: Placement | null;
}

/** One step of changes, and whether the selection event that followed it was of the keyboard kind. Mutable. */
export interface Key {
  keyboard: boolean;
}

/** Labels for what one replacement inserted, given what it took out. As many as `inserted` has units. */
export type Labelling = (inserted: string, removed: readonly Label[]) => readonly (Known | Label)[];

/** A piece of a text, for `Sheet.became`: kept from what stood there before, or new. */
export type Piece = string | Kept | New;

interface Kept {
  readonly kept: string;
  /** Labels of the text that it is taken from, where that is another sheet. */
  readonly of?: { readonly text: string; readonly labels: readonly Label[] };
  readonly place?: Placement | null;
}

interface New {
  readonly known: Known;
  readonly text: string;
  readonly place?: Placement | null;
}

/** Text of this known origin. */
export function fresh(known: Known, text: string, place?: Placement | null): Piece {
  return { known, text, ...(place === undefined ? {} : { place }) };
}

/** Text that stood there before, or in another sheet (`of`), with its place where that is stated. */
export function kept(text: string, place?: Placement | null, of?: Kept['of']): Piece {
  return { kept: text, ...(place === undefined ? {} : { place }), ...(of ? { of } : {}) };
}

export function pieceText(piece: Piece): string {
  return typeof piece === 'string' ? piece : 'kept' in piece ? piece.kept : piece.text;
}

/** The labels of a part of a text, which must stand in it exactly once. */
export function labelsOf(part: string, { text, labels }: NonNullable<Kept['of']>): readonly Label[] {
  const at = text.indexOf(part);
  if (at < 0) throw new RangeError(`${JSON.stringify(part)} is not in the text`);
  if (text.indexOf(part, at + 1) >= 0)
    throw new RangeError(`${JSON.stringify(part)} stands in the text more than once`);
  return labels.slice(at, at + part.length);
}

/**
 * The text that the pieces make, and its labels. What is kept of a text stands in it once, or is its next occurrence
 * behind the piece that was kept of it last.
 */
export function pieced(pieces: readonly Piece[], before: NonNullable<Kept['of']>): { text: string; labels: Label[] } {
  const labels: Label[] = [];
  let text = '';
  const ends = new Map<object, number>();
  for (const piece of pieces) {
    const whole = typeof piece === 'string' ? { kept: piece } : piece;
    const place = whole.place === undefined ? {} : { place: whole.place };
    if ('known' in whole) {
      text += whole.text;
      for (let i = 0; i < whole.text.length; i++) labels.push({ known: whole.known, ...place });
    } else {
      const of = whole.of ?? before;
      const once = of.text.indexOf(whole.kept) === of.text.lastIndexOf(whole.kept);
      const at = of.text.indexOf(whole.kept, once ? 0 : (ends.get(of) ?? 0));
      if (at < 0) throw new RangeError(`${JSON.stringify(whole.kept)} is not in the text`);
      ends.set(of, at + whole.kept.length);
      text += whole.kept;
      for (const label of of.labels.slice(at, at + whole.kept.length)) labels.push({ ...label, ...place });
    }
  }
  return { text, labels };
}
