import assert from 'node:assert/strict';
import { closingOf, sealStampMembers, sealStampName } from '../../../src/evidence/closing.ts';
import type { Manifest } from '../../../src/evidence/manifest.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { reclosed } from '../../../src/evidence/reclosing.ts';
import { sealDigest, sealMember } from '../../../src/evidence/seal.ts';
import { sealSheet } from '../../../src/evidence/sealSheet.ts';
import { askingOver } from '../../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { Vouched } from '../../../src/evidence/verification.ts';
import { verificationText } from '../../../src/evidence/verificationText.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { digestsOf, Tampered } from '../../support/tamper.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';

const signer = signerFrom('author');
const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
const journal = smallJournal(signer);
const bare = exportPackage(journal.source(), options).archive;
const other = exportPackage(journal.source(), { ...options, language: 'ru' }).archive;
const sealOf = (archive: Uint8Array) => unzip(archive).members.get(sealMember)!;

describe('time stamps over the seal', () => {
  let clock: TimeAuthority;
  let second: TimeAuthority;
  let stamped: Uint8Array;
  before(function () {
    needsOpenssl(this);
    [clock, second] = [new TimeAuthority('One Root'), new TimeAuthority('Other Root')];
    stamped = reclosed(bare, sealStampMembers([stampOver(bare, clock), stampOver(bare, second)], 0), signer);
  });
  after(() => {
    clock?.remove();
    second?.remove();
  });

  function stampOver(archive: Uint8Array, by: TimeAuthority) {
    const asking = askingOver(sealDigest(sealOf(archive)), noTrust);
    const answer = by.reply(asking.request);
    return { answer, certificates: asking.check(answer).certificates };
  }
  const wrongIn = (archive: Uint8Array, vouched: Vouched = {}) =>
    verifyPackage(archive, vouched).wrong.map(({ member, what }) => `${member}: ${what}`);
  const tampered = (change: (package_: Tampered) => unknown) => {
    const changed = new Tampered(stamped);
    change(changed);
    return wrongIn(changed.archive());
  };
  /** What the author can do, who has the key: other members after the seal, closed anew. */
  const reclosedWith = (...members: { name: string; bytes: Uint8Array }[]) => wrongIn(reclosed(bare, members, signer));

  it('are found good, named each, and anchor what the seal covers for who trusts the root', () => {
    const found = verifyPackage(stamped, { roots: clock.root });
    assert.deepEqual(found.wrong, []);
    assert.deepEqual(
      found.timeStamps.map(({ member, standing, size }) => [member, standing, size]),
      [
        ['seal/seal-1.tsr', 'given', journal.events.length],
        ['seal/seal-2.tsr', 'unknown', journal.events.length],
      ],
    );
    assert.equal(found.anchoredAt?.member, 'seal/seal-1.tsr');
    const lines = verificationText(found, 'en').join('\n');
    assert.match(lines, /^seal\/seal-1\.tsr: time stamp over the seal; it existed on \S+, says Clock good$/m);
    assert.match(lines, /^not checked: seal\/seal-2\.tsr: who stands for this time stamp server/m);
    assert.equal(verifyPackage(stamped).anchoredAt, null);
  });

  it('leave every byte up to the seal as it is, and the same stamps give the same bytes', () => {
    const { entries } = unzip(bare);
    const end = entries.findIndex(({ name }) => name === sealMember) + 1;
    const kept = entries[end]!.offset;
    assert.ok(Buffer.from(bare.subarray(0, kept)).equals(stamped.subarray(0, kept)));
    const { members } = unzip(stamped);
    const stamps = [1, 2].map(rank => {
      const { answer, certificates } = sealStampName(rank);
      return { answer: members.get(answer)!, certificates: Buffer.from(members.get(certificates)!).toString() };
    });
    assert.deepEqual(digestsOf(reclosed(bare, sealStampMembers(stamps, 0), signer)), digestsOf(stamped));
    const oneByOne = reclosed(bare, sealStampMembers(stamps.slice(0, 1), 0), signer);
    assert.deepEqual(digestsOf(reclosed(oneByOne, sealStampMembers(stamps.slice(1), 1), signer)), digestsOf(stamped));
  });

  it('are named by the sheet with what they say', () => {
    const manifest = JSON.parse(new Tampered(stamped).text('data/manifest.json')) as Manifest;
    const rowsIn = (archive: Uint8Array) => {
      const sheet = sealSheet(manifest, { time: 0, zone: 0 }, new Tampered(archive).members);
      return [...sheet.matchAll(/<dt>time stamp over the seal \((.*?)\)<\/dt><dd>20[-+\dT:]+, (.*?), /g)];
    };
    assert.deepEqual(
      rowsIn(stamped).map(([, name, authority]) => [name, authority]),
      [
        ['seal/seal-1.tsr', 'Clock good'],
        ['seal/seal-2.tsr', 'Clock good'],
      ],
    );
    assert.deepEqual(rowsIn(bare), []);
  });

  it('agree with `openssl ts` on the seal and the chain that is kept beside', () => {
    const { members } = unzip(stamped);
    const chain = Buffer.from(members.get('seal/seal-1.pem')!).toString() + clock.root;
    assert.ok(clock.accepts(sealOf(stamped), members.get('seal/seal-1.tsr')!, chain));
    assert.ok(!clock.accepts(sealOf(other), members.get('seal/seal-1.tsr')!, chain));
  });

  it('are refused changed, removed, added, renamed or exchanged', () => {
    for (const name of ['seal/seal-1.tsr', 'seal/seal-1.pem', 'seal/seal-2.tsr', 'seal/seal-2.pem', 'SEAL-SHEET.pdf']) {
      assert.ok(tampered(t => t.remove(name)).includes(`${name}: missing`), name);
      const length = new Tampered(stamped).bytes(name).length;
      for (const at of [0, length >> 1, length - 1])
        assert.ok(
          tampered(t => {
            t.bytes(name)[at]! ^= 1;
          }).includes(`${name}: changed`),
          `${name} at ${at}`,
        );
    }
    const rename = (from: string, to: string) =>
      tampered(t => {
        t.members = t.members.map(one => ({ ...one, name: one.name === from ? to : one.name }));
      });
    assert.ok(rename('seal/seal-2.tsr', 'seal/seal-3.tsr').includes('seal/seal-3.tsr: unlisted'));
    assert.ok(rename('seal/seal-2.tsr', 'seal/seal-x.tsr').includes('seal/seal-x.tsr: unlisted'));
    const swap = tampered(t => {
      const [first, last] = ['seal/seal-1.tsr', 'seal/seal-2.tsr'].map(name => t.bytes(name));
      t.write('seal/seal-1.tsr', last!).write('seal/seal-2.tsr', first!);
    });
    assert.ok(swap.includes('seal/seal-1.tsr: changed') && swap.includes('seal/seal-2.tsr: changed'));
    const added = tampered(t => {
      const sheet = t.members.findIndex(({ name }) => name === 'seal/closing.json');
      t.members.splice(sheet, 0, { name: 'seal/seal-3.tsr', bytes: Buffer.from('x') });
    });
    assert.ok(added.includes('seal/seal-3.tsr: unlisted'), added.join());
    assert.ok(tampered(t => t.remove('seal/closing.json')).includes('seal/closing.json: missing'));
  });

  it('are refused over another seal, with gaps or without certificates, even closed by the author', () => {
    const [own, foreign] = [stampOver(bare, clock), stampOver(other, clock)];
    const [tsr, pem] = sealStampMembers([own], 0) as [never, never];
    assert.deepEqual(reclosedWith(...sealStampMembers([foreign], 0)), ['seal/seal-1.tsr: tokenImprint']);
    assert.ok(reclosedWith(tsr).includes('seal/seal-1.pem: missing'));
    assert.ok(reclosedWith(pem).includes('seal/seal-1.pem: notOfPackage'));
    assert.ok(reclosedWith(...sealStampMembers([own], 1)).includes('seal/seal-2.tsr: notOfPackage'));
    const strange = { name: 'seal/seal-1.pem', bytes: Buffer.from(second.root) };
    assert.ok(reclosedWith(tsr, strange).includes('seal/seal-1.tsr: tokenCertificate'));
  });

  it('are refused when the closing says that the sheet speaks of other members, or of none that are there', () => {
    for (const sheet of [[], ['seal/seal-1.pem'], ['seal/seal-9.tsr'], ['SEAL-SHEET.pdf']]) {
      const changed = new Tampered(stamped);
      const { exportId } = verifyPackage(stamped).subject;
      const after = changed.members.filter(({ name }) => /^(SEAL-SHEET|seal\/seal)/.test(name));
      const archiveDigest = JSON.parse(payloadOf(changed.text('seal/closing.json'))).predicate.archiveDigest;
      changed.write('seal/closing.json', closingOf(after, { exportId: exportId!, archiveDigest, sheet }, signer).bytes);
      assert.notDeepEqual(wrongIn(changed.archive()), [], sheet.join());
    }
  });

  it('are refused from a package whose archive was packed anew behind the seal', () => {
    const { entries } = unzip(stamped);
    const copy = Uint8Array.from(stamped);
    for (const { offset, name } of entries.filter(one => /^seal\/(seal-|clos)|^SEAL/.test(one.name))) {
      const changed = Uint8Array.from(copy);
      changed[offset + 30 + name.length + 3]! ^= 1;
      assert.notDeepEqual(wrongIn(changed), [], name);
    }
  });
});

function payloadOf(envelope: string): string {
  return Buffer.from(JSON.parse(envelope).payload, 'base64').toString();
}
