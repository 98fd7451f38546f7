import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  before(function () {
    if (spawnSync('python3', ['--version']).status === 0) return;
    process.stderr.write('  skipped: there is no `python3` on this machine\n');
    this.skip();
  });

  /** What the program of the package itself says of it, unpacked. */
  function told(archive: Uint8Array): {
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
      // The one that came with the untouched package: who checks has it from elsewhere.
      const own = join(folder, '..', `${folder.slice(-6)}.py`);
      writeFileSync(own, unzip(made.archive).members.get(scriptMember)!);
      const { status, stdout, stderr } = spawnSync('python3', [own, folder], { encoding: 'utf8' });
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

  const forged: readonly (readonly [name: string, tamper: (t: Tampered) => unknown, wrong: RegExp])[] = [
    ['a work', t => t.change('data/work/crlf.txt', s => s.replace('two', 'six')), /^data\/work\/crlf\.txt/],
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
