import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Kind } from '../../src/provenance/origin.ts';
import { clipboard, keyboard, page } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import type { Label } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const notebook = `${JSON.stringify(
  {
    cells: [
      { cell_type: 'markdown', id: 'aaaa1111', metadata: {}, source: ['# Title\n', 'Said so.'] },
      { cell_type: 'code', execution_count: null, id: 'bbbb2222', metadata: {}, outputs: [], source: ['x = 1'] },
    ],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  },
  null,
  1,
)}\n`;

const run = (command: string) => vscode.commands.executeCommand(command);
/** What a notebook’s file holds beside what its author put into cells. */
const rest: readonly Kind[] = ['initial', 'tool.editor', 'external.disk'];

/** The notebook of a scenario in its editor. */
class Book {
  readonly #stage: Stage;
  readonly #editor: vscode.NotebookEditor;

  constructor(stage: Stage, editor: vscode.NotebookEditor) {
    this.#stage = stage;
    this.#editor = editor;
  }

  static async open(stage: Stage): Promise<Book> {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(stage.path('n.ipynb')));
    await until('the notebook', () => (vscode.window.activeNotebookEditor?.notebook.cellCount ?? 0) > 0);
    return new Book(stage, vscode.window.activeNotebookEditor!);
  }

  get cells(): readonly string[] {
    return this.#editor.notebook.getCells().map(cell => cell.document.getText());
  }

  select(cell: number): void {
    this.#editor.selections = [new vscode.NotebookRange(cell, cell + 1)];
  }

  /** Puts the caret at the end of a cell. */
  async edit(cell: number): Promise<void> {
    const { document } = this.#editor.notebook.cellAt(cell);
    await until(`cell ${cell} with the caret`, async () => {
      this.select(cell);
      await run('notebook.cell.edit');
      return vscode.window.activeTextEditor?.document === document && (await page.count('.monaco-editor.focused')) > 0;
    });
    await keyboard.press('Control+End');
  }

  async type(cell: number, text: string): Promise<void> {
    await this.edit(cell);
    await keyboard.type(text);
    await until('the words', () => this.cells[cell]?.endsWith(text) === true);
  }

  /** Waits for cells of these texts. */
  has(...cells: readonly string[]): Promise<void> {
    return until(JSON.stringify(cells), () => JSON.stringify(this.cells) === JSON.stringify(cells));
  }

  /** Saves; these words in the file, wherever they stand, are of these kinds, and no others. */
  async holds(words: Readonly<Record<string, Kind>>): Promise<void> {
    await this.#editor.notebook.save();
    await until('the save', () => !this.#editor.notebook.isDirty);
    const text = readFileSync(this.#stage.path('n.ipynb'), 'utf8');
    const labels = Array.from({ length: text.length }, (): Label => ({ known: rest }));
    for (const [word, known] of Object.entries(words)) {
      const key = known === 'typed' ? { key: { keyboard: true } } : {};
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
        labels.fill({ known, ...key }, at, at + word.length);
      if (!text.includes(word)) throw new RangeError(`${word} is not in ${text}`);
    }
    const sheet = this.#stage.follow(vscode.Uri.file(this.#stage.path('n.ipynb')), text, rest);
    sheet.labels = labels;
  }
}

function cells(name: string, more: readonly Kind[], play: (book: Book) => Promise<void>): Scenario {
  return {
    name,
    allows: [...rest, 'typed', ...more],
    files: { 'n.ipynb': notebook },
    run: async stage => play(await Book.open(stage)),
  };
}

group('notebooks', [
  cells('a notebook’s cells are written on', [], async book => {
    await book.type(1, ' + two');
    await book.type(0, ' Oh');
    await book.holds({ ' + two': 'typed', ' Oh': 'typed' });
  }),
  cells('a notebook’s cell is pasted into', ['pasted.external'], async book => {
    await book.edit(1);
    await clipboard.writeExternal(' and pasted words');
    await keyboard.press('Control+v');
    await until('the paste', () => book.cells[1]!.endsWith('words'));
    await book.holds({ ' and pasted words': 'pasted.external' });
  }),
  cells('a notebook’s cell is moved and copied', [], async book => {
    await book.type(1, ' + two');
    book.select(1);
    await run('notebook.cell.moveUp');
    await until('the move', () => book.cells[0] === 'x = 1 + two');
    await run('notebook.cell.copyDown');
    await until('the copy', () => book.cells.length === 3);
    await book.holds({ ' + two': 'typed' });
  }),
  cells('a notebook’s cell is deleted and brought back', [], async book => {
    await book.type(1, ' + two');
    book.select(1);
    await run('notebook.cell.quitEdit');
    await run('notebook.cell.delete');
    await until('the deletion', () => book.cells.length === 1);
    await run('undo');
    await until('the return', () => book.cells.length === 2);
    await book.holds({ ' + two': 'typed' });
  }),
  cells('a notebook’s cell changes its kind', [], async book => {
    await book.type(1, ' + two');
    book.select(1);
    await run('notebook.cell.changeToMarkdown');
    await until('the other kind', () => vscode.window.activeNotebookEditor?.notebook.cellAt(1).kind === 1);
    await book.holds({ ' + two': 'typed' });
  }),
]);
