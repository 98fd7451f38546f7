import assert from 'node:assert/strict';
import { openJournal } from '../../../src/journal/reader.ts';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { born } from '../../fuzz/cell.ts';
import { checkFiles, checkReplay, checkWindow, Serials } from '../../fuzz/check.ts';
import type { EditorText } from '../../fuzz/editorText.ts';
import type { EditorWindow } from '../../fuzz/editorWindow.ts';
import { World } from '../../fuzz/world.ts';

describe('an untitled text', () => {
  let world: World;
  let window: EditorWindow;
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });
  beforeEach(async () => {
    world = new World();
    world.disk.write('0/a.md', { cells: [], eol: '\n', bom: false });
    window = await world.open();
  });
  afterEach(async () => {
    for (const window of [...world.windows]) await world.close(window);
    world.clear();
  });

  function types(text: EditorText, letters: string): void {
    for (const letter of letters) {
      const at = text.length;
      window.edit(text, [{ from: at, to: at, cells: born(letter, 'typed') }], {
        selection: 'keyboard',
        carets: [at + 1],
      });
      window.product.clock.pass(60);
    }
  }

  async function check(): Promise<void> {
    await world.flush();
    const serials = new Serials();
    for (const window of world.windows) checkWindow(world, window, serials);
    const reader = openJournal(world.file);
    checkReplay(world, reader.replay(), serials);
    reader.close();
  }

  it('that is emptied by keys is emptied by the hand that empties a file’s text', async () => {
    const texts = [window.open('0/a.md'), window.untitled('0')];
    for (const text of texts) {
      types(text, 'abc');
      window.edit(text, [{ from: 0, to: 3, cells: [] }], { selection: 'keyboard', carets: [0] });
      window.product.clock.pass(60);
    }
    await check();
    const reader = openJournal(world.file);
    const [one, other] = [...reader.events()].flatMap(event =>
      event.kind === 'changed' && event.changes.some(({ from, to }) => to > from) ? [event] : [],
    );
    reader.close();
    assert.ok(one && other);
    assert.equal(other.observation.by, 'editor');
    assert.deepEqual(other.actor, one.actor);
  });

  it('keeps what it is made of when it is saved in a file', async () => {
    const text = window.untitled('0');
    types(text, 'abc');
    await check();
    window.title(text, '0/b.md');
    await check();
    for (const window of [...world.windows]) await world.close(window);
    const reader = openJournal(world.file);
    checkFiles(world, reader.replay(), new Serials());
    // The file has the whole text before the worker looks at it: that is no text from outside.
    const found = [...reader.events()].flatMap(event => (event.kind === 'changed' ? event.findings : []));
    assert.deepEqual([...new Set(found.map(({ kind }) => kind))], ['typed']);
    const begun = [...reader.events()].flatMap(event => (event.kind === 'baseline' ? [event.finding.length] : []));
    assert.deepEqual(begun, [0, 0]);
    reader.close();
  });

  it('keeps it when its window comes back', async () => {
    const text = window.untitled('0');
    types(text, 'abc');
    await world.flush();
    await world.close(window);
    window = await world.open();
    window.untitled('0', text.cells);
    await check();
  });
});
