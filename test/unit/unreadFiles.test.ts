import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { bundleProduct } from '../fuzz/bundle.ts';
import { Range, Selection, Uri } from '../fuzz/double/places.ts';
import { TextDocumentDouble } from '../fuzz/double/textDocument.ts';
import { ProductWindow } from '../fuzz/window.ts';
import { Workroom } from '../support/workroom.ts';

const mine = 'Mine.\n';
const theirs = 'Mine.\nTheirs.\n';

describe('a file that an editor shows and does not read anew', function () {
  this.timeout(60_000);
  let room: Workroom;
  let window: ProductWindow;
  let shown: { text: string; version: number; dirty: boolean; encoding: string };

  before(() => bundleProduct());
  beforeEach(async () => {
    room = new Workroom();
    room.write('a.md', mine);
    room.consent();
    window = new ProductWindow(room.home, room.folder);
    const uri = Uri.file(`${room.folder}/a.md`);
    const text = { uri, text: mine, eol: '\n', encoding: 'utf8', version: 1, dirty: false, closed: false } as const;
    shown = { ...text };
    window.editor.documents.push(new TextDocumentDouble(shown as typeof text));
    await window.takeUp();
    await window.flush();
  });
  afterEach(async () => {
    await window.close();
    await room.clear();
  });

  /** The file has another text; the editor hears of it, and so many milliseconds go by. */
  const written = async (text: string | Uint8Array, milliseconds: number) => {
    room.write('a.md', text);
    window.editor.on('watcher.change').fire(Uri.file(`${room.folder}/a.md`));
    window.clock.pass(200);
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    window.clock.pass(milliseconds);
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    await window.flush();
  };
  const tell = (name: string, more?: object) => {
    const [document] = window.editor.documents;
    window.editor.on(name).fire(more ? { document, ...more } : document);
  };
  const says = (dirty: boolean) => {
    shown.dirty = dirty;
    tell('onDidChangeTextDocument', { contentChanges: [] });
  };
  const caretAtEnd = () => {
    const [document] = window.editor.documents;
    const at = document!.positionAt(shown.text.length);
    const selections = [new Selection(at, at)];
    window.editor.active = { document: document!, selections, selection: selections[0]! };
    window.editor.on('onDidChangeTextEditorSelection').fire({ textEditor: window.editor.active, selections, kind: 1 });
  };
  /** One key at the end of the text. */
  const type = (letter: string) => {
    const [document] = window.editor.documents;
    const end = document!.positionAt(shown.text.length);
    const change = { range: new Range(end, end), rangeOffset: shown.text.length, rangeLength: 0, text: letter };
    Object.assign(shown, { text: shown.text + letter, version: shown.version + 1, dirty: true });
    tell('onDidChangeTextDocument', { contentChanges: [change] });
    caretAtEnd();
  };
  const recorded = () =>
    room.read(reader => {
      const state = reader.replay();
      const document = state.at('a.md');
      const found = [...state.origins.walk(document?.provenance.spans() ?? [])];
      return [document?.text, found.map(({ origin }) => origin.kind).join()];
    });

  it('is recorded as another program’s, once the editor has had its time', async () => {
    await written(theirs, 1000);
    assert.deepEqual(recorded(), [mine, 'initial']);
    window.clock.pass(3000);
    while (recorded()[0] === mine) await setImmediate();
    assert.deepEqual(recorded(), [theirs, 'initial,external.disk']);
    assert.deepEqual(window.failures, []);
  });

  it('is left to the person where the editor’s text is not saved yet', async () => {
    shown.dirty = true;
    await written(theirs, 4000);
    assert.deepEqual(recorded(), [mine, 'initial']);
    shown.dirty = false;
    await written(theirs, 4000);
    while (recorded()[0] === mine) await setImmediate();
    assert.deepEqual(recorded(), [theirs, 'initial,external.disk']);
  });

  it('is the editor’s own where letters came while it was written, though the editor calls the text clean', async () => {
    caretAtEnd();
    type('A');
    tell('onWillSaveTextDocument', { reason: 1, waitUntil: () => undefined });
    type('B');
    says(false);
    tell('onDidSaveTextDocument');
    await written('Mine.\nA', 4000);
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    await window.flush();
    assert.deepEqual(recorded(), [mine, 'initial']);
    tell('onWillSaveTextDocument', { reason: 1, waitUntil: () => undefined });
    says(false);
    says(false);
    tell('onDidSaveTextDocument');
    await written('Mine.\nAB', 4000);
    assert.deepEqual(recorded(), ['Mine.\nAB', 'initial,typed,typed']);
    assert.deepEqual(window.failures, []);
  });

  for (const [what, bytes, encoding] of [
    ['another encoding', Buffer.from('Mine.\nЧужое.\n'), 'windows1251'],
    ['bytes that are no text', Buffer.from([0x4d, 0, 0xff, 0xfe]), 'utf8'],
  ] as const) {
    it(`leaves no trace where the file is read in ${what}`, async () => {
      shown.encoding = encoding;
      const size = room.read(reader => reader.size);
      await written(bytes, 4000);
      for (let turn = 0; turn < 50; turn++) await setImmediate();
      await window.flush();
      assert.equal(
        room.read(reader => reader.size),
        size,
      );
    });
  }

  it('leaves no trace where the file holds what the record has', async () => {
    const size = room.read(reader => reader.size);
    await written(mine, 4000);
    assert.equal(
      room.read(reader => reader.size),
      size,
    );
  });
});
