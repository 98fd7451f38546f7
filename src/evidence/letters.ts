/** What a code unit counts as: see `classOf`. */
export const space = 1;
export const letter = 2;
const sign = 3;
export const half = 4;
/** By code unit; 0: not asked for yet. */
const classes = new Uint8Array(2 ** 16);

/** What the unit at `at` counts as: white space, a letter or digit, a sign; the second half of a pair counts as nothing. */
export function classOf(unit: number, text: string, at: number): number {
  if ((unit & 0xf800) === 0xd800) {
    if ((unit & 0xfc00) === 0xdc00) return at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? half : sign;
    return /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2)) ? letter : sign;
  }
  const known = classes[unit]!;
  if (known !== 0) return known;
  const char = String.fromCharCode(unit);
  const sort = /\s/.test(char) ? space : /[\p{L}\p{N}]/u.test(char) ? letter : sign;
  classes[unit] = sort;
  return sort;
}
