import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { ExportDocument } from '../../../src/cli/export.ts';
import type { MilestonesDocument } from '../../../src/cli/milestone.ts';
import type { Report } from '../../../src/evidence/report.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { digestsOf } from '../../support/tamper.ts';
import { Recorded } from './recorded.ts';

const script = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const digestOf = (file: string) => hash('sha256', readFileSync(file), 'hex');

describe('an export', function () {
  this.timeout(60_000);
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  /** Packages that the report of all that is recorded names. */
  const named = async () => (await novel.json<Report>('report')).exports?.map(({ archiveDigest }) => archiveDigest);

  it('is an act in the journal, with the digest of what was handed out', async () => {
    assert.equal(await named(), undefined);
    const one = await novel.json<ExportDocument>('export', '--out', 'one.zip', '--profile', 'kz-composite');
    const { exports = [] } = await novel.json<Report>('report');
    assert.deepEqual(
      exports.map(({ at: _, event: __, ...rest }) => rest),
      [
        {
          exportId: one.exportId,
          archiveDigest: digestOf(novel.path('one.zip')),
          size: one.size,
          profile: 'kz-composite',
          language: 'en',
        },
      ],
    );
    const { consistent } = await novel.json<Verification>('verify', one.journal);
    assert.ok(consistent);
  });

  it('stands in later packages, in their custody and their chronology, and never in its own', async () => {
    const one = await novel.json<ExportDocument>('export', '--out', 'one.zip');
    const text = (file: string, member: string) =>
      Buffer.from(unzip(readFileSync(novel.path(file))).members.get(member)!).toString('utf8');
    assert.ok(!text('one.zip', 'data/custody.csv').includes(';exported;'));
    await novel.json<MilestonesDocument>('milestone', 'Handed in');
    const two = await novel.json<ExportDocument>('export', '--out', 'two.zip');
    assert.ok(two.size > one.size);
    const digest = digestOf(novel.path('one.zip'));
    assert.match(
      text('two.zip', 'data/custody.csv'),
      new RegExp(`;exported;\\d+;archiveDigest=${digest} · by=command`),
    );
    assert.ok(text('two.zip', 'data/report/report.html').includes(digest.replace(/(.{4})(?=.)/g, '$1 ')));
    assert.equal((await novel.json<Verification>('verify', 'two.zip')).consistent, true);
    assert.deepEqual(await named(), [digest, digestOf(novel.path('two.zip'))]);
  });

  it('that nothing came between is the same again, and each is on record', async () => {
    await novel.run('export', '--out', 'one.zip');
    await novel.run('export', '--out', 'two.zip');
    await novel.run('export', '--out', 'three.zip', '--profile', 'us');
    assert.deepEqual(digestsOf(readFileSync(novel.path('two.zip'))), digestsOf(readFileSync(novel.path('one.zip'))));
    const digest = digestOf(novel.path('one.zip'));
    assert.deepEqual(await named(), [digest, digest, digestOf(novel.path('three.zip'))]);
  });

  it('that the journal cannot note stands all the same, and says so', async () => {
    await novel.run('export', '--out', 'one.zip');
    const catalogue = Catalogue.open(novel.home);
    const other = new Database(catalogue.find(novel.folder)!.file);
    catalogue.close();
    // Another process writes and does not end.
    other.exec('BEGIN IMMEDIATE');
    const { code, err } = await novel.run('export', '--out', 'two.zip');
    other.close();
    assert.deepEqual([code, /could not note/.test(err)], [0, true], err);
    assert.equal(digestOf(novel.path('two.zip')), digestOf(novel.path('one.zip')));
    assert.equal((await named())?.length, 1);
  });

  it('at a checkpoint is the same bytes in any time zone and under any language of the machine', async () => {
    const { size } = await novel.json<ExportDocument>('export', '--out', 'first.zip');
    await novel.json<MilestonesDocument>('milestone', 'Later');
    const places = [
      { TZ: 'Asia/Almaty', LANG: 'kk_KZ.UTF-8', LC_ALL: 'kk_KZ.UTF-8' },
      { TZ: 'America/Los_Angeles', LANG: 'de_DE.ISO-8859-1', LC_ALL: 'C' },
    ];
    const digests = places.map((place, i) => {
      const argv = ['export', '--out', `${i}.zip`, '--at', String(size), '--language', 'ru', '--profile', 'us'];
      const env = { PATH: process.env.PATH, HOME: novel.home, HOLOGRAPH_HOME: novel.home, ...place };
      const { status, stderr } = spawnSync(process.execPath, [script, ...argv], { cwd: novel.folder, env });
      assert.equal(status, 0, String(stderr));
      return digestsOf(readFileSync(novel.path(`${i}.zip`)));
    });
    assert.deepEqual(digests[1], digests[0]);
  });
});
