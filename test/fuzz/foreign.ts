import type { Do } from './act.ts';
import { allowance } from './allowance.ts';
import { born, loosen } from './cell.ts';
import { applied, type Edit } from './editorText.ts';
import { blur, borderAt, caretAt, lineAt, rangeAt, scraps } from './place.ts';

/** What neither hands nor the editor itself did. */
export const foreign = {
  /** Ghost text is taken: all of it new, or after the letters it begins with. */
  async complete({ world, window, text, a, b, c }) {
    const at = caretAt(text.cells, a);
    const words = born(world.pool.words(1 + (b % 3), c), 'ai.completion');
    // While a paste is awaited, nobody looks for what of the text stood there before.
    if (c % 3 === 0) window.product.clock.pass(2100);
    const from = c % 3 === 0 ? caretAt(text.cells, Math.max(0, at - (b % 4))) : at;
    window.edit(text, [{ from, to: at, cells: [...text.cells.slice(from, at), ...words] }], { selection: 'none' });
    window.product.clock.pass(b % 3 === 0 ? 120 : 2);
    await window.product.editor.run('holograph.noteAccepted', 'editor.action.inlineSuggest.commit');
    window.product.clock.pass(60);
  },

  /** Another extension's edit. */
  unknown({ world, window, text, a, b, c }) {
    const [from, to] = rangeAt(text, a, c % 2 === 0 ? b : 0, 20);
    const cells = born(world.pool.words(1 + (b % 4), c), 'unknown');
    blur(text.cells.slice(from, to), cells);
    window.edit(text, [{ from, to, cells }], { selection: c % 3 === 0 ? 'none' : 'command' });
    window.product.clock.pass(c % 5 === 0 ? 1 : 60);
  },

  /** Another program puts words in or takes them out, at one place between words. */
  async outside({ world, text, a, b, c, window }) {
    const path = text.path;
    const file = path === undefined ? undefined : world.disk.files.get(path);
    if (!file || path === undefined) return;
    const { cells } = file;
    const from = borderAt(cells, a);
    const to = c % 2 === 0 ? from : Math.max(from, borderAt(cells, Math.min(cells.length, from + (b % 40))));
    const words = c % 4 === 1 ? '' : `${world.pool.words(1 + (b % 6), c)}${c % 3 === 0 ? '\n' : ' '}`;
    const edit = { from, to, cells: born(words, 'external.disk', 'unknown') };
    const after = applied(cells, [edit]);
    allowance.beside(scraps(cells, after));
    await world.written(path, { ...file, cells: after });
    window.product.clock.pass(60);
  },

  /** Another program writes within the editor's save: the editor takes it for its own, and shows what it had. */
  async swallowed({ world, window, text, a, b, c }) {
    const { path } = text;
    if (path === undefined || world.windows.length > 1) return;
    window.save(text);
    window.product.clock.pass(20);
    const file = world.disk.files.get(path)!;
    const at = borderAt(file.cells, a);
    const words = born(`${world.pool.words(1 + (b % 6), c)} `, 'external.disk', 'unknown');
    const cells = applied(file.cells, [{ from: at, to: at, cells: words }]);
    allowance.unread(words);
    allowance.beside(scraps(file.cells, cells));
    world.disk.write(path, { ...file, cells });
    await window.product.flush();
    window.product.clock.pass(c % 3 === 0 ? 60 : 3100);
    await window.product.flush();
  },

  /** Another program changes words here and there. */
  async rewrite({ world, text, a, b, c, window }) {
    const path = text.path;
    const file = path === undefined ? undefined : world.disk.files.get(path);
    if (!file || path === undefined) return;
    const { cells } = file;
    const edits: Edit[] = [];
    for (const n of [a, b, c].map(n => n % (cells.length + 1)).sort((x, y) => x - y)) {
      const from = caretAt(cells, n);
      if (from < (edits.at(-1)?.to ?? 0)) continue;
      const to = Math.max(from, caretAt(cells, Math.min(cells.length, from + (b % 9))));
      edits.push({ from, to, cells: born(world.pool.words(1 + (c % 2), a + from), 'external.disk', 'unknown') });
    }
    // Of words that were changed in part nobody can ask for more than that they are not shown as somebody's.
    for (const { from, to } of edits) loosen(cells.slice(lineAt(cells, from)[0], lineAt(cells, to)[1]), ...disk);
    const eol = c % 11 === 0 ? (file.eol === '\n' ? '\r\n' : '\n') : file.eol;
    await world.written(path, { ...file, eol, mixed: c % 13 === 0, cells: applied(cells, edits) });
    window.product.clock.pass(60);
  },
} satisfies Readonly<Record<string, Do>>;

const disk = ['external.disk', 'unknown'] as const;
