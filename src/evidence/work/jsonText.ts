/**
 * A JSON text (RFC 8259) with the places of its values, so that one of them can be changed and all else stay as it was
 * written. Offsets are UTF-16 code units, half-open.
 */
export type JsonNode =
  | { readonly is: 'object'; readonly from: number; readonly to: number; readonly members: readonly JsonMember[] }
  | { readonly is: 'list'; readonly from: number; readonly to: number; readonly items: readonly JsonNode[] }
  | {
      readonly is: 'value';
      readonly from: number;
      readonly to: number;
      readonly value: string | number | boolean | null;
    };

export interface JsonMember {
  readonly name: string;
  /** Of the name, with its quotes. */
  readonly from: number;
  readonly value: JsonNode;
}

/** Undefined where the text is no JSON. */
export function jsonNodes(text: string): JsonNode | undefined {
  try {
    JSON.parse(text.replace(/^\ufeff/, ' '));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return new Parser(text).whole();
}

/** Of a text that is known to be JSON: it finds places and demands nothing. */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonNode {
    if (this.#text.startsWith('\ufeff')) this.#at = 1;
    return this.#value();
  }

  #value(): JsonNode {
    this.#space();
    const from = this.#at;
    const first = this.#text[from];
    if (first === '{') {
      const members = this.#several('}', () => this.#member());
      return { is: 'object', from, to: this.#at, members };
    }
    if (first === '[') {
      const items = this.#several(']', () => this.#value());
      return { is: 'list', from, to: this.#at, items };
    }
    const [written = ''] = this.#match(first === '"' ? /"(?:[^"\\]|\\.)*"/y : /[^\s,\]}]+/y);
    return { is: 'value', from, to: this.#at, value: JSON.parse(written) };
  }

  #member(): JsonMember {
    this.#space();
    const from = this.#at;
    const [written = ''] = this.#match(/"(?:[^"\\]|\\.)*"/y);
    this.#space();
    this.#at++;
    return { name: JSON.parse(written), from, value: this.#value() };
  }

  #several<T>(end: string, one: () => T): T[] {
    const all: T[] = [];
    this.#at++;
    this.#space();
    while (this.#text[this.#at] !== end) {
      all.push(one());
      this.#space();
      if (this.#text[this.#at] === ',') this.#at++;
      this.#space();
    }
    this.#at++;
    return all;
  }

  #space(): void {
    this.#match(/\s*/y);
  }

  #match(pattern: RegExp): RegExpExecArray | [] {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found ?? [];
  }
}
