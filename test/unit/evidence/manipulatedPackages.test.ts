import assert from 'node:assert/strict';
import { isAfterSeal } from '../../../src/evidence/closing.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { behindSeal } from '../../support/behindSeal.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { packageHarm } from '../../support/packageHarm.ts';
import { Seeded } from '../../support/seeded.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';

const signer = signerFrom('author');
const first = Number(process.env.HOLOGRAPH_SEED ?? 20_261_122);
const harms = Number(process.env.HOLOGRAPH_PACKAGE_HARMS ?? 100);

describe('a package with all that may stand behind its seal', function () {
  this.timeout(3_600_000);
  let clocks: readonly TimeAuthority[] = [];
  let archive: Uint8Array;
  before(function () {
    needsOpenssl(this);
    clocks = [new TimeAuthority('One Root'), new TimeAuthority('Other Root')];
    const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
    archive = behindSeal(exportPackage(smallJournal(signer).source(), options).archive, signer, clocks);
  });
  after(() => {
    for (const clock of clocks) clock.remove();
  });

  it('is accepted, and what of it could not be checked is named', () => {
    const { wrong, notChecked, timeStamps, signatures } = verifyPackage(archive);
    assert.deepEqual([wrong, timeStamps.length, signatures.length], [[], 2, 1]);
    assert.deepEqual(
      notChecked.map(({ member, why }) => `${member}: ${why}`),
      ['seal/seal-1.tsr: timeStampRoot', 'seal/seal-2.tsr: timeStampRoot', 'seal/seal.kz.cms: nationalElsewhere'],
    );
  });

  it(`is refused after each of ${harms} things done to it, and the member is named; half of them behind the seal`, () => {
    for (let seed = first; seed < first + harms; seed++) {
      const harm = packageHarm(archive, new Seeded(seed), seed % 2 === 0 ? isAfterSeal : undefined);
      const { consistent, wrong } = verifyPackage(harm.archive);
      const told = `seed ${seed}: ${harm.what} ${harm.member}: ${JSON.stringify(wrong)}`;
      assert.ok(!consistent, told);
      assert.ok(harm.member === undefined || wrong.some(({ member }) => member === harm.member), told);
    }
  });
});
