import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { born } from '../../fuzz/cell.ts';
import { checkWindow, Serials } from '../../fuzz/check.ts';
import { World } from '../../fuzz/world.ts';

describe('a text that is closed, or left out, before it is known what it is made of', () => {
  let world: World;
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });
  beforeEach(() => {
    world = new World();
    world.disk.write('a.md', { cells: born('one', 'initial'), eol: '\n', bom: false });
  });
  afterEach(async () => {
    for (const window of [...world.windows]) await world.close(window);
    world.clear();
  });

  it('is, opened again at once, what was typed and saved in it', async () => {
    const window = await world.open();
    for (const key of ['2', '3']) {
      const text = window.open('a.md');
      const at = text.length;
      const keys = { selection: 'keyboard', carets: [at + 1], at: [[at, at]] } as const;
      window.edit(text, [{ from: at, to: at, cells: born(key, 'typed') }], keys);
      window.save(text, 1);
      window.close(text);
    }
    window.open('a.md');
    await world.flush();
    checkWindow(world, window, new Serials());
  });

  it('keeps nobody waiting that is not recorded', async () => {
    const window = await world.open();
    writeFileSync(join(world.disk.folder, 'a.md'), 'o\0ne');
    window.open('a.md');
    await world.flush();
  });
});
