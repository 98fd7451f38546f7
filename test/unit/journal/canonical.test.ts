import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalBytes, canonicalJson, eventDigest } from '../../../src/journal/canonical.ts';
import { leafHash } from '../../../src/journal/chain.ts';
import { toHex } from '../../../src/journal/digest.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { KeptSalts, keptRow, takenSalt } from '../../../src/journal/keptSalts.ts';
import { partLeaves, saltSource, textRoot } from '../../../src/journal/parts.ts';
import { decode, encode } from '../../../src/journal/segment.ts';
import { anyEvents, anyText, typed } from '../../support/journalEvents.ts';

const secret = new Uint8Array(32).fill(9);

describe('canonical JSON', () => {
  for (const [value, json] of [
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [
      { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '🌍': 5, '\u0080': 6, ö: 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"🌍":5,"\ufb33":3}',
    ],
    ['\u20ac$\u000f\nA\'B"\\"/\u007f\u2028', '"€$\\u000f\\nA\'B\\"\\\\\\"/\u007f\u2028"'],
    ['lone \ud800', '"lone \\ud800"'],
    [{ a: undefined, b: 0 }, '{"b":0}'],
    [-0, '0'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [{}, '{}'],
  ] as const) {
    it(`of ${JSON.stringify(value)} is ${json}`, () => assert.equal(canonicalJson(value), json));
  }

  for (const [name, value] of [
    ['a fraction', { a: [0.5] }],
    ['a number beyond integers', 2 ** 53],
    ['not a number', Number.NaN],
    ['undefined in a list', [undefined]],
    ['a big integer', 1n],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => canonicalJson(value), TypeError));
  }

  it('says the same as JSON, whatever the order of members', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, fc.oneof(fc.integer(), anyText)), { maxLength: 5 }), members => {
        const [one, other] = [Object.fromEntries(members), Object.fromEntries(members.toReversed())];
        const unique = new Set(members.map(([key]) => key)).size === members.length;
        if (unique) assert.equal(canonicalJson(one), canonicalJson(other));
        assert.deepEqual(JSON.parse(canonicalJson(one)), one);
      }),
    ));
});

describe('canonical bytes of an event', () => {
  it('hold digests and lengths in place of texts', () => {
    const texts = ['мен сен', '\ud800', '😀😀a'];
    const event = { ...typed(300, 2), texts } as JournalEvent;
    const salts = saltSource(secret, 300);
    const stated = JSON.parse(Buffer.from(canonicalBytes(event, secret)).toString('utf8'));
    assert.deepEqual(stated.texts, [
      { digest: toHex(textRoot(texts[0]!, salts, 0).digest), length: 7, parts: 3 },
      { digest: toHex(textRoot(texts[1]!, salts, 3).digest), length: 1, utf16: true },
      { digest: toHex(textRoot(texts[2]!, salts, 4).digest), length: 5, pairs: 2 },
    ]);
    assert.deepEqual({ ...stated, texts }, event);
  });

  it('bind, of words that were taken out, how many there were and of how many characters', () => {
    const text = 'one two';
    const event = { ...typed(300, 2), texts: [text] } as JournalEvent;
    const [one, , two] = partLeaves(text, saltSource(secret, 300), 0);
    const bytes = (blanks: string, leaves: readonly Uint8Array[]) => {
      const kept = new KeptSalts(new Map([[300, keptRow(leaves.map(takenSalt))]]), undefined);
      return Buffer.from(canonicalBytes({ ...event, texts: [blanks] }, kept)).toString('utf8');
    };
    const whole = Buffer.from(canonicalBytes(event, secret)).toString('utf8');
    assert.equal(bytes('▮▮▮ ▮▮▮', [one!, two!]), whole);
    assert.notEqual(bytes('▮🔲 ▮▮▮', [one!, two!]), whole);
    assert.notEqual(bytes('▮▮▮▮▮▮▮', [textRoot(text, saltSource(secret, 300), 0).digest]), whole);
  });

  it('are hashed as a leaf of the tree, and stay when the event was packed', () =>
    fc.assert(
      fc.property(anyEvents, events => {
        for (const [i, event] of decode(encode(events)).entries()) {
          const bytes = canonicalBytes(event, secret);
          assert.deepEqual(bytes, canonicalBytes(events[i]!, secret));
          assert.deepEqual(eventDigest(event, secret), leafHash(bytes));
        }
      }),
    ));

  it('are written the same way whatever stands in an event, known to columns or not', () =>
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(typed(1, 0))), fc.jsonValue(), fc.boolean(), (member, value, deep) => {
        const plain = integers(value);
        const event = { ...typed(1, 0), ...(deep ? { changes: [plain] } : { [member]: plain }) } as JournalEvent;
        if (member === 'sequence' || (member === 'texts' && !deep)) return;
        const stated = JSON.parse(Buffer.from(canonicalBytes(typed(1, 0), secret)).toString('utf8'));
        const expected = canonicalJson({ ...event, texts: stated.texts });
        assert.equal(Buffer.from(canonicalBytes(event, secret)).toString('utf8'), expected);
      }),
      { numRuns: 500 },
    ));

  it('are written of a number that is an object', () => {
    const event = { ...typed(1, 0), document: { toString: 0 } } as unknown as JournalEvent;
    assert.match(Buffer.from(canonicalBytes(event, secret)).toString('utf8'), /"document":\{"toString":0\}/);
  });

  it('are refused for texts that are no list of strings', () => {
    for (const texts of [null, 'a', [1], {}]) {
      assert.throws(() => canonicalBytes({ ...typed(1, 0), texts } as unknown as JournalEvent, secret), TypeError);
    }
  });

  it('show no letter of a text, and differ when one does', () => {
    const bytes = (text: string) => toHex(canonicalBytes(typed(1, 0, text), secret));
    assert.ok(!bytes('confidential').includes(toHex(Buffer.from('confidential'))));
    assert.notEqual(bytes('confidential'), bytes('confidentiaI'));
  });
});

/** The value with its fractions cut off. */
function integers(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? Math.trunc(each % 2 ** 53) : each)),
  );
}
