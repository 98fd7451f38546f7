import { isGrapheme } from './graphemes.ts';

/** The keys of a syllable's parts on the two-set keyboard, in the order of Unicode's syllables (chapter 3.12). */
const first = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const middle = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const last =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');

/** What a romaji consonant that waits for its vowel becomes. */
const kana: Readonly<Record<string, string>> = {
  k: 'かきくけこ',
  g: 'がぎぐげご',
  s: 'さしすせそ',
  z: 'ざじずぜぞ',
  j: 'じ',
  t: 'たちつてと',
  d: 'だぢづでど',
  n: 'なにぬねのん',
  h: 'はひふへほ',
  f: 'ふ',
  b: 'ばびぶべぼ',
  p: 'ぱぴぷぺぽ',
  m: 'まみむめも',
  y: 'やゆよ',
  r: 'らりるれろ',
  w: 'わを',
};

/** The mark that a dead key stands for, by what is shown until its letter comes. Quotes are corrected by programs too. */
const marks: Readonly<Record<string, string>> = {
  '´': '\u0301',
  '΄': '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  ˆ: '\u0302',
  '~': '\u0303',
  '˜': '\u0303',
  '¯': '\u0304',
  '˘': '\u0306',
  '˙': '\u0307',
  '¨': '\u0308',
  '˚': '\u030a',
  '°': '\u030a',
  '˝': '\u030b',
  ˇ: '\u030c',
  '¸': '\u0327',
  '˛': '\u0328',
};

/**
 * Whether one letter is what an input method makes of the one it shows before the caret: a syllable of Hangul with one
 * key more, kana of its consonant, Han of kana or of a Latin letter's code, an accented letter of its accent, an
 * Ethiopic syllable of its consonant. Never a sign, never another form of the same letter: what writes `Я` for `я`,
 * `ё` for `е`, `é` for `e` or a simplified character for its traditional one corrects, and is not known to be a hand.
 * Answers what the next letter must begin with: nothing, but for a syllable that gives its last consonant away.
 *
 * What stays possible: an extension that itself turns letters into these, as an input method does, between two keys.
 */
export function composedOf(before: string, after: string): { readonly gives: string } | undefined {
  if (!isGrapheme(before) || !isGrapheme(after) || before === after) return undefined;
  const [was, is] = [hangulKeys(before), hangulKeys(after)];
  if (was && is) {
    if (is.startsWith(was) && is.length === was.length + 1) return { gives: '' };
    return was.startsWith(is) && was.length === is.length + 1 && is.length > 1 ? { gives: was.at(-1)! } : undefined;
  }
  return isKana(before, after) || isHan(before, after) || isAccented(before, after) || isEthiopic(before, after)
    ? { gives: '' }
    : undefined;
}

/** Whether a text begins with this key of Hangul, and a syllable has come of it. */
export function beginsWith(text: string, key: string): boolean {
  const keys = hangulKeys(text);
  return keys !== undefined && keys.length > 1 && keys.startsWith(key);
}

/** The keys of one jamo or syllable. */
function hangulKeys(text: string): string | undefined {
  if (text.length !== 1) return undefined;
  const code = text.charCodeAt(0);
  if (code >= 0x3131 && code <= 0x314e) return text;
  if (code >= 0x314f && code <= 0x3163) return middle[code - 0x314f];
  const at = code - 0xac00;
  if (at < 0 || at >= 11172) return undefined;
  return first[Math.floor(at / 588)]! + middle[Math.floor(at / 28) % 21]! + last[at % 28]!;
}

function isKana(before: string, after: string): boolean {
  // Japanese input methods show letters of full width too.
  const key = before.normalize('NFKC');
  const code = after.charCodeAt(0);
  const hiragana = code >= 0x30a1 && code <= 0x30f6 ? String.fromCharCode(code - 0x60) : after;
  return kana[key]?.includes(hiragana) === true;
}

function isHan(before: string, after: string): boolean {
  return (
    /^\p{Script=Han}$/u.test(after) &&
    /^[a-zａ-ｚ\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]$/u.test(before)
  );
}

function isAccented(before: string, after: string): boolean {
  const [letter = '', mark] = after.normalize('NFD');
  return mark !== undefined && mark === marks[before] && /^[\p{Script=Latin}\p{Script=Greek}]$/u.test(letter);
}

/** Consonants stand in rows of eight, each followed by its vowels; the sixth is the consonant alone. */
function isEthiopic(before: string, after: string): boolean {
  const [was, is] = [before.charCodeAt(0), after.charCodeAt(0)];
  return was >= 0x1200 && was < 0x1358 && was % 8 === 5 && was >> 3 === is >> 3;
}
