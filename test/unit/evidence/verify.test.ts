import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { exportPackage } from '../../../src/evidence/package.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { WrongWhat } from '../../../src/evidence/verification.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { directory, isMemberName, localHeader } from '../../../src/evidence/zip.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { Seeded } from '../../support/seeded.ts';
import { Tampered } from '../../support/tamper.ts';

const signer = signerFrom('author');
const options = {
  work: { ...emptyWork, title: { en: 'The Steppe' } },
  profile: 'kz-contribution',
  language: 'ru',
  signer,
} as const;
const { archive } = exportPackage(smallJournal(signer).source(), options);

/** `member: what` of all that is wrong, after a change. */
function wrongAfter(tamper: (tampered: Tampered) => Tampered): string[] {
  const { wrong, consistent } = verifyPackage(tamper(new Tampered(archive)).archive());
  assert.equal(consistent, wrong.length === 0);
  return wrong.map(({ member, what }) => `${member}: ${what}`);
}

describe('verify a package', () => {
  it('accepts it untouched, and says what it does not know', () => {
    const { consistent, keyKnown, anchoredTo, wrong, notChecked, subject } = verifyPackage(archive);
    assert.deepEqual(
      { consistent, keyKnown, anchoredTo, wrong, notChecked },
      { consistent: true, keyKnown: false, anchoredTo: null, wrong: [], notChecked: [] },
    );
    assert.equal(subject.key, signer.fingerprint);
    assert.deepEqual(
      wrongAfter(t => t),
      [],
    );
  });

  it('refuses 200 random changes of one byte, in names and contents, packed again properly', () => {
    const random = new Seeded(20_261_122);
    for (let i = 0; i < 200; i++) {
      const tampered = new Tampered(archive);
      const member = tampered.members[random.below(tampered.members.length)]!;
      if (i % 4 === 0 || member.bytes.length === 0) {
        const at = random.below(member.name.length);
        const letter = 'abcdefghijklmnopqrstuvwxyz0123456789._-=ABCDEF'[random.below(46)]!;
        const name = member.name.slice(0, at) + letter + member.name.slice(at + 1);
        if (!isMemberName(name) || tampered.members.some(m => m.name === name)) continue;
        tampered.members = tampered.members.map(m => (m === member ? { ...m, name } : m));
        const { wrong } = verifyPackage(tampered.archive());
        assert.ok(
          wrong.some(w => w.member === name || w.member === member.name),
          `${member.name} as ${name}`,
        );
      } else {
        const at = random.below(member.bytes.length);
        member.bytes[at]! ^= 1 << random.below(8);
        const { wrong } = verifyPackage(tampered.archive());
        assert.ok(
          wrong.some(w => w.member === member.name),
          `${member.name} at ${at}: ${JSON.stringify(wrong)}`,
        );
      }
    }
  }).timeout(60_000);

  it('refuses 400 random changes of one byte of the archive itself', () => {
    const random = new Seeded(5);
    for (let i = 0; i < 400; i++) {
      const copy = Uint8Array.from(archive);
      const at = random.below(copy.length);
      copy[at]! ^= 1 << random.below(8);
      assert.ok(!verifyPackage(copy).consistent, `byte ${at}`);
    }
  });

  it('refuses the closing packed in any other way, which no digest covers', () => {
    const { entries, members } = unzip(archive);
    const last = entries.at(-1)!;
    const packed = deflateRawSync(members.get(last.name)!);
    const entry = { ...last, method: 8, packed: packed.length } as const;
    const before = [archive.subarray(0, last.offset), localHeader(entry), packed];
    const end = Buffer.concat(before).length;
    const changed = Buffer.concat([...before, directory([...entries.slice(0, -1), entry], end)]);
    assert.deepEqual(verifyPackage(changed).wrong, [{ member: '', what: 'repacked' }]);
  });

  it('refuses members removed, added, put in another order', () => {
    for (const { name } of new Tampered(archive).members) {
      assert.ok(
        wrongAfter(t => t.remove(name)).some(w => w.startsWith(`${name}: `)),
        name,
      );
    }
    assert.deepEqual(wrongAfter(t => t.add('data/extra.txt', 'x'))[0], 'data/extra.txt: unlisted');
    assert.deepEqual(wrongAfter(t => t.add('extra.txt', 'x'))[0], 'extra.txt: unlisted');
    assert.deepEqual(
      wrongAfter(t => Object.assign(t, { members: t.members.toReversed() })),
      [': order'],
    );
    const swapped = (t: Tampered) =>
      Object.assign(t, { members: [t.members[1]!, t.members[0]!, ...t.members.slice(2)] });
    assert.deepEqual(wrongAfter(swapped), [': order']);
  });

  const seal = 'seal/seal.dsse.json';
  const key = 'seal/author-key.pub';
  const note = 'seal/checkpoints/0002.txt';
  const spread = (text: string) => text.replace('{', '{ ');
  const cases: readonly (readonly [name: string, member: string, change: (text: string) => string, what: WrongWhat])[] =
    [
      [
        'bits that base64 does not use, in the signature',
        seal,
        t => t.replace(/(.)==("\}\]\})/, (_, c, end) => `${next(c)}==${end}`),
        'sealMalformed',
      ],
      ['white space in the seal', seal, spread, 'sealMalformed'],
      ['a missing line feed at the end of the seal', seal, t => t.trimEnd(), 'sealMalformed'],
      ['another key id in the seal', seal, t => t.replace(/"keyid":"./, '"keyid":"x'), 'sealSignature'],
      ['white space in the key', key, t => t.replace('\n', ' \n'), 'changed'],
      ['a line feed after the key', key, t => `${t}\n`, 'changed'],
      ['a line feed after a checkpoint', note, t => `${t}\n`, 'changed'],
      ['white space in the events', 'data/journal/events.ndjson', spread, 'changed'],
      ['white space in the manifest', 'data/manifest.json', spread, 'changed'],
      [
        'upper-case digits in a list',
        'manifest-sha256.txt',
        t => t.replace(/[a-f]/, c => c.toUpperCase()),
        'listMalformed',
      ],
      ['carriage returns in a list', 'manifest-sha512.txt', t => t.replaceAll('\n', '\r\n'), 'listMalformed'],
      ['a line less in a list', 'tagmanifest-sha256.txt', t => t.slice(t.indexOf('\n') + 1), 'changed'],
    ];
  for (const [name, member, change, what] of cases) {
    it(`refuses ${name}`, () => {
      const wrong = wrongAfter(t => t.change(member, change));
      if (what === 'changed') assert.ok(wrong.length > 0);
      else assert.ok(wrong.includes(`${member}: ${what}`), JSON.stringify(wrong));
    });
  }

  it('refuses what is no package', () => {
    const whatOf = (bytes: Uint8Array) => verifyPackage(bytes).wrong.map(({ what }) => what);
    assert.deepEqual(whatOf(Buffer.from('hello')), ['notArchive']);
    assert.deepEqual(whatOf(new Uint8Array(0)), ['notArchive']);
    assert.ok(whatOf(new Tampered(archive).remove('data/manifest.json').archive()).includes('missing'));
  });
});

/** The next letter of the base64 alphabet: only its unused low bits differ for the letters that end in `==`. */
function next(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return alphabet[alphabet.indexOf(letter) + 1]!;
}
