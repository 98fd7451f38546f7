import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { Outputs } from '../../../src/evidence/outputs.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import type { PackageSource } from '../../../src/evidence/packageSource.ts';
import { withholding } from '../../../src/evidence/takenOut.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { pageMember } from '../../../src/evidence/verifyPageMember.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { holds } from '../../support/everyByte.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { keptStory } from '../../support/keptStory.ts';
import { resealed } from '../../support/resealed.ts';
import { digestsOf, type Tampered } from '../../support/tamper.ts';

const signer = signerFrom('author');
const story = keptStory(signer);
const pack = (source: PackageSource = story.source(), files: readonly string[] = []) =>
  exportPackage(source, { work: { ...emptyWork, files }, profile: 'generic', language: 'en', signer });
const made = pack();
const namesIn = (archive: Uint8Array, folder: string) =>
  [...unzip(archive).members.keys()].flatMap(name => (name.startsWith(folder) ? [name.slice(folder.length)] : []));
const textOf = (archive: Uint8Array, name: string) => Buffer.from(unzip(archive).members.get(name) ?? []).toString();
const rowsOf = (archive: Uint8Array, name: string) =>
  textOf(archive, name)
    .split('\r\n')
    .slice(1, -1)
    .map(row => row.split(';'));
const wrongAfter = (tamper: (t: Tampered) => unknown) =>
  verifyPackage(resealed(made.archive, made.manifest, signer, tamper)).wrong.map(
    ({ member, what }) => `${member}: ${what}`,
  );

describe('what a package holds beside the work', () => {
  it('is the same bytes again, and verifies', () => {
    assert.deepEqual(digestsOf(pack(keptStory(signer).source()).archive), digestsOf(made.archive));
    assert.deepEqual(verifyPackage(made.archive).wrong, []);
  });

  it('the files at each milestone, where they differ from the one before', () => {
    const rows = rowsOf(made.archive, 'data/versions/index.csv').map(([number, file, milestone, said, , path, state]) =>
      [milestone, number, file, state, path, said].join(' '),
    );
    assert.deepEqual(rows, [
      'M-01 V-0001 V-0001.txt new crlf.txt First draft',
      'M-01 V-0002 V-0002.txt new bom.txt First draft',
      'M-01 V-0003 V-0003.txt new wide.txt First draft',
      'M-01 V-0004 V-0004.md new empty.md First draft',
      'M-01 V-0005 V-0005.md new тарау/бірінші тарау.md First draft',
      'M-02   unchanged  Nothing new',
      'M-03 V-0001 V-0001.txt unsaved crlf.txt Typed, and not saved',
      'M-04 V-0006 V-0006.txt changed crlf.txt Second draft',
      'M-04 V-0002 V-0002.txt renamed wind.txt Second draft',
      'M-04   deleted empty.md Second draft',
    ]);
    assert.equal(textOf(made.archive, 'data/versions/V-0001.txt'), 'one\r\ntwo\nthree\r\n');
    assert.equal(textOf(made.archive, 'data/versions/V-0006.txt'), textOf(made.archive, 'data/work/crlf.txt'));
    assert.deepEqual(
      unzip(made.archive).members.get('data/versions/V-0003.txt'),
      unzip(made.archive).members.get('data/work/wide.txt'),
    );
  });

  it('versions of files that are of the work now, or were when they were marked', () => {
    const paths = (files: readonly string[]) => [
      ...new Set(rowsOf(pack(undefined, files).archive, 'data/versions/index.csv').map(row => row[5])),
    ];
    assert.deepEqual(paths(['wind.txt', 'empty.md']), ['bom.txt', 'empty.md', '', 'wind.txt']);
  });

  it('what AI systems gave, each as its record has it', () => {
    const rows = rowsOf(made.archive, 'data/outputs/index.csv').map(
      ([number, file, what, , , , , prompt, path, places, , , of, reconstructed, id]) =>
        [number, file, what, id, prompt, path, places, of, reconstructed].join('|'),
    );
    assert.deepEqual(rows, [
      '0001|output-0001.txt|answer|a1|claude-code:c:1||||',
      '0002|output-0002.txt|file|e2||bom.txt|9-10||',
      '0003|output-0003.txt|replacement|e3||crlf.txt|||yes',
      '0004|output-0004.txt|replacement|e4|claude-code:c:1|crlf.txt|||',
      '0005|output-0005.txt|file|e4~||crlf.txt||e4|',
    ]);
    assert.equal(textOf(made.archive, 'data/outputs/output-0001.txt'), '=1+1 Of course: the steppe ▮▮▮.\n');
    assert.equal(textOf(made.archive, 'data/outputs/output-0003.txt'), 'six');
    for (const row of rowsOf(made.archive, 'data/outputs/index.csv'))
      assert.equal(hash('sha256', unzip(made.archive).members.get(`data/outputs/${row[1]}`)!, 'hex'), row[11]);
  });

  it('what was left out of the package, by event, and nothing of it', () => {
    assert.ok(!namesIn(made.archive, 'data/journal/').includes('redactions.csv'));
    const { archive, manifest } = pack(withholding(story.source(), [{ kind: 'text', text: 'соқты' }]));
    const rows = rowsOf(archive, 'data/journal/redactions.csv');
    const sum = rows.reduce((n, row) => n + Number(row[5]) + Number(row[6]), 0);
    assert.equal(sum, manifest.takenOut?.withheld);
    assert.ok(rows.every(([redaction, , , , event]) => redaction === '' && event?.startsWith('j-0001:')));
    const spread = ['data/versions/V-0002.txt', 'data/outputs/output-0002.txt', 'data/work/wind.txt'];
    for (const name of spread) assert.ok(textOf(archive, name).includes('▮▮▮▮▮'), name);
    const own = [...unzip(archive).members].filter(([name]) => name !== pageMember);
    assert.deepEqual(
      own.filter(([, bytes]) => holds(bytes, 'соқты')).map(([name]) => name),
      [],
    );
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });

  it('the published forms of its JSON', () =>
    assert.deepEqual(namesIn(made.archive, 'data/schema/'), [
      'holograph.schema.json',
      'label.schema.json',
      'manifest.schema.json',
      'report.schema.json',
    ]));

  it('is refused where it does not follow from the events, even sealed again', () => {
    for (const name of ['data/versions/V-0001.txt', 'data/outputs/output-0001.txt', 'data/schema/report.schema.json'])
      assert.deepEqual(
        wrongAfter(t => t.change(name, text => `${text}!`)),
        [`${name}: notDerived`],
      );
    for (const name of ['data/versions/index.csv', 'data/outputs/index.csv'])
      assert.deepEqual(
        wrongAfter(t => t.change(name, text => text.replace('2026', '2025'))),
        [`${name}: notDerived`],
      );
    const missing = wrongAfter(t => t.remove('data/outputs/output-0002.txt'));
    assert.equal(missing[0], 'data/outputs/output-0002.txt: missing');
    const added = wrongAfter(t => t.add('data/versions/V-0099.txt', 'x'));
    assert.equal(added[0], 'data/versions/V-0099.txt: notOfPackage');
    assert.equal(
      wrongAfter(t => t.add('data/journal/redactions.csv', 'x'))[0],
      'data/journal/redactions.csv: notOfPackage',
    );
  });

  it('is bounded: what is beyond is named with its digest, and is not there', () => {
    const outputs = new Outputs('j', { files: 3, bytes: 10 });
    const head = {
      kind: 'answer',
      agent: 'a',
      conversation: 'c',
      answered: 0,
      time: 0,
      monotonic: 0,
      zone: 0,
    } as const;
    for (const [i, text] of ['one', 'too long', 'дала', 'six', 'x', 'y'].entries())
      outputs.add({ ...head, session: 1, sequence: i, id: String(i), texts: [text] });
    const [index, ...held] = outputs.members();
    assert.deepEqual(
      held.map(({ name }) => name),
      ['data/outputs/output-0001.txt', 'data/outputs/output-0004.txt', 'data/outputs/output-0005.txt'],
    );
    const rows = Buffer.from(index!.bytes).toString().split('\r\n').slice(1, -1);
    const without = rows.map(row => row.split(';')).filter(([, file]) => file === '');
    assert.deepEqual(
      without.map(row => `${row[0]} ${row[10]}`),
      ['0002 8', '0003 4', '0006 1'],
    );
    assert.ok(without.every(row => /^[0-9a-f]{64}$/.test(row[11]!)));
  });

  it('is what README-FIRST says to open, where there is any', () => {
    const readme = textOf(made.archive, 'README-FIRST.html');
    const without = textOf(pack(smallJournal(signer).source()).archive, 'README-FIRST.html');
    for (const name of ['data/versions/index.csv', 'data/outputs/index.csv']) {
      assert.ok(readme.includes(`href="${name}"`), name);
      assert.ok(!without.includes(name), name);
    }
    assert.ok(without.includes('href="data/schema/"'));
  });
});
