import assert from 'node:assert/strict';
import { letterOf } from '../../../src/provenance/provenance.ts';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { born } from '../../fuzz/cell.ts';
import { DataTransfer } from '../../fuzz/double/vscode.ts';
import type { EditorText } from '../../fuzz/editorText.ts';
import type { EditorWindow } from '../../fuzz/editorWindow.ts';
import { World } from '../../fuzz/world.ts';

describe('a paste that the editor asks us of', () => {
  let world: World;
  let window: EditorWindow;
  let text: EditorText;
  let files = 0;
  before(async () => {
    await bundleProduct();
    world = new World();
    window = await world.open();
  });
  after(async () => {
    await window.product.kill();
    world.clear();
  });
  beforeEach(async () => {
    text = opened();
    await window.product.flush();
  });

  function opened(): EditorText {
    const path = `${files++}.md`;
    world.disk.write(path, { cells: [], eol: '\n', bom: false });
    return window.open(path);
  }

  /** What comes at the end of the text, so long after what was before. */
  function comes(what: string, after: number, selection: 'keyboard' | 'none' = 'keyboard'): void {
    window.product.clock.pass(after);
    const at = text.length;
    const cells = born(what, 'unknown');
    window.edit(text, [{ from: at, to: at, cells }], { selection, carets: [at + what.length] });
    window.product.clock.pass(60);
  }

  const calls = (plain: string, into = text) =>
    window.offer(into, 'paste', 0, DataTransfer.of({ 'text/plain': plain }));

  async function picture(): Promise<string> {
    await window.product.flush();
    const spans = window.product.window.spansIn(text.document as never, 0, text.length) ?? [];
    return spans.map(({ length, origin }) => letterOf(origin.kind).repeat(length)).join('');
  }

  it('of one letter: the letter that follows, and no key after it', async () => {
    await calls('a');
    comes('a', 30);
    comes('a', 3000);
    assert.equal(await picture(), 'pt');
  });

  it('of one letter, that comes seconds later: it may be a key', async () => {
    await calls('a');
    comes('a', 3000);
    comes('a', 30);
    assert.equal(await picture(), '?t');
  });

  it('of one letter, that never comes: other keys are keys, and that letter once is not known', async () => {
    await calls('a');
    for (const key of 'bcaa') comes(key, 100_000);
    assert.equal(await picture(), 'tt?t');
  });

  it('of a long text, that takes the editor seconds: it is pasted all the same', async () => {
    await calls('words of another in millions');
    comes('words of another in millions', 3000, 'none');
    assert.equal(await picture(), 'p'.repeat(28));
  });

  it('of a long text, that comes minutes later: whoever put it in is not known', async () => {
    await calls('a page of the other library');
    comes('a page of the other library', 100_000, 'none');
    assert.equal(await picture(), '?'.repeat(27));
  });

  it('of a few words, that come seconds later: whoever put them in is not known', async () => {
    await calls('a few words');
    comes('a few words', 3000, 'none');
    assert.equal(await picture(), '?'.repeat(11));
  });

  it('of words, that never comes: what is typed is typed, Enter too', async () => {
    await calls('words of another');
    comes('a', 100);
    comes('\n', 100, 'none');
    comes('b', 100);
    assert.equal(await picture(), 'ttt');
  });

  it('or a drop of a file: what becomes of it is not known, and a key after that is one', async () => {
    await window.offer(text, 'drop', 0, DataTransfer.of({ 'text/uri-list': 'file:///a.png' }));
    comes('![](a.png)', 100, 'none');
    comes('a', 100);
    assert.equal(await picture(), `${'?'.repeat(10)}t`);
  });

  it('is awaited in its own text, whatever is pasted elsewhere, until that is closed', async () => {
    const other = opened();
    await window.product.flush();
    await calls('a');
    await calls('b', other);
    comes('a', 3000);
    assert.equal(await picture(), '?');
    await calls('c');
    window.close(text);
    text = window.open(text.path!, text.cells);
    await window.product.flush();
    comes('c', 3000);
    assert.equal((await picture()).at(-1), 't');
  });
});
