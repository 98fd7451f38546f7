/**
 * What stands in place of characters that were taken out: ▮ (U+25AE) for each UTF-16 unit, and for each half of a
 * surrogate pair the same half of 🔲 (U+1F532), so that units, code points and well-formedness stay what they were.
 */

const [blank, high, low] = [0x25ae, 0xd83d, 0xdd32];

/** A run of anything with every unit taken out; as long as it was. */
export function blankOf(run: string): string {
  let out = '';
  for (let i = 0; i < run.length; i++) out += String.fromCharCode(blankUnit(run.charCodeAt(i)));
  return out;
}

/** Whether a run is what `blankOf` leaves. */
export function isBlank(run: string): boolean {
  for (let i = 0; i < run.length; i++) if (!isBlankUnit(run.charCodeAt(i))) return false;
  return true;
}

/** The text with the units from one offset to another taken out. */
export function blanked(text: string, from: number, to: number): string {
  return text.slice(0, from) + blankOf(text.slice(from, to)) + text.slice(to);
}

/** Whether something may have been taken out of a text; its author may have written ▮ too. */
export function mayHoldBlanks(text: string): boolean {
  // In one class the two halves would be one pair.
  return /▮|\u{1F532}|\ud83d|\udd32/u.test(text);
}

function blankUnit(unit: number): number {
  if (unit >= 0xd800 && unit < 0xdc00) return high;
  return unit >= 0xdc00 && unit < 0xe000 ? low : blank;
}

export function isBlankUnit(unit: number): boolean {
  return unit === blank || unit === high || unit === low;
}
