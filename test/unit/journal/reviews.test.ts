import assert from 'node:assert/strict';
import { appendEvents } from '../../../src/journal/append.ts';
import { Misfit } from '../../../src/journal/replay.ts';
import { fitsReview, type ReviewBody } from '../../../src/journal/reviewEvent.ts';
import { recordReview } from '../../../src/journal/reviews.ts';
import { missingForPython, verifyOnce } from '../../support/pythonVerifier.ts';
import { Workroom } from '../../support/workroom.ts';

const says = { reviewer: 'A. Reader', role: '', contact: '', note: '' };
const review = { says, by: 'command' } as const;
const files = (...all: unknown[]) => ({ files: all }) as unknown as ReviewBody;

describe('a review', () => {
  const forms: readonly (readonly [of: ReviewBody, fits: boolean])[] = [
    [files(), true],
    [files({ document: 1, saved: 8 }), true],
    [files({ document: 1, saved: 9 }), false],
    [files({ document: -1, saved: 0 }), false],
    [files({ document: 1 }), false],
    [files({ document: 1.5, saved: 0 }), false],
    [files('a.md'), false],
    [files(null), false],
    [{ files: 'a.md' } as unknown as ReviewBody, false],
    [{} as ReviewBody, false],
  ];
  for (const [of, fits] of forms)
    it(`${JSON.stringify(of)} as event 9 ${fits ? 'fits' : 'does not fit'}`, () =>
      assert.equal(fitsReview(of, 9), fits));

  it('names events that are before it, or is refused and leaves nothing', () => {
    const room = new Workroom();
    try {
      const { file } = room.consent();
      const size = () => room.readFile(file, reader => reader.size);
      const before = size();
      const body = { kind: 'review', files: [{ document: 1, saved: 99 }], by: 'person' } as const;
      assert.throws(() => appendEvents(file, 'test', [{ body, texts: ['A', '', '', ''] }]), Misfit);
      assert.equal(size(), before);
      assert.deepEqual(
        recordReview(file, 'test', ['a.md'], review, () => ''),
        [{ path: 'a.md', why: 'unrecorded' }],
      );
      assert.equal(size(), before);
    } finally {
      room.clear();
    }
  });

  it('verifies, in Python too', function () {
    const room = new Workroom();
    try {
      const { file } = room.consent();
      const sequence = recordReview(file, 'test', [], review, () => undefined);
      assert.equal(typeof sequence, 'number');
      assert.deepEqual(
        room.readFile(file, reader => reader.verify().wrong),
        [],
      );
      if (missingForPython() !== undefined) this.skip();
      assert.deepEqual(verifyOnce(file).wrong, []);
    } finally {
      room.clear();
    }
  });
});
