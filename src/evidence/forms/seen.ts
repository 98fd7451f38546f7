/**
 * Foreign text of which nothing acts unseen: line ends of every kind are `\n`; other controls, marks of direction, what has no
 * width and lone surrogates stand as `U+XXXX`. So XML 1.0 can hold all of it.
 */
export function seen(foreign: string): string {
  return foreign.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(unseen, char => `U+${codePoint(char)}`);
}

const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/gu;

function codePoint(char: string): string {
  return char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}
