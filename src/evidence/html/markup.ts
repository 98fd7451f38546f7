/**
 * Foreign text as HTML. Nothing in it can act or mislead: markup is escaped, and every character that
 * would not be seen or would reorder its neighbours stands as its code point. So do the brackets with
 * which the report marks origins, since only the report may draw them.
 */
export function text(foreign: string): string {
  return plainly.test(foreign) ? foreign : foreign.replace(special, visible);
}

/** The same for the value of an attribute in double quotes, or for a title: no elements inside. */
export function attribute(foreign: string): string {
  return foreign.replace(special, char => entities[char] ?? `⟨${codePoint(char)}⟩`);
}

/** A CSS string, quotes included. */
export function cssString(foreign: string): string {
  const shown = foreign.replace(special, char => (entities[char] === undefined ? ' ' : char));
  return `"${shown.replace(/[^\p{L}\p{N} .,:–—·-]/gu, char => `\\${char.codePointAt(0)!.toString(16)} `)}"`;
}

const plainly = /^[\t\n !#-%(-;=?-~\u00a1-\u00ac\u00ae-\u0600\u2010-\u2027\u2030-\u205e]*$/;

const special =
  /[&<>"'\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff⟦⟧\p{Cs}\u{e0000}-\u{e01ef}]|(?![\t\n])\p{Cc}/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function visible(char: string): string {
  return entities[char] ?? `<span class="esc">${char === '⟦' || char === '⟧' ? char : codePoint(char)}</span>`;
}

function codePoint(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
