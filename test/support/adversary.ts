import type { Kind } from '../../src/provenance/origin.ts';
import { born, type Cell, textOf } from '../fuzz/cell.ts';
import { DataTransfer } from '../fuzz/double/vscode.ts';
import type { Edit, EditorText } from '../fuzz/editorText.ts';
import type { EditorWindow } from '../fuzz/editorWindow.ts';
import type { World } from '../fuzz/world.ts';

/** What keys put in. Programs put the same in only where nothing is taken out, so that no text is a moved one. */
const keys = [...'abeikяе國ㅎ하-"\' ', '()'];
/** What a program makes of them at the caret; what an input method makes of them it may not know. */
const betters = ['Я', 'ё', 'é', 'い', '헤', '“', '—', '…', 'Q', '\n', 'Q日', '日本', 'なな', 'ÀÀ'];
const words = [...betters, 'W', 'word', '\n  ', '\t', '»'];
const input = ['ㅎ하한', 'kか日', '´ô', 'ㄱ그글', '¨ö'];

type Numbers = readonly [a: number, b: number];

/**
 * Hands, programs and the clipboard on one text at one caret, in the order and with the selections that VS Code shows
 * them. Each character knows whether a key made it; nothing of the product is asked here.
 */
export class Adversary {
  readonly text: EditorText;
  readonly #world: World;
  readonly #window: EditorWindow;
  readonly #eol: '\n' | '\r\n';
  #copied: { readonly cells: readonly Cell[]; readonly data: DataTransfer } | undefined;
  #caret = 0;

  constructor(world: World, window: EditorWindow, path: string, eol: '\n' | '\r\n') {
    this.#world = world;
    this.#window = window;
    this.#eol = eol;
    world.disk.write(path, { cells: born('before\n', 'initial'), eol, bom: false });
    this.text = window.open(path);
    // What was taken out before anybody watched, and an undo brings back.
    let after = this.text.cells;
    for (const letter of ['a', 'b', 'a']) {
      const before = [...after, ...born(letter, 'initial')];
      this.text.done.unshift({ before, after, group: undefined });
      after = before;
    }
    this.#go(this.text.length);
  }

  /** Waits until no step is open. */
  pause(): void {
    this.#pass(60);
  }

  readonly acts = {
    key: ([a, b]: Numbers) => this.#key(pick(keys, a), b),
    /** A letter instead of some that were selected. */
    over: ([a, b]: Numbers) => {
      const from = Math.max(0, this.#caret - (a % 4));
      this.#key(pick(keys, b), a, from);
    },
    enter: ([, b]: Numbers) => {
      this.#edit([this.#insert(this.#caret, '\n', 'typed')], this.#caret + 1);
      this.#pass(b % 200);
    },
    /** An input method: each letter in the place of the one before, and no event that says so. */
    compose: ([a, b]: Numbers) => {
      const [first = '', ...more] = pick(input, a);
      this.#key(first, b);
      for (const letter of more) {
        this.#edit([{ from: this.#caret - 1, to: this.#caret, cells: born(letter, 'typed') }], this.#caret);
        this.#pass(b % 100);
      }
    },
    delete: ([a, b]: Numbers) => {
      const from = Math.max(0, this.#caret - 1 - (a % 3));
      if (from < this.#caret) this.#edit([{ from, to: this.#caret, cells: [] }], from);
      this.#pass(b % 100);
    },
    /** The caret, by the mouse or a key. */
    go: ([a, b]: Numbers) => {
      this.#go(a % (this.text.length + 1), b % 3);
      this.#pass(b % 60);
    },
    undo: ([, b]: Numbers) => this.#back('undo', b),
    redo: ([, b]: Numbers) => this.#back('redo', b),
    /** A program's own text at the caret or elsewhere. A line break at the caret looks like Enter. */
    insert: ([a, b]: Numbers) => {
      const at = b % 3 === 0 ? a % (this.text.length + 1) : this.#caret;
      const word = pick(words, a);
      this.#program([this.#insert(at, at === this.#caret && word.startsWith('\n') ? 'W' : word, 'unknown')], b);
    },
    /** A program corrects what was just typed; where that becomes no shorter, the caret stays, and a key may move it. */
    correct: ([a, b]: Numbers) => {
      const from = Math.max(0, this.#caret - 1 - (b % 2));
      const to = this.#caret;
      if (from < to) this.#program([{ from, to, cells: born(pick(betters, a), 'unknown') }], b, true);
    },
    /** Text behind the caret, as a program that closes brackets puts it. */
    close: ([a]: Numbers) => {
      this.#edit([this.#insert(this.#caret, pick(words, a), 'unknown')], this.#caret);
      this.#pass(60);
    },
    /** The same word as at the caret, elsewhere, before anything is told of the caret. */
    linked: ([a, b]: Numbers) => {
      const letter = pick(keys, a);
      const at = b % (this.#caret + 1);
      this.#edit([this.#insert(this.#caret, letter, 'typed')], this.#caret);
      this.#edit([this.#insert(at, 'L', 'unknown')], this.#caret);
      this.#go(this.#caret + letter.length + 1, 1);
      this.#pass(b % 60);
    },
    /** A program takes out what anybody wrote. */
    wipe: ([a, b]: Numbers) => {
      const from = a % (this.text.length + 1);
      const to = Math.min(this.text.length, from + (b % 5));
      if (from < to) this.#program([{ from, to, cells: [] }], b, true);
    },
    /** A program writes at the caret and elsewhere in one step. */
    both: ([a, b]: Numbers) => {
      const at = a % (this.#caret + 1);
      if (at === this.#caret) return;
      const edits = [this.#insert(at, pick(words, b), 'unknown'), this.#insert(this.#caret, pick(words, a), 'unknown')];
      this.#edit(edits, this.#caret + edits.reduce((n, { cells }) => n + cells.length, 0));
      this.#pass(b % 60);
    },
    /** A program puts signs around what is selected, or other text for it: the editor selects what has come. */
    selected: ([a, b]: Numbers) => {
      const to = this.#caret;
      const from = Math.max(0, to - 1 - (a % 3));
      if (from === to) return;
      this.#window.select(this.text, [[from, to]], 1);
      this.#pass(b % 60);
      const around = [this.#insert(from, '(', 'unknown'), this.#insert(to, ')', 'unknown')];
      const edits = b % 2 === 0 ? around : [{ from, to, cells: born(pick(betters, a), 'unknown') }];
      const end = to + edits.reduce((n, e) => n + e.cells.length - (e.to - e.from), 0);
      this.#window.edit(this.text, edits, { selection: 'none', carets: [end] });
      this.#go(end, 1);
      this.#pass(60);
    },
    /** Ghost text by its key, or a program that says nothing. */
    ghost: ([a, b]: Numbers) => {
      this.#program([this.#insert(this.#caret, pick(['W', 'é', 'words of a machine'], a), 'ai.completion')], 5);
      void this.#window.product.editor.run('holograph.noteAccepted', 'editor.action.inlineSuggest.commit');
      this.#pass(b % 60);
    },
    /** The same letter at two carets, or a paste of which each caret has its line. */
    carets: ([a, b]: Numbers) => {
      const at = a % (this.#caret + 1);
      if (at === this.#caret) return;
      const letter = pick(keys, b).slice(0, 1);
      const edits = [this.#insert(at, letter, 'typed'), this.#insert(this.#caret, letter, 'typed')];
      this.#window.edit(this.text, edits, { selection: 'keyboard', carets: [at + 1, this.#caret + 2] });
      this.#go(this.#caret + 2);
      this.#pass(60);
    },
    /** A paste that its provider hands on when it likes, or never. */
    paste: ([a, b]: Numbers) => this.#paste('paste', pick([...keys, ...words], a), b),
    drop: ([a, b]: Numbers) => this.#paste('drop', pick([...keys, ...words], a), b),
    copy: ([a, b]: Numbers) => {
      const from = Math.max(0, this.#caret - 1 - (a % 4));
      if (from === this.#caret) return;
      const cells = this.text.cells.slice(from, this.#caret);
      this.#copied = { cells, data: this.#window.copy(this.text, [[from, this.#caret]]) };
      this.#go(this.#caret, 1);
      this.#pass(b % 60);
    },
    cut: ([a, b]: Numbers) => {
      const [from, to] = [Math.max(0, this.#caret - 1 - (a % 4)), this.#caret];
      if (from === to) return;
      const [cells, range] = [this.text.cells.slice(from, to), this.text.range(from, to)];
      this.#edit([{ from, to, cells: [] }], from);
      this.#pass(b % 10);
      this.#copied = { cells, data: this.#window.copyRanges(this.text, [range], textOf(cells)) };
      this.#pass(b % 60);
    },
    pasteOwn: async ([, b]: Numbers) => {
      if (this.#copied) await this.#offered('paste', this.#copied.cells, this.#copied.data, b);
    },
    /** The file is changed by another program while the text is as it was saved. */
    reload: ([a, b]: Numbers) => {
      const { text } = this;
      this.#window.save(text);
      this.#pass(b % 60);
      const at = b % 2 === 0 ? this.#caret : a % (text.length + 1);
      const letter = born('Q', 'external.disk');
      const cells = [...text.cells.slice(0, at), ...letter, ...text.cells.slice(at)];
      this.#world.disk.write(text.path!, { cells, eol: this.#eol, bom: false });
      this.#window.load(text);
      this.#caret = 0;
      if (b % 3 === 0) this.#go(at + 1, 1);
    },
  };

  #key(letter: string, b: number, from = this.#caret): void {
    const cells = letter === '()' ? [...born('(', 'typed'), ...born(')', 'tool.editor')] : born(letter, 'typed');
    const edit = { from, to: this.#caret, cells };
    this.#caret = from + 1;
    this.#window.edit(this.text, [edit], { selection: 'keyboard', carets: [this.#caret], group: 'type' });
    this.#pass(b % 120);
  }

  #paste(how: 'paste' | 'drop', plain: string, b: number): Promise<void> {
    return this.#offered(how, born(plain, 'pasted.external'), DataTransfer.of({ 'text/plain': plain }), b);
  }

  async #offered(how: 'paste' | 'drop', cells: readonly Cell[], data: DataTransfer, b: number): Promise<void> {
    await this.#window.offer(this.text, how, this.#caret, data);
    this.#pass([20, 1900, 2100, 90_000][b % 4]!);
    // The editor gives a paste up when the text changes or the caret moves.
    if (b % 5 === 0) return;
    const from = this.#caret;
    this.#caret = from + cells.length;
    const selection = cells.some(({ unit }) => unit === '\n') ? 'none' : 'keyboard';
    this.#window.edit(this.text, [{ from, to: from, cells }], { selection, carets: [this.#caret] });
    this.#pass(60);
  }

  /** What a program changes: the editor keeps or moves the caret, and of a move says no kind. */
  #program(edits: readonly Edit[], b: number, rushed = false): void {
    const [edit] = edits;
    if (!edit) return;
    const { from, to, cells } = edit;
    const shift = cells.length - (to - from);
    const inside = from < to ? Math.min(this.#caret, from + cells.length) : this.#caret + shift;
    this.#edit(edits, this.#caret < from ? this.#caret : this.#caret <= to ? inside : this.#caret + shift);
    this.#pass(b % 35);
    const end = from + cells.length;
    if (rushed && b % 2 === 0 && end > this.#caret) this.#go(end, 1);
    this.#pass(b % 3 === 0 ? 60 : 5);
  }

  #edit(edits: readonly Edit[], caret: number): void {
    this.#window.edit(this.text, edits, { selection: 'none', carets: [caret] });
    this.#caret = caret;
  }

  #insert(at: number, word: string, kind: Kind): Edit {
    return { from: at, to: at, cells: born(word, kind) };
  }

  #back(how: 'undo' | 'redo', b: number): void {
    this.#window[how](this.text);
    this.#go(this.text.length, 0);
    this.#pass(b % 60);
  }

  #go(at: number, kind = 2): void {
    this.#caret = at;
    this.#window.select(this.text, [[at, at]], [undefined, 1, 2][kind]);
  }

  #pass(milliseconds: number): void {
    this.#window.product.clock.pass(milliseconds);
  }
}

export type Deed = keyof Adversary['acts'];

function pick<T>(from: readonly T[], n: number): T {
  return from[n % from.length]!;
}

/** Whether a key made this character. */
export function isByHand({ kinds }: Cell): boolean {
  return kinds.includes('typed');
}
