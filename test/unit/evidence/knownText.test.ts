import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Sought } from '../../../src/evidence/grams.ts';
import { KnownText } from '../../../src/evidence/knownText.ts';

const pieces = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', 'ы'), maxLength: 60 });
/** A change, with parts of a thousand for its places; what is asked after it. */
const steps = fc.array(
  fc.record({
    from: fc.nat(1000),
    length: fc.nat(300),
    put: pieces,
    ask: fc.constantFrom('nothing', 'whether', 'whole'),
    told: fc.integer({ min: 0, max: 20 }).map(n => n > 0),
  }),
  { maxLength: 40 },
);

describe('a text of which only what changed is read', () => {
  it('is what it is, and never said not to hold what it holds', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 200, maxLength: 900 }), steps, fc.nat(1000), (start, all, place) => {
        const known = new KnownText();
        let [text, version] = [start, 1];
        for (const { from: part, length, put, ask, told } of all) {
          const from = Math.floor((part * text.length) / 1000);
          const to = Math.min(text.length, from + length);
          text = text.slice(0, from) + put + text.slice(to);
          version++;
          if (told) known.changed(version - 1, version, from, to, put.length - (to - from));
          const now = { version, length: text.length, text };
          const at = Math.floor((place * text.length) / 1000);
          const sought = text.slice(at, at + 40);
          if (ask === 'whole') assert.equal(known.whole(now), text);
          if (ask === 'whether' && sought.length >= 24) assert.ok(known.mayHold(new Sought(sought), now));
        }
      }),
    ));

  it('is read in whole once, and then where it changed', () => {
    const known = new KnownText();
    let text = 'A line of a text that is long.\n'.repeat(1000);
    let [version, read] = [1, 0];
    const now = () => ({
      version,
      length: text.length,
      text: {
        slice: (from: number, to: number) => {
          read += to - from;
          return text.slice(from, to);
        },
      },
    });
    const other = new Sought('Another line that nobody wrote.');
    assert.equal(known.mayHold(other, now()), false);
    assert.equal(read, text.length);
    text = `${text.slice(0, 50)}Another line that nobody wrote.${text.slice(50)}`;
    known.changed(version, ++version, 50, 50, 31);
    assert.equal(known.mayHold(other, now()), true);
    assert.ok(read < text.length + 100, `${read}`);
  });

  it('of typing that goes on is read where it goes on', () => {
    const known = new KnownText();
    const sought = new Sought('and typed letter by letter');
    const read = (version: number, text: string) => ({ version, length: text.length, text });
    assert.equal(known.mayHold(sought, read(1, 'It is here: ')), false);
    known.changed(1, 2, 12, 12, 1);
    known.wentOn(25, 25);
    assert.equal(known.mayHold(sought, read(27, 'It is here: and typed letter by letter')), true);
  });
});
