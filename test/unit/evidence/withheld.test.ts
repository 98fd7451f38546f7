import assert from 'node:assert/strict';
import { exportPackage } from '../../../src/evidence/package.ts';
import type { PackageSource } from '../../../src/evidence/packageSource.ts';
import { type Taken, withholding } from '../../../src/evidence/takenOut.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { pageMember } from '../../../src/evidence/verifyPageMember.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import type { Target } from '../../../src/journal/redactionPlan.ts';
import { holds } from '../../support/everyByte.ts';
import { JournalByHand, signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { resealed } from '../../support/resealed.ts';

const signer = signerFrom('author');
const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
const pack = (source: PackageSource) => exportPackage(source, options);

/** Members of a package in which a word stands. */
/** Members in which the word stands; the page that checks is the same in every package and has words of its own. */
const withWord = (archive: Uint8Array, word: string) =>
  [...unzip(archive).members]
    .filter(([name, bytes]) => name !== pageMember && holds(bytes, word))
    .map(([name]) => name);

const textOf = (archive: Uint8Array, member: string) =>
  Buffer.from(unzip(archive).members.get(member)!).toString('utf8');

function withheld(journal: JournalByHand, ...targets: Target[]) {
  return pack(withholding(journal.source(), targets));
}

describe('words withheld from a package', () => {
  const journal = smallJournal(signer);
  const whole = pack(journal.source());

  it('stand nowhere in it, and all that is left verifies', () => {
    assert.ok(withWord(whole.archive, 'steppe').length > 3);
    const { archive, manifest } = withheld(journal, { kind: 'name', name: 'steppe' });
    assert.deepEqual(withWord(archive, 'steppe'), []);
    assert.notEqual(manifest.exportId, whole.manifest.exportId);
    const found = verifyPackage(archive, { key: signer.fingerprint });
    assert.deepEqual(found.wrong, []);
    assert.ok(found.keyKnown);
    // The file that had it: its text digest and its file digest, of the save.
    assert.deepEqual(manifest.takenOut, { words: 2, digests: 2, withheld: 4 });
    const whys = found.notChecked.map(({ why, detail }) => `${why} ${detail}`);
    assert.deepEqual(whys, ['withheld 4', 'blanks 6']);
  });

  it('leave every figure of the report as it was', () => {
    const { archive } = withheld(journal, { kind: 'text', text: 'the steppe' });
    const figures = (of: Uint8Array) => {
      const { totals, files } = JSON.parse(textOf(of, 'data/report/report.json'));
      return { totals, files: files.map((file: object) => ({ ...file, textDigest: '', text: '' })) };
    };
    assert.deepEqual(figures(archive).totals, figures(whole.archive).totals);
  });

  it('of which only the spans are left keep their places', () => {
    const spans = (of: Uint8Array) => textOf(of, 'data/spans/spans.jsonl').replace(/"bytes":\[[^\]]*\],?/g, '');
    assert.equal(spans(withheld(journal, { kind: 'name', name: 'steppe' }).archive), spans(whole.archive));
  });

  it('of a prompt leave its place in the register', () => {
    const { archive } = withheld(journal, { kind: 'prompt', id: 'claude-code:c:1' });
    assert.equal(
      textOf(archive, 'data/prompts/prompt-0001.txt').replace(/[^▮ ]/g, '').replaceAll(' ', ''),
      '▮'.repeat('=SUM(1);write"asentence"aboutthesteppe'.length),
    );
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });

  it('stand as blanks in a file whose encoding has none', () => {
    const old = new JournalByHand();
    old.key(signer);
    old.baseline('old.txt', 'Моя мама Вера\n', { encoding: 'windows-1251', bom: false, eol: '\n' });
    old.checkpoint(signer);
    const { archive, manifest } = withheld(old, { kind: 'name', name: 'вера' });
    assert.equal(textOf(archive, 'data/work/old.txt'), 'Моя мама ▮▮▮▮\n');
    assert.equal(manifest.files[0]?.format.encoding, 'utf-8');
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });

  it('cannot be put back as other words, nor words be taken for withheld without the seal', () => {
    const { archive, manifest } = withheld(journal, { kind: 'name', name: 'steppe' });
    const tampered = resealed(archive, manifest, signer, t =>
      t.change('data/journal/events.ndjson', s => s.replace('▮▮▮▮▮▮', 'forest')),
    );
    assert.ok(verifyPackage(tampered).wrong.some(({ what }) => what === 'checkpointRoot'));
  });

  it('may be withheld beside others that are not there already', () => {
    const once: PackageSource = withholding(journal.source(), [{ kind: 'name', name: 'steppe' }]);
    const twice = withholding(once, [{ kind: 'text', text: 'Бастапқы' }]);
    const count = (taken: Taken | undefined) => [...taken!.values()].flat().filter(Boolean).length;
    assert.ok(count(twice.taken) > count(once.taken));
    const { archive } = pack(twice);
    assert.deepEqual([...withWord(archive, 'steppe'), ...withWord(archive, 'Бастапқы')], []);
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });
});
