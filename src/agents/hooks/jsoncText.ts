/** A value in a JSON text with comments, and where it stands (UTF-16 offsets, half-open). */
export type JsoncNode =
  | JsoncContainer
  | { readonly kind: 'value'; readonly from: number; readonly to: number; readonly value: unknown };

export interface JsoncContainer {
  readonly kind: 'object' | 'array';
  readonly from: number;
  readonly to: number;
  readonly children: readonly JsoncChild[];
  /** Where its commas stand. */
  readonly commas: readonly number[];
}

/** A member of an object, or an item of an array. */
export interface JsoncChild {
  /** From the key's first quotation mark; of an item, from the value. */
  readonly from: number;
  readonly to: number;
  readonly key?: string;
  readonly node: JsoncNode;
}

/** Nested deeper than this is not read: no settings are. */
const deepest = 64;

/** The value of a JSON text with comments and commas behind last entries (as settings files have); undefined: malformed. */
export function parseJsonc(text: string): JsoncNode | undefined {
  const reading = new Reading(text);
  try {
    const node = reading.value(0);
    return reading.atEnd() ? node : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function isContainer(node: JsoncNode | undefined, kind: JsoncContainer['kind']): node is JsoncContainer {
  return node?.kind === kind;
}

/** The value of a member; of a key that stands twice, the last. */
export function memberOf(node: JsoncNode | undefined, key: string): JsoncNode | undefined {
  return isContainer(node, 'object') ? node.children.findLast(child => child.key === key)?.node : undefined;
}

/** Strings anywhere in a value. */
export function stringsIn(node: JsoncNode): readonly string[] {
  if (node.kind !== 'value') return node.children.flatMap(child => stringsIn(child.node));
  return typeof node.value === 'string' ? [node.value] : [];
}

class Reading {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  value(depth: number): JsoncNode {
    if (depth > deepest) throw new SyntaxError();
    this.#skip();
    const from = this.#at;
    const sign = this.#text[from];
    if (sign === '{' || sign === '[') return this.#container(sign === '{' ? 'object' : 'array', depth);
    const token = sign === '"' ? this.#string() : this.#word();
    return { kind: 'value', from, to: this.#at, value: JSON.parse(token) };
  }

  atEnd(): boolean {
    this.#skip();
    return this.#at === this.#text.length;
  }

  #container(kind: JsoncContainer['kind'], depth: number): JsoncContainer {
    const from = this.#at++;
    const close = kind === 'object' ? '}' : ']';
    const children: JsoncChild[] = [];
    const commas: number[] = [];
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === close) {
        this.#at++;
        return { kind, from, to: this.#at, children, commas };
      }
      if (children.length > commas.length) throw new SyntaxError();
      children.push(this.#child(kind, depth));
      this.#skip();
      if (this.#text[this.#at] === ',') commas.push(this.#at++);
    }
  }

  #child(kind: JsoncContainer['kind'], depth: number): JsoncChild {
    const from = this.#at;
    if (kind === 'array') {
      const node = this.value(depth + 1);
      return { from, to: node.to, node };
    }
    if (this.#text[from] !== '"') throw new SyntaxError();
    const key: string = JSON.parse(this.#string());
    this.#skip();
    if (this.#text[this.#at++] !== ':') throw new SyntaxError();
    const node = this.value(depth + 1);
    return { from, to: node.to, key, node };
  }

  #string(): string {
    const from = this.#at++;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at];
      if (sign === '\\') this.#at++;
      else if (sign === '"') return this.#text.slice(from, ++this.#at);
    }
    throw new SyntaxError();
  }

  #word(): string {
    const from = this.#at;
    while (this.#at < this.#text.length && /[-+.\w]/.test(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(from, this.#at);
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? 'x')) this.#at++;
      if (this.#text.startsWith('//', this.#at)) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else if (this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at);
        if (end < 0) throw new SyntaxError();
        this.#at = end + 2;
      } else return;
    }
  }
}
