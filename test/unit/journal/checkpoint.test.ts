import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leafHash } from '../../../src/journal/chain.ts';
import {
  formatCheckpoint,
  originOf,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
} from '../../../src/journal/checkpoint.ts';
import { newKey, signerOf } from '../../../src/journal/keys.ts';

const signer = signerOf('cli', newKey().privateKey);
const other = signerOf('vscode', newKey().privateKey);
const checkpoint = { origin: originOf('b1f4c0de'), size: 4097, root: leafHash('head') };
const text = formatCheckpoint(checkpoint);
const note = signCheckpoint(text, signer);

describe('a checkpoint', () => {
  it('is three lines, an empty one and a signature', () => {
    const root = Buffer.from(checkpoint.root).toString('base64');
    assert.equal(text, `holograph/b1f4c0de\n4097\n${root}\n`);
    assert.match(note.slice(text.length), /^\n— holograph\/b1f4c0de [A-Za-z0-9+/]{91}=\n$/u);
  });

  it('says what was signed, and verifies with the key that signed', () => {
    const { origin, size, root } = parseCheckpoint(note);
    assert.deepEqual({ origin, size, root: Buffer.from(root) }, { ...checkpoint, root: Buffer.from(checkpoint.root) });
    assert.ok(verifyCheckpoint(note, signer.publicKey));
    assert.ok(!verifyCheckpoint(note, other.publicKey));
  });

  it('stands for any journal and size', () =>
    fc.assert(
      fc.property(fc.uuid(), fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (id, size, root) => {
        const signed = signCheckpoint(formatCheckpoint({ origin: originOf(id), size, root }), signer);
        assert.ok(verifyCheckpoint(signed, signer.publicKey));
        assert.deepEqual(parseCheckpoint(signed).size, size);
      }),
      { numRuns: 30 },
    ));

  it('with any character changed is refused', () =>
    fc.assert(
      fc.property(
        fc.nat(note.length - 1),
        fc.string({ minLength: 1, maxLength: 1, unit: 'binary-ascii' }),
        (at, letter) => {
          fc.pre(note[at] !== letter);
          assert.ok(!verifyCheckpoint(note.slice(0, at) + letter + note.slice(at + 1), signer.publicKey));
        },
      ),
      { numRuns: 500 },
    ));

  for (const [name, changed] of [
    ['a second signature', note + note.slice(text.length + 1)],
    ['a signature under another name', note.replace('— holograph/', '— holo/')],
    ['a further line', note.replace('\n\n', '\nmore\n\n')],
    ['a size with a zero before it', note.replace('4097', '04097')],
    ['a size that is no number', note.replace('4097', '4097.0')],
    ['a size above 2^53', note.replace('4097', '9007199254740993')],
    ['a root of 31 bytes', note.replace(text, `${checkpoint.origin}\n4097\n${'A'.repeat(40)}AA==\n`)],
    ['other line ends', note.replaceAll('\n', '\r\n')],
    ['something after it', `${note}\n`],
    ['nothing in it', ''],
  ] as const) {
    it(`with ${name} is refused`, () =>
      assert.throws(() => parseCheckpoint(changed), { name: 'Fault', code: 'checkpointMalformed' }));
  }

  it('whose text was signed by one key does not pass under the key id of another', () => {
    const forged = signCheckpoint(text, { ...other, publicKey: signer.publicKey });
    assert.ok(!verifyCheckpoint(forged, signer.publicKey));
    assert.ok(!verifyCheckpoint(forged, other.publicKey));
  });

  for (const [name, wrong] of [
    ['an origin with a space', { ...checkpoint, origin: 'holograph/a b' }],
    ['an origin with a plus', { ...checkpoint, origin: 'holograph/a+b' }],
    ['no origin', { ...checkpoint, origin: '' }],
    ['a negative size', { ...checkpoint, size: -1 }],
    ['a short root', { ...checkpoint, root: new Uint8Array(31) }],
  ] as const) {
    it(`cannot be written with ${name}`, () => assert.throws(() => formatCheckpoint(wrong), RangeError));
  }
});
