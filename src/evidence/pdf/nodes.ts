/** An element of the report's own markup. */
export interface Element {
  readonly name: string;
  /** As written between the name and `>`; `attributeOf` reads it. */
  readonly written: string;
  readonly children: Node[];
}

export type Node = Element | string;

/**
 * Reads back the markup that `html/` makes: every attribute in double quotes, every element closed but `br` and
 * its like, five named entities. Not a reader of HTML at large. Scripts and styles are left out. Throws where an
 * element is closed that is not open, so that a slip in the page is found by a test and not by a reader.
 */
export function nodesOf(markup: string): Node[] {
  const root: Element = { name: '', written: '', children: [] };
  const open: Element[] = [root];
  token.lastIndex = 0;
  for (let found = token.exec(markup); found !== null; found = token.exec(markup)) {
    const [whole, , closes, name, written = ''] = found;
    const into = open.at(-1)!;
    if (name === undefined) {
      if (!whole.startsWith('<')) into.children.push(plain(whole));
    } else if (closes === '/') {
      if (open.length === 1 || into.name !== name) throw new Error(`</${name}> closes <${into.name}>`);
      open.pop();
    } else {
      const element: Element = { name, written, children: [] };
      into.children.push(element);
      if (!alone.has(name) && !written.endsWith('/')) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  return root.children;
}

/** The attribute's value; undefined where it is not there, empty where it has none. */
export function attributeOf(element: Element, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}(?:="([^"]*)"|(?=[\\s/]|$))`).exec(element.written);
  return found === null ? undefined : plain(found[1] ?? '');
}

export function hasClass(element: Element, name: string): boolean {
  return attributeOf(element, 'class')?.split(' ').includes(name) ?? false;
}

/** All text inside, without marks. */
export function textOf(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

const alone = new Set(['br', 'hr', 'img', 'input', 'meta', 'link']);
const token = /<(script|style)\b.*?<\/\1>|<!--.*?-->|<(\/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|[^<]+/gs;
const entity = /&(?:amp|lt|gt|quot|#39|nbsp);/g;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};

function plain(text: string): string {
  return text.includes('&') ? text.replace(entity, found => entities[found]!) : text;
}
