import { LengthTree } from './lengthTree.ts';

/** Code units a block holds. Moving half of them for one keystroke takes well below a microsecond. */
const full = 4096;
/** What a block holds when a text is loaded: room for typing before it splits. */
const loaded = 3072;

/**
 * A long text that changes in place: the shadow of a document. UTF-16 code units; lone surrogates are
 * kept. Mutable. Blocks of text in the order of a LengthTree, so a change costs O(log length) wherever
 * it stands. Offsets outside the text throw RangeError.
 */
export class TextBuffer {
  #tree = new LengthTree(0);
  #blocks: Uint16Array<ArrayBuffer>[] = [new Uint16Array(64)];
  #free: number[] = [];

  static of(text: string): TextBuffer {
    const buffer = new TextBuffer();
    buffer.#load(text);
    return buffer;
  }

  get length(): number {
    return this.#tree.length;
  }

  replace(from: number, to: number, insert: string): void {
    this.#demand(from, to);
    if (to > from) this.#erase(from, to);
    if (insert.length > full >> 2) this.#insertLong(from, insert);
    else if (insert !== '') this.#insert(from, insert, 0, insert.length);
  }

  slice(from: number, to: number): string {
    this.#demand(from, to);
    let out = '';
    for (const part of this.#parts(from, to)) out += decode(part);
    return out;
  }

  /** Compares in place, without making a string of the whole. */
  equals(text: string): boolean {
    if (text.length !== this.length) return false;
    let at = 0;
    for (const part of this.#parts(0, this.length)) {
      for (let i = 0; i < part.length; i++) if (part[i] !== text.charCodeAt(at++)) return false;
    }
    return true;
  }

  toString(): string {
    return this.slice(0, this.length);
  }

  /** The units of the whole text, part by part. Each part is good until the text changes or the next is asked for. */
  parts(): Generator<Uint16Array, void, undefined> {
    return this.#parts(0, this.length);
  }

  #demand(from: number, to: number): void {
    if (!(from >= 0 && from <= to && to <= this.length)) {
      throw new RangeError(`${from}-${to} is not in a text of ${this.length}`);
    }
  }

  #load(text: string): void {
    const tree = this.#tree;
    for (let at = 0; at < text.length; at += loaded) {
      const n = Math.min(loaded, text.length - at);
      const size = text.length > loaded ? full : Math.max(64, n + (n >> 1));
      if (at === 0) {
        this.#blocks[0] = new Uint16Array(size);
        tree.grow(n);
      } else {
        this.#blocks.push(new Uint16Array(full));
        tree.append(this.#blocks.length - 1, n);
      }
      encode(text, at, at + n, this.#blocks[tree.leaf]!, 0);
    }
  }

  *#parts(from: number, to: number): Generator<Uint16Array, void, undefined> {
    const tree = this.#tree;
    for (let at = from; at < to; ) {
      tree.seek(at + 1);
      const start = at - tree.start;
      const end = Math.min(tree.size, to - tree.start);
      at += end - start;
      yield this.#blocks[tree.leaf]!.subarray(start, end);
    }
  }

  #erase(from: number, to: number): void {
    const tree = this.#tree;
    for (let left = to - from; left > 0; ) {
      tree.seek(from + 1);
      const at = from - tree.start;
      const n = Math.min(left, tree.size - at);
      this.#blocks[tree.leaf]!.copyWithin(at, at + n, tree.size);
      tree.grow(-n);
      left -= n;
      if (tree.size === 0) this.#drop();
    }
    if (tree.size < full >> 3) this.#join();
  }

  /** Inserts `text` from `start` to `end`, a part not longer than a quarter of a block. */
  #insert(at: number, text: string, start: number, end: number): void {
    const tree = this.#tree;
    const n = end - start;
    tree.seek(at);
    if (tree.size + n > full) {
      this.#split(at - tree.start);
      tree.seek(at);
    }
    const block = this.#roomy(tree.leaf, tree.size + n);
    const place = at - tree.start;
    if (place < tree.size) block.copyWithin(place + n, place, tree.size);
    encode(text, start, end, block, place);
    tree.grow(n);
  }

  #insertLong(at: number, text: string): void {
    const step = full >> 2;
    for (let start = 0; start < text.length; start += step) {
      this.#insert(at + start, text, start, Math.min(text.length, start + step));
    }
  }

  /** Cuts the current block: behind its end at the end of the text, else in half. */
  #split(place: number): void {
    const tree = this.#tree;
    const last = tree.start + tree.size === tree.length && place === tree.size;
    const kept = last ? loaded : tree.size >> 1;
    const other = this.#free.pop() ?? this.#blocks.length;
    const block = new Uint16Array(full);
    block.set(this.#blocks[tree.leaf]!.subarray(kept, tree.size));
    this.#blocks[other] = block;
    tree.split(other, tree.size - kept);
  }

  /** The current, small block takes in the next one if both leave room to type in. */
  #join(): void {
    const tree = this.#tree;
    const { leaf, size } = tree;
    if (!tree.next()) return;
    if (size > 0 && size + tree.size <= full >> 1) {
      const n = tree.size;
      this.#roomy(leaf, size + n).set(this.#blocks[tree.leaf]!.subarray(0, n), size);
      tree.grow(-n);
      this.#drop();
      tree.grow(n);
    }
  }

  /** Takes out the current block, which is empty; of an empty text one block stays. */
  #drop(): void {
    const tree = this.#tree;
    if (tree.length === 0) return;
    this.#blocks[tree.leaf] = nothing;
    this.#free.push(tree.leaf);
    tree.remove();
  }

  /** A short text starts with a small block, which grows up to the full size. */
  #roomy(leaf: number, size: number): Uint16Array {
    const block = this.#blocks[leaf]!;
    if (size <= block.length) return block;
    const roomy = new Uint16Array(Math.min(full, size * 2));
    roomy.set(block);
    this.#blocks[leaf] = roomy;
    return roomy;
  }
}

const nothing = new Uint16Array(0);

function encode(text: string, start: number, end: number, block: Uint16Array, at: number): void {
  for (let i = start, to = at; i < end; i++) block[to++] = text.charCodeAt(i);
}

function decode(units: Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[]);
}
