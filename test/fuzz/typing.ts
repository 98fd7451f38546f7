import type { Do } from './act.ts';
import { allowance } from './allowance.ts';
import { born, type Cell, loosen } from './cell.ts';
import type { EditorText } from './editorText.ts';
import { caretAt, rangeAt, unite } from './place.ts';

/** What hands do at the keys. */
export const typing = {
  type({ world, window, text, a, b, c }) {
    let at = caretAt(text.cells, a);
    for (let i = 0; i <= b % 4; i++) {
      const letter = c % 41 === 0 ? world.pool.lone() : (c + i) % 6 === 5 ? ' ' : world.pool.letter(c + i * 5);
      const cells = born(letter, 'typed');
      allowance.key(cells, window, text);
      window.edit(text, [{ from: at, to: at, cells }], {
        group: 'type',
        selection: 'keyboard',
        carets: [at + letter.length],
        ...(i === 0 ? { at: [[at, at]] } : {}),
      });
      at += letter.length;
      window.product.clock.pass(60);
    }
  },

  /** A letter instead of a selection; of one that was as long nothing tells whether a key made it. */
  over({ world, window, text, a, b, c }) {
    const [from, to] = rangeAt(text, a, b, 12);
    const letter = world.pool.letter(c);
    const cells = letter.length === to - from ? born(letter, 'typed', 'unknown') : born(letter, 'typed');
    window.edit(text, [{ from, to, cells }], {
      selection: 'keyboard',
      carets: [from + cells.length],
      at: [[from, to]],
    });
    window.product.clock.pass(60);
  },

  /** The same letter at some carets. */
  carets({ world, window, text, a, b, c }) {
    const places = [...new Set([a, b, a + b].map(n => caretAt(text.cells, n)))].sort((x, y) => x - y);
    const letter = world.pool.letter(c);
    const cells = (): Cell[] => born(letter, 'typed').map(cell => ({ ...cell, firm: false }));
    const carets = places.map((at, i) => at + (i + 1) * letter.length);
    window.edit(
      text,
      places.map(at => ({ from: at, to: at, cells: cells() })),
      { selection: 'keyboard', carets, at: places.map(at => [at, at]) },
    );
    window.product.clock.pass(60);
  },

  /** Enter leaves no kind: it is typed only where the neighbours say so. */
  enter({ window, text, a, b, c }) {
    const at = caretAt(text.cells, a);
    const cells = [...born('\n', 'typed', 'unknown'), ...born('  '.repeat(b % 2), 'tool.editor', 'unknown')];
    allowance.begun(cells, window, text);
    window.edit(text, [{ from: at, to: at, cells }], {
      selection: 'none',
      carets: [at + cells.length],
      ...(c % 3 === 0 ? { at: [[at, at]] } : {}),
    });
    window.product.clock.pass(c % 2 === 0 ? 60 : 20);
  },

  /** The editor closes a bracket. */
  pair({ window, text, a, c }) {
    const at = caretAt(text.cells, a);
    const cells = [...born('(', 'typed'), ...born(')', 'tool.editor')];
    allowance.begun(cells, window, text);
    window.edit(text, [{ from: at, to: at, cells }], { selection: 'keyboard', carets: [at + 1], at: [[at, at]] });
    if (c % 3 === 0) {
      // Typed over: replaced by itself.
      const same = text.cells.slice(at + 1, at + 2);
      window.edit(text, [{ from: at + 1, to: at + 2, cells: same }], { selection: 'keyboard', carets: [at + 2] });
    }
    window.product.clock.pass(60);
  },

  /** A letter at a soft wrap leaves no kind. */
  wrapped({ world, window, text, a, c }) {
    const at = caretAt(text.cells, a);
    const cells = born(world.pool.letter(c), 'typed', 'unknown');
    window.edit(text, [{ from: at, to: at, cells }], {
      group: 'type',
      selection: 'none',
      carets: [at + cells.length],
      ...(c % 3 === 0 ? { at: [[at, at]] } : {}),
    });
    window.product.clock.pass(60);
  },

  delete({ window, text, a, b, c }) {
    const [from, to] = rangeAt(text, a, b, c % 5 === 0 ? 60 : 4);
    if (from === to) return;
    const selection = c % 2 === 0 ? 'none' : 'keyboard';
    window.edit(text, [{ from, to, cells: [] }], { group: 'delete', selection, carets: [from] });
    window.product.clock.pass(60);
  },

  undo({ world, window, text, b }) {
    for (let i = 0; i <= b % 3; i++) {
      const stood = new Set(text.cells);
      window.undo(text);
      if (world.reopened.has(text)) unsure(stood, text);
      window.product.clock.pass(b % 2 === 0 ? 60 : 5);
    }
  },

  redo({ world, window, text, b }) {
    for (let i = 0; i <= b % 3; i++) {
      const stood = new Set(text.cells);
      window.redo(text);
      if (world.reopened.has(text)) unsure(stood, text);
      window.product.clock.pass(b % 2 === 0 ? 60 : 5);
    }
  },

  /** A formatter the person calls: white space at the starts of lines, and doubled between words. */
  async format({ window, text, a, b }) {
    const spaces = [...text.cells.keys()].filter(i => text.cells[i]!.unit === ' ');
    const places = [...new Set([a, b].map(n => spaces[n % Math.max(1, spaces.length)]).filter(p => p !== undefined))];
    window.activate(text);
    // A paste that is still awaited explains more.
    window.product.clock.pass(2100);
    window.product.editor.builtins.set('editor.action.formatDocument', () => {
      const edits = places
        .sort((x, y) => x - y)
        .map(at => ({ from: at, to: at + 1, cells: born('  ', 'tool.format') }));
      unite(edits.flatMap(({ from, to, cells }) => [...text.cells.slice(from, to), ...cells]));
      if (edits.length > 0) window.edit(text, edits, { selection: 'none' });
    });
    await window.product.editor.run('editor.action.formatDocument');
    window.product.clock.pass(60);
  },
} satisfies Readonly<Record<string, Do>>;

/** An undo of what an earlier tracker saw may bring back what nobody here knows. */
function unsure(stood: ReadonlySet<Cell>, text: EditorText): void {
  text.placed = undefined;
  loosen(
    text.cells.filter(cell => !stood.has(cell)),
    'unknown',
  );
}
