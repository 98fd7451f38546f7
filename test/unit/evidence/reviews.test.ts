import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/evidence/html.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { plainTextDigest } from '../../../src/journal/parts.ts';
import { JournalByHand, signerFrom } from '../../support/journalByHand.ts';

const signer = signerFrom('author');
const story = new JournalByHand('reviews');
story.key(signer);
const [fog, map] = [story.baseline('fog.md', 'Fog.\n'), story.baseline('map.md', 'Map.\n')];
const base = (document: number) => story.events.findIndex(one => one.kind === 'baseline' && one.document === document);
const review = (files: readonly (readonly [number, number])[], texts: readonly string[], approved?: boolean) =>
  story.add(
    {
      kind: 'review',
      files: files.map(([document, saved]) => ({ document, saved })),
      ...(approved !== undefined && { approved }),
      by: 'person',
    },
    texts,
  );
review(
  [
    [fog, base(fog)],
    [map, base(map)],
  ],
  ['=A. <b>Reader</b>', 'editor', 'a@b', 'Well told;\nkeep the fog'],
  true,
);
story.open(fog, 'fog.md');
story.insert(fog, 1, 5, 'More.');
// What stands unsaved in an editor is not in the file yet.
review([[fog, base(fog)]], ['B', '', '', '']);
const saved = story.save(fog, 'Fog.\nMore.');
review([[fog, saved]], ['B', '', '', ''], false);
// Events by which the file had no text at that time.
review(
  [
    [map, 3],
    [9, 1],
  ],
  ['C', '', '', ''],
);
story.checkpoint(signer);

const report = makeReport([story.source()], { work: emptyWork });
const states = report.reviews.map(({ files }) => files.map(({ path, text }) => `${path} ${text}`));

describe('reviews on record', () => {
  it('say who looked, at which texts, and whether they stand', () => {
    assert.deepEqual(states, [
      ['fog.md changed', 'map.md same'],
      ['fog.md changed'],
      ['fog.md same'],
      ['map.md unknown'],
    ]);
    const [first] = report.reviews;
    assert.deepEqual(
      [first?.reviewer, first?.role, first?.contact, first?.approved, first?.by],
      ['=A. <b>Reader</b>', 'editor', 'a@b', true, 'person'],
    );
    assert.deepEqual(
      first?.files.map(({ textDigest }) => textDigest),
      [plainTextDigest('Fog.\n'), plainTextDigest('Map.\n')],
    );
    assert.deepEqual(
      report.reviews.map(({ approved }) => approved),
      [true, null, false, null],
    );
  });

  for (const [language, words] of [
    ['en', ['Reviews on record: 4', 'changed since', 'Not approved']],
    ['ru', ['Проверок в записи: 4', 'с тех пор изменён', 'Не одобрено']],
    ['kk', ['Жазбадағы тексерулер: 4', 'содан бері өзгерген', 'Мақұлданбады']],
  ] as const) {
    it(`stand in section 12, ${language}, their words as text`, () => {
      const html = reportHtml(report, { language });
      for (const one of words) assert.ok(html.includes(one), one);
      assert.ok(html.includes('=A. &lt;b&gt;Reader&lt;/b&gt;'));
    });
  }

  it('are a member of the package, a row a file, that a spreadsheet opens without formulas; and verify', () => {
    const { archive } = exportPackage(story.source(), { work: emptyWork, profile: 'generic', language: 'en', signer });
    const rows = Buffer.from(unzip(archive).members.get('data/review/review.csv') ?? [])
      .toString('utf8')
      .split('\r\n');
    assert.equal(rows[0], '\ufeffevent;time;reviewer;role;contact;approved;file;sha256;now;note');
    assert.match(rows[1] ?? '', /^reviews:\d+;[^;]+;'=A\. <b>Reader<\/b>;editor;a@b;yes;fog\.md;[0-9a-f]{64};changed;/);
    assert.equal(rows.filter(row => row !== '').length, 6);
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });

  it('there are none: no member, and the section says so', () => {
    const empty = new JournalByHand('none');
    empty.key(signer);
    empty.baseline('a.md', 'A');
    empty.checkpoint(signer);
    const { archive } = exportPackage(empty.source(), { work: emptyWork, profile: 'generic', language: 'en', signer });
    assert.equal(unzip(archive).members.has('data/review/review.csv'), false);
    assert.deepEqual(makeReport([empty.source()], {}).reviews, []);
  });
});
