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

/** A line break and the indent after it, as Enter makes it; with a second one where Enter split a pair. */
export function isLineBreak(text: string): boolean {
  return /^\n[ \t]*(\n[ \t]*)?$/.test(text);
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

/** Whether `text` is an opening character and the partner that the editor closed it with. */
export function isClosedPair(text: string): boolean {
  return text.length === 2 && partners[text[0]!] === text[1];
}
