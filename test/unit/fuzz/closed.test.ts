import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../../src/journal/reader.ts';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { born } from '../../fuzz/cell.ts';
import { checkFiles, checkWindow, Serials } from '../../fuzz/check.ts';
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

  for (const closed of [false, true]) {
    it(`is what was typed and saved before its reload was understood; ${closed ? 'then it, ' : ''}then its window were closed`, async () => {
      const window = await world.open();
      const text = window.open('a.md');
      await world.flush();
      world.disk.write('a.md', { cells: [...text.cells, ...born(' two', 'external.disk')], eol: '\n', bom: false });
      window.load(text);
      window.product.clock.pass(60);
      const at = text.length;
      window.edit(text, [{ from: at, to: at, cells: born('3', 'typed') }], { selection: 'keyboard', carets: [at + 1] });
      window.save(text);
      if (closed) window.close(text);
      await world.close(window);
      const reader = openJournal(world.file);
      checkFiles(world, reader.replay(), new Serials());
      reader.close();
    });
  }

  it('has, renamed at once, what another program wrote into it', async () => {
    const serials = new Serials();
    const window = await world.open();
    const text = window.open('a.md');
    await world.flush();
    world.disk.write('a.md', { cells: [...text.cells, ...born(' two', 'external.disk')], eol: '\n', bom: false });
    window.load(text);
    const files = [{ oldUri: window.uri('a.md'), newUri: window.uri('b.md') }];
    window.tell('onWillRenameFiles', { files, waitUntil: () => undefined });
    world.disk.move('a.md', 'b.md');
    window.open('b.md');
    window.close(text);
    window.tell('onDidRenameFiles', { files });
    world.disk.tellMoved('a.md', 'b.md');
    await world.flush();
    checkWindow(world, window, serials);
    await world.close(window);
    const next = await world.open();
    await next.product.flush();
    const reader = openJournal(world.file);
    checkFiles(world, reader.replay(), serials);
    reader.close();
  });

  for (const names of [
    ['a.md', 'b.md'],
    ['a.md', 'b.md', 'a.md'],
  ]) {
    it(`is what was typed and saved before it went from ${names.join(' to ')}`, async () => {
      const serials = new Serials();
      const window = await world.open();
      let text = window.open('a.md');
      await world.flush();
      world.disk.write('a.md', { cells: [...text.cells, ...born(' two', 'external.disk')], eol: '\n', bom: false });
      window.load(text);
      window.product.clock.pass(60);
      for (const [i, to] of names.slice(1).entries()) {
        const at = text.length;
        const keys = { selection: 'keyboard', carets: [at + 1], at: [[at, at]] } as const;
        window.edit(text, [{ from: at, to: at, cells: born(`${i}`, 'typed') }], keys);
        window.save(text, 1);
        const from = names[i]!;
        const files = [{ oldUri: window.uri(from), newUri: window.uri(to) }];
        window.tell('onWillRenameFiles', { files, waitUntil: () => undefined });
        world.disk.move(from, to);
        const former = text;
        text = window.open(to);
        window.close(former);
        window.tell('onDidRenameFiles', { files });
        world.disk.tellMoved(from, to);
      }
      await world.flush();
      checkWindow(world, window, serials);
      await world.close(window);
      const reader = openJournal(world.file);
      checkFiles(world, reader.replay(), serials);
      reader.close();
    });
  }

  it('keeps nobody waiting that is not recorded', async () => {
    const window = await world.open();
    writeFileSync(join(world.disk.folder, 'a.md'), 'o\0ne');
    window.open('a.md');
    await world.flush();
  });
});
