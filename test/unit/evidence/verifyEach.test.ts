import assert from 'node:assert/strict';
import { closingMember, sheetMember } from '../../../src/evidence/closing.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { eventsMember, saltsMember } from '../../../src/evidence/packageSource.ts';
import { sealMember } from '../../../src/evidence/seal.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { keptStory } from '../../support/keptStory.ts';
import { resealed } from '../../support/resealed.ts';
import { sampleWork } from '../../support/sampleStory.ts';
import { Seeded } from '../../support/seeded.ts';

const signer = signerFrom('author');
const most = Number(process.env.HOLOGRAPH_FORGERIES ?? 6);
const random = new Seeded(Number(process.env.HOLOGRAPH_SEED ?? 20_261_123));

/** Lists, seal and what follows it are made anew by whoever seals; the record is held against its signed checkpoints. */
const others = new Set([
  ...['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'manifest-sha512.txt', 'tagmanifest-sha256.txt'],
  ...[eventsMember, saltsMember, sealMember, sheetMember, closingMember],
]);

describe('verify each member of a package', function () {
  this.timeout(3_600_000);
  const work = { ...sampleWork, files: [] };
  const made = exportPackage(keptStory(signer).source(), { work, profile: 'kz-composite', language: 'ru', signer });
  const names = [...unzip(made.archive).members.keys()].filter(name => !others.has(name));

  it(`names each of ${Math.min(most, names.length)} that its author changed by a bit and sealed again`, () => {
    assert.ok(names.length > 60, names.join('\n'));
    const left = [...names];
    for (let i = 0; i < Math.min(most, names.length); i++) {
      const [name = ''] = left.splice(random.below(left.length), 1);
      const forged = resealed(made.archive, made.manifest, signer, t => {
        const bytes = Buffer.from(t.bytes(name));
        if (bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
        t.write(name, bytes.length > 0 ? bytes : 'x');
      });
      const { wrong } = verifyPackage(forged);
      assert.ok(
        wrong.some(({ member }) => member === name),
        `${name}: ${JSON.stringify(wrong)}`,
      );
    }
  });
});
