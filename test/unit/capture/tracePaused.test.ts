import assert from 'node:assert/strict';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { ProductWindow } from '../../fuzz/window.ts';
import { TraceTheatre } from '../../support/traceTheatre.ts';
import { initial, Workroom } from '../../support/workroom.ts';

describe('a trace', () => {
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });

  it('holds nothing of a text while recording is paused, and opens it anew after that', async function () {
    this.timeout(60_000);
    const room = new Workroom();
    room.consent();
    room.write('a.md', 'one');
    await (await room.writer()).baseline(['a.md'], initial, 'baseline');
    await room.close();
    const window = new ProductWindow(room.home, room.folder);
    const theatre = new TraceTheatre(room.folder, window.editor);
    const open = {
      path: 'a.md',
      language: 'markdown',
      encoding: 'utf8',
      eol: '\n',
      dirty: false,
      text: 'one',
    } as const;
    const prop = theatre.open({ at: 0, kind: 'opened', document: 1, ...open });
    await window.takeUp();
    await window.flush();
    const lines: string[] = [];
    const trace = window.window.trace(line => lines.push(line), false);
    const write = async (text: string) => {
      const change = { range: [0, 0, 0, 0], offset: 0, length: 0, text } as const;
      const event = {
        at: 0,
        kind: 'changed',
        document: 1,
        changes: [change],
        dirty: true,
        eol: '\n',
        encoding: 'utf8',
      } as const;
      window.editor.on('onDidChangeTextDocument').fire(theatre.change(prop, event));
      window.clock.pass(100);
      await window.flush();
    };
    await write('before ');
    await window.pause();
    await write('meanwhile ');
    await window.resume();
    await write('then ');
    await write('after ');
    trace.dispose();
    await window.close();
    await room.clear();
    const events = lines.map(
      line => JSON.parse(line) as { kind?: string; text?: string; changes?: { text: string }[] },
    );
    assert.deepEqual(
      events.flatMap(({ changes }) => changes?.map(({ text }) => text) ?? []),
      ['before ', 'after '],
    );
    assert.deepEqual(
      events.flatMap(({ kind, text }) => (kind === 'opened' ? [text] : [])),
      ['one', 'then meanwhile before one'],
    );
    assert.deepEqual(window.failures, []);
  });
});
