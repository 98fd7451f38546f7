import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { textOf } from '../../fuzz/cell.ts';
import type { EditorWindow } from '../../fuzz/editorWindow.ts';
import { World } from '../../fuzz/world.ts';
import { Adversary, type Deed, isByHand } from '../../support/adversary.ts';

const hands = ['key', 'key', 'key', 'over', 'enter', 'compose', 'delete', 'go', 'carets', 'undo', 'redo'] as const;
const programs = ['insert', 'correct', 'correct', 'close', 'linked', 'wipe', 'both', 'selected', 'ghost'] as const;
const others = ['paste', 'paste', 'drop', 'copy', 'cut', 'pasteOwn', 'reload'] as const;
const deed = fc.tuple(fc.constantFrom<Deed[]>(...hands, ...programs, ...others), fc.nat(10_000), fc.nat(10_000));

describe('whatever programs, clipboard and keys do in turn', () => {
  let world: World;
  let window: EditorWindow;
  before(async function () {
    this.timeout(60_000);
    await bundleProduct();
    world = new World();
    window = await world.open();
  });
  after(async () => {
    await window.product.kill();
    world.clear();
  });

  let stories = 0;
  const shown = { keys: 0, typed: 0 };

  async function play(deeds: readonly (readonly [Deed, number, number])[]): Promise<void> {
    const adversary = new Adversary(world, window, `${stories}.md`, stories++ % 3 === 0 ? '\r\n' : '\n');
    await window.product.flush();
    for (const [name, a, b] of deeds) await adversary.acts[name]([a, b]);
    adversary.pause();
    await window.product.flush();
    const { text } = adversary;
    assert.deepEqual(window.product.failures, []);
    const spans = window.product.window.spansIn(text.document as never, 0, text.length) ?? [];
    let at = 0;
    for (const { length, origin } of spans) {
      for (const cell of text.cells.slice(at, at + length)) {
        const typed = origin.kind === 'typed';
        if (typed && !isByHand(cell))
          assert.fail(
            `${JSON.stringify(cell.unit)} (${cell.kinds}) of ${JSON.stringify(textOf(text.cells))} is shown as typed (${origin.rule})`,
          );
        if (!isByHand(cell)) continue;
        shown.keys++;
        if (typed) shown.typed++;
      }
      at += length;
    }
    assert.equal(at, text.length);
    window.close(text);
  }

  /** Found by the property below, or thought of; none of these characters may be shown as typed. */
  const named: readonly (readonly [name: string, deeds: readonly (readonly [Deed, number, number])[]])[] = [
    [
      'a capital for a letter that was just typed',
      [
        ['key', 5, 80],
        ['correct', 0, 40],
        ['key', 0, 80],
        ['key', 1, 80],
      ],
    ],
    [
      'a letter that is pasted after seconds',
      [
        ['key', 0, 80],
        ['paste', 0, 2],
        ['key', 1, 80],
      ],
    ],
    [
      'a pair of brackets that is pasted after minutes',
      [
        ['key', 0, 80],
        ['paste', 13, 3],
        ['key', 1, 80],
      ],
    ],
    [
      'a line break that is pasted after minutes',
      [
        ['key', 0, 80],
        ['paste', 24, 3],
        ['key', 1, 80],
      ],
    ],
    [
      'an older undo that brings the like of what was just undone',
      [
        ['key', 0, 80],
        ['undo', 0, 0],
        ['undo', 0, 0],
      ],
    ],
    [
      'words for a letter, and a key to their end',
      [
        ['key', 8, 80],
        ['correct', 10, 4],
      ],
    ],
  ];
  for (const [name, deeds] of named) it(name, () => play(deeds));

  it('shows nothing as typed that no key made', async function () {
    this.timeout(120_000);
    await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 30 }), play), {
      numRuns: 200,
    });
    assert.ok(shown.typed > shown.keys / 2, `${shown.typed} of ${shown.keys} letters of keys are shown as typed`);
  });
});
