import assert from 'node:assert/strict';
import * as node from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { ed25519 } from '@noble/curves/ed25519.js';
import * as page from '../../../src/verifyPage/node/crypto.ts';

/** What the page `verify.html` has in place of Node's cryptography answers as that does, to hostile input too. */
const { Point } = ed25519;
const order = Point.Fn.ORDER;
const start = Buffer.from('302a300506032b6570032100', 'hex');
const message = Buffer.from('сообщение');
const secret = 0x1234_5678_9abc_def0_1234n;

/** A point of order eight, and the one that is nothing. */
const eighth = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const nothing = Point.ZERO.toBytes();

function bytesOf(n: bigint): Buffer {
  return Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse();
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

/** What whoever has the secret can sign for this public key and this point. */
function signed(key: Uint8Array, point: Uint8Array, nonce: bigint): Buffer {
  const k = numberOf(node.createHash('sha512').update(point).update(key).update(message).digest()) % order;
  return Buffer.concat([point, bytesOf((nonce + k * secret) % order)]);
}

function bothSay(key: Uint8Array, signature: Uint8Array): boolean {
  const der = Buffer.concat([start, key]);
  const ours = page.verify(null, message, page.createPublicKey({ key: der }), signature);
  const own = node.createPublicKey({ key: der, format: 'der', type: 'spki' });
  assert.equal(ours, node.verify(null, message, own, signature));
  return ours;
}

describe('the cryptography of verify.html', () => {
  const key = Point.BASE.multiply(secret).toBytes();
  const mixed = Point.BASE.multiply(secret).add(eighth).toBytes();

  it('knows a signature of Ed25519, and none that is longer, shorter or of the other number', () => {
    const good = signed(key, Point.BASE.multiply(77n).toBytes(), 77n);
    const other = Buffer.concat([good.subarray(0, 32), bytesOf(numberOf(good.subarray(32)) + order)]);
    assert.ok(bothSay(key, good));
    const bad = [other, good.subarray(0, 63), Buffer.concat([good, Buffer.alloc(1)]), Buffer.alloc(0)];
    for (const signature of bad) assert.ok(!bothSay(key, signature));
  });

  it('says what Node says of keys and points that are not of the order alone', () => {
    const found = Array.from({ length: 24 }, (_, i) => {
      const nonce = BigInt(i + 1);
      const point = Point.BASE.multiply(nonce);
      assert.ok(!bothSay(key, signed(key, point.add(eighth).toBytes(), nonce)));
      return bothSay(mixed, signed(mixed, point.toBytes(), nonce));
    });
    assert.ok(found.includes(false));
    assert.ok(!bothSay(nothing, Buffer.concat([Point.BASE.toBytes(), bytesOf(1n)])));
  });

  it('reads every well-known root as Node does, those too that signed themselves with SHA-1, and no more than the certificate', () => {
    const told = ({
      raw,
      fingerprint256,
      publicKey: { asymmetricKeyType },
    }: node.X509Certificate | page.X509Certificate) => {
      return [Buffer.from(raw).toString('hex'), fingerprint256, asymmetricKeyType];
    };
    for (const pem of rootCertificates) {
      const own = new node.X509Certificate(pem);
      const ours = new page.X509Certificate(Buffer.concat([own.raw, Buffer.alloc(3)]));
      assert.deepEqual(told(ours), told(own));
      assert.equal(ours.verify(ours.publicKey), own.verify(own.publicKey), own.subject);
      const named = (subject: string) => subject.split('\n').filter(line => /^(CN|O)=/.test(line));
      assert.deepEqual(named(ours.subject), named(own.subject));
    }
  });
});
