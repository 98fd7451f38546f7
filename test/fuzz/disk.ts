import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { born, type Cells, loosen, textOf } from './cell.ts';
import { lineAt } from './place.ts';

/** A file, as who wrote it knows it. */
export interface DiskFile {
  readonly cells: Cells;
  readonly eol: '\n' | '\r\n';
  /** Every third line ends otherwise. */
  readonly mixed?: boolean;
  readonly bom: boolean;
}

/** The work folder: real files, and what each of their characters is. Tells of every write, as a watcher does. */
export class Disk {
  readonly folder: string;
  readonly files = new Map<string, DiskFile>();
  readonly #told: (path: string, how: 'change' | 'create' | 'delete') => void;

  constructor(folder: string, told: (path: string, how: 'change' | 'create' | 'delete') => void) {
    this.folder = folder;
    this.#told = told;
  }

  write(path: string, file: DiskFile): void {
    const how = this.files.has(path) ? 'change' : 'create';
    const written = { ...file, cells: encoded(file.cells) };
    this.files.set(path, written);
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    // At once: the product reads in a thread of its own, and half a file is not in this model.
    const aside = `${this.folder}.new`;
    writeFileSync(aside, bytesOf(written));
    renameSync(aside, join(this.folder, path));
    this.#told(path, how);
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(join(this.folder, to)), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
    this.files.set(to, this.files.get(from)!);
    this.files.delete(from);
  }

  tellMoved(from: string, to: string): void {
    this.#told(from, 'delete');
    this.#told(to, 'create');
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
    this.files.delete(path);
    this.#told(path, 'delete');
  }
}

/**
 * UTF-8 has no lone surrogate: a replacement character stands in the file, which nobody wrote, and which nobody can tell
 * from another: that of an earlier save, or of the same text in another file.
 */
function encoded(cells: Cells): Cells {
  const text = textOf(cells);
  if (text.isWellFormed()) return cells;
  const known = text.toWellFormed();
  const lost = [...cells.keys()].filter(i => known[i] !== cells[i]!.unit);
  // A changed letter changes its word, and of such a word nothing is certain to be found again.
  for (const i of lost) loosen(cells.slice(...lineAt(cells, i)), 'unknown', 'external.disk');
  return cells.map((cell, i) =>
    known[i] === cell.unit ? cell : { ...born(known[i]!, 'unknown', 'external.disk')[0]!, firm: false },
  );
}

function bytesOf({ cells, eol, mixed, bom }: DiskFile): Buffer {
  let line = 0;
  const other = eol === '\n' ? '\r\n' : '\n';
  const text = textOf(cells).replaceAll('\n', () => (mixed && ++line % 3 === 0 ? other : eol));
  return Buffer.from((bom ? '\ufeff' : '') + text, 'utf8');
}
