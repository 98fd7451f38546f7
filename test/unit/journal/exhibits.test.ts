import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { backUp } from '../../../src/journal/backup.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import {
  attachExhibit,
  exhibitName,
  exhibitsOf,
  largestExhibit,
  type NewExhibit,
  removeExhibit,
} from '../../../src/journal/exhibits.ts';
import { recover } from '../../../src/journal/recovery.ts';
import { restore } from '../../../src/journal/restore.ts';
import { missingForPython, verifyOnce } from '../../support/pythonVerifier.ts';
import { Workroom } from '../../support/workroom.ts';

const software = 'test';
const letter: NewExhibit = {
  what: 'letter',
  bytes: Buffer.from('Dear editor, the fog is mine.'),
  shows: 'The plan was mine.',
  name: 'письмо.txt',
  dated: '2026-11',
  by: 'command',
};
const digestOf = ({ bytes }: NewExhibit) => hash('sha256', bytes, 'hex');

describe('an exhibit', () => {
  let room: Workroom;
  let file: string;
  beforeEach(() => {
    room = new Workroom();
    file = room.consent().file;
  });
  afterEach(() => room.clear());

  const all = () => room.readFile(file, reader => exhibitsOf(reader.events()));
  const bytesOf = (of: NewExhibit, at = file) => room.readFile(at, reader => reader.exhibit(digestOf(of)));
  const wrongIn = (at = file) =>
    room.readFile(at, reader =>
      reader.verify().wrong.map(({ what, sequence, detail }) => ({ what, sequence, detail })),
    );
  const sql = (text: string, ...values: unknown[]) => {
    const database = new Database(file);
    database.prepare(text).run(...values);
    database.close();
  };
  const purge = (rank: number, whether = true) =>
    removeExhibit(file, software, all()[rank]!, { by: 'command', purge: whether });

  it('is its event and its bytes', () => {
    assert.equal(attachExhibit(file, software, letter), 1);
    const [{ number, event, purged }] = all() as [ReturnType<typeof all>[0]];
    assert.deepEqual([exhibitName(number), purged], ['EX-01', false]);
    assert.deepEqual(event.texts, ['The plan was mine.', 'письмо.txt']);
    assert.deepEqual([event.fileDigest, event.size, event.dated], [digestOf(letter), letter.bytes.length, '2026-11']);
    assert.deepEqual(Buffer.from(bytesOf(letter)!), letter.bytes);
    assert.deepEqual(wrongIn(), []);
  });

  it('keeps its number when another is removed; what was removed keeps its bytes, unless they are purged', () => {
    const plan = { ...letter, bytes: Buffer.from('plan') };
    assert.equal(attachExhibit(file, software, letter), 1);
    assert.equal(attachExhibit(file, software, plan), 2);
    purge(0, false);
    assert.equal(attachExhibit(file, software, { ...letter, shows: 'again' }), 3);
    assert.deepEqual(
      all().map(({ number, removed, purged }) => [number, removed !== undefined, purged]),
      [
        [1, true, false],
        [2, false, false],
        [3, false, false],
      ],
    );
    assert.ok(bytesOf(letter));
    purge(1);
    assert.equal(bytesOf(plan), undefined);
    // The third has the same bytes.
    purge(0);
    assert.ok(bytesOf(letter));
    assert.deepEqual(wrongIn(), []);
  });

  it('that is purged leaves nothing of its bytes in any file', () => {
    attachExhibit(file, software, letter);
    purge(0);
    for (const end of ['', '-wal'])
      assert.ok(
        !readSafely(file + end).includes(Buffer.from(letter.bytes)),
        `the bytes stand in ${end || 'the journal'}`,
      );
    assert.equal(all()[0]?.event.fileDigest, digestOf(letter));
  });

  it('that is too large, alone or with the others, is refused and leaves no event', () => {
    assert.equal(attachExhibit(file, software, { ...letter, bytes: Buffer.alloc(largestExhibit + 1) }), 'full');
    assert.deepEqual(all(), []);
  });

  it('whose bytes were changed is named, in Python too', function () {
    attachExhibit(file, software, letter);
    sql('UPDATE exhibit SET bytes = ?', Buffer.from('Dear editor, the fog is yours.'));
    const [{ event }] = all() as [ReturnType<typeof all>[0]];
    assert.deepEqual(wrongIn(), [{ what: 'exhibit', sequence: event.sequence, detail: 'EX-01 has other bytes' }]);
    assert.equal(bytesOf(letter), undefined);
    const missing = missingForPython();
    if (missing !== undefined) this.skip();
    assert.deepEqual(
      verifyOnce(file).wrong.map(({ what }) => what),
      ['exhibit'],
    );
  });

  it('is in a backup, and comes back with it; what was purged does not', async () => {
    const plan = { ...letter, bytes: Buffer.from('plan') };
    attachExhibit(file, software, letter);
    attachExhibit(file, software, plan);
    const out = join(room.folder, '..', 'saved.holograph');
    await backUp(file, out);
    assert.ok(bytesOf(letter, out));
    purge(1);
    await backUp(file, out);
    rmSync(room.home, { recursive: true });
    const catalogue = Catalogue.open(room.home);
    try {
      const restored = await restore(catalogue, { file: out, by: 'command', software });
      assert.equal(restored.kind, 'restored');
    } finally {
      catalogue.close();
    }
    assert.deepEqual(Buffer.from(bytesOf(letter)!), letter.bytes);
    assert.equal(bytesOf(plan), undefined);
    assert.deepEqual(wrongIn(), []);
  });

  it('is saved from a damaged journal, and other bytes in its place are not', () => {
    const plan = { ...letter, bytes: Buffer.from('plan') };
    attachExhibit(file, software, letter);
    attachExhibit(file, software, plan);
    sql('UPDATE exhibit SET bytes = ? WHERE digest = ?', Buffer.from('other'), Buffer.from(digestOf(plan), 'hex'));
    sql('UPDATE head SET link = ?', Buffer.alloc(32));
    const recovered = recover(file)!;
    assert.ok(bytesOf(letter, recovered.file));
    assert.equal(bytesOf(plan, recovered.file), undefined);
    assert.deepEqual(wrongIn(recovered.file), []);
  });
});

function readSafely(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
