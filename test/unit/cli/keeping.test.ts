import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import Database from 'better-sqlite3';
import type { AttachDocument } from '../../../src/cli/attach.ts';
import type { BackupDocument } from '../../../src/cli/backup.ts';
import type { DoctorDocument } from '../../../src/cli/doctor.ts';
import type { PromptsDocument } from '../../../src/cli/prompts.ts';
import type { RestoreDocument } from '../../../src/cli/restore.ts';
import type { StatusDocument } from '../../../src/cli/status.ts';
import { JournalWriter } from '../../../src/journal/writer.ts';
import { damagePages } from '../../support/harm.ts';
import { SmallDisk } from '../../support/smallDisk.ts';
import { workerScript } from '../../support/workroom.ts';
import { Recorded } from './recorded.ts';

const schemas = new URL('../../../media/schema/', import.meta.url);
const fits = (name: string, document: object) => {
  const schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8')) as object;
  const validate = new Ajv({ strict: true }).compile(schema);
  assert.ok(validate(document), JSON.stringify(validate.errors));
};

describe('holograph keeps what is recorded:', () => {
  let novel: Recorded;
  let file: string;
  let journal: string;
  beforeEach(async () => {
    novel = await Recorded.novel();
    const { journals } = await novel.json<StatusDocument>('status');
    journal = journals[0]!.journal;
    file = join(novel.home, 'journals', journal, 'journal.sqlite');
  });
  afterEach(() => novel.remove());

  const asked = async <T extends object>(name: string, ...argv: string[]) => {
    const { code, out } = await novel.run(name, ...argv, '--json');
    const document = JSON.parse(out) as T;
    fits(name, document);
    return { code, document };
  };
  const doctor = (...argv: string[]) => asked<DoctorDocument>('doctor', ...argv);
  const codes = ({ document }: { document: DoctorDocument }) => document.troubles.map(({ code }) => code);

  it('backup and restore, on a machine that has nothing', async () => {
    const { document } = await asked<BackupDocument>('backup', 'saved');
    assert.deepEqual([document.journal, document.file], [journal, novel.path('saved')]);
    mkdirSync(novel.path('to'));
    const named = await asked<BackupDocument>('backup', 'to');
    assert.match(named.document.file, /Novel-\d{4}-\d\d-\d\d\.holograph$/);
    assert.equal((await novel.run('verify', 'saved')).code, 0);
    rmSync(novel.home, { recursive: true });
    const restored = await asked<RestoreDocument>('restore', 'saved');
    assert.deepEqual([restored.document.result, restored.document.records], ['restored', true]);
    assert.equal((await novel.json<StatusDocument>('status')).journals[0]?.journal, journal);
    const again = await asked<RestoreDocument>('restore', 'saved');
    assert.deepEqual([again.code, again.document.result], [1, 'newer']);
    assert.deepEqual(codes(await doctor()), []);
  });

  it('a folder that moved finds its journal when it is told so, and a copy does not', async () => {
    const { work } = (await novel.json<StatusDocument>('status')).journals[0]!;
    writeFileSync(novel.path('holograph.json'), JSON.stringify({ work }));
    const moved = join(novel.folder, '..', 'Moved');
    mkdirSync(moved);
    writeFileSync(join(moved, 'holograph.json'), JSON.stringify({ work }));
    const look = await asked<AttachDocument>('attach', '--folder', moved);
    assert.deepEqual(look.document.elsewhere, [{ journal, folder: novel.folder, there: true }]);
    const refused = await novel.run('attach', '--moved', '--folder', moved);
    assert.deepEqual([refused.code, /is still there/.test(refused.err)], [2, true]);
    rmSync(moved, { recursive: true });
    renameSync(novel.folder, moved);
    assert.deepEqual(codes(await doctor('--folder', moved)), ['folderGone']);
    assert.equal((await asked<AttachDocument>('attach', '--folder', moved)).document.journal, null);
    assert.equal((await asked<AttachDocument>('attach', '--moved', '--folder', moved)).document.journal, journal);
    assert.equal((await asked<AttachDocument>('attach', '--folder', moved)).document.journal, journal);
    assert.deepEqual(codes(await doctor('--folder', moved)), []);
    assert.equal((await novel.run('status', '--folder', moved, moved)).code, 0);
  });

  it('doctor finds nothing where nothing is wrong, and asks nothing into being', async () => {
    const { code, document } = await doctor();
    assert.deepEqual([code, document.troubles, document.journals], [0, [], 1]);
    assert.ok(document.events > 0 && (document.room ?? 0) > 0);
    const nothing = Recorded.nothing();
    assert.equal((await nothing.run('doctor')).code, 0);
    assert.equal(existsSync(nothing.home), false);
    nothing.remove();
  });

  it('doctor finds nothing wrong with a journal that is being written, and backup has what was committed', async () => {
    const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
    const writer = await JournalWriter.open({ home: novel.home, folder: novel.folder, worker: workerScript, ...about });
    writer.append({ kind: 'gap', reason: 'shadow' });
    await writer.flush();
    assert.deepEqual(codes(await doctor()), []);
    const { size } = (await asked<BackupDocument>('backup', 'saved')).document;
    assert.equal(size, (await novel.json<StatusDocument>('status')).journals[0]?.account?.events);
    await writer.close();
    assert.equal((await asked<RestoreDocument>('restore', 'saved')).document.result, 'newer');
  });

  it('doctor mends a journal of which the catalogue knows nothing, and does not put it before the one that records', async () => {
    const other = await Recorded.novel();
    const { journals } = await other.json<StatusDocument>('status');
    const lost = join(novel.home, 'journals', journals[0]!.journal);
    renameSync(join(other.home, 'journals', journals[0]!.journal), lost);
    other.remove();
    const { document } = await doctor('--repair');
    assert.deepEqual(
      document.troubles.map(({ code, repaired }) => [code, repaired]),
      [['unlisted', true]],
    );
    assert.equal((await novel.json<StatusDocument>('status', 'ch1.md')).journals[0]?.journal, journal);
  });

  it('doctor names a disk that is nearly full, and one that cannot be written', async function () {
    const disk = SmallDisk.mount(novel.home, 2_000_000);
    if (disk === undefined) {
      console.log('      skipped: no file system can be mounted here');
      this.skip();
    }
    try {
      assert.deepEqual(codes(await doctor()), ['diskLow']);
      assert.match((await novel.run('doctor')).out, /2\.0\u00a0MB left/);
      if (disk.readOnly()) assert.deepEqual(codes(await doctor()), ['homeReadonly', 'diskLow']);
    } finally {
      disk.unmount();
    }
  });

  const harms: Readonly<
    Record<string, readonly [harm: () => void, codes: readonly string[], left: readonly string[]]>
  > = {
    'a catalogue that is gone': [() => rmSync(join(novel.home, 'catalogue.sqlite')), ['catalogue'], []],
    'a damaged catalogue': [() => damagePages(join(novel.home, 'catalogue.sqlite')), ['catalogue'], []],
    'a damaged index': [() => damagePages(join(dirname(file), 'recall.sqlite')), ['index'], []],
    'a damaged journal': [() => damagePages(file), ['damaged'], ['damaged']],
    'a journal that is gone': [() => rmSync(file), ['gone'], ['gone']],
    'what a killed program left': [() => writeFileSync(`${file}.4194304.part`, 'x'), ['leftover'], []],
    'acts that wait in a file': [
      () => {
        mkdirSync(join(dirname(file), 'spool'));
        writeFileSync(join(dirname(file), 'spool', '1-0-0.acts.json'), '{');
      },
      ['spooled'],
      ['stranded'],
    ],
    'a journal of a newer Holograph': [
      () => {
        const database = new Database(file);
        database.exec('UPDATE head SET format = 9; PRAGMA user_version = 9');
        database.close();
      },
      ['newer'],
      ['newer'],
    ],
    'another work in the folder': [
      () => writeFileSync(novel.path('holograph.json'), '{"work": "another"}'),
      ['otherWork'],
      ['otherWork'],
    ],
    ...(process.platform === 'win32'
      ? {}
      : { 'a journal that others can read': [() => chmodSync(file, 0o644), ['rights'], []] as const }),
  };
  for (const [name, [harm, found, left]] of Object.entries(harms)) {
    it(`doctor names ${name}, and mends what it safely can`, async () => {
      harm();
      const first = await doctor();
      assert.deepEqual([first.code, codes(first)], [first.document.troubles[0]?.level === 'note' ? 0 : 1, found]);
      assert.deepEqual(codes(await doctor()), found, 'looking changes nothing');
      const text = (await novel.run('doctor', '--language', 'kk')).out;
      assert.match(text, /\n[!-] /);
      await doctor('--repair');
      const after = await doctor();
      const wrong = after.document.troubles.some(({ level }) => level === 'wrong');
      assert.deepEqual([after.code, codes(after)], [wrong ? 1 : 0, left]);
    });
  }

  it('doctor saves what can be read of a damaged journal, and leaves it as it is', async () => {
    const database = new Database(file);
    database.exec('UPDATE tail SET bytes = zeroblob(9) WHERE first = (SELECT max(first) FROM tail)');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const bytes = readFileSync(file);
    const { document } = await doctor('--repair');
    assert.deepEqual(
      document.troubles.map(({ code, repaired }) => [code, repaired]),
      [['damaged', true]],
    );
    assert.ok(readFileSync(file).equals(bytes));
    const recovered = join(dirname(file), 'recovered.sqlite');
    assert.equal((await novel.run('verify', recovered)).code, 0);
    assert.deepEqual(codes(await doctor()), ['recovered']);
    const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
    const damaged = { home: novel.home, folder: novel.folder, worker: workerScript, damaged: journal };
    const next = await JournalWriter.open({ ...damaged, ...about });
    await next.close();
    assert.notEqual(next.journal, journal);
    const { out } = await novel.run('prompts', '--json');
    assert.deepEqual(
      (JSON.parse(out) as PromptsDocument).prompts.map(({ text }) => text),
      ['End it.'],
    );
    assert.deepEqual([(await doctor()).code, codes(await doctor())], [0, ['recovered']]);
  });
});
