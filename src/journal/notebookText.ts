/** One cell's text as a notebook's JSON states it. */
export interface CellText {
  readonly id?: string;
  readonly text: string;
  /**
   * For each code unit of `text` the offset of the one that stands for it in the JSON: itself, the last one of an
   * escape sequence, or, for a line end, the real line break that the list of lines has after it.
   */
  readonly at: readonly number[];
}

export interface NotebookText {
  readonly cells: readonly CellText[];
  /** What programs and pasted pictures put in: outputs and attachments. Sorted, disjoint. */
  readonly foreign: readonly { readonly from: number; readonly to: number }[];
}

/**
 * The cells of a Jupyter notebook (nbformat 4: an object with a list `cells`, each cell with a `source`, a string or
 * a list of strings, and from 4.5 on an `id`). Undefined for any other text.
 */
export function notebookText(json: string): NotebookText | undefined {
  if (!isJson(json)) return undefined;
  const scan = new Scan(json);
  const cells: CellText[] = [];
  const foreign: { from: number; to: number }[] = [];
  let found = false;
  scan.object(key => {
    if (key !== 'cells' || found) {
      scan.skip();
      return;
    }
    found = true;
    scan.array(() => {
      const cell = new CellSource();
      const range = () => {
        const from = scan.offset;
        scan.skip();
        foreign.push({ from, to: scan.offset });
      };
      scan.object(member => {
        if (member === 'source') scan.strings(part => cell.add(part));
        else if (member === 'id') scan.strings(({ text }) => cell.name(text));
        else if (member === 'outputs' || member === 'attachments') range();
        else scan.skip();
      });
      cells.push(cell.done());
    });
  });
  return found ? { cells, foreign } : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Part {
  readonly text: string;
  readonly at: number[];
}

class CellSource {
  readonly #texts: string[] = [];
  readonly #at: number[] = [];
  #id: string | undefined;

  add({ text, at }: Part): void {
    this.#texts.push(text);
    for (const offset of at) this.#at.push(offset);
  }

  name(id: string): void {
    this.#id = id;
  }

  done(): CellText {
    return { ...(this.#id !== undefined && { id: this.#id }), text: this.#texts.join(''), at: this.#at };
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Walks over a text that is known to be JSON. Mutable; each method takes one value, whatever it is. */
class Scan {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  /** Where the next value begins. */
  get offset(): number {
    this.#space();
    return this.#at;
  }

  /** `member` takes the value of each key. */
  object(member: (key: string) => void): void {
    if (this.#json[this.offset] !== '{') {
      this.skip();
      return;
    }
    this.#at++;
    while (this.#json[this.offset] !== '}') {
      const { text } = this.#string();
      this.#space();
      this.#at++;
      member(text);
      if (this.#json[this.offset] === ',') this.#at++;
    }
    this.#at++;
  }

  array(item: () => void): void {
    if (this.#json[this.offset] !== '[') {
      this.skip();
      return;
    }
    this.#at++;
    while (this.#json[this.offset] !== ']') {
      item();
      if (this.#json[this.offset] === ',') this.#at++;
    }
    this.#at++;
  }

  /** A string, or the strings of a list. */
  strings(take: (part: Part) => void): void {
    const one = () => {
      if (this.#json[this.offset] === '"') take(this.#withBreak(this.#string()));
      else this.skip();
    };
    if (this.#json[this.offset] === '[') this.array(one);
    else one();
  }

  skip(): void {
    const start = this.offset;
    let depth = 0;
    do {
      const next = this.#json[this.offset];
      if (next === '"') this.#string();
      else if (next === '{' || next === '[') {
        depth++;
        this.#at++;
      } else if (next === '}' || next === ']') {
        depth--;
        this.#at++;
      } else if (next === ',' || next === ':') this.#at++;
      else this.#literal();
    } while (depth > 0 && this.#at > start);
  }

  #literal(): void {
    literal.lastIndex = this.#at;
    literal.test(this.#json);
    this.#at = literal.lastIndex;
  }

  #space(): void {
    space.lastIndex = this.#at;
    space.test(this.#json);
    this.#at = space.lastIndex;
  }

  #string(): Part {
    const json = this.#json;
    const at: number[] = [];
    let text = '';
    let i = this.#at + 1;
    for (let from = i; ; ) {
      const next = json[i];
      if (next !== '"' && next !== '\\') {
        at.push(i++);
        continue;
      }
      text += json.slice(from, i);
      if (next === '"') break;
      const escaped = json[i + 1] ?? '';
      const last = escaped === 'u' ? i + 5 : i + 1;
      text +=
        escaped === 'u'
          ? String.fromCharCode(Number.parseInt(json.slice(i + 2, i + 6), 16))
          : (escapes[escaped] ?? escaped);
      at.push(last);
      i = from = last + 1;
    }
    this.#at = i + 1;
    return { text, at };
  }

  /** A line of a list stands on a line of its own: the line break after it is its line end. */
  #withBreak(part: Part): Part {
    if (!part.text.endsWith('\n')) return part;
    gap.lastIndex = this.#at;
    const [between = ''] = gap.exec(this.#json) ?? [];
    const line = between.indexOf('\n');
    if (line >= 0) part.at[part.at.length - 1] = this.#at + line;
    return part;
  }
}

const space = /[ \t\r\n]*/y;
const literal = /[^\s,:[\]{}"]+/y;
const gap = /[ \t\r\n]*,?[ \t\r\n]*/y;
