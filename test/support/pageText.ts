/** One line of a file's text as the report's page shows it. */
export interface ShownLine {
  readonly number: number;
  /** Letters in the margin. */
  readonly letters: string;
  /** The text without the report's own brackets. */
  readonly text: string;
  /** One class a UTF-16 code unit of `text`: `ma`, `me`, `ou`, `ea`, `un`; empty where it stands plain. */
  readonly marks: readonly string[];
}

/** Reads the marked text of the file with this rank (from 1) back from the page's HTML. */
export function shownLines(html: string, file = 1): ShownLine[] {
  const start = html.indexOf(`id="f${file}"`);
  const end = html.indexOf('</article>', start);
  const lines = html
    .slice(start, end)
    .matchAll(/<div class="l[^"]*" data-n="(\d+)" data-h="([^"]*)" dir="auto">(.*?)\n<\/div>/gs);
  return [...lines].map(([, number, letters, inner]) => ({
    number: Number(number),
    letters: letters!,
    ...read(inner!),
  }));
}

function read(inner: string): Pick<ShownLine, 'text' | 'marks'> {
  let text = '';
  const marks: string[] = [];
  const open: string[] = [];
  for (const [token, tag] of inner
    .replace(/<(i|a)(?: [^>]*)?>.*?<\/\1>/gs, '')
    .matchAll(/<(\/?\w+)[^>]*>|&[a-z#0-9]+;|[^<&]+/g)) {
    if (tag === '/span') open.pop();
    else if (tag !== undefined) open.push(/class="(\w+)"/.exec(token)?.[1] ?? '');
    else {
      const plain = unescaped(token);
      text += plain;
      const mark = open.findLast(name => name !== 'esc') ?? '';
      marks.push(...Array.from({ length: plain.length }, () => mark));
    }
  }
  return { text, marks };
}

function unescaped(token: string): string {
  const named: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&amp;': '&',
    '&quot;': '"',
    '&#39;': "'",
  };
  return named[token] ?? token;
}
