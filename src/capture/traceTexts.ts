import { align } from '../text/diff.ts';
import { Cipher } from './traceCipher.ts';

/** A change of a text in VS Code's own offsets, over the text before the event. */
interface Replaced {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What stands in a trace for texts and names. Offsets are VS Code's; each answer is as long as its text. */
export interface TraceTexts {
  /** A text was opened. */
  opened(document: number, text: string): string;
  /** A text was changed; answers what stands for each insertion. */
  changed(document: number, changes: readonly Replaced[]): readonly string[];
  /** These ranges are being copied. */
  copied(document: number, ranges: readonly (readonly [from: number, to: number])[]): void;
  /** A text from elsewhere: the clipboard, a file. */
  carried(text: string): string;
  /** A path, or the name of an untitled text. */
  name(path: string): string;
}

/** Everything as it is. */
export const plainTexts: TraceTexts = {
  opened: (_, text) => text,
  changed: (_, changes) => changes.map(({ text }) => text),
  copied: () => undefined,
  carried: text => text,
  name: path => path,
};

interface Shadowed {
  text: string;
  /** What stands for it, of the same length. */
  shadow: string;
}

/** Texts that are remembered, whole, because they may come again. */
const remembered = 500;

/**
 * Every letter and digit is another of its script, case and length, and what is the same text stays so: a word that
 * comes again is scrambled alike, and what is copied, moved, undone or read again carries over what stood for it. The
 * key is drawn for each trace and kept nowhere. White space, signs, emoji, marks and the lengths of words stay.
 */
export class ScrambledTexts implements TraceTexts {
  readonly #cipher = new Cipher();
  readonly #documents = new Map<number, Shadowed>();
  /** Texts that were cut out or copied, with `\n` line ends, and what stands for each. */
  readonly #known = new Map<string, string>();
  /** Words that came about otherwise than from their first letter on, and what stands for each. */
  readonly #words = new Map<string, string>();
  readonly #names = new Map<string, string>();

  opened(document: number, text: string): string {
    const shadow = this.carried(text);
    this.#documents.set(document, { text, shadow });
    return shadow;
  }

  changed(document: number, changes: readonly Replaced[]): readonly string[] {
    const of = this.#documents.get(document);
    if (!of) return changes.map(({ text }) => this.carried(text));
    const inserts = changes.map(change => this.#inserted(of, change));
    const order = [...changes.keys()].sort((a, b) => changes[b]!.offset - changes[a]!.offset);
    for (const { offset, length } of changes) this.#remember(of, offset, offset + length);
    for (const i of order) {
      const { offset, length, text } = changes[i]!;
      of.text = of.text.slice(0, offset) + text + of.text.slice(offset + length);
      of.shadow = of.shadow.slice(0, offset) + inserts[i] + of.shadow.slice(offset + length);
    }
    let shift = 0;
    for (const i of order.toReversed()) {
      const { offset, length, text } = changes[i]!;
      this.#learn(of, offset + shift, offset + shift + text.length);
      shift += text.length - length;
    }
    return inserts;
  }

  copied(document: number, ranges: readonly (readonly [from: number, to: number])[]): void {
    const of = this.#documents.get(document);
    if (!of) return;
    for (const [from, to] of ranges) {
      this.#remember(of, from, to);
      // With nothing selected the line is copied, and its end with it.
      this.#remember(of, from, to + 1);
      this.#remember(of, from, to + 2);
    }
  }

  carried(text: string): string {
    const open = [...this.#documents.values()].find(of => of.text === text);
    if (open) return open.shadow;
    const known = this.#known.get(plain(text));
    const shadow = known === undefined ? this.#cover('', text) : withEnds(text, known);
    this.#put(plain(text), plain(shadow));
    return shadow;
  }

  name(path: string): string {
    return path
      .split('/')
      .map((part, i, parts) => {
        const ending = i === parts.length - 1 ? (/\.[a-z\d]{1,8}$/i.exec(part)?.[0] ?? '') : '';
        const known = this.#names.get(part) ?? `${this.#names.size + 1}${ending}`;
        this.#names.set(part, known);
        return known;
      })
      .join('/');
  }

  #inserted({ text, shadow }: Shadowed, { offset, length, text: insert }: Replaced): string {
    const known = this.#known.get(plain(insert));
    if (known !== undefined) return withEnds(insert, known);
    const before = wordBefore(text, offset);
    const removed = text.slice(offset, offset + length);
    if (removed === '' || insert === '') return this.#cover(before, insert);
    let out = '';
    let at = 0;
    let to = 0;
    for (const change of align(removed, insert)) {
      out += shadow.slice(offset + at, offset + change.from);
      to += change.from - at;
      out += this.#cover(to === 0 ? before : wordBefore(insert, to), change.insert);
      to += change.insert.length;
      at = change.to;
    }
    return out + shadow.slice(offset + at, offset + length);
  }

  /** `before`: the part of a word that `text` goes on with. */
  #cover(before: string, text: string): string {
    let word = before;
    return text.replace(words, (part, at: number) => {
      word = at === 0 ? before : '';
      return (word === '' ? this.#words.get(part) : undefined) ?? this.#cipher.word(word, part);
    });
  }

  /** Words at the edges of what came may be other words now than what stands for them says. */
  #learn({ text, shadow }: Shadowed, from: number, to: number): void {
    const start = from - wordBefore(text, from).length;
    const end = to + (wordsAtStart.exec(text.slice(to, to + longestWord))?.[0].length ?? 0);
    for (const { 0: word, index } of text.slice(start, end).matchAll(words)) {
      const stands = shadow.slice(start + index, start + index + word.length);
      if ((this.#words.get(word) ?? this.#cipher.word('', word)) !== stands) this.#words.set(word, stands);
    }
  }

  #remember({ text, shadow }: Shadowed, from: number, to: number): void {
    if (to - from > 1 && to <= text.length) this.#put(plain(text.slice(from, to)), plain(shadow.slice(from, to)));
  }

  #put(text: string, shadow: string): void {
    if (text.length < 2) return;
    this.#known.delete(text);
    this.#known.set(text, shadow);
    if (this.#known.size > remembered) this.#known.delete(this.#known.keys().next().value!);
  }
}

const words = /[\p{L}\p{N}\p{M}]+/gu;
const wordsAtStart = /^[\p{L}\p{N}\p{M}]+/u;
const wordsAtEnd = /[\p{L}\p{N}\p{M}]+$/u;
const longestWord = 200;

function wordBefore(text: string, at: number): string {
  return wordsAtEnd.exec(text.slice(Math.max(0, at - longestWord), at))?.[0] ?? '';
}

const plain = (text: string) => text.replaceAll('\r\n', '\n');

/** What stands for a text with `\n` line ends, with the line ends of `text`. */
function withEnds(text: string, shadow: string): string {
  let at = 0;
  if (!text.includes('\r\n')) return shadow;
  return text.replace(/\r\n|[\s\S]/g, part => {
    const stands = shadow[at++]!;
    return part === '\r\n' ? part : stands;
  });
}
