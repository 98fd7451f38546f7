import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leafHash } from '../../../src/journal/chain.ts';
import { formatSealLine, sealLinesIn } from '../../../src/journal/sealLine.ts';

const sealed = { journal: '0f9e6a5c-2f64-4cf3-a2a8-6c6a5a1d2b11', size: 4097, root: new Uint8Array(leafHash('head')) };
const line = formatSealLine(sealed);
const read = (text: string) => sealLinesIn(text);

describe('a seal line', () => {
  it('is one short word of plain ASCII', () => {
    assert.match(line, /^holograph-seal:1:[0-9a-f-]{36}:4097:[a-z2-7]{52}:[a-z2-7]{4}$/u);
    assert.ok(line.length <= 120, `${line.length}`);
  });

  it('says what it was made of, for any journal, size and root', () =>
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (journal, size, root) => {
          assert.deepEqual(read(formatSealLine({ journal, size, root })), {
            lines: [{ journal, size, root }],
            damaged: false,
          });
        },
      ),
      { numRuns: 50 },
    ));

  const mails: Readonly<Record<string, string>> = {
    'in a letter': `Dear Aigul,\nplease keep this:\n${line}\nYours`,
    'with a full stop after it': `It is ${line}.`,
    'broken by a mail program': `${line.slice(0, 76)}\n${line.slice(76)}`,
    'quoted twice, broken and answered': `>> ${line.slice(0, 70)}\r\n>> ${line.slice(70)}\r\n> kept!`,
    'with the soft line ends of quoted-printable': `${line.slice(0, 75)}=\r\n${line.slice(75)}`,
    'in capitals': line
      .toUpperCase()
      .replace('HOLOGRAPH-SEAL', 'holograph-seal')
      .replace(sealed.journal.toUpperCase(), sealed.journal),
    'twice in one letter': `${line}\n> ${line}`,
    'beside one that was damaged': `${line.replace('4097', '4098')}\n${line}`,
  };
  for (const [name, mail] of Object.entries(mails)) {
    it(`is found ${name}`, () => assert.deepEqual(read(mail).lines, [sealed]));
  }

  it('is never taken for another: any one letter changed is told from a journal that was changed', () =>
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.constantFrom(...'abcdef234567'), (at, letter) => {
        fc.pre(line[at]!.toLowerCase() !== letter && at >= 'holograph-seal:'.length);
        assert.deepEqual(read(line.slice(0, at) + letter + line.slice(at + 1)), { lines: [], damaged: true });
      }),
      // One change in a million fits the check characters by chance.
      { numRuns: 500, seed: 1 },
    ));

  it('is not there in a text that has none', () =>
    assert.deepEqual(read('holograph seal, 4097 events'), { lines: [], damaged: false }));

  for (const [name, wrong] of [
    ['a journal with a colon', { ...sealed, journal: 'a:b' }],
    ['no journal', { ...sealed, journal: '' }],
    ['a negative size', { ...sealed, size: -1 }],
    ['a short root', { ...sealed, root: new Uint8Array(31) }],
  ] as const) {
    it(`cannot be written with ${name}`, () => assert.throws(() => formatSealLine(wrong), RangeError));
  }
});
