import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { exportPackage } from '../../../src/evidence/package.ts';
import type { PackageSource } from '../../../src/evidence/packageSource.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import type { Signer } from '../../../src/journal/keys.ts';
import { JournalByHand, signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { resealed } from '../../support/resealed.ts';
import { digestsOf, Tampered } from '../../support/tamper.ts';

const signer: Signer = signerFrom('author');
const letter = Buffer.from('Dear editor, =1+1 the fog is mine.');
const map = Buffer.from([0, 255, 1]);
const gone = Buffer.from('never mind');
const digestOf = (bytes: Uint8Array) => hash('sha256', bytes, 'hex');
const kept = new Map([letter, map, gone].map(bytes => [digestOf(bytes), bytes]));

const story = new JournalByHand('exhibits');
story.key(signer);
story.baseline('a.md', 'Fog.\n');
const attach = (bytes: Uint8Array, shows: string, name: string) =>
  story.add({ kind: 'exhibit', what: 'letter', fileDigest: digestOf(bytes), size: bytes.length, by: 'person' }, [
    shows,
    name,
  ]);
attach(letter, '=HYPERLINK("x"); "the plan"', 'письмо.TXT');
attach(map, 'The map', 'карта');
attach(gone, 'Nothing', 'x.pdf');
story.add({ kind: 'exhibitRemoved', exhibit: story.events.length - 1, by: 'person' });
story.add({ kind: 'milestone', by: 'person' }, ['First draft']);
story.checkpoint(signer);

const source = (bytes = kept): PackageSource => ({ ...story.source(), exhibit: digest => bytes.get(digest) });
const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
const made = (from = source(), withheld: readonly string[] = []) =>
  exportPackage(from, { ...options, withheldExhibits: new Set(withheld) });
const membersOf = (archive: Uint8Array) => unzip(archive).members;
const names = (archive: Uint8Array) => [...membersOf(archive).keys()].filter(name => name.startsWith('data/exhibits/'));
const text = (archive: Uint8Array, name: string) => Buffer.from(membersOf(archive).get(name) ?? []).toString('utf8');
const wrongIn = (archive: Uint8Array) => verifyPackage(archive).wrong.map(({ member, what }) => `${member} ${what}`);

describe('exhibits in a package', () => {
  const { archive, manifest } = made();

  it('stand byte for byte under their numbers, and what was taken back does not', () => {
    assert.deepEqual(names(archive), ['data/exhibits/EX-01.txt', 'data/exhibits/EX-02.bin', 'data/exhibits/index.csv']);
    assert.deepEqual(Buffer.from(membersOf(archive).get('data/exhibits/EX-01.txt')!), letter);
    assert.deepEqual(wrongIn(archive), []);
    assert.equal(manifest.exhibits?.length, 2);
  });

  it('are listed as a spreadsheet opens it, without formulas', () => {
    const rows = text(archive, 'data/exhibits/index.csv').split('\r\n');
    assert.ok(rows[0]?.startsWith('\ufeffnumber;file;kind;shows;'));
    assert.ok(rows[1]?.startsWith(`EX-01;EX-01.txt;letter;"'=HYPERLINK(""x""); ""the plan""";письмо.TXT;`), rows[1]);
    assert.deepEqual(
      rows.slice(1, 4).map(row => row.split(';').at(-2)),
      ['here', 'here', 'removed'],
    );
  });

  it('are in the report, with milestones', () => {
    const report = JSON.parse(text(archive, 'data/report/report.json'));
    assert.deepEqual(
      report.exhibits.map(({ name, removed }: { name: string; removed: string | null }) => [name, removed === null]),
      [
        ['EX-01', true],
        ['EX-02', true],
        ['EX-03', false],
      ],
    );
    assert.deepEqual(
      report.milestones.map(({ text }: { text: string }) => text),
      ['First draft'],
    );
  });

  it('give the same bytes again', () => assert.deepEqual(digestsOf(made().archive), digestsOf(archive)));

  it('that are withheld or missing are named, and are not there', () => {
    const left = made(source(new Map([[digestOf(letter), letter]])), ['EX-01']);
    assert.deepEqual(names(left.archive), ['data/exhibits/index.csv']);
    const { consistent, notChecked } = verifyPackage(left.archive);
    assert.equal(consistent, true);
    assert.deepEqual(
      notChecked.filter(({ why }) => why.startsWith('exhibit')).map(({ why, detail }) => `${detail} ${why}`),
      ['EX-01 exhibitWithheld', 'EX-02 exhibitMissing'],
    );
    assert.ok(!Buffer.from(left.archive).includes(letter));
    assert.notEqual(left.manifest.exportId, manifest.exportId);
  });

  it('that were changed are named', () => {
    const changed = new Tampered(archive).write('data/exhibits/EX-01.txt', 'Dear editor').archive();
    assert.ok(wrongIn(changed).includes('data/exhibits/EX-01.txt changed'), wrongIn(changed).join());
  });

  it('that their author exchanged and sealed again are named by what their events state', () => {
    for (const [name, bytes] of [
      ['data/exhibits/EX-01.txt', Buffer.from('Another letter')],
      ['data/exhibits/EX-02.bin', letter],
    ] as const) {
      const forged = resealed(archive, manifest, signer, t => t.write(name, bytes));
      assert.deepEqual(wrongIn(forged), [`${name} notDerived`]);
    }
    const added = resealed(archive, manifest, signer, t => t.add('data/exhibits/EX-03.pdf', 'never mind'));
    assert.equal(wrongIn(added)[0], 'data/exhibits/EX-03.pdf notOfPackage');
    const without = resealed(archive, manifest, signer, t => t.remove('data/exhibits/EX-02.bin'));
    assert.equal(wrongIn(without)[0], 'data/exhibits/EX-02.bin missing');
  });

  it('are among what README-FIRST says to open', () => {
    assert.ok(text(archive, 'README-FIRST.html').includes('<a href="data/exhibits/index.csv">'));
  });

  it('of which there are none leave no member', () => {
    const without = made(smallJournal(signer).source()).archive;
    assert.deepEqual(names(without), []);
    assert.ok(!text(without, 'README-FIRST.html').includes('data/exhibits/'));
  });
});
