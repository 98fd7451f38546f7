import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { rootOf } from '../../../src/journal/chain.ts';
import { toHex } from '../../../src/journal/digest.ts';
import {
  isSpace,
  partLeaves,
  partsOf,
  plainTextDigest,
  saltSource,
  textRoot,
  wellFormed,
} from '../../../src/journal/parts.ts';
import { anyText } from '../../support/journalEvents.ts';

const salts = saltSource(new Uint8Array(32).fill(7), 300);

/** Parts as a picture: words in brackets, white space as it stands. */
function picture(text: string): string {
  return partsOf(text)
    .map(({ from, to, space }) => (space ? text.slice(from, to) : `[${text.slice(from, to)}]`))
    .join('');
}

function sha256(...pieces: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece);
  return hash.digest();
}

describe('parts', () => {
  for (const [text, parts] of [
    ['', ''],
    ['word', '[word]'],
    ['  \n', '  \n'],
    ['Анна, сәлем!\n', '[Анна,] [сәлем!]\n'],
    [' a\u00a0b\u3000', ' [a]\u00a0[b]\u3000'],
    ['zero\u200bwidth\ufeff', '[zero\u200bwidth\ufeff]'],
  ] as const) {
    it(`of ${JSON.stringify(text)} are ${JSON.stringify(parts)}`, () => assert.equal(picture(text), parts));
  }

  it('are words and white space in turn, without gaps', () =>
    fc.assert(
      fc.property(anyText, text => {
        const parts = partsOf(text);
        assert.equal(parts.map(({ from, to }) => text.slice(from, to)).join(''), text);
        for (const [i, part] of parts.entries()) {
          assert.ok(part.to > part.from && part.space === isSpace(text.charCodeAt(part.from)));
          if (i > 0) assert.ok(parts[i - 1]!.to === part.from && parts[i - 1]!.space !== part.space);
        }
      }),
    ));

  it('white space is what Unicode calls so', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      assert.equal(isSpace(unit), /\p{White_Space}/u.test(String.fromCharCode(unit)), unit.toString(16));
    }
  });
});

describe('a text\u2019s digest', () => {
  it('is the root over salted words and clear white space', () => {
    const [first, third] = [saltAt(300, 5), saltAt(300, 7)];
    const leaves = [
      sha256(Uint8Array.of(0, 1), first, 'Анна'),
      sha256(Uint8Array.of(0, 0, 0, 0, 0, 4), ' \n'),
      sha256(Uint8Array.of(0, 1), third, 'here'),
    ];
    assert.deepEqual(partLeaves('Анна \nhere', salts, 5), leaves);
    const root = sha256(Uint8Array.of(1), sha256(Uint8Array.of(1), leaves[0]!, leaves[1]!), leaves[2]!);
    assert.deepEqual(textRoot('Анна \nhere', salts, 5), { digest: root, parts: 3 });
  });

  it('of a text that is not well-formed covers its UTF-16LE', () => {
    const salt = saltAt(300, 0);
    const leaf = sha256(Uint8Array.of(0, 1), salt, Uint8Array.of(0x61, 0, 0x3d, 0xd8));
    assert.deepEqual(textRoot('a\ud83d', salts, 0).digest, leaf);
  });

  it('of no text is the root without leaves', () =>
    assert.equal(
      toHex(textRoot('', salts, 0).digest),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ));

  it('stays when any part is replaced by its leaf', () =>
    fc.assert(
      fc.property(anyText, fc.nat(9), (text, first) => {
        const { digest, parts } = textRoot(text, salts, first);
        const leaves = partLeaves(text, salts, first);
        assert.equal(leaves.length, parts);
        assert.deepEqual(rootOf(leaves), digest);
      }),
    ));

  it('differs with the text, the event, the number of the part and the secret', () => {
    const digest = (text: string, secret: number, event: number, part: number) =>
      toHex(textRoot(text, saltSource(new Uint8Array(32).fill(secret), event), part).digest);
    const all = [
      digest('a', 1, 1, 1),
      digest('b', 1, 1, 1),
      digest('a', 2, 1, 1),
      digest('a', 1, 2, 1),
      digest('a', 1, 1, 2),
    ];
    assert.equal(new Set(all).size, all.length);
  });

  it('proves the lengths of words taken out, by the offsets of the white space between', () =>
    assert.notDeepEqual(partLeaves('ab c', salts, 0)[1], partLeaves('a bc', salts, 0)[1]));

  it('takes sequences above 2^32', () =>
    assert.deepEqual(
      saltSource(new Uint8Array(32), 2 ** 40 + 3)(1),
      sha256(new Uint8Array(32), Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 1)),
    ));

  it('refuses a secret of another length', () => assert.throws(() => saltSource(new Uint8Array(31), 0), RangeError));
});

describe('a file\u2019s text digest', () => {
  for (const [name, text, bytes] of [
    ['UTF-8', 'сәлем\n', Buffer.from('сәлем\n', 'utf8')],
    ['UTF-16LE where it is not well-formed', '\udc00a', Uint8Array.of(0, 0xdc, 0x61, 0)],
  ] as const) {
    it(`covers ${name}`, () => assert.equal(plainTextDigest(text), toHex(sha256(bytes))));
  }

  it('tells lone surrogates', () =>
    assert.deepEqual(['a', '🌍', '\ud83c', '\udf0d\ud83c', ''].map(wellFormed), [true, true, false, false, true]));
});

function saltAt(event: number, part: number): Uint8Array {
  const numbers = Buffer.alloc(12);
  numbers.writeBigUInt64BE(BigInt(event));
  numbers.writeUInt32BE(part, 8);
  return sha256(new Uint8Array(32).fill(7), numbers);
}
