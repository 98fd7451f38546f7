import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { nationalMember } from '../../../src/evidence/closing.ts';
import { readCms } from '../../../src/evidence/national/cms.ts';
import { streebog } from '../../../src/evidence/national/streebog.ts';
import { verifyNational } from '../../../src/evidence/national/verified.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { reclosed } from '../../../src/evidence/reclosing.ts';
import { sealMember } from '../../../src/evidence/seal.ts';
import { trustOf } from '../../../src/evidence/timeStamps/trust.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { Vouched } from '../../../src/evidence/verification.ts';
import { verificationText } from '../../../src/evidence/verificationText.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { gostSignature } from '../../support/gostSignature.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { NationalKey } from '../../support/nationalKey.ts';
import { Tampered } from '../../support/tamper.ts';
import { needsOpenssl } from '../../support/timeAuthority.ts';

const signer = signerFrom('author');
const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
const bare = exportPackage(smallJournal(signer).source(), options).archive;
const seal = unzip(bare).members.get(sealMember)!;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const signedWith = (cms: Uint8Array) => reclosed(bare, [{ name: nationalMember, bytes: cms }], signer);
const found = (cms: Uint8Array, vouched: Vouched = {}) => verifyPackage(signedWith(cms), vouched);
const wrongIn = (archive: Uint8Array) => verifyPackage(archive).wrong.map(({ member, what }) => `${member}: ${what}`);

describe('the digest GOST R 34.11-2012', () => {
  it('is that of the examples of RFC 6986 and of texts of any length', () => {
    const first = Buffer.from('012345678901234567890123456789012345678901234567890123456789012');
    assert.equal(
      hex(streebog(first, 512)),
      '1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48',
    );
    assert.equal(hex(streebog(first, 256)), '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500');
    const second = Buffer.from(
      'd1e520e2e5f2f0e82c20d1f2f0e8e1eee6e820e2edf3f6e82c20e2e5fef2fa20f120eceef0ff20f1f2f0e5ebe0ece820ede020f5f0e0e1f0fbff20efebfaeafb20c8e3eef0e5e2fb',
      'hex',
    );
    assert.equal(
      hex(streebog(second, 512)),
      '1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28',
    );
    assert.equal(hex(streebog(second, 256)), '9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50');
    const empty = new Uint8Array(0);
    assert.equal(hex(streebog(empty, 256)), '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb');
    const lengths = [63, 64, 65, 128].map(length => hex(streebog(new Uint8Array(length), 512)));
    assert.equal(new Set(lengths).size, 4);
  });
});

describe('a national signature over the seal', () => {
  let key: NationalKey;
  before(function () {
    needsOpenssl(this);
    key = new NationalKey();
  });
  after(() => key?.remove());

  it('is found good where it is RSA, with the signer’s name and numbers; who stands for it is asked', () => {
    const cms = key.sign(seal);
    const { wrong, signatures, notChecked, consistent } = found(cms, { roots: key.root });
    assert.deepEqual([wrong, consistent, notChecked], [[], true, []]);
    const [{ signedAt, root, ...one }] = signatures as [(typeof signatures)[number]];
    assert.deepEqual(one, {
      member: nationalMember,
      name: 'ТЕСТОВ ТЕСТ ТЕСТОВИЧ',
      iin: '123456789011',
      organisation: 'ТОО ТЕСТ',
      bin: '123456789021',
      algorithm: 'RSA',
      standing: 'given',
      overSeal: true,
      stamps: [],
    });
    assert.match(`${signedAt} ${root}`, /^20\S+ [0-9a-f]{64}$/);
    const alone = found(cms);
    assert.deepEqual(
      [alone.consistent, alone.notChecked.map(({ member, why }) => `${member}: ${why}`)],
      [true, [`${nationalMember}: nationalRoot`]],
    );
    const said = (language: 'en' | 'ru' | 'kk') =>
      verificationText(found(cms, { roots: key.root }), language).join('\n');
    assert.match(said('en'), /seal\.kz\.cms: signature over the seal by ТЕСТОВ ТЕСТ ТЕСТОВИЧ, IIN 123456789011, ТОО/);
    assert.match(said('ru'), /ИИН 123456789011/);
    assert.match(said('kk'), /ЖСН 123456789011, ТОО ТЕСТ, БСН 123456789021/);
  });

  it('may hold the seal itself, or be signed by two', () => {
    assert.deepEqual(found(key.sign(seal, 'good', '-nodetach')).wrong, []);
    key.sign(seal, 'other');
    const two = found(key.sign(seal, 'good', '-signer', 'other.pem', '-inkey', 'other.key'));
    assert.deepEqual([two.wrong, two.signatures.length], [[], 2]);
  });

  it('agrees with `openssl cms`, on another seal too', () => {
    const [cms, other] = [key.sign(seal), key.sign(Buffer.from('other'))];
    for (const [over, signature] of [
      [seal, cms],
      [seal, other],
      [Buffer.from('other'), other],
    ] as const)
      assert.equal(key.accepts(over, signature), (over === seal) === (signature === cms));
    const { members } = unzip(signedWith(cms));
    assert.ok(key.accepts(members.get(sealMember)!, members.get(nationalMember)!));
  });

  it('is refused over other bytes, changed, signed weakly, or by a certificate that was not valid', () => {
    const what = (cms: Uint8Array) =>
      found(cms)
        .wrong.map(one => one.what)
        .join();
    assert.equal(what(key.sign(Buffer.from('another seal'))), 'nationalOther');
    assert.equal(what(key.sign(Buffer.from('another seal'), 'good', '-nodetach')), 'nationalOther');
    assert.equal(what(key.sign(seal, 'good', '-md', 'sha1')), 'nationalWeak');
    assert.equal(what(key.sign(seal, 'short')), 'nationalWeak');
    assert.equal(what(key.sign(seal, 'expired')), 'nationalExpired');
    assert.equal(what(key.sign(seal, 'login')), 'nationalUsage');
    assert.equal(what(key.sign(seal, 'ciphers')), 'nationalUsage');
    assert.equal(what(key.sign(seal, 'good', '-nocerts')), 'nationalSigner');
    assert.equal(what(Buffer.from('-----BEGIN CMS-----')), 'nationalMalformed');
    assert.equal(what(Buffer.concat([key.sign(seal), Buffer.from([0])])), 'nationalMalformed');
    assert.equal(what(key.sign(seal, 'good', '-noattr')), '');
    assert.equal(what(key.sign(Buffer.from('x'), 'good', '-noattr')), 'nationalSignature');
  });

  it('is never vouched for where a byte of signer’s certificate, attributes or signature is changed', () => {
    const cms = key.sign(seal);
    const trust = trustOf(key.root);
    const { signers, certificates } = readCms(cms, seal.length);
    const bound = [
      certificates[1]!,
      signers[0]!.signed!.subarray(1),
      new Uint8Array(signers[0]!.stated.signature.buffer),
    ];
    const whats = new Map<string, number>();
    for (const part of bound) {
      const start = cms.indexOf(part);
      assert.ok(start > 0);
      for (let at = start; at < start + part.length; at += 3) {
        const changed = Uint8Array.from(cms);
        changed[at]! ^= 4;
        const { wrong, signatures } = verifyNational(changed, seal, trust);
        const told = wrong[0]?.what ?? signatures[0]!.standing;
        assert.notEqual(told, 'given', `${at} of ${cms.length}`);
        whats.set(told, (whats.get(told) ?? 0) + 1);
      }
    }
    for (const what of ['nationalSignature', 'nationalMalformed', 'nationalOther', 'unknown'])
      assert.ok((whats.get(what) ?? 0) > 0, [...whats].join(' '));
  });

  it('is named as one that is checked elsewhere where it is GOST, and refused where its digest is of other bytes', () => {
    const good = found(gostSignature(streebog(seal, 512)));
    assert.deepEqual(good.wrong, []);
    assert.deepEqual(
      good.notChecked.map(({ member, why, detail }) => [member, why, detail]),
      [[nationalMember, 'nationalElsewhere', 'ТЕСТОВА ТЕСТ, IIN 123456789012; ГОСТ Р 34.10-2015 (512)']],
    );
    assert.deepEqual([good.signatures[0]?.standing, good.signatures[0]?.root], ['elsewhere', null]);
    const lines = verificationText(good, 'en');
    assert.ok(lines.some(line => /^not checked: seal\/seal\.kz\.cms: .*https:\/\/ezsigner\.kz\//.test(line)));
    assert.ok(!lines.some(line => /signature over the seal by/.test(line)));
    const other = found(gostSignature(streebog(Buffer.from('x'), 512)));
    assert.deepEqual(
      other.wrong.map(({ what }) => what),
      ['nationalOther'],
    );
    const older = found(gostSignature(createHash('md5').update('x').digest(), '1.2.398.3.10.1.3.1'));
    assert.deepEqual([older.wrong, older.notChecked.map(({ why }) => why)], [[], ['nationalUnread']]);
    // Without attributes nothing states a digest: it may be over anything.
    const silent = found(gostSignature(undefined));
    assert.deepEqual([silent.wrong, silent.notChecked.map(({ why }) => why)], [[], ['nationalUnread']]);
  });

  it('is refused changed, removed, added or exchanged in the package', () => {
    const signed = signedWith(key.sign(seal));
    const tampered = (change: (package_: Tampered) => unknown) => {
      const changed = new Tampered(signed);
      change(changed);
      return wrongIn(changed.archive());
    };
    assert.ok(tampered(t => t.remove(nationalMember)).includes(`${nationalMember}: missing`));
    // The same key gives the same bytes within a second.
    assert.ok(
      tampered(t => t.write(nationalMember, new NationalKey().sign(seal))).includes(`${nationalMember}: changed`),
    );
    const put = new Tampered(bare);
    put.members.splice(-1, 0, { name: nationalMember, bytes: key.sign(seal) });
    assert.ok(wrongIn(put.archive()).includes(`${nationalMember}: unlisted`));
    for (const at of [0, 40, 400])
      assert.ok(
        tampered(t => {
          t.bytes(nationalMember)[at]! ^= 1;
        }).includes(`${nationalMember}: changed`),
      );
    const closing = unzip(bare).members.get('seal/closing.json')!;
    const other = tampered(t => t.write('seal/closing.json', closing));
    assert.ok(other.includes(`${nationalMember}: unlisted`) && other.includes('seal/closing.json: sealStatement'));
  });
});
