import type { Do, Doing } from './act.ts';
import { allowance, fewest } from './allowance.ts';
import { born, type Cells, entangle, loosen, textOf } from './cell.ts';
import { blur, linesOf, scraps } from './place.ts';

/** VS Code's reason of a save that a pause led to: it formats nothing. */
const delayed = 2;

/** What is done to whole texts and their files. */
export const filing = {
  async save(doing) {
    const { world, window, text, b, c } = doing;
    const { path } = text;
    if (path === undefined) return title(doing);
    await allowance.opening(world, window, path);
    window.activate(text);
    const reason = 1 + (b % 3);
    if (c % 4 === 0 && reason !== delayed) {
      // The editor formats what it saves, and tells of the save after that. A paste that is still awaited explains more.
      window.product.clock.pass(2100);
      window.product.editor.settings.set('editor.formatOnSave', true);
      const at = linesOf(text.cells)[b % linesOf(text.cells).length]![0];
      window.edit(text, [{ from: at, to: at, cells: born('  ', 'tool.format') }], { selection: 'none' });
    }
    window.save(text, reason);
    window.product.editor.settings.delete('editor.formatOnSave');
    window.product.clock.pass(60);
    // Whoever looks at the file next is later than the word of who saved it.
    if (world.windows.length > 1) await window.product.flush();
    await world.reloaded(path, window);
  },

  /** A text without a file. */
  untitled({ window, text }) {
    const [story = ''] = text.key.split('/');
    window.untitled(story);
  },

  /** Takes the file's text back. */
  async revert({ world, window, text }) {
    const file = text.path === undefined ? undefined : world.disk.files.get(text.path);
    if (!file || !text.dirty) return;
    if (world.windows.length > 1) await world.flush();
    entangle(file.cells);
    blur(text.cells, file.cells);
    if (textOf(file.cells) !== textOf(text.saved)) loosen(file.cells, 'unknown', 'external.disk');
    window.load(text);
    window.product.clock.pass(60);
  },

  /** What is unsaved is given up. Another window that opens the text is later than the word of what was done to it. */
  async close({ world, window, text, c }) {
    if (world.windows.length > 1) await window.product.flush();
    else if (text.path !== undefined) world.left.add(text.path);
    window.close(text);
    if (c % 2 === 0) window.product.clock.pass(60);
  },

  /** A former text of the file stands there again, as after a checkout. */
  async former({ world, window, text, a }) {
    const { path } = text;
    const file = path === undefined ? undefined : world.disk.files.get(path);
    const past = path === undefined ? [] : (world.past.get(path) ?? []);
    const former = past[a % Math.max(1, past.length)];
    if (!file || path === undefined || !former) return;
    const cells = over(file.cells, former.cells);
    const stood = new Set(file.cells);
    const back = cells.filter(cell => !stood.has(cell));
    const unsaved = world.windows.some(w => w.texts.get(path)?.dirty);
    const seen = former.seen === world.lives && world.windows.length === 1 && !unsaved;
    blur(file.cells, cells);
    entangle([...file.cells, ...cells]);
    const known = seen && cells.length >= fewest;
    allowance.returned(back, known);
    if (back.length > 0 && !known) loosenLines(file.cells, cells);
    if (!known) allowance.beside(scraps(file.cells, cells));
    await world.written(path, { ...file, cells });
    window.product.clock.pass(60);
  },

  /** The text goes on under another name; the old file keeps what it had. */
  async saveAs({ world, window, text, c }) {
    const { path } = text;
    if (path === undefined) return;
    const to = `${path.replace(/\d*\.md$/, '')}${c % 3}.md`;
    if (to === path || world.windows.some(w => w.texts.has(to))) return;
    if (world.windows.length > 1) await world.flush();
    entangle(text.cells);
    const past = world.past.get(path) ?? [];
    allowance.savedAs(text.cells, [...text.texts(), ...past.map(({ cells }) => cells)]);
    const old = world.disk.files.get(to);
    if (old) blur(old.cells, text.cells);
    world.disk.write(to, { cells: text.cells, eol: text.eol, bom: text.encoding === 'utf8bom' });
    window.open(to);
    window.close(text);
    window.product.clock.pass(60);
  },

  async rename({ world, window, text, b, c }) {
    const { path } = text;
    if (path === undefined || text.dirty) return;
    const to = `${path.replace(/r?\d*\.md$/, '')}r${c % 3}.md`;
    if (to === path || world.disk.files.has(to) || world.windows.some(w => w !== window && w.texts.has(path))) return;
    if (world.windows.length > 1 || b % 4 === 0) await world.flush();
    const files = [{ oldUri: window.uri(path), newUri: window.uri(to) }];
    window.tell('onWillRenameFiles', { files, waitUntil: () => undefined });
    world.disk.move(path, to);
    if (c % 2 === 0) window.close(text);
    window.open(to);
    if (c % 2 === 1) window.close(text);
    window.tell('onDidRenameFiles', { files });
    world.disk.tellMoved(path, to);
    await window.product.flush();
  },

  /** Waits until all is understood. */
  async wait({ world }) {
    await world.flush();
  },

  /** The journal's thread dies: nothing that was handed over may be lost. */
  async loseWorker({ window, c }) {
    if (c % 5 === 0) await window.product.loseWorker();
  },
} satisfies Readonly<Record<string, Do>>;

/** An untitled text gets a file of its own. While the worker is at work on it, its serials are not known here. */
async function title({ world, window, text, c }: Doing): Promise<void> {
  const [story = ''] = text.key.split('/');
  const to = `${story}/u${c % 3}.md`;
  if (text.length === 0 || world.disk.files.has(to)) return;
  if (world.windows.length > 1) await world.flush();
  const settled = c % 4 > 0;
  if (settled) await window.product.settled(text.uri.toString());
  allowance.titled(text.cells, settled);
  window.title(text, to);
  window.product.clock.pass(60);
}

/** The former text; where it begins and ends as the present one does, that is what stands there. */
function over(present: Cells, former: Cells): Cells {
  const most = Math.min(present.length, former.length);
  let start = 0;
  while (start < most && present[start]!.unit === former[start]!.unit) start++;
  let end = 0;
  while (end < most - start && present.at(-1 - end)!.unit === former.at(-1 - end)!.unit) end++;
  // Half a letter is no letter.
  if (start > 0 && /[\ud800-\udbff]/.test(present[start - 1]!.unit)) start--;
  if (end > 0 && /[\udc00-\udfff]/.test(present.at(-end)!.unit)) end--;
  return [
    ...present.slice(0, start),
    ...former.slice(start, former.length - end),
    ...present.slice(present.length - end),
  ];
}

/** Texts that differ here and there: what both have is found again where lines or words are the same. */
function loosenLines(before: Cells, after: Cells): void {
  loosen(before, 'unknown', 'external.disk');
  loosen(after, 'unknown', 'external.disk');
}
