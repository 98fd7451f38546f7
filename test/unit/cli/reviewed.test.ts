import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ReviewedDocument } from '../../../src/cli/reviewed.ts';
import { reviewedIn } from '../../../src/cli/reviewLooked.ts';
import type { ReviewEntry } from '../../../src/evidence/reviews.ts';
import { plainTextDigest } from '../../../src/journal/parts.ts';
import { Recorded } from './recorded.ts';

const fits = new Ajv({ strict: true }).compile(
  JSON.parse(readFileSync(new URL('../../../media/schema/reviewed.schema.json', import.meta.url), 'utf8')),
);

describe('holograph reviewed', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  const reviewed = async (...argv: string[]) => {
    const document = await novel.json<ReviewedDocument>('reviewed', ...argv);
    assert.ok(fits(document), JSON.stringify(fits.errors));
    return document.reviews;
  };

  it('puts on record who looked at which text, and lists it', async () => {
    const said = ['--role', 'editor', '--note', 'All of it', '--approved', 'yes'];
    const [one] = await reviewed('ch1.md', '--by', 'A. Reader', ...said);
    const { event, at, ...rest } = one!;
    assert.match(event, /^[^:]+:\d+$/);
    assert.match(at, /^\d{4}-/);
    assert.deepEqual(rest, {
      reviewer: 'A. Reader',
      role: 'editor',
      contact: '',
      note: 'All of it',
      approved: true,
      by: 'command',
      files: [
        { path: 'ch1.md', textDigest: plainTextDigest(readFileSync(novel.path('ch1.md'), 'utf8')), text: 'same' },
      ],
    });
    assert.deepEqual(await reviewed(), [one]);
    const { out } = await novel.run('reviewed', '--language', 'ru');
    assert.match(
      out,
      /^A\. Reader, editor, .*, файлов: 1\n {3}одобрено\n {3}All of it\n {3}ch1\.md: с тех пор не менялся\n$/,
    );
  });

  it('of no file means the work', async () => {
    const [one] = await reviewed('--by', 'B');
    assert.deepEqual(
      one?.files.map(({ path }) => path),
      ['ch1.md', 'ch2.md'],
    );
    assert.equal(one?.approved, null);
  });

  it('of a folder means what is recorded below it', async () => {
    const [one] = await reviewed('.', '--by', 'B');
    assert.equal(one?.files.length, 2);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['nobody', ['ch1.md'], /--by NAME/],
    ['a nameless person', ['--by', ' '], /--by NAME/],
    ['a note of nobody', ['--note', 'x'], /--by NAME/],
    ['an answer that there is not', ['--by', 'B', '--approved', 'perhaps'], /--approved/],
    ['a file that is not recorded', ['holograph.json', '--by', 'B'], /holograph\.json/],
  ];
  for (const [what, argv, says] of refused) {
    it(`refuses ${what} in one line, and writes nothing`, async () => {
      const { code, out, err } = await novel.run('reviewed', ...argv);
      assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1]);
      assert.match(err, says);
      assert.deepEqual(await reviewed(), []);
    });
  }

  it('refuses a text that is not on record', async () => {
    appendFileSync(novel.path('ch1.md'), 'Unseen.\n');
    const { code, err } = await novel.run('reviewed', '--by', 'B');
    assert.equal(code, 2);
    assert.match(err, /another text than the record: ch1\.md\./);
    assert.deepEqual(await reviewed(), []);
  });

  it('gives up a name that is taken out of the record, and nothing else', async () => {
    await reviewed('ch1.md', '--by', 'A. Reader', '--note', 'Reader of all');
    assert.equal((await novel.run('redact', '--name', 'Reader', '--yes')).code, 0);
    const [one] = await reviewed();
    assert.deepEqual([one?.reviewer, one?.note, one?.files[0]?.text], ['A. ▮▮▮▮▮▮', '▮▮▮▮▮▮ of all', 'same']);
  });

  it('knows the text again where words were taken out of the record', async () => {
    assert.equal((await novel.run('redact', '--text', 'typed', '--reason', 'private', '--yes')).code, 0);
    const [one] = await reviewed('ch1.md', '--by', 'B');
    assert.equal(one?.files[0]?.text, 'same');
  });
});

describe('the latest review', () => {
  const review = (event: string, at: string, reviewer: string): ReviewEntry => {
    const files = [{ path: 'a.md', textDigest: 'd', text: 'same' } as const];
    return { reviewer, role: '', contact: '', note: '', approved: null, at, event, by: 'person', files };
  };
  const latest = (...reviews: ReviewEntry[]) => reviewedIn({ reviews }, { path: 'a.md', textDigest: 'd' })?.by;

  it('is the last of a journal, though the clock was set back', () =>
    assert.equal(latest(review('j:1', '2026-01-02T00:00:00Z', 'A'), review('j:2', '2026-01-01T00:00:00Z', 'B')), 'B'));

  it('is the later one of two journals, whichever comes first', () =>
    assert.equal(
      latest(review('j:1', '2026-01-02T01:00:00+05:00', 'A'), review('k:1', '2026-01-01T19:00:00Z', 'B')),
      'A',
    ));
});
