import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeFile, encodeFile } from '../../../src/journal/files.ts';
import { isSecret } from '../../../src/journal/secrecy.ts';
import { foreignTexts } from '../../support/arbitraries.ts';

const bytes = (...codes: number[]) => Uint8Array.from(codes);
const utf8 = (text: string) => Buffer.from(text, 'utf8');

describe('a file', () => {
  for (const [name, raw, text, format] of [
    ['plain', utf8('a\nb\n'), 'a\nb\n', { encoding: 'utf-8', bom: false, eol: '\n' }],
    ['empty', utf8(''), '', { encoding: 'utf-8', bom: false, eol: '\n' }],
    ['of Windows', utf8('a\r\nқ\r\n'), 'a\nқ\n', { encoding: 'utf-8', bom: false, eol: '\r\n' }],
    ['with a mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a', { encoding: 'utf-8', bom: true, eol: '\n' }],
    ['of mixed ends', utf8('a\r\nb\nc\r\n'), 'a\nb\nc\n', { encoding: 'utf-8', bom: false, eol: '\r\n', others: [1] }],
    ['of as many ends', utf8('a\r\nb\n'), 'a\nb\n', { encoding: 'utf-8', bom: false, eol: '\n', others: [0] }],
    ['with a lone return', utf8('a\rb'), 'a\rb', { encoding: 'utf-8', bom: false, eol: '\n' }],
    ['UTF-16 little', bytes(0xff, 0xfe, 0x3a, 0x04), 'к', { encoding: 'utf-16le', bom: true, eol: '\n' }],
    ['UTF-16 big', bytes(0xfe, 0xff, 0x04, 0x3a), 'к', { encoding: 'utf-16be', bom: true, eol: '\n' }],
    ['UTF-16, half a pair', bytes(0xff, 0xfe, 0x3d, 0xd8), '\ud83d', { encoding: 'utf-16le', bom: true, eol: '\n' }],
  ] as const) {
    it(`${name} is text and format, and back`, () => {
      assert.deepEqual(decodeFile(raw), { text, format });
      assert.deepEqual(Buffer.from(encodeFile(text, format)), Buffer.from(raw));
    });
  }

  it('in a one-byte encoding is read when the editor has named it', () => {
    const raw = bytes(0xef, 0xf0, 0xe8, 0x0d, 0x0a);
    const read = decodeFile(raw, 'windows-1251');
    assert.deepEqual(read, { text: 'при\n', format: { encoding: 'windows-1251', bom: false, eol: '\r\n' } });
    assert.deepEqual(encodeFile('при\n', { encoding: 'windows-1251', bom: false, eol: '\r\n' }), Buffer.from(raw));
  });

  for (const [name, raw, known, skip] of [
    ['with NUL', bytes(0x61, 0, 0x62), undefined, 'binary'],
    ['of no encoding', bytes(0x61, 0xff, 0x62), undefined, 'encoding'],
    ['of an encoding with several bytes', bytes(0x83, 0x65), 'shift_jis', 'encoding'],
    ['of half a UTF-16 unit', bytes(0xff, 0xfe, 0x61), undefined, 'encoding'],
    ['too large', new Uint8Array(20 * 1024 * 1024 + 1), undefined, 'large'],
  ] as const) {
    it(`${name} is skipped: ${skip}`, () => assert.deepEqual(decodeFile(raw, known), { skip }));
  }

  const formats = fc.constantFrom('utf-8', 'utf-8 mark', 'utf-16le mark', 'utf-16be mark');

  it('of any text in any format is read and written back byte for byte', () =>
    fc.assert(
      fc.property(
        foreignTexts.filter(text => !text.includes('\0')),
        formats,
        (raw, name) => {
          const [encoding = '', mark] = name.split(' ');
          const file = encodeFile(raw, { encoding, bom: mark !== undefined, eol: '\n' });
          const read = decodeFile(file);
          assert.ok('text' in read);
          assert.deepEqual(encodeFile(read.text, read.format), file);
          assert.ok(!read.text.includes('\r\n') || raw.includes('\r\r\n'));
        },
      ),
      { numRuns: 500 },
    ));

  it('of any bytes is skipped or written back byte for byte', () =>
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(undefined, 'windows-1251', 'koi8-r'),
        (raw, known) => {
          const read = decodeFile(raw, known);
          if ('text' in read) assert.deepEqual(Buffer.from(encodeFile(read.text, read.format)), Buffer.from(raw));
        },
      ),
      { numRuns: 2000 },
    ));
});

describe('a file by its name', () => {
  for (const path of ['.env', 'a/.env.local', 'server.pem', 'a\\b.KEY', 'x/id_ed25519']) {
    it(`${path} is never recorded by default`, () => assert.ok(isSecret(path)));
  }
  for (const path of ['env.md', 'keys.md', 'a.key/b.md', 'grid_1.md', 'monkey']) {
    it(`${path} is`, () => assert.ok(!isSecret(path)));
  }
});
