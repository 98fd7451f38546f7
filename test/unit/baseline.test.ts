import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { bundleProduct } from '../fuzz/bundle.ts';
import { Uri } from '../fuzz/double/places.ts';
import { ProductWindow } from '../fuzz/window.ts';
import { Workroom } from '../support/workroom.ts';

describe('files that are there at consent', () => {
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });

  it('were there before, though the file system tells of their making only now', async function () {
    this.timeout(60_000);
    const room = new Workroom();
    const names = Array.from({ length: 40 }, (_, i) => `${i}.md`);
    for (const name of names) room.write(name, 'Written before.\n');
    room.consent();
    const window = new ProductWindow(room.home, room.folder);
    let begun = false;
    const taken = window.takeUp().finally(() => {
      begun = true;
    });
    while (!begun) {
      for (const name of names) window.editor.on('watcher.create').fire(Uri.file(`${room.folder}/${name}`));
      window.clock.pass(200);
      await setImmediate();
    }
    await taken;
    await window.flush();
    const kinds = room.read(reader =>
      names.map(name => {
        const { origins } = reader.replay();
        const [span] = reader.document(name)?.provenance.slice(0, 1) ?? [];
        return span && origins.at(span.serial).origin?.kind;
      }),
    );
    await window.close();
    await room.clear();
    assert.deepEqual(new Set(kinds), new Set(['initial']));
    assert.deepEqual(window.failures, []);
  });
});
