import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Placement } from '../../src/provenance/origin.ts';
import { clipboard, keyboard, page } from '../host/support/driver.ts';
import { type Api, pathOf, type SpansDocument, show, spansOrNothing } from '../host/support/scene.ts';
import { until } from '../host/support/until.ts';
import { type Known, kept } from './label.ts';
import { type Compared, faultsOf, type Row, rowOf } from './row.ts';
import type { Scenario } from './scenario.ts';
import { plain, Sheet } from './sheet.ts';
import { folderOf } from './theatre.ts';

/** Milliseconds in which a finding may still be revised: an agent's or git's record may come after the text. */
const patience = 6_000;

/** What a scenario plays on: its own folder in the recorded one, its texts, and at the end the comparison. */
export class Stage {
  readonly api: Api;
  readonly #group: string;
  readonly #scenario: Scenario;
  readonly #sheets: Sheet[] = [];
  readonly #undo: (() => unknown)[] = [];

  constructor(api: Api, group: string, scenario: Scenario) {
    this.api = api;
    this.#group = group;
    this.#scenario = scenario;
  }

  /** Absolute path of a file of this scenario. */
  path(name: string): string {
    return pathOf(join(folderOf(this.#scenario), name));
  }

  /** Writes a file as another program would. */
  write(name: string, text: string | Uint8Array): vscode.Uri {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return vscode.Uri.file(path);
  }

  /** Opens a file of the scenario's `files`, or an empty new one, in the focused editor, the caret at its end. */
  async open(name: string): Promise<Sheet> {
    const uri = vscode.Uri.file(this.path(name));
    if (this.#scenario.files?.[name] === undefined) this.write(name, '');
    const editor = await show(uri);
    // Keys that come before the text is recorded would be met by its opening.
    await until(`spans of ${name}`, async () => (await spansOrNothing(this.api, uri)) !== undefined);
    await this.press('Control+End');
    return this.follow(uri, editor.document.getText(), 'initial');
  }

  /** Shows a text that was closed again; it has the focus, the caret where it was. */
  async show(sheet: Sheet): Promise<void> {
    await show(sheet.uri);
  }

  /** Keeps the truth about one more text: what stands in it now is of this origin. */
  follow(uri: vscode.Uri, text: string, known: Known): Sheet {
    const sheet = new Sheet(uri, text, known);
    this.#sheets.push(sheet);
    return sheet;
  }

  /** The text stands under another path now, moved or copied there: it is what it was. */
  moved(sheet: Sheet, name: string): Sheet {
    const there = this.follow(vscode.Uri.file(this.path(name)), '', 'initial');
    there.became(kept(sheet.told, undefined, sheet.truth));
    return there;
  }

  /** The text is no more (deleted, moved away): it is not compared. */
  forget(sheet: Sheet): void {
    sheet.dispose();
    this.#sheets.splice(this.#sheets.indexOf(sheet), 1);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await keyboard.press(key);
  }

  /** Waits until the window shows something, by CSS selector. */
  waitFor(selector: string): Promise<void> {
    return page.waitFor(selector);
  }

  /** Puts text on the clipboard as another program would. */
  async copyOutside(text: string): Promise<void> {
    await clipboard.writeExternal(text);
    await this.copied(text);
    await page.waitFor('.monaco-editor.focused');
  }

  /** Waits until the clipboard has this text. */
  copied(text: string): Promise<void> {
    return until(
      `${JSON.stringify(text.slice(0, 80))} on the clipboard`,
      async () => plain(await clipboard.read()) === plain(text),
    );
  }

  /** Copies or cuts by key, and waits until the clipboard has this text. */
  async copies(text: string, key: 'Control+c' | 'Control+x' = 'Control+c'): Promise<void> {
    // What was there before must not be taken for it.
    await clipboard.writeExternal('nothing yet');
    await this.copied('nothing yet');
    await page.waitFor('.monaco-editor.focused');
    await keyboard.press(key);
    await this.copied(text);
  }

  /** Pastes by key, and waits until the text holds. */
  async paste(sheet: Sheet, wanted: Parameters<Sheet['has']>[0]): Promise<void> {
    await keyboard.press('Control+v');
    await sheet.has(wanted);
  }

  /** Changes settings until the scenario ends. */
  async settings(values: Readonly<Record<string, unknown>>): Promise<void> {
    const configuration = vscode.workspace.getConfiguration();
    for (const [id, value] of Object.entries(values)) {
      await configuration.update(id, value, vscode.ConfigurationTarget.Global);
      this.#undo.push(() => configuration.update(id, undefined, vscode.ConfigurationTarget.Global));
    }
  }

  /** Does this when the scenario ends, however it ends. */
  later(act: () => unknown): void {
    this.#undo.push(act);
  }

  /** Saves what is unsaved and compares every character of every text. */
  async row(): Promise<Row> {
    const asked = { group: this.#group, ...this.#scenario };
    for (const sheet of this.#sheets) {
      if (!sheet.whole)
        throw new RangeError(`of ${JSON.stringify(sheet.text)} only ${JSON.stringify(sheet.told)} was told`);
    }
    let row: Row;
    const end = Date.now() + patience;
    do {
      row = rowOf(asked, await Promise.all(this.#sheets.map(sheet => this.#compared(sheet))));
      // What is called typed for a moment has been called typed.
    } while (faultsOf(row).length > 0 && (row.notTypedShownAsTyped === 0 || !row.gate) && Date.now() < end);
    return row;
  }

  /** Leaves the window as it was found. */
  async clear(): Promise<void> {
    for (const sheet of this.#sheets) sheet.dispose();
    for (const act of this.#undo.reverse()) await act();
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }

  async #compared(sheet: Sheet): Promise<Compared> {
    const { uri, told, labels } = sheet;
    let spans: SpansDocument | undefined;
    const found: { kind: SpansDocument['spans'][number]['kind']; place: Placement | null }[] = [];
    const saved = async () => {
      // The text of the last key may be here before the word that it is unsaved; and where that key came while the file
      // was written, the editor calls the text saved that is not. It alone knows, and saves what is unsaved.
      await sheet.document?.save();
      spans = await spansOrNothing(this.api, uri);
      return spans?.current === true && spans.length === told.length;
    };
    await until(`the saved text of ${uri.fsPath} in the journal`, saved).catch((error: unknown) => {
      const why = `${told.length} characters were told; the journal has ${JSON.stringify(spans)}; ${stateOf(sheet)}`;
      throw new Error(why, { cause: error });
    });
    for (const { from, to, kind, placedBy } of spans!.spans)
      for (let i = from; i < to; i++) found.push({ kind, place: placedBy?.how ?? null });
    return { file: vscode.workspace.asRelativePath(uri), text: told, labels, found };
  }
}

/** What tells why a text is not the one that its file has. */
function stateOf({ uri, document }: Sheet): string {
  const bytes = existsSync(uri.fsPath) ? readFileSync(uri.fsPath) : undefined;
  const file = bytes ? `${bytes.length} bytes: ${bytes.subarray(-64).toString('hex')}` : 'none';
  if (!document) return `no editor; the file has ${file}`;
  const { isDirty, encoding, version } = document;
  return `the editor says ${JSON.stringify({ isDirty, encoding, version })} of ${document.getText().length} characters; the file has ${file}`;
}
