import type { Do, Doing } from './act.ts';
import { allowance } from './allowance.ts';
import { born, type Cells, entangle, likeness, textOf } from './cell.ts';
import { DataTransfer } from './double/vscode.ts';
import { caretAt, lineAt, rangeAt } from './place.ts';

/** So many copies the product remembers. */
const remembered = 20;

/** What goes over the clipboard, is dragged or moved. */
export const transferring = {
  /** Text from another program. */
  async paste({ world, window, text, a, b, c }) {
    const [from, to] = rangeAt(text, a, c % 3 === 0 ? b : 0, 10);
    const words = b % 9 === 0 ? world.pool.letter(c) : world.pool.words(1 + (b % 5), c);
    const plain = c % 4 === 0 ? words.replaceAll('\n', '\r\n') : words;
    await window.offer(text, 'paste', from, DataTransfer.of({ 'text/plain': plain }));
    window.product.clock.pass(30);
    window.edit(text, [{ from, to, cells: born(words, 'pasted.external') }], {
      selection: words.includes('\n') ? 'none' : 'keyboard',
      carets: [from + words.length],
    });
    window.product.clock.pass(60);
  },

  async drop({ world, window, text, a, b, c }) {
    const at = caretAt(text.cells, a);
    const words = world.pool.words(1 + (b % 3), c);
    await window.offer(text, 'drop', at, DataTransfer.of({ 'text/plain': words }));
    window.product.clock.pass(30);
    window.edit(text, [{ from: at, to: at, cells: born(words, 'pasted.external') }], { selection: 'none' });
    window.product.clock.pass(60);
  },

  async copy(doing) {
    const { window, text, a, b, c } = doing;
    const [from, to] = rangeAt(text, a, b, 40);
    if (from === to) return;
    const cells = text.cells.slice(from, to);
    // While the worker is at work on the text, its serials are not known here.
    const settled = c % 4 > 0;
    if (settled) await window.product.settled(text.uri.toString());
    const known = settled ? allowance.copied(cells, window, text, from) : likeness(cells, 'unknown');
    copied(doing, known, window.copy(text, [[from, to]]));
  },

  /** With nothing selected, the whole line. */
  async copyLine(doing) {
    const { window, text, a } = doing;
    const at = caretAt(text.cells, a);
    const [from, to] = lineAt(text.cells, at);
    if (to === from || text.cells[to - 1]!.unit !== '\n') return;
    await window.product.settled(text.uri.toString());
    window.select(text, [[at, at]], 1);
    const range = text.range(from, to - 1);
    const cells = text.cells.slice(from, to);
    copied(doing, allowance.copied(cells, window, text, from), window.copyRanges(text, [range], textOf(cells)));
  },

  /** Two ranges: whose serials are not told apart. */
  copyRanges(doing) {
    const { window, text, a, b, c } = doing;
    const [one, two] = [rangeAt(text, a, b, 10), rangeAt(text, c, b, 10)].sort(([x], [y]) => x - y);
    if (!one || !two || one[1] >= two[0] || one[0] === one[1] || two[0] === two[1]) return;
    const cells = [...text.cells.slice(...one), ...born('\n', 'unknown', 'tool.editor'), ...text.cells.slice(...two)];
    copied(doing, likeness(cells, 'unknown'), window.copy(text, [one, two]));
  },

  async cut(doing) {
    const { window, text, a, b } = doing;
    const [from, to] = rangeAt(text, a, b, 40);
    if (from === to) return;
    await window.product.settled(text.uri.toString());
    const cells = text.cells.slice(from, to);
    const range = text.range(from, to);
    window.edit(text, [{ from, to, cells: [] }], { selection: 'keyboard', carets: [from], at: [[from, to]] });
    window.product.clock.pass(5);
    // The hook is called after it, with the ranges of before.
    copied(doing, cells, window.copyRanges(text, [range], textOf(cells)));
    window.product.clock.pass(60);
  },

  async pasteOwn({ world, window, text, a, b, c }) {
    const { clipboard } = world;
    if (!clipboard) return;
    const [from, to] = rangeAt(text, a, c % 3 === 0 ? b : 0, 10);
    const plain = String(clipboard.data.get('text/plain')?.value);
    const same = clipboard.window === window;
    const data = same ? clipboard.data : DataTransfer.of({ 'text/plain': plain, 'vscode-editor-data': '{}' });
    await window.offer(text, 'paste', from, data);
    window.product.clock.pass(30);
    const sure = same && !clipboard.unseen && world.copies - clipboard.number < remembered;
    // Where our token does not reach: from an editor that nobody watched, or recalled by its content.
    const cells = sure ? clipboard.cells : likeness(clipboard.cells, 'pasted.editor', 'unknown');
    // And so is what was copied before its serials were known.
    if (sure) entangle(cells.filter(cell => !cell.firm));
    const carets = [from, ...(b % 7 === 0 && to === from ? [caretAt(text.cells, from + 20)] : [])].filter(
      (at, i, all) => i === 0 || at > all[0]!,
    );
    const edits = carets.map((at, i) => ({ from: at, to: i === 0 ? Math.min(to, carets[1] ?? to) : at, cells }));
    const once = edits.length === 1;
    window.edit(text, edits, { selection: plain.includes('\n') ? 'none' : 'keyboard', carets: [from + cells.length] });
    if (sure && once) text.place('paste', [from, from + cells.length]);
    window.product.clock.pass(60);
  },

  /** Dragged with the mouse, inside the text: taken out here, put in there, in one step. */
  drag({ window, text, a, b, c }) {
    const [from, to] = rangeAt(text, a, b, 30);
    const at = caretAt(text.cells, c);
    if (from === to || (at >= from && at <= to)) return;
    const moved = text.cells.slice(from, to);
    // What is pasted moves nothing, and a paste may still be awaited.
    window.product.clock.pass(2100);
    allowance.moved(moved);
    const out = { from, to, cells: [] };
    const into = { from: at, to: at, cells: moved };
    window.edit(text, at < from ? [into, out] : [out, into], { selection: b % 2 === 0 ? 'none' : 'mouse' });
    const put = at < from ? at : at - moved.length;
    text.place('move', [put, put + moved.length]);
    window.product.clock.pass(60);
  },

  /** Alt+Down: the next line goes before this one. */
  moveLine({ window, text, a, b }) {
    const [from, middle] = lineAt(text.cells, caretAt(text.cells, a));
    if (middle >= text.length) return;
    const [, to] = lineAt(text.cells, middle);
    const next = text.cells.slice(middle, to);
    if (next.at(-1)?.unit !== '\n') return;
    window.product.clock.pass(2100);
    allowance.moved(next);
    const edits = [
      { from, to: from, cells: next },
      { from: middle, to, cells: [] },
    ];
    window.edit(text, edits, { selection: b % 2 === 0 ? 'none' : 'keyboard', carets: [from + next.length] });
    text.place('move', [from, from + next.length]);
    window.product.clock.pass(60);
  },
} satisfies Readonly<Record<string, Do>>;

function copied({ world, window }: Doing, cells: Cells, data: DataTransfer): void {
  world.clipboard = { cells, data, window, number: ++world.copies, unseen: world.paused };
}
