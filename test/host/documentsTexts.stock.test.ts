import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { driven, keyboard } from './support/driver.ts';
import { typeAtEnd } from './support/faults.ts';
import {
  type Api,
  breath,
  consent,
  kindsOf,
  pathOf,
  productApi,
  save,
  show,
  spansOrNothing,
  write,
} from './support/scene.ts';
import { plain } from './support/truth.ts';
import { until } from './support/until.ts';

const bytes = (label: BufferEncoding, mark: readonly number[], text: string) =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, label)]);
const swapped = (buffer: Buffer) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(buffer).swap16()]);

/** Texts as files hold them; each gets the same words typed at its end. */
const files: Readonly<Record<string, string | Uint8Array>> = {
  'plain.md': 'Мәтін, бұрыннан бар.\n',
  'no-final-newline.md': 'no newline here',
  'empty.md': '',
  'crlf.md': 'one\r\ntwo\r\n',
  'mixed.md': 'one\r\ntwo\nthree\r\nfour\n',
  'bom.md': bytes('utf8', [0xef, 0xbb, 0xbf], 'Бас белгі\r\n'),
  'utf16le.md': bytes('utf16le', [0xff, 0xfe], 'Қазақ 👩‍👩‍👧\r\n'),
  'utf16be.md': swapped(Buffer.from('Қазақ 👩‍👩‍👧\n', 'utf16le')),
  'marks.md': 'é ë̈ नि 👩‍👩‍👧 שלום עולם مرحبا\n',
};
const typed = ' Жаңа сөз!';

describe('texts of all sorts', () => {
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    for (const [name, content] of Object.entries(files)) write(name, content);
    write('old.txt', Uint8Array.of(0xd1, 0xf2, 0xe0, 0xf0, 0xfb, 0xe9, 0x0a));
    await consent(vscode.Uri.file(pathOf('plain.md')));
    api = await productApi();
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** What the record says of the saved text: the kinds of what stood there, and of the last so many characters. */
  async function split(document: vscode.TextDocument, last: number): Promise<{ start: string[]; end: string[] }> {
    await save(document);
    let kinds: readonly string[] = [];
    await until(`the saved text of ${document.uri.path}`, async () => {
      const spans = await api.spans(document.uri);
      kinds = kindsOf(spans);
      return spans.current && kinds.length === plain(document).length;
    });
    const distinct = (of: readonly string[]) => [...new Set(of)].sort();
    return { start: distinct(kinds.slice(0, -last)), end: distinct(kinds.slice(-last)) };
  }

  for (const name of Object.keys(files)) {
    it(`${name}: what is typed is typed, and the rest was there`, async () => {
      const { document } = await show(vscode.Uri.file(pathOf(name)));
      const there = plain(document).length;
      await typeAtEnd(typed);
      const { start, end } = await split(document, typed.length);
      assert.deepEqual(end, ['typed']);
      assert.deepEqual(start, there === 0 ? [] : ['initial']);
    });
  }

  it('a carriage return alone is a line end to the editor: nobody wrote it', async () => {
    const { document } = await show(write('returns.md', 'four\rfive\n'));
    await typeAtEnd(typed);
    const { start, end } = await split(document, typed.length);
    assert.deepEqual(end, ['typed']);
    assert.ok(!start.includes('typed'), `${start}`);
  });

  it('a text that is read in its own encoding is recorded in it', async () => {
    const uri = vscode.Uri.file(pathOf('old.txt'));
    const document = await vscode.workspace.openTextDocument(uri, { encoding: 'windows1251' });
    await show(uri);
    await until('its record', async () => (await spansOrNothing(api, uri)) !== undefined);
    await typeAtEnd(' Ия.');
    const { start, end } = await split(document, 4);
    assert.deepEqual(end, ['typed']);
    assert.ok(!start.includes('typed'), `${start}`);
    assert.equal(readFileSync(uri.fsPath).length, plain(document).length);
  });

  it('saving in another encoding, and other line ends, write nothing new', async () => {
    const { document } = await show(write('changing.md', 'Бір\nЕкі\n'));
    await typeAtEnd('Үш');
    await save(document);
    void vscode.commands.executeCommand('workbench.action.editor.changeEncoding');
    await breath(600);
    await keyboard.type('save');
    await breath(300);
    await keyboard.press('Enter');
    await breath(600);
    await keyboard.type('utf-16 be');
    await breath(400);
    await keyboard.press('Enter');
    await until('the encoding', () => document.encoding === 'utf16be');
    assert.deepEqual((await split(document, 2)).end, ['typed']);
    const editor = await show(document.uri);
    await editor.edit(builder => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    await typeAtEnd('!');
    const { start, end } = await split(document, 3);
    assert.deepEqual(end, ['typed']);
    assert.ok(!start.includes('typed'), `${start}`);
  });

  it('half a surrogate pair harms nothing', async () => {
    const editor = await show(vscode.Uri.file(pathOf('plain.md')));
    await editor.edit(builder => builder.insert(new vscode.Position(0, 0), 'x\ud83dy'));
    await breath(300);
    await typeAtEnd('z');
    await editor.document.save();
    await breath();
    const spans = await api.spans(editor.document.uri);
    const kinds = kindsOf(spans);
    assert.equal(kinds.length, plain(editor.document).length);
    assert.deepEqual(new Set(kinds.slice(0, 3)), new Set(['unknown']));
    assert.equal(kinds.at(-1), 'typed');
  });
});
