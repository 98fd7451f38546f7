import assert from 'node:assert/strict';
import { exportPackage } from '../../../src/evidence/package.ts';
import type { PackageSource } from '../../../src/evidence/packageSource.ts';
import { askingFor } from '../../../src/evidence/timeStamps/asking.ts';
import type { KeptTimeStamp } from '../../../src/evidence/timeStamps/kept.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { resealed } from '../../support/resealed.ts';
import { digestsOf, Tampered } from '../../support/tamper.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';

const signer = signerFrom('author');
const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
const journal = smallJournal(signer);
const [early, late] = journal.checkpoints.map(({ note }) => note) as [string, string];

describe('time stamps in a package', () => {
  let clock: TimeAuthority;
  let other: TimeAuthority;
  let stamps: readonly KeptTimeStamp[];
  let archive: Uint8Array;
  before(function () {
    needsOpenssl(this);
    [clock, other] = [new TimeAuthority('One Root'), new TimeAuthority('Other Root')];
    stamps = [stampOf(early, clock), stampOf(early, other), stampOf(late, clock)];
    archive = sealed(stamps);
  });
  after(() => {
    clock?.remove();
    other?.remove();
  });

  function stampOf(note: string, by: TimeAuthority): KeptTimeStamp {
    const asking = askingFor(note, noTrust);
    const answer = by.reply(asking.request);
    const last = journal.events[Number(note.split('\n')[1]) - 1];
    return { note, answer, certificates: asking.check(answer).certificates, recorded: () => last };
  }
  const source = (timeStamps: readonly KeptTimeStamp[]): PackageSource => ({ ...journal.source(), timeStamps });
  const sealed = (timeStamps: readonly KeptTimeStamp[]) => exportPackage(source(timeStamps), options).archive;
  const wrongIn = (bytes: Uint8Array) => verifyPackage(bytes).wrong.map(({ member, what }) => `${member}: ${what}`);
  /** What is wrong once the author changed it and sealed it again. */
  const wrongAfter = (tamper: (tampered: Tampered) => unknown) =>
    wrongIn(resealed(archive, exportPackage(source(stamps), options).manifest, signer, tamper));

  it('are found good, and count for those who trust the root', () => {
    const found = verifyPackage(archive, { roots: clock.root });
    assert.deepEqual(
      [found.wrong, found.timeStamps.map(({ standing }) => standing)],
      [[], ['given', 'unknown', 'given']],
    );
    assert.equal(found.anchoredAt?.size, journal.events.length);
    // By the author's clock, which is made up here: who reads it sees both times.
    assert.equal(found.anchoredAt?.recorded, '2026-11-14T15:00:22+05:00');
    const less = verifyPackage(archive, { roots: other.root });
    assert.equal(less.anchoredAt?.size, 8);
    assert.equal(verifyPackage(archive).anchoredAt, null);
  });

  it('give another export its own name, and the same stamps the same bytes', () => {
    const idOf = (timeStamps: readonly KeptTimeStamp[]) => exportPackage(source(timeStamps), options).manifest.exportId;
    assert.equal(new Set([idOf([]), idOf(stamps), idOf(stamps.slice(1))]).size, 3);
    assert.deepEqual(digestsOf(sealed(stamps)), digestsOf(archive));
  });

  it('anchor it for who kept one of them', () => {
    const found = verifyPackage(archive, { token: stamps[1]!.answer });
    assert.deepEqual([found.anchoredTo?.size, found.consistent], [8, true]);
    const later = stampOf(smallJournal(signer, 'j-2').checkpoints[0]!.note, clock);
    assert.deepEqual(verifyPackage(archive, { token: later.answer }).wrong, [{ member: '', what: 'sinceToken' }]);
  });

  it('are refused when anything in them is changed', () => {
    for (const { name, bytes } of new Tampered(archive).members.filter(one =>
      one.name.startsWith('seal/timestamps/'),
    )) {
      for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
        const tampered = new Tampered(archive);
        const member = tampered.members.find(one => one.name === name)!;
        member.bytes[at]! ^= 1;
        assert.ok(
          wrongIn(tampered.archive()).some(wrong => wrong.startsWith(name)),
          `${name} at ${at}`,
        );
      }
    }
  });

  it('are refused when the author puts another in its place and seals again', () => {
    const name = 'seal/timestamps/0002-1';
    const put = (tampered: Tampered, member: string, bytes: Uint8Array) => {
      tampered.members = tampered.members.map(one => (one.name === member ? { name: member, bytes } : one));
    };
    const [first, , last] = stamps as [KeptTimeStamp, KeptTimeStamp, KeptTimeStamp];
    assert.ok(wrongAfter(t => put(t, `${name}.tsr`, first.answer)).includes(`${name}.tsr: tokenImprint`));
    const foreign = Buffer.from(stamps[1]!.certificates);
    assert.ok(wrongAfter(t => put(t, `${name}.pem`, foreign)).includes(`${name}.tsr: tokenCertificate`));
    const more = Buffer.from(last.certificates + other.root);
    assert.ok(wrongAfter(t => put(t, `${name}.pem`, more)).includes(`${name}.tsr: tokenCertificate`));
  });

  it('are refused under another name, alone, or beside what a package holds', () => {
    const rename = (from: string, to: string) => (tampered: Tampered) => {
      tampered.members = tampered.members.map(one => ({ ...one, name: one.name.replace(from, to) }));
    };
    assert.notDeepEqual(wrongAfter(rename('timestamps/0002-1.tsr', 'timestamps/0002-2.tsr')), []);
    assert.notDeepEqual(wrongAfter(rename('timestamps/0002-1', 'timestamps/0003-1')), []);
    assert.notDeepEqual(wrongAfter(rename('timestamps/0002-1', 'timestamps/0002-2')), []);
    const add = (tampered: Tampered) => {
      tampered.members = [...tampered.members, { name: 'seal/timestamps/note.txt', bytes: Buffer.from('x') }];
    };
    assert.ok(wrongAfter(add).includes('seal/timestamps/note.txt: notOfPackage'));
  });
});
