import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyBody, verifyCounter, verifyKeyBody } from '../../../src/journal/keyEvent.ts';
import { fileSigner } from '../../../src/journal/keyFile.ts';
import {
  fingerprintOf,
  newKey,
  parseFingerprint,
  rawPublicKey,
  readableFingerprint,
  signerOf,
  verifySignature,
} from '../../../src/journal/keys.ts';
import { privateKeyOf } from '../../support/testKey.ts';

const windows = process.platform === 'win32';
const text = Buffer.from('as he wrote it');
const { publicKey, privateKey } = newKey();

describe('keys', () => {
  it('sign what their public half verifies, and nothing else', () => {
    const signer = signerOf('cli', privateKey);
    assert.equal(signer.publicKey, publicKey);
    const signature = signer.sign(text);
    assert.ok(verifySignature(publicKey, text, signature));
    assert.ok(!verifySignature(publicKey, Buffer.from('as he wrote It'), signature));
    assert.ok(!verifySignature(newKey().publicKey, text, signature));
  });

  it('are those of RFC 8032: its first test', () => {
    const signer = signerOf('test', privateKeyOf('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));
    assert.equal(
      Buffer.from(rawPublicKey(signer.publicKey)).toString('hex'),
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
    assert.match(Buffer.from(signer.sign(new Uint8Array(0))).toString('hex'), /^e5564300c360ac729086e2cc806e828a/u);
  });

  for (const [name, change] of [
    ['another line end', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['no last line end', (pem: string) => pem.trimEnd()],
    ['something before it', (pem: string) => `x\n${pem}`],
    ['other lines', (pem: string) => pem.replace('MC', 'M\nC')],
    ['another label', (pem: string) => pem.replaceAll('PUBLIC KEY', 'PRIVATE KEY')],
    ['one letter changed', (pem: string) => pem.replace('MCow', 'MCov')],
  ] as const) {
    it(`refuse a public key with ${name}`, () =>
      assert.throws(() => rawPublicKey(change(publicKey)), { name: 'Fault', code: 'keyMalformed' }));
  }

  it('refuse a private key in place of a public one, and other algorithms', () => {
    const rsa = generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' }) as string;
    for (const pem of [privateKey, rsa, ''])
      assert.throws(() => fingerprintOf(pem), { name: 'Fault', code: 'keyMalformed' });
  });

  it('have a fingerprint that can be read aloud and given back', () => {
    const fingerprint = fingerprintOf(publicKey);
    const readable = readableFingerprint(fingerprint);
    assert.match(readable, /^([0-9a-f]{4} ){15}[0-9a-f]{4}$/u);
    assert.equal(parseFingerprint(` ${readable.toUpperCase()}\n`), fingerprint);
    assert.equal(parseFingerprint(readable.slice(1)), undefined);
  });
});

describe('a key event', () => {
  const [signer, earlier] = [signerOf('vscode', privateKey), signerOf('cli', newKey().privateKey)];
  const body = keyBody('j1', signer, earlier);

  it('is signed by its own key, and by the earlier one', () => {
    assert.ok(verifyKeyBody('j1', body));
    assert.ok(verifyCounter('j1', body, earlier.publicKey));
    assert.ok(!('counter' in keyBody('j1', signer)));
  });

  it('does not hold elsewhere or changed', () => {
    assert.ok(!verifyKeyBody('j2', body));
    assert.ok(!verifyKeyBody('j1', { ...body, keeper: 'cli' }));
    assert.ok(!verifyKeyBody('j1', { ...body, publicKey: earlier.publicKey }));
    assert.ok(!verifyKeyBody('j1', { ...body, signature: `${body.signature}=` }));
    assert.ok(!verifyKeyBody('j1', { ...body, publicKey: 'no key' }));
    assert.ok(!verifyCounter('j1', body, signer.publicKey));
    assert.ok(!verifyCounter('j1', keyBody('j1', signer), earlier.publicKey));
    assert.ok(
      !verifyCounter('j1', { ...body, counter: { ...body.counter!, signature: body.signature } }, earlier.publicKey),
    );
  });
});

describe('a key file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner alone, and leaves nothing else behind', () => {
    const path = join(folder, 'key.pem');
    const signer = fileSigner(path, 'cli');
    assert.equal(fileSigner(path, 'cli').fingerprint, signer.fingerprint);
    assert.deepEqual(readdirSync(folder), ['key.pem']);
    if (!windows) assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('that others can read is refused', function () {
    if (windows) this.skip();
    const path = join(folder, 'key.pem');
    fileSigner(path, 'cli');
    for (const mode of [0o640, 0o604, 0o610]) {
      chmodSync(path, mode);
      assert.throws(() => fileSigner(path, 'cli'), { name: 'Fault', code: 'keyRights', detail: path });
    }
  });

  it('that is a link, no key or out of reach is refused by name', function () {
    if (windows) this.skip();
    const [real, link, empty] = [join(folder, 'key.pem'), join(folder, 'link'), join(folder, 'empty')];
    fileSigner(real, 'cli');
    symlinkSync(real, link);
    writeFileSync(empty, '', { mode: 0o600 });
    assert.throws(() => fileSigner(link, 'cli'), { code: 'keyRights', detail: link });
    assert.throws(() => fileSigner(empty, 'cli'), { code: 'keyMalformed', detail: empty });
    assert.throws(() => fileSigner(join(folder, 'none', 'key.pem'), 'cli'), { code: 'keyUnreadable' });
  });
});
