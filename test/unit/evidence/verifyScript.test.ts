import assert from 'node:assert/strict';
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { exportPackage } from '../../../src/evidence/package.ts';
import { type PackageSource, packageSourceOf } from '../../../src/evidence/packageSource.ts';
import { withholding } from '../../../src/evidence/takenOut.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { scriptMember } from '../../../src/evidence/verifyScript.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { keptStory } from '../../support/keptStory.ts';
import { packageHarm } from '../../support/packageHarm.ts';
import { resealed } from '../../support/resealed.ts';
import { Seeded } from '../../support/seeded.ts';
import { specimen } from '../../support/specimen.ts';
import { Tampered } from '../../support/tamper.ts';

const signer = signerFrom('author');
const story = keptStory(signer);
const pack = (source: PackageSource = story.source(), by = signer) =>
  exportPackage(source, { work: emptyWork, profile: 'generic', language: 'en', signer: by });
const made = pack();

/** A second check, in another language, by another hand. */
describe('verify.py', function () {
  this.timeout(120_000);
  let python = 'python3';
  before(function () {
    const { status, stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    if (status === 0) {
      python = stdout.trim();
      return;
    }
    process.stderr.write('  skipped: there is no `python3` on this machine\n');
    this.skip();
  });

  /** What the program of the package itself says of it, unpacked. */
  function told(
    archive: Uint8Array,
    { write = () => undefined, ...how }: SpawnSyncOptions & { readonly write?: (folder: string) => void } = {},
  ): {
    readonly good: boolean;
    readonly wrong: readonly string[];
    readonly all: string;
  } {
    const folder = mkdtempSync(join(tmpdir(), 'holograph-python-'));
    try {
      for (const [name, bytes] of unzip(archive).members) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      write(folder);
      // The one that came with the untouched package: who checks has it from elsewhere.
      const own = join(folder, '..', `${folder.slice(-6)}.py`);
      writeFileSync(own, unzip(made.archive).members.get(scriptMember)!);
      // By a way from where it is called, as people type it.
      const way = relative(tmpdir(), folder);
      const { status, stdout, stderr } = spawnSync(python, [own, way], { cwd: tmpdir(), ...how, encoding: 'utf8' });
      rmSync(own);
      assert.equal(stderr, '');
      const wrong = stdout.split('\n').flatMap(line => (line.startsWith('WRONG') ? [line.slice(7)] : []));
      return { good: status === 0, wrong, all: stdout };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('finds nothing wrong in a package, and rebuilds every file of the work', () => {
    const { good, wrong, all } = told(made.archive);
    assert.deepEqual([good, wrong], [true, []], all);
    for (const { member } of made.manifest.files)
      assert.ok(all.includes(`OK     ${member}: rebuilt from the events`), member);
    assert.ok(all.replaceAll(' ', '').includes(signer.fingerprint));
  });

  it('the same of one of which words were left out', () => {
    const { good, all } = told(pack(withholding(story.source(), [{ kind: 'text', text: 'соқты' }])).archive);
    assert.ok(good, all);
  });

  it('the same of random histories: windows, crashes, other programs, keys that change, words taken out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holograph-python-'));
    try {
      for (const [seed, shape] of (['redacted', 'rotated'] as const).entries()) {
        const { file, signers } = specimen(join(folder, shape), shape, new Seeded(seed + 1));
        const reader = openJournal(file);
        const { archive } = pack(packageSourceOf(reader), signers.at(-1)!);
        reader.close();
        assert.deepEqual(verifyPackage(archive).wrong, []);
        const { good, all } = told(archive);
        assert.ok(good, `${shape}\n${all}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('finds what was done to a package, as the command does', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const harm = packageHarm(made.archive, new Seeded(seed));
      if (harm.what === 'archive') continue;
      assert.ok(!verifyPackage(harm.archive).consistent);
      const { good, all } = told(harm.archive);
      assert.ok(!good, `seed ${seed}: ${harm.what} ${harm.member}\n${all}`);
    }
  });

  it('names what stands in no list, made after the seal or not', () => {
    for (const name of ['seal/seal-1.tsr', 'data/work/x.txt', 'extra.txt']) {
      const { wrong, all } = told(new Tampered(made.archive).add(name, 'x').archive());
      assert.ok(
        wrong.some(line => line.endsWith(`${name} is not listed`)),
        all,
      );
    }
  });

  it('says so where signatures were not checked: without openssl, or by one that does not know them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holograph-python-'));
    try {
      for (const old of [false, true]) {
        if (old) writeFileSync(join(folder, 'openssl'), '#!/bin/sh\necho LibreSSL 3.3.6\nexit 1\n', { mode: 0o755 });
        const { good, all } = told(made.archive, { env: { PATH: old ? `${folder}:/bin:/usr/bin` : folder } });
        assert.ok(good && /^-\s+seal\/seal\.dsse\.json: the signature is not checked/m.test(all), all);
        assert.match(all, /but signatures were not checked: anyone could have made all of it\.\n$/);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('opens nothing but files of the package, and writes nothing that a terminal obeys', () => {
    const naming = (name: string) => (folder: string) => {
      const file = join(folder, 'seal/seal.dsse.json');
      const envelope = JSON.parse(readFileSync(file, 'utf8')) as { payload: string };
      const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as { subject: object[] };
      statement.subject.unshift({ name, digest: { sha256: '' } });
      envelope.payload = Buffer.from(JSON.stringify(statement)).toString('base64');
      writeFileSync(file, JSON.stringify(envelope));
    };
    for (const name of [
      '../../../../../../../../dev/zero',
      '\\\\host\\share',
      'C:/x',
      '\u001b[2J\nOK     all',
      '/dev/zero',
    ]) {
      const { good, all } = told(made.archive, { write: naming(name), timeout: 20_000 });
      assert.ok(!good && /is no file of a package\n$/.test(all), all);
      assert.ok(!all.includes('\u001b') && !/^OK {5}all/m.test(all), all);
    }
  });

  const forged: readonly (readonly [name: string, tamper: (t: Tampered) => unknown, wrong: RegExp])[] = [
    ['a work', t => t.change('data/work/crlf.txt', s => s.replace('two', 'six')), /^data\/work\/crlf\.txt/],
    ['a file beside the work', t => t.add('data/work/x.txt', 'x'), /^data\/work\/x\.txt: is no file of the work/],
    [
      'an event',
      t => t.change('data/journal/events.ndjson', s => s.replace('ai.agent', 'typed')),
      /root over 14 events/,
    ],
    ['a salt', t => t.change('data/journal/salts.ndjson', s => s.replace(/"[0-9a-f]/, '"0')), /root over 8 events/],
    [
      'words for what was taken out',
      t => t.change('data/journal/salts.ndjson', s => s.replace(/\["[0-9a-f]{64}"/, `[{"leaf":"${'0'.repeat(64)}"}`)),
      /other words stand for what was taken out/,
    ],
  ];
  for (const [name, tamper, wrong] of forged) {
    it(`names ${name} that the author changed and sealed again`, () => {
      const { good, wrong: found, all } = told(resealed(made.archive, made.manifest, signer, tamper));
      assert.ok(!good && found.some(line => wrong.test(line)), all);
    });
  }
});
