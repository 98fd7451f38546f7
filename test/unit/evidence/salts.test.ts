import assert from 'node:assert/strict';
import { exportPackage } from '../../../src/evidence/package.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { SEGMENT } from '../../../src/journal/chain.ts';
import { toHex } from '../../../src/journal/digest.ts';
import { JournalByHand, signerFrom } from '../../support/journalByHand.ts';

const signer = signerFrom('author');

function journalOf(size: number): JournalByHand {
  const journal = new JournalByHand();
  journal.key(signer);
  const document = journal.open(journal.baseline('a.txt', ''), 'a.txt');
  for (let at = 0; journal.events.length < size; at++) journal.insert(document, at + 1, at, at % 6 === 5 ? ' ' : 'w');
  journal.checkpoint(signer);
  return journal;
}

describe('salts in a package', () => {
  for (const size of [SEGMENT - 1, SEGMENT, SEGMENT + 200]) {
    it(`of ${size} events: the secrets of whole segments, and no other`, () => {
      const journal = journalOf(size);
      const { archive } = exportPackage(journal.source(), {
        work: emptyWork,
        profile: 'generic',
        language: 'en',
        signer,
      });
      assert.deepEqual(verifyPackage(archive).wrong, []);
      const salts = Buffer.from(unzip(archive).members.get('data/journal/salts.ndjson')!).toString('utf8');
      const whole = Math.floor(size / SEGMENT);
      assert.equal(salts.match(/"secret"/g)?.length ?? 0, whole);
      assert.ok(!salts.includes(toHex(journal.secret(whole))));
      // Events without words have no salts: five of six insertions are words.
      const alone = (salts.match(/"sequence"/g) ?? []).length;
      assert.ok(size % SEGMENT === 0 ? alone === 0 : alone > (size % SEGMENT) / 2, `${alone}`);
    });
  }
});
