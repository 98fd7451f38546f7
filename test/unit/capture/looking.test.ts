import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { born } from '../../fuzz/cell.ts';
import { World } from '../../fuzz/world.ts';

interface Listening {
  readonly workspace: { onDidChangeTextDocument(listener: (event: { document: TextDocument }) => void): unknown };
}

describe('who looks while a key is under way', () => {
  let world: World;
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });
  beforeEach(() => {
    world = new World();
  });
  afterEach(async () => {
    for (const window of [...world.windows]) await world.close(window);
    world.clear();
  });

  for (const look of ['figuresOf', 'passageAt'] as const) {
    it(`takes no sign from it: ${look}`, async () => {
      world.disk.write('a.md', { cells: born('one', 'initial'), eol: '\n', bom: false });
      const window = await world.open();
      const text = window.open('a.md');
      await world.flush();
      const { window: line, editor } = window.product;
      const looks: Promise<unknown>[] = [];
      // The product has heard of the change, and not yet of the selection that follows.
      (editor.module as Listening).workspace.onDidChangeTextDocument(({ document }) =>
        looks.push(line[look](document, 0)),
      );
      const edit = { from: 3, to: 3, cells: born('k', 'typed') };
      window.edit(text, [edit], { selection: 'keyboard', carets: [4], at: [[3, 3]] });
      const [, span] = line.spansIn(text.document as never, 0, 4) ?? [];
      assert.equal(span?.origin.kind, 'typed');
      for (const seen of await Promise.all(looks)) assert.ok(seen !== undefined);
    });
  }
});
