import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nationalMember } from '../../../src/evidence/closing.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { reclosed } from '../../../src/evidence/reclosing.ts';
import { sealMember } from '../../../src/evidence/seal.ts';
import { askingFor } from '../../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { guideMember } from '../../../src/evidence/verifyGuide.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { keptStory } from '../../support/keptStory.ts';
import { NationalKey } from '../../support/nationalKey.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';

const signer = signerFrom('author');
const options = { work: emptyWork, profile: 'generic', language: 'ru', signer } as const;
const story = keptStory(signer);

/** What stands indented by six, under its step's number, in one language's part. */
function stepsIn(archive: Uint8Array, part = 0): readonly (readonly string[])[] {
  const text = Buffer.from(unzip(archive).members.get(guideMember)!).toString('utf8');
  assert.ok(text.startsWith('\ufeff') && !/[^\r]\n/.test(text));
  const own = text.split('='.repeat(78))[part]!.split('\r\n');
  const steps: string[][] = [];
  for (const line of own) {
    if (/^\d+\. /.test(line)) steps.push([]);
    else if (line.startsWith('      ')) steps.at(-1)!.push(line.trim());
  }
  return steps;
}

describe('VERIFY.txt', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-guide-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function unpack(archive: Uint8Array): void {
    for (const [name, bytes] of unzip(archive).members) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
  }
  function run(command: string): { readonly good: boolean; readonly said: string } {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    return { good: status === 0 && !stdout.includes('WRONG'), said: `${command}\n${stdout}${stderr}` };
  }
  /** Commands that this machine can run, by step. */
  const ours = (archive: Uint8Array) =>
    stepsIn(archive).map(commands => commands.filter(line => /^(openssl|python3|sha\d+sum)/.test(line)));

  it('has the same commands in all three languages', () => {
    const { archive } = exportPackage(story.source(), options);
    assert.deepEqual(stepsIn(archive, 1), stepsIn(archive));
    assert.deepEqual(stepsIn(archive, 2), stepsIn(archive));
    assert.equal(stepsIn(archive).length, 12);
  });

  it('gives commands that work, and that find what was changed', function () {
    needsOpenssl(this);
    const { archive } = exportPackage(story.source(), options);
    unpack(archive);
    const steps = ours(archive);
    const [, script = [], , lists = [], , seal = [], subjects = [], closing = [], key = [], checkpoint = []] = steps;
    assert.deepEqual(
      [lists, seal, subjects, closing, key, checkpoint].map(({ length }) => length),
      [2, 2, 1, 3, 1, 2],
    );
    for (const command of [...script, ...lists, ...seal, ...subjects, ...closing, ...checkpoint]) {
      const { good, said } = run(command);
      assert.ok(good, said);
    }
    assert.ok(run(key[0]!).said.includes(signer.fingerprint));
    assert.match(run(subjects[0]!).said, /OK {3,} data\/report\/report\.json/);
    const verdicts = (commands: readonly string[]) => commands.map(command => run(command).good);
    appendFileSync(join(folder, 'data/work/crlf.txt'), ' ');
    assert.deepEqual([verdicts(lists), verdicts(subjects)], [[false, false], [false]]);
    const seals = JSON.parse(Buffer.from(unzip(archive).members.get('seal/seal.dsse.json')!).toString());
    const payload = Buffer.from(Buffer.from(seals.payload, 'base64').toString().replace('sha256', 'sha257'));
    const forged = { ...seals, payload: payload.toString('base64') };
    writeFileSync(join(folder, 'seal/seal.dsse.json'), JSON.stringify(forged));
    assert.deepEqual(verdicts(seal), [true, false]);
    writeFileSync(join(folder, 'data/journal/checkpoint.txt'), `j\n1\n\n— j ${Buffer.alloc(68).toString('base64')}\n`);
    assert.deepEqual(verdicts(checkpoint), [true, false]);
  });

  it('gives a command for a national signature by RSA', function () {
    needsOpenssl(this);
    const key = new NationalKey();
    try {
      const bare = exportPackage(story.source(), options).archive;
      const cms = key.sign(unzip(bare).members.get(sealMember)!);
      unpack(reclosed(bare, [{ name: nationalMember, bytes: cms }], signer));
      const [command = ''] = ours(bare)[11]!;
      assert.match(command, /^openssl cms -verify .* -in seal\/seal\.kz\.cms -content seal\/seal\.dsse\.json/);
      assert.ok(run(command).good, run(command).said);
      appendFileSync(join(folder, sealMember), ' ');
      assert.ok(!run(command).good);
    } finally {
      key.remove();
    }
  });

  it('gives a command for each time stamp', function () {
    needsOpenssl(this);
    const clock = new TimeAuthority('A Root');
    try {
      const note = story.checkpoints.at(-1)!.note;
      const asking = askingFor(note, noTrust);
      const answer = clock.reply(asking.request);
      const stamp = { note, answer, certificates: asking.check(answer).certificates, recorded: () => undefined };
      const { archive } = exportPackage({ ...story.source(), timeStamps: [stamp] }, options);
      unpack(archive);
      const [command = ''] = ours(archive)[10]!;
      assert.match(command, /^openssl ts -verify -data seal\/checkpoints\/0003\.txt -in seal\/timestamps\/0003-1\.tsr/);
      assert.match(run(command).said, /Verification: OK/);
      appendFileSync(join(folder, 'seal/checkpoints/0003.txt'), '\n');
      assert.ok(!run(command).good);
    } finally {
      clock.remove();
    }
  });
});
