import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { appendEvents } from '../../../src/journal/append.ts';
import { backUp } from '../../../src/journal/backup.ts';
import { redactionsLacking } from '../../../src/journal/bringsBack.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { toHex } from '../../../src/journal/digest.ts';
import { Examination } from '../../../src/journal/examination.ts';
import { isLeftHead, leftHead } from '../../../src/journal/leftHead.ts';
import { networkOf, networkProblem } from '../../../src/journal/network.ts';
import { openSession } from '../../../src/journal/opening.ts';
import { purge } from '../../../src/journal/purge.ts';
import { recover } from '../../../src/journal/recovery.ts';
import { redact } from '../../../src/journal/redaction.ts';
import { repair } from '../../../src/journal/repair.ts';
import { restore } from '../../../src/journal/restore.ts';
import { placesOf } from '../../support/everyByte.ts';
import { damagePages } from '../../support/harm.ts';
import { RecordedPage } from '../../support/redactable.ts';
import { Workroom } from '../../support/workroom.ts';

const verifier = new URL('../../support/verify.py', import.meta.url).pathname;
const start = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };

describe('where what keeps a journal meets', () => {
  let room: Workroom;
  let file: string;
  let journal: string;
  beforeEach(() => {
    room = new Workroom();
    ({ file, journal } = room.consent());
  });
  afterEach(() => room.clear());

  const change = (sql: string, ...values: unknown[]) => {
    const database = new Database(file);
    database.prepare(sql).run(...values);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
  };
  const take = (text: string) => {
    const database = JournalDatabase.open(file);
    redact(database, { targets: [{ kind: 'text', text }], reason: '', by: 'person', software: 'test' });
    purge(database);
    database.close();
  };
  /** The packs' version byte, of a journal whose head knows nothing of it. */
  const newerPacks = () => {
    const database = new Database(file);
    const { first, bytes } = database.prepare('SELECT first, bytes FROM tail ORDER BY first DESC').get() as {
      first: number;
      bytes: Buffer;
    };
    database.close();
    bytes[0] = 9;
    change('UPDATE tail SET bytes = ? WHERE first = ?', bytes, first);
  };

  it('a pack that names a newer version alone is damage: recording goes on in a journal that names this one', () => {
    newerPacks();
    const left = leftHead(file);
    const problems: string[] = [];
    const { home, folder } = room;
    const opening = openSession({ home, folder, ...start }, ({ code }) => problems.push(code));
    try {
      assert.notEqual(opening.journal.id, journal);
      assert.deepEqual([opening.follows, problems], [left, ['corrupt']]);
    } finally {
      opening.journal.close();
    }
  });

  it('what names a damaged journal stays when words are taken out of it, and lets nobody guess them', () => {
    RecordedPage.play(file, 'alma ', [{ act: 'letters', at: 999, text: 'örik ' }]);
    const links = () => {
      const database = new Database(file, { readonly: true });
      const found = database.prepare('SELECT link FROM tail UNION SELECT link FROM head').pluck().all() as Buffer[];
      database.close();
      return found.map(toHex);
    };
    const [left, before] = [leftHead(file), links()];
    take('örik');
    assert.ok(isLeftHead(file, left));
    assert.ok(!before.some(link => left.endsWith(link)));
    assert.notDeepEqual(links(), before);
    newerPacks();
    const database = new Database(file);
    const [{ first }] = database.prepare('SELECT min(first) AS first FROM tail').all() as [{ first: number }];
    database.prepare('UPDATE tail SET bytes = ? WHERE first = ?').run(Buffer.alloc(9), first);
    database.close();
    assert.ok(!isLeftHead(file, left));
    assert.match(leftHead(file), /^[0-9a-f]{64}$/);
    assert.ok(!links().includes(leftHead(file)));
    assert.ok(isLeftHead(file, leftHead(file)));
  });

  it('a pack of a newer version in a journal whose head says so too is left to the newer program', () => {
    newerPacks();
    change('UPDATE head SET format = 9');
    change('PRAGMA user_version = 9');
    const { home, folder } = room;
    assert.throws(() => openSession({ home, folder, ...start }, () => undefined), /^JournalError: newer/);
  });

  it('doctor names a redaction that is unfinished, and finishes it', () => {
    change('INSERT INTO purge VALUES (1)');
    const look = () => new Examination(room.home, () => undefined).run().troubles;
    const troubles = look();
    assert.deepEqual(
      troubles.map(({ code, path }) => [code, dirname(path)]),
      [['unpurged', dirname(file)]],
    );
    assert.deepEqual(
      repair(room.home, troubles).map(({ done }) => done),
      [true],
    );
    assert.deepEqual(look(), []);
  });

  it('what is recovered of a journal that lost its redaction states what was taken out itself, and verifies', () => {
    RecordedPage.play(file, 'alma ', [{ act: 'letters', at: 999, text: 'örik ' }]);
    const size = room.readFile(file, reader => reader.size);
    const root = room.readFile(file, reader => toHex(reader.root()));
    take('örik');
    change('UPDATE tail SET bytes = zeroblob(9) WHERE first >= ?', size);
    const recovered = recover(file);
    assert.equal(recovered?.size, size);
    const { wrong, redactions } = room.readFile(recovered.file, reader => {
      assert.equal(toHex(reader.root(size)), root);
      return { wrong: reader.verify().wrong, redactions: reader.replay().redactions };
    });
    assert.deepEqual([wrong, redactions.length], [[], 1]);
    assert.ok(redactions[0]!.ranges.length > 0);
    const { status, stdout } = spawnSync('python3', [verifier, recovered.file], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });

  it('a backup that has what was taken out here since is not restored unless that is asked for', async () => {
    RecordedPage.play(file, 'alma ', [{ act: 'letters', at: 999, text: 'örik ' }]);
    const out = join(room.folder, 'saved');
    await backUp(file, out);
    const before = join(room.folder, 'before');
    copyFileSync(out, before);
    take('örik');
    const again = async (bringBack: boolean, from = out) => {
      const catalogue = Catalogue.open(room.home);
      try {
        return await restore(catalogue, { file: from, bringBack, by: 'command', software: 'test' });
      } finally {
        catalogue.close();
      }
    };
    assert.equal((await again(false)).kind, 'newer');
    // It goes on by itself, as on another machine.
    appendEvents(before, 'test', [{ body: { kind: 'paused', by: 'command' } }]);
    const refused = await again(false, before);
    assert.deepEqual([refused.kind, placesOf('örik', room.home)], ['bringsBack', []]);
    assert.equal((await again(true, before)).kind, 'fork');
    damagePages(file);
    assert.equal((await again(false)).kind, 'unreadable');
  });

  it('a damaged journal tells of its redactions as far as it can be read', async () => {
    RecordedPage.play(file, 'alma ', [{ act: 'letters', at: 999, text: 'örik ' }]);
    const out = join(room.folder, 'saved');
    await backUp(file, out);
    take('örik');
    const late = join(room.folder, 'late');
    await backUp(file, late);
    appendEvents(file, 'test', [{ body: { kind: 'paused', by: 'command' } }]);
    change('UPDATE tail SET bytes = zeroblob(9) WHERE first = (SELECT max(first) FROM tail)');
    assert.deepEqual([redactionsLacking([file], out), redactionsLacking([file], late)], [1, 0], 'in part');
    recover(file);
    change('DELETE FROM tail');
    assert.deepEqual([redactionsLacking([file], out), redactionsLacking([file], late)], [1, 0]);
  });

  it('a data folder on a drive of another machine is told of, and one on this machine is not', () => {
    const path = '\\\\server\\share';
    assert.deepEqual(networkProblem(path, 'win32'), { code: 'network', path, detail: 'unc' });
    assert.equal(networkProblem(room.home)?.detail, networkOf(room.home));
    assert.equal(networkProblem('C:\\records', 'win32'), undefined);
  });

  it('a digest that is stated as taken out, and was not, is wrong to both verifiers', () => {
    appendEvents(file, 'test', [
      {
        body: {
          kind: 'baseline',
          document: 1,
          path: 'a.md',
          format: { encoding: 'utf-8', bom: false, eol: '\n' },
          fileDigest: '▮',
          textDigest: '▮',
          first: 2 ** 40,
          finding: { length: 1, kind: 'initial', basis: 'asserted', rule: 'baseline' },
        },
        texts: ['a'],
      },
    ]);
    const { wrong, root } = room.readFile(file, reader => reader.verify());
    assert.ok(
      wrong.some(({ what, detail }) => what === 'event' && /stated as taken out/.test(detail)),
      toHex(root),
    );
    const { stdout, status } = spawnSync('python3', [verifier, file], { encoding: 'utf8' });
    assert.equal(status, 1, stdout);
    assert.match(stdout, /a blank for a digest/);
  });
});
