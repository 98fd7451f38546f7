import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventBody } from '../../../src/journal/event.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import type { Change } from '../../../src/text/change.ts';
import { disk, initial, keystroke, lf, Workroom } from '../../support/workroom.ts';

const json = (sources: readonly string[], more: object = {}, indent?: number) => {
  const lines = (text: string) => text.split(/(?<=\n)/);
  const cells = sources.map((source, i) => ({ cell_type: 'code', id: `c${i}`, source: lines(source), ...more }));
  return `${JSON.stringify({ cells, nbformat: 4, nbformat_minor: 5 }, undefined, indent ?? 1)}\n`;
};

describe('a notebook in the journal', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  /** A journal whose folder has a notebook with these cells. */
  async function begun(sources: readonly string[]): Promise<JournalWriter> {
    room.write('n.ipynb', json(sources));
    const writer = await room.writer();
    await writer.baseline(['n.ipynb'], initial, 'baseline');
    return writer;
  }

  const open = (writer: JournalWriter, tracker: number, text: string, rank: number, like: readonly number[] = []) =>
    writer.openCell({
      path: 'n.ipynb',
      tracker,
      cell: `c${rank}`,
      rank,
      text,
      format: lf,
      origin: disk,
      observation: { by: 'open' },
      like,
      pieces: [],
    });

  const type = async (writer: JournalWriter, tracker: number, version: number, at: number, text: string) => {
    const first = writer.serials(text.length);
    writer.append(...keystroke({ document: 1, tracker, version, first }, at, text));
    await writer.flush();
  };

  const cell = (writer: JournalWriter, tracker: number) =>
    room.read(reader => {
      const replay = reader.replay();
      return replay.tracker(writer.session, tracker)?.provenance.toString(replay.origins);
    });

  /** The file's signs of one letter of origin, run by run. */
  const file = (letter: string) =>
    room.read(reader => {
      const replay = reader.replay();
      const document = replay.at('n.ipynb')!;
      const picture = document.provenance.toString(replay.origins).replaceAll('|', '');
      const { text } = document;
      assert.equal(text, readFileSync(join(room.folder, 'n.ipynb'), 'utf8'));
      assert.equal(picture.length, text.length);
      const runs: string[] = [];
      for (let i = 0; i < text.length; i++) {
        if (picture[i] !== letter) continue;
        if (picture[i - 1] === letter) runs.push((runs.pop() ?? '') + text[i]);
        else runs.push(text[i]!);
      }
      return runs;
    });

  it('a cell begins as what the file has in its place', async () => {
    const writer = await begun(['a = "б"\nb', 'two']);
    await open(writer, 1, 'a = "б"\nb', 0);
    await open(writer, 2, 'twofold', 1);
    assert.equal(await cell(writer, 1), 'i'.repeat(9));
    assert.equal((await cell(writer, 2))?.replaceAll('|', ''), 'iiieeee');
  });

  it('what is typed into a cell is typed in the file, and the file’s form is the editor’s', async () => {
    const writer = await begun(['one', 'two']);
    await open(writer, 1, 'one', 0);
    await open(writer, 2, 'two', 1);
    await type(writer, 1, 2, 3, '\nsay "hi"\\');
    room.write('n.ipynb', json(['one\nsay "hi"\\', 'two']));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1, 2] });
    assert.deepEqual(await file('t'), ['\n', 'say ', '"hi', '"', '\\']);
    assert.deepEqual([await file('e'), await file('?')], [[], []]);
    await writer.close();
    const next = await room.writer();
    await open(next, 1, 'one\nsay "hi"\\', 0);
    assert.equal((await cell(next, 1))?.replaceAll('|', ''), 'iiitttttttttt');
  });

  it('a copied cell repeats its characters, a new one is not known', async () => {
    const writer = await begun(['one']);
    await open(writer, 1, 'one', 0);
    await type(writer, 1, 2, 3, '!');
    await open(writer, 2, 'one!', 1, [1]);
    await open(writer, 3, 'other', 7);
    assert.equal(await cell(writer, 2), 'iiit');
    assert.equal(await cell(writer, 3), 'eeeee');
  });

  it('a cell that comes to hold what another holds or held is not made of its letters', async () => {
    const writer = await begun(['', 'two']);
    await open(writer, 1, '', 0);
    await open(writer, 2, 'two', 1);
    await type(writer, 1, 1, 0, 'typed');
    const put = (tracker: number, version: number, changes: readonly Change[]) => {
      const request = { document: 1, tracker, version, changes, origin: disk, placement: 'resync' } as const;
      return writer.align({ ...request, observation: { by: 'open' } });
    };
    await put(2, 2, [{ from: 0, to: 3, insert: 'typed' }]);
    assert.equal(await cell(writer, 2), 'eeeee');
    await put(1, 2, [{ from: 0, to: 5, insert: 'zzz' }]);
    await put(2, 3, [{ from: 0, to: 5, insert: '' }]);
    await put(2, 4, [{ from: 0, to: 0, insert: 'typed' }]);
    assert.equal(await cell(writer, 2), 'eeeee');
  });

  it('cells that changed places keep their characters, and a deleted one is gone', async () => {
    const writer = await begun(['one', 'two', 'three']);
    for (const [i, text] of ['one', 'two', 'three'].entries()) await open(writer, i + 1, text, i);
    await type(writer, 2, 2, 3, 'fold');
    room.write('n.ipynb', json(['twofold', 'one'], { outputs: [] }));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [2, 1] });
    assert.deepEqual(await file('t'), ['fold']);
    assert.ok((await file('i')).join(' ').includes('two'));
    assert.deepEqual(await file('?'), []);
  });

  it('outputs are another program’s, and a cell that is not as it is typed is not known', async () => {
    const writer = await begun(['one']);
    await open(writer, 1, 'one', 0);
    await type(writer, 1, 2, 3, '!');
    room.write('n.ipynb', json(['one!'], { outputs: [{ text: ['said'] }] }));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1] });
    assert.deepEqual(await file('t'), ['!']);
    assert.ok((await file('e')).join('').includes('said'), String(await file('e')));
    room.write('n.ipynb', json(['one! By somebody else'], { outputs: [{ text: ['said'] }] }));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1] });
    assert.deepEqual(await file('t'), ['!']);
    assert.ok((await file('?')).join('').includes(' By somebody else'));
  });

  it('the same words by another hand are another’s in the file too', async () => {
    const writer = await begun(['one']);
    await open(writer, 1, 'one', 0);
    const first = writer.serials(3);
    const [body] = keystroke({ document: 1, tracker: 1, version: 2, first }, 0, 'one');
    writer.append({ ...body, changes: [{ from: 0, to: 3 }] } as typeof body, ['one']);
    await writer.flush();
    assert.deepEqual(await file('t'), []);
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1] });
    assert.deepEqual(await file('t'), ['one']);
  });

  it('a word of the JSON is not the one that was typed into a cell that is gone', async () => {
    const writer = await begun(['']);
    await open(writer, 1, '', 0);
    // An empty cell begins without a step.
    await type(writer, 1, 1, 0, 'hippopotamus');
    room.write('n.ipynb', json(['hippopotamus']));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1] });
    assert.deepEqual(await file('t'), ['hippopotamus']);
    writer.append(
      {
        ...keystroke({ document: 1, tracker: 1, version: 2, first: 0 }, 0, '')[0],
        changes: [{ from: 0, to: 12 }],
      } as EventBody,
      [''],
    );
    await writer.flush();
    room.write('n.ipynb', json([''], { metadata: { tags: ['hippopotamus'] } }));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1] });
    assert.deepEqual(await file('t'), []);
  });

  it('a file with other cells was written by another program', async () => {
    const writer = await begun(['one']);
    await open(writer, 1, 'one', 0);
    room.write('n.ipynb', json(['one', 'more']));
    await writer.notebookSaved({ path: 'n.ipynb', cells: [1] });
    assert.ok((await file('e')).join('').includes('more'));
  });

  it('keeps its cells’ texts apart from its file’s through a keyframe and an end', async () => {
    const writer = await begun(['one']);
    await open(writer, 1, 'one', 0);
    for (let i = 0; i < 500; i++)
      writer.append(...keystroke({ document: 1, tracker: 1, version: i + 2, first: writer.serials(1) }, 3, 'x'));
    await writer.close();
    const next = await room.writer();
    assert.deepEqual(await file('t'), []);
    await open(next, 1, 'one', 0);
    assert.equal(await cell(next, 1), 'iii');
  });
});
