import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { appendEvents } from '../../../src/journal/append.ts';
import { attach, elsewhere } from '../../../src/journal/attach.ts';
import { backUp, heldIn } from '../../../src/journal/backup.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { formatCheckpoint, originOf, signCheckpoint } from '../../../src/journal/checkpoint.ts';
import { toHex } from '../../../src/journal/digest.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { signerOf } from '../../../src/journal/keys.ts';
import type { JournalError } from '../../../src/journal/problem.ts';
import { type Restored, restore } from '../../../src/journal/restore.ts';
import { damagePages } from '../../support/harm.ts';
import { privateKeyOf } from '../../support/testKey.ts';
import { keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

const software = 'test';

describe('a backup', () => {
  let room: Workroom;
  let file: string;
  let out: string;
  beforeEach(() => {
    room = new Workroom();
    file = room.consent().file;
    out = join(room.folder, '..', 'saved.holograph');
  });
  afterEach(() => room.clear());

  const act = (what = 'paused') => appendEvents(file, software, [{ body: { kind: what as 'paused', by: 'command' } }]);
  const restoreHere = async (folder?: string, prefer = false): Promise<Restored> => {
    const catalogue = Catalogue.open(room.home);
    try {
      return await restore(catalogue, { file: out, folder, prefer, by: 'command', software });
    } finally {
      catalogue.close();
    }
  };
  const verifies = (path: string) => room.readFile(path, reader => assert.deepEqual(reader.verify().wrong, []));
  const lose = () => rmSync(join(room.home), { recursive: true });

  it('is one file that verifies, for its owner only, made while a session types', async () => {
    const writer = await room.writer();
    const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
    const { document } = await writer.openDocument(request);
    let version = 0;
    const type = () => {
      for (let i = 0; i < 200; i++) {
        writer.append(...keystroke({ document, tracker: 1, version: ++version, first: writer.serials(1) }, 0, 'x'));
      }
    };
    type();
    await writer.flush();
    const held = await backUp(file, out, () => type());
    assert.ok(held !== 'otherFile' && held.size >= 200);
    await writer.flush();
    await writer.close();
    assert.deepEqual(readdirSync(dirname(out)).sort(), ['home', 'saved.holograph', 'work']);
    if (process.platform !== 'win32') assert.equal(statSync(out).mode & 0o777, 0o600);
    verifies(out);
    room.read(reader => assert.ok(reader.size > held.size));
  });

  it('takes the place of an earlier one of the same journal, and of nothing else', async () => {
    const first = await backUp(file, out);
    act();
    const second = await backUp(file, out);
    assert.ok(first !== 'otherFile' && second !== 'otherFile' && second.size > first.size);
    const other = new Workroom();
    const { file: foreign } = other.consent();
    assert.equal(await backUp(foreign, out), 'otherFile');
    await other.clear();
    for (const text of ['a letter to my mother', '']) {
      writeFileSync(`${out}.txt`, text);
      assert.equal(await backUp(file, `${out}.txt`), 'otherFile');
      assert.equal(readFileSync(`${out}.txt`, 'utf8'), text);
    }
  });

  it('of a damaged journal is refused, and leaves nothing behind', async () => {
    act();
    damagePages(file);
    await assert.rejects(backUp(file, out), ({ problem }: JournalError) => {
      assert.deepEqual([problem.code, problem.path], ['corrupt', file]);
      return true;
    });
    assert.deepEqual([existsSync(out), readdirSync(dirname(out)).sort()], [false, ['home', 'work']]);
  });

  describe('comes back', () => {
    it('where all was lost: the folder is recorded in it again, and what is missing is a named gap', async () => {
      const held = await backUp(file, out);
      lose();
      const restored = await restoreHere();
      assert.ok(restored.kind === 'restored' && restored.records && held !== 'otherFile');
      const writer = await room.writer();
      await writer.close();
      assert.equal(writer.journal, held.journal);
      room.read(reader => {
        assert.deepEqual(reader.verify().wrong, []);
        const gap = [...reader.events()].find(event => event.kind === 'gap');
        assert.deepEqual([gap?.reason, gap?.since], ['restored', held.last]);
      });
      assert.equal((await restoreHere()).kind, 'newer');
    });

    it('in another folder: the journal says so', async () => {
      await backUp(file, out);
      lose();
      const folder = join(room.folder, '..', 'moved');
      renameSync(room.folder, folder);
      assert.equal((await restoreHere(folder)).kind, 'restored');
      const found = room.catalogue(catalogue => catalogue.find(folder));
      assert.equal(found?.folder, folder);
      room.readFile(found!.file, reader => {
        const attached = [...reader.events()].find(event => event.kind === 'attached');
        assert.deepEqual([reader.folder, attached?.kind === 'attached' && attached.folder], [folder, 'moved']);
      });
    });

    it('and changes nothing where the journal has all of it', async () => {
      await backUp(file, out);
      assert.equal((await restoreHere()).kind, 'same');
      act();
      const before = readFileSync(file);
      const again = await restoreHere();
      assert.deepEqual([again.kind, again.kind === 'newer' && again.here - again.held.size], ['newer', 3]);
      assert.ok(readFileSync(file).equals(before));
    });

    it('and takes a journal on that an older copy had replaced', async () => {
      const early = await backUp(file, `${out}.early`);
      act();
      const late = await backUp(file, out);
      assert.ok(early !== 'otherFile' && late !== 'otherFile');
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      copyFileSync(`${out}.early`, file);
      const restored = await restoreHere();
      assert.deepEqual([restored.kind, restored.kind === 'continued' && restored.from], ['continued', early.size]);
      room.read(reader => {
        assert.deepEqual(reader.verify().wrong, []);
        assert.ok(reader.size > late.size);
      });
    });

    it('and not while a session records in an earlier state of it', async () => {
      const bytes = join(dirname(out), 'bytes');
      await backUp(file, bytes);
      act();
      await backUp(file, out);
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      copyFileSync(bytes, file);
      const writer = await room.writer();
      await writer.flush();
      assert.equal((await restoreHere()).kind, 'fork');
      await writer.close();
    });

    it('beside the journal that went on otherwise: both are kept, and the event is named from which they differ', async () => {
      const early = await backUp(file, `${out}.early`);
      act();
      await backUp(file, out);
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      copyFileSync(`${out}.early`, file);
      act();
      act('resumed');
      const before = heldIn(file);
      const fork = await restoreHere();
      assert.ok(fork.kind === 'fork' && early !== 'otherFile');
      assert.deepEqual([fork.at, fork.here], [early.size, before.size]);
      assert.deepEqual(heldIn(file), before);
      assert.deepEqual(heldIn(fork.file), heldIn(out));
      assert.equal(room.catalogue(catalogue => catalogue.find(room.folder))?.file, file);
      rmSync(join(room.home, 'catalogue.sqlite'));
      assert.equal(room.catalogue(catalogue => catalogue.find(room.folder))?.file, file);
    });

    it('in the place of the journal that went on otherwise, where that is asked for; that one is kept', async () => {
      await backUp(file, `${out}.early`);
      act();
      const held = await backUp(file, out);
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      copyFileSync(`${out}.early`, file);
      const writer = await room.writer();
      const inUse = await restoreHere(undefined, true);
      assert.equal(inUse.kind, 'inUse');
      await writer.close();
      const other = Journal.open(file);
      const { size, root } = other.tree();
      const signer = signerOf('test', privateKeyOf('05'.repeat(32)));
      other.keepCheckpoint(size, signCheckpoint(formatCheckpoint({ origin: originOf(other.id), size, root }), signer));
      other.close();
      const before = heldIn(file);
      const fork = await restoreHere(undefined, true);
      assert.ok(fork.kind === 'fork' && fork.prefers && held !== 'otherFile');
      assert.deepEqual(heldIn(fork.file), before);
      room.read(reader => {
        assert.deepEqual(reader.verify().wrong, []);
        assert.equal(toHex(reader.root(held.size)), held.root);
        assert.equal([...reader.events()].at(held.size)?.kind, 'session');
      });
      await (await room.writer()).close();
      assert.equal(room.catalogue(catalogue => catalogue.find(room.folder))?.file, file);
    });

    it('beside a damaged journal, which stays as it is', async () => {
      await backUp(file, out);
      damagePages(file);
      const before = readFileSync(file);
      const { kind, file: put } = await restoreHere();
      assert.equal(kind, 'unreadable');
      verifies(put);
      assert.ok(readFileSync(file).equals(before));
    });

    it('only whole: one byte changed in it is refused', async () => {
      act();
      await backUp(file, out);
      damagePages(out);
      lose();
      await assert.rejects(restoreHere(), (error: JournalError) => error.problem.code === 'corrupt');
      assert.deepEqual(existsSync(join(room.home, 'journals')), false);
    });
  });
});

describe('a work that moved', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => room.clear());

  it('finds its journal by its id, and goes on in it when the person says so', async () => {
    const { journal, work } = room.consent();
    const folder = join(room.folder, '..', 'moved');
    renameSync(room.folder, folder);
    room.catalogue(catalogue => {
      assert.equal(catalogue.find(folder), undefined);
      const [found, ...others] = elsewhere(catalogue, work, folder);
      assert.deepEqual([found?.journal, others], [journal, []]);
      const attached = attach(catalogue, { journal: found!, folder, by: 'person', software });
      assert.ok(typeof attached !== 'string');
      assert.deepEqual([attached.folder, attached.state], [folder, 'recording']);
      assert.deepEqual([catalogue.find(folder)?.journal, catalogue.find(room.folder)], [journal, undefined]);
    });
    const writer = await room.writer({ folder });
    await writer.close();
    assert.equal(writer.journal, journal);
    rmSync(join(room.home, 'catalogue.sqlite'));
    assert.equal(room.catalogue(catalogue => catalogue.find(folder))?.journal, journal);
  });

  it('does not while a window records it, nor where another journal records the folder', async () => {
    const { journal } = room.consent();
    const folder = join(room.folder, '..', 'copy');
    mkdirSync(folder);
    const writer = await room.writer();
    const request = { folder, by: 'person', software } as const;
    const asked = () =>
      room.catalogue(catalogue =>
        attach(catalogue, { ...request, journal: catalogue.all().find(one => one.journal === journal)! }),
      );
    assert.equal(asked(), 'inUse');
    await writer.close();
    room.catalogue(catalogue => catalogue.consent(folder, { by: 'person', software }));
    assert.equal(asked(), 'taken');
    room.read(reader => assert.equal([...reader.events()].filter(event => event.kind === 'attached').length, 0));
  });

  it('on a machine that has no journal of it begins one of the same work', () => {
    const work = '11111111-2222-4333-8444-555555555555';
    const begun = room.catalogue(catalogue => catalogue.consent(room.folder, { by: 'person', software, work }));
    assert.equal(begun.work, work);
    room.read(reader => assert.equal(reader.work, work));
  });
});
