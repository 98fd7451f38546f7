const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Length of the first grapheme of `text` in UTF-16 units; 0 for the empty text. */
export function firstGrapheme(text: string): number {
  if (text.length < 2) return text.length;
  for (const { segment } of segmenter.segment(text.length > 64 ? text.slice(0, 64) : text)) return segment.length;
  return 0;
}

/** Whether `text` is exactly one grapheme. */
export function isGrapheme(text: string): boolean {
  return text.length > 0 && text.length <= 64 && firstGrapheme(text) === text.length;
}

/**
 * A line break and the indent after it, as Enter makes it; with a second one where Enter split a pair, and with the
 * sign of a comment that goes on in the next line.
 */
export function isLineBreak(text: string): boolean {
  return /^\n[ \t]*((\*|\/\/[/!]?) ?)?(\n[ \t]*)?$/.test(text);
}

/** Blanks or tabs alone, as the key that indents puts in; one blank says nothing. */
export function isIndent(text: string): boolean {
  return /^( {2,16}|\t{1,4})$/.test(text);
}

const composed =
  /[\p{scx=Hira}\p{scx=Kana}\p{scx=Hani}\p{scx=Hang}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Ethi}]/u;

/** What an input method shows or puts in: a script that is composed, and letters that are still to be turned into it. */
export function isComposed(text: string): boolean {
  return text.length <= 32 && /^[\p{L}\p{M}ー]+$/u.test(text) && composed.test(text);
}

/** A name as the list of suggestions has them, with the brackets of a call or a tag; not a phrase. */
export function isWord(text: string): boolean {
  return text !== '' && text.length <= 100 && !/\s/u.test(text);
}

const partners: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '<': '>',
  '"': '"',
  "'": "'",
  '`': '`',
  '*': '*',
  _: '_',
  $: '$',
  '«': '»',
  '“': '”',
  '„': '“',
  '‘': '’',
};

/** The last character of an opening of several, and what the editor closes that opening with. */
const closings: readonly string[] = ['* */', '--->'];

/** Whether `text` is an opening character and the partner that the editor closed it with. */
export function isClosedPair(text: string): boolean {
  return (text.length === 2 && isPartner(text[0]!, text[1]!)) || closings.includes(text);
}

/** How far into a key's insertion the caret stands after it: before what the editor closed, or split off below. */
export function caretIn(text: string): number {
  if (isClosedPair(text)) return firstGrapheme(text);
  const below = isLineBreak(text) ? text.indexOf('\n', 1) : -1;
  return below < 0 ? text.length : below;
}

/** Whether the editor closes `open` with `close`. */
export function isPartner(open: string, close: string): boolean {
  return partners[open] === close;
}
