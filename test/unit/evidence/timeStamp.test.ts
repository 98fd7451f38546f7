import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { certificatesIn } from '../../../src/evidence/timeStamps/certificates.ts';
import type { Trust } from '../../../src/evidence/timeStamps/chain.ts';
import { chainOf } from '../../../src/evidence/timeStamps/chain.ts';
import { TimeStampFault } from '../../../src/evidence/timeStamps/fault.ts';
import { newNonce, timeStampRequest } from '../../../src/evidence/timeStamps/request.ts';
import { checkTimeStamp, imprintOf } from '../../../src/evidence/timeStamps/timeStamp.ts';
import { noTrust, trustOf } from '../../../src/evidence/timeStamps/trust.ts';
import { type CertificateKind, needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';

const data = Buffer.from('a checkpoint\n');
const digest = createHash('sha256').update(data).digest();
const nonce = newNonce();
const query = timeStampRequest(digest, nonce);

describe('time stamps', () => {
  let authority: TimeAuthority;
  let trust: Trust;
  before(function () {
    needsOpenssl(this);
    authority = new TimeAuthority();
    trust = trustOf(authority.root);
  });
  after(() => authority?.remove());

  const check = (bytes: Uint8Array, more: { trust?: Trust; nonce?: Uint8Array } = {}) =>
    checkTimeStamp(bytes, { digest, nonce, trust, ...more });
  /** What is wrong with an answer, in a word. */
  const fault = (bytes: Uint8Array, more = {}): string => {
    try {
      return `accepted: ${check(bytes, more).standing}`;
    } catch (error) {
      if (!(error instanceof TimeStampFault)) throw error;
      return error.detail === '' ? error.code : `${error.code}: ${error.detail}`;
    }
  };

  it('a request is the 69 bytes of RFC 3161, and no nonce is like another', () => {
    assert.equal(query.length, 69);
    assert.equal(Buffer.from(query).toString('hex').slice(0, 10), '3043020101');
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), () => timeStampRequest(digest, newNonce()).length === 69));
  });

  it('accepts what openssl ts answers, and says when, by whom and who stands for it', () => {
    const reply = authority.reply(query);
    const stamp = check(reply);
    assert.deepEqual(
      [stamp.authority, stamp.standing, stamp.policy, stamp.accuracy, stamp.serial],
      ['Clock good', 'given', '1.2.3.4.1', 1000, '02'],
    );
    assert.ok(Math.abs(stamp.time - Date.now()) < 60_000);
    assert.equal(stamp.certificates.match(/BEGIN/gu)?.length, 2);
    assert.ok(authority.accepts(data, reply, stamp.certificates), 'openssl ts -verify');
    assert.deepEqual(Buffer.from(imprintOf(reply)!), digest);
  });

  it('knows its certificate by the older name too, and other ways to sign', () => {
    assert.equal(fault(authority.reply(query, { ess: 'sha1' })), 'accepted: given');
    assert.equal(fault(authority.reply(query, { kind: 'rsa' })), 'accepted: given');
    const pss = ['-cades', '-keyopt', 'rsa_padding_mode:pss'];
    assert.equal(fault(authority.token(query, 'rsa', ...pss)), 'accepted: given');
    assert.equal(fault(authority.token(query, 'good')), 'accepted: given');
    assert.equal(fault(authority.token(query, 'good', '-cades', '-keyid')), 'accepted: given');
  });

  it('says that nobody vouches for a root that is not trusted', () => {
    const reply = authority.reply(query);
    assert.equal(fault(reply, { trust: noTrust }), 'accepted: unknown');
    assert.equal(fault(reply, { trust: trustOf() }), 'accepted: unknown');
    const other = new TimeAuthority();
    assert.equal(fault(other.reply(query)), 'accepted: unknown');
    assert.ok(!authority.accepts(data, other.reply(query), authority.root));
    other.remove();
  });

  describe('leads to a root', () => {
    const ca = 'basicConstraints=critical,CA:true';
    /** Who stands for a stamp by an authority that the trusted one certified with these extensions. */
    const standing = (extensions: string, days = 365, kind: CertificateKind = 'good'): string => {
      const below = new TimeAuthority('Between', { authority, extensions, days });
      const found = fault(below.token(query, kind));
      below.remove();
      return found;
    };

    it('over an authority that may issue', () => {
      assert.equal(standing(ca), 'accepted: given');
      assert.equal(standing(`${ca}\nkeyUsage=critical,keyCertSign,cRLSign`), 'accepted: given');
      assert.equal(standing(`${ca},pathlen:0\nextendedKeyUsage=timeStamping`), 'accepted: given');
      assert.equal(standing(`${ca}\ncertificatePolicies=critical,1.2.3.4`), 'accepted: given');
    });

    it('and over none that may not, or was not valid', () => {
      assert.equal(standing('basicConstraints=critical,CA:false'), 'accepted: unknown');
      assert.equal(standing('subjectKeyIdentifier=hash'), 'accepted: unknown');
      assert.equal(standing(`${ca}\nkeyUsage=critical,digitalSignature`), 'accepted: unknown');
      assert.equal(standing(`${ca}\nextendedKeyUsage=serverAuth`), 'accepted: unknown');
      assert.equal(standing(`${ca}\n1.2.3.4.5=critical,ASN1:NULL`), 'accepted: unknown');
      assert.equal(standing(ca, -1), 'accepted: unknown');
    });

    it('no longer than each allows', () => {
      const extensions = `${ca},pathlen:0`;
      const first = new TimeAuthority('First', { authority, extensions });
      const second = new TimeAuthority('Second', { authority: first, extensions: ca });
      assert.equal(fault(second.token(query, 'good')), 'accepted: unknown');
      assert.equal(fault(second.token(query, 'good'), { trust: trustOf(second.root) }), 'accepted: given');
      first.remove();
      second.remove();
    });

    it('or to none, soon, past certificates that all issue each other', () => {
      const ring = Array.from({ length: 12 }, () => {
        const own = ['-key', authority.path('root.key'), '-subj', '/CN=Ring', '-days', '99'];
        return certificatesIn(
          execFileSync('openssl', ['req', '-x509', '-new', ...own], { stdio: 'pipe' }).toString(),
        )[0]!;
      });
      // There are more than a million ways through them.
      assert.equal(chainOf(ring[0]!, ring, Date.now(), noTrust).anchor, undefined);
    });

    it('not by its name alone', () => {
      const namesake = new TimeAuthority();
      assert.equal(fault(namesake.token(query, 'good')), 'accepted: unknown');
      namesake.remove();
    });
  });

  describe('refuses', () => {
    const own = (kind: Parameters<TimeAuthority['token']>[1]) => fault(authority.token(query, kind));

    it('a stamp of other bytes', () => {
      assert.equal(fault(authority.reply(timeStampRequest(randomBytes(32), nonce))), 'tokenImprint');
    });
    it('an answer to another question', () => {
      assert.equal(fault(authority.reply(timeStampRequest(digest, newNonce()))), 'tokenNonce');
    });
    it('a certificate that was not valid', () => assert.equal(own('expired'), 'tokenExpired: Clock expired'));
    it('a certificate for no purpose', () => assert.equal(own('noUsage'), 'tokenUsage: no extended key usage'));
    it('a purpose that is not critical', () => {
      assert.equal(own('notCritical'), 'tokenUsage: extended key usage is not critical');
    });
    it('a purpose beside time stamps', () => {
      assert.equal(own('twoUsages'), 'tokenUsage: 1.3.6.1.5.5.7.3.8, 1.3.6.1.5.5.7.3.3');
    });
    it('a key for certificates', () => assert.equal(own('signsCertificates'), 'tokenUsage: key usage'));
    it('a critical extension that nobody knows', () => {
      assert.equal(own('strangeCritical'), 'tokenCertificate: critical extension');
    });
    it('a token that does not name its certificate', () => {
      assert.equal(fault(authority.token(query, 'good', '-nosmimecap')), 'tokenAttributes: signingCertificate');
    });
    it('a token without attributes, and one without its certificate', () => {
      assert.equal(fault(authority.token(query, 'good', '-noattr')), 'tokenAttributes: none');
      assert.equal(fault(authority.token(query, 'good', '-cades', '-nocerts')), 'tokenSigner');
    });
    it('a time that is none, or not in the one form', () => {
      const at = (text: string) => {
        authority.content = der => {
          // GeneralizedTime of 15 characters: its tag, its length, its text.
          const from = der.indexOf(Buffer.of(0x18, 15));
          const own = Buffer.concat([Buffer.of(0x18, text.length), Buffer.from(text, 'latin1')]);
          const [before, behind] = [der.subarray(2, from), der.subarray(from + 17)];
          const body = Buffer.concat([before, own, behind]);
          return Buffer.concat([Buffer.of(0x30, body.length), body]);
        };
        const answer = fault(authority.token(query, 'good'));
        authority.content = der => der;
        return answer;
      };
      const soon = new Date(Date.now() + 40 * 86_400_000).toISOString();
      const [year, day] = [soon.slice(0, 4), soon.slice(0, 10).replaceAll('-', '')];
      assert.equal(at(`${day}101500Z`), 'accepted: given');
      assert.equal(at(`${day}101500.25Z`), 'accepted: given');
      for (const wrong of [`${day}101500`, `${day}101500+0500`, `${day}1015Z`, `${year}0231101500Z`, `${day}101500,5Z`])
        assert.match(at(wrong), /^tokenMalformed/, wrong);
    });
    it('SHA-1', () => {
      const old = ['-cades', '-md', 'sha1'];
      assert.match(fault(authority.token(query, 'good', ...old)), /^tokenWeak: SHA-1/);
    });
    it('a rejection, a grant with modifications', () => {
      const rejected = authority.reply(query, { digest: 'sha512' });
      assert.match(fault(rejected), /^tokenStatus: rejection: .*badAlg/s);
      const modified = authority.reply(query);
      const at = modified.indexOf(Buffer.from('3003020100', 'hex'));
      modified[at + 4] = 1;
      assert.match(fault(modified), /^tokenStatus: grantedWithMods/);
    });
    it('another signer’s signature', () => {
      const [one, other] = [authority.token(query, 'good'), authority.token(query, 'other')];
      // Each signature is the last part of its token.
      const spliced = Buffer.concat([one.subarray(0, -32), other.subarray(-32)]);
      assert.equal(fault(spliced), 'tokenSignature');
    });
    it('no bytes, other bytes, a part, more', () => {
      const reply = authority.reply(query);
      assert.match(fault(Buffer.alloc(0)), /^tokenMalformed/);
      assert.match(fault(Buffer.from('<html>')), /^tokenMalformed/);
      assert.match(fault(reply.subarray(0, -1)), /^tokenMalformed/);
      assert.match(fault(Buffer.concat([reply, Buffer.alloc(1)])), /^tokenMalformed/);
    });
    it('any changed byte that it rests on, and never throws another error', () => {
      const reply = authority.reply(query);
      const before = check(reply);
      const runs = Number(process.env.HOLOGRAPH_RUNS ?? 60);
      const place = fc.tuple(fc.integer({ min: 0, max: reply.length - 1 }), fc.integer({ min: 1, max: 255 }));
      const changed = fc.property(place, ([at, by]) => {
        const bytes = Buffer.from(reply);
        bytes[at] = bytes[at]! ^ by;
        const answer = fault(bytes);
        if (!answer.startsWith('accepted')) return true;
        // Some bytes bind nothing: the status text, the order of certificates, who else came along.
        const { time, serial, policy, standing, authority: by2 } = check(bytes);
        return (
          standing !== 'given' ||
          (time === before.time && serial === before.serial && policy === before.policy && by2 === before.authority)
        );
      });
      fc.assert(changed, { numRuns: runs });
    });
  });

  it('keeps what it cannot check, and says that it is to be checked elsewhere', () => {
    const stamp = check(authority.token(query, 'brainpool'));
    assert.deepEqual([stamp.standing, stamp.authority, stamp.root], ['elsewhere', 'Clock brainpool', null]);
    // ECDSA with SHA-256 becomes GOST R 34.10-2012 with 256 bits, in the signature alone.
    const token = authority.token(query, 'brainpool');
    const [ecdsa, gost] = [Buffer.from('06082a8648ce3d040302', 'hex'), Buffer.from('06082a85030701010302', 'hex')];
    gost.copy(token, token.lastIndexOf(ecdsa));
    assert.equal(fault(token), 'accepted: elsewhere');
    // The key's kind and the digest of the signed content too, as in a token that is GOST throughout.
    const [key, gostKey] = [Buffer.from('06072a8648ce3d0201', 'hex'), Buffer.from('06072a850302022400', 'hex')];
    for (let at = token.indexOf(key); at >= 0; at = token.indexOf(key, at + 1)) gostKey.copy(token, at);
    const [sha256, gostDigest] = [
      Buffer.from('0609608648016503040201', 'hex'),
      Buffer.from('06092a8503070101020201', 'hex'),
    ];
    gostDigest.copy(token, token.lastIndexOf(sha256));
    const whole = check(token);
    assert.deepEqual([whole.standing, whole.authority, whole.root], ['elsewhere', 'Clock brainpool', null]);
    // With a key that can be checked it is only a signature that does not fit.
    const checkable = authority.token(query, 'good');
    gost.copy(checkable, checkable.lastIndexOf(ecdsa));
    assert.equal(fault(checkable), 'tokenSignature');
    assert.equal(fault(authority.token(timeStampRequest(randomBytes(32), nonce), 'brainpool')), 'tokenImprint');
  });
});
