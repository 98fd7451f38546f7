import { openJournal } from '../../../src/journal/reader.ts';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { born, type Cell } from '../../fuzz/cell.ts';
import { checkFiles, checkWindow, Serials } from '../../fuzz/check.ts';
import type { EditorText } from '../../fuzz/editorText.ts';
import type { EditorWindow } from '../../fuzz/editorWindow.ts';
import { World } from '../../fuzz/world.ts';

describe('what another program writes within the editor’s save, and the editor takes for its own', () => {
  const file = { eol: '\n', bom: false } as const;
  const theirs: Cell[] = born('theirs. ', 'external.disk', 'unknown');
  const patience = 3000;
  let world: World;
  let window: EditorWindow;
  let text: EditorText;
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });
  beforeEach(async () => {
    world = new World();
    world.disk.write('a.md', { ...file, cells: born('one. ', 'initial') });
    window = await world.open();
    text = window.open('a.md');
    types('a');
    window.save(text);
    world.disk.write('a.md', { ...file, cells: [...theirs, ...text.cells] });
    // The watcher's word has arrived.
    await world.flush();
  });
  afterEach(async () => {
    for (const window of [...world.windows]) await world.close(window);
    world.clear();
  });

  function types(letter: string): void {
    const cells = born(letter, 'typed');
    window.edit(text, [{ from: 0, to: 0, cells }], { selection: 'keyboard', carets: [1] });
    window.product.clock.pass(60);
  }

  async function check(): Promise<void> {
    const serials = new Serials();
    await world.flush();
    checkWindow(world, window, serials);
    const reader = openJournal(world.file);
    checkFiles(world, reader.replay(), serials);
    reader.close();
  }

  it('is the file’s text, and the editor’s is what it was', async () => {
    window.product.clock.pass(patience);
    await check();
  });

  it('is overwritten by the next save', async () => {
    window.product.clock.pass(patience);
    await world.flush();
    types('b');
    window.save(text);
    await check();
  });

  it('is another program’s when the editor reads it after all', async () => {
    window.product.clock.pass(patience);
    await world.flush();
    window.load(text);
    await check();
  });

  it('is seen by the next session where the window is closed before', async () => {
    await world.close(window);
    window = await world.open();
    await check();
  });
});
