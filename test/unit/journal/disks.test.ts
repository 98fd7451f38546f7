import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindOf, networkOf } from '../../../src/journal/network.ts';
import type { JournalError } from '../../../src/journal/problem.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { preload } from '../../support/preload.ts';
import { SmallDisk } from '../../support/smallDisk.ts';
import { keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

const recordOnce = fileURLToPath(new URL('../../support/recordOnce.ts', import.meta.url));

describe('a disk', () => {
  let room: Workroom;
  let disk: SmallDisk;
  const mounted = (bytes: number, skip: () => never) => {
    const made = SmallDisk.mount(room.home, bytes);
    if (made === undefined) {
      console.log('      skipped: no file system can be mounted here');
      skip();
    } else disk = made;
  };
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(async () => {
    await room.close();
    disk?.unmount();
    await room.clear();
  });

  const typing = async (writer: JournalWriter) => {
    const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
    const { document } = await writer.openDocument(request);
    let version = 0;
    return (word: string) => {
      const at = { document, tracker: 1, version: ++version, first: writer.serials(word.length) };
      writer.append(...keystroke(at, 0, word));
    };
  };

  it('that is full makes acts wait, says so once, and takes them when there is room again', async function () {
    mounted(400_000, () => this.skip());
    room.consent();
    const writer = await room.writer();
    const problems: string[] = [];
    const full = new Promise<void>(resolve =>
      writer.onProblem(({ code }) => {
        problems.push(code);
        resolve();
      }),
    );
    const type = await typing(writer);
    type('written ');
    await writer.flush();
    assert.throws(() => writeFileSync(join(room.home, 'filler'), Buffer.alloc(400_000)), /ENOSPC/);
    type('waiting '.repeat(2000));
    await full;
    type('also ');
    disk.resize(4_000_000);
    await writer.flush();
    await writer.close();
    assert.deepEqual(problems, ['full']);
    const text = room.read(reader => reader.replay().documents.get(1)?.left?.text.toString());
    assert.equal(text, `also ${'waiting '.repeat(2000)}written `);
    room.read(reader => assert.deepEqual(reader.verify().wrong, []));
  });

  it('that cannot be written gives one clear problem, and what was recorded can be read', async function () {
    mounted(2_000_000, () => this.skip());
    const { file } = room.consent();
    const writer = await room.writer();
    (await typing(writer))('written ');
    await writer.close();
    if (!disk.readOnly()) this.skip();
    await assert.rejects(room.writer(), (error: JournalError) => error.problem.code === 'readonly');
    room.readFile(file, reader => assert.equal(reader.replay().documents.get(1)?.left?.text.toString(), 'written '));
  });
  for (const [drive, code] of [
    ['noShare', 'disk'],
    ['noLocks', 'locked'],
  ] as const) {
    it(`of another machine (${drive}) is one clear problem, and nothing is written that would be damaged`, function () {
      this.timeout(60_000);
      const env = preload('networkDrive');
      if (env === undefined) {
        console.log('      skipped: no library can be built and put before a process here');
        this.skip();
      }
      const once = (more: object) =>
        spawnSync(process.execPath, [recordOnce, room.home, room.folder], {
          env: { ...process.env, ...env, ...more },
          encoding: 'utf8',
        }).stdout;
      assert.equal(once({ HOLOGRAPH_DRIVE: drive }), code);
      assert.equal(once({}), 'recorded');
      assert.equal(once({ HOLOGRAPH_DRIVE: drive }), code);
      room.read(reader => assert.deepEqual(reader.verify().wrong, []));
    });
  }

  it('of another machine is told from one of this by its kind', () => {
    assert.deepEqual([0x6969, -11317950, 0x01021997, 0xef53].map(kindOf), ['nfs', 'cifs', '9p', undefined]);
    assert.equal(networkOf('\\\\server\\share\\me', 'win32'), 'unc');
    assert.equal(networkOf('\\\\?\\C:\\me', 'win32'), undefined);
    assert.equal(networkOf(room.folder), undefined);
  });
});
