import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { clipboard, driven, keyboard } from './support/driver.ts';
import {
  type Api,
  breath,
  consent,
  kindsOf,
  productApi,
  type SpansDocument,
  save,
  show,
  write,
} from './support/scene.ts';
import { settings } from './support/surface.ts';
import { plain } from './support/truth.ts';
import { until } from './support/until.ts';

const start = 'Before 👩‍👩‍👧 it.\r\nЕкінші жол.\r\n';

/** What an opponent would try, in a text with `\r\n` line ends. */
describe('the truth where it is hard', () => {
  let api: Api;
  let editor: vscode.TextEditor;
  const ends = (text: string) => until(text, () => plain(editor.document).endsWith(text));

  before(async function () {
    if (!driven) this.skip();
    const file = write('hard.md', start);
    editor = await show(file);
    await consent(file);
    api = await productApi();
  });

  beforeEach(async () => {
    await keyboard.press('Control+End');
  });

  /** Saves, and gives the last characters as runs of one kind and basis. */
  async function last(characters: number): Promise<string[]> {
    await breath(300);
    await save(editor.document);
    let spans: SpansDocument | undefined;
    await until('the saved text', async () => {
      spans = await api.spans(editor.document.uri);
      return spans.current;
    });
    const text = plain(editor.document);
    const { length, spans: all } = spans!;
    assert.equal(length, text.length);
    const runs: string[] = [];
    for (const { from, to, kind, basis } of all) {
      const part = text.slice(Math.max(from, length - characters), to);
      if (part === '' || to <= length - characters) continue;
      const of = `${kind} ${basis}: `;
      if (runs.at(-1)?.startsWith(of)) runs.push(runs.pop() + part);
      else runs.push(of + part);
    }
    return runs;
  }

  it('keys after emoji, in lines that end in two characters, stand where they were typed', async () => {
    await keyboard.type('дала keng');
    await ends('дала keng');
    assert.deepEqual(await last(10), ['initial asserted: \n', 'typed asserted: дала keng']);
    const kinds = kindsOf(await api.spans(editor.document.uri));
    assert.equal(kinds.lastIndexOf('initial'), start.replaceAll('\r\n', '\n').length - 1);
  });

  it('line ends that change are nobody’s writing', async () => {
    await editor.edit(builder => builder.setEndOfLine(vscode.EndOfLine.LF));
    await breath(200);
    await keyboard.type(' x');
    await ends(' x');
    assert.deepEqual(await last(12), ['initial asserted: \n', 'typed asserted: дала keng x']);
    assert.ok(!readFileSync(editor.document.uri.fsPath, 'utf8').includes('\r'));
    await editor.edit(builder => builder.setEndOfLine(vscode.EndOfLine.CRLF));
  });

  it('a copy in pieces keeps the origin of each, joined by the editor', async () => {
    const { document } = editor;
    editor.selections = [new vscode.Selection(0, 0, 0, 6), new vscode.Selection(2, 0, 2, 4)];
    await breath(300);
    await keyboard.press('Control+c');
    await breath(300);
    await keyboard.press('Control+End');
    await keyboard.press('Control+v');
    await until('the paste', () => plain(document).endsWith('дала'));
    assert.deepEqual(await last(11), ['initial asserted: Before', 'tool.editor asserted: \n', 'typed asserted: дала']);
    await keyboard.press('Control+z');
    await ends(' x');
  });

  it('a letter that is pasted where pastes are not told of is not typed, nor is any other there', async () => {
    await settings({ 'editor.pasteAs.enabled': false });
    await breath(300);
    await clipboard.writeExternal('Q');
    await keyboard.press('Control+v');
    await ends(' xQ');
    assert.deepEqual(await last(2), ['typed asserted: x', 'unknown none: Q']);
    await settings({ 'editor.pasteAs.enabled': undefined });
    await keyboard.type('y');
    await ends('Qy');
    assert.deepEqual(await last(1), ['typed asserted: y']);
  });

  it('letters typed while the file is written do not part journal and file', async () => {
    for (let i = 0; i < 5; i++) {
      const saved = editor.document.save();
      await keyboard.type('abc');
      await saved;
    }
    await breath(500);
    assert.deepEqual(await last(15), [`typed asserted: ${'abc'.repeat(5)}`]);
  });

  it('a file read again in another encoding is not written by anybody here', async () => {
    const file = write('old.txt', Buffer.from([0xc4, 0xe0, 0x0a]));
    const document = await vscode.workspace.openTextDocument(file, { encoding: 'windows1251' });
    assert.equal(plain(document), 'Да\n');
    await show(file);
    await breath(500);
    const spans = await api.spans(file);
    assert.ok(spans.current);
    assert.ok(!kindsOf(spans).includes('typed'));
  });
});
