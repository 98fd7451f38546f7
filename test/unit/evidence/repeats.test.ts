import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/evidence/html.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { Story } from '../../support/story.ts';

/** Typed into one file; `marks`: offsets in the text that was typed. */
function reportOf(text: string, marks: readonly (readonly [from: number, to: number])[]) {
  const story = new Story('j-1', '2026-03-01T08:00:00Z', 'book');
  story.session();
  story.baseline('a.md', '');
  story.open('a.md');
  story.type('a.md', text);
  const first = story.events.find(event => event.kind === 'changed')!.first;
  const ranges = marks.map(([from, to]) => ({ length: to - from, serial: first + from }));
  if (marks.length > 0) story.add({ kind: 'repeats', ranges, of: 'c:1:m' });
  story.save('a.md');
  return makeReport([story.source()]);
}

const two = 'One sentence. Another one. A third.';

describe('typed text that repeats a machine’s, in the report', () => {
  const cases: readonly [name: string, marks: [number, number][], counted: object | undefined][] = [
    ['none', [], undefined],
    ['in one sentence', [[4, 12]], { characters: 8, passages: 1 }],
    [
      'twice in one sentence',
      [
        [0, 3],
        [4, 12],
      ],
      { characters: 11, passages: 1 },
    ],
    ['over two sentences', [[4, 17]], { characters: 13, passages: 2 }],
    [
      'to the end of the text',
      [
        [14, 26],
        [29, 35],
      ],
      { characters: 18, passages: 2 },
    ],
  ];
  for (const [name, marks, counted] of cases)
    it(`is counted: ${name}`, () => assert.deepEqual(reportOf(two, marks).files[0]!.repeats, counted));

  it('stays the person’s, and stands among the limits in every language', () => {
    const report = reportOf(two, [[4, 12]]);
    assert.equal(report.totals.hands.machine.characters, 0);
    for (const language of ['en', 'ru', 'kk'] as const) {
      const line = /<li>[^<]*<bdi>a\.md<\/bdi>: [^<]*8[^<]*1<\/li>/;
      assert.match(reportHtml(report, { language }), line);
      assert.doesNotMatch(reportHtml(reportOf(two, []), { language }), line);
    }
  });

  it('is not what was found later not to be typed', () => {
    const story = new Story('j-1', '2026-03-01T08:00:00Z', 'book');
    story.session();
    story.baseline('a.md', '');
    story.open('a.md');
    story.type('a.md', two);
    const ranges = [{ length: two.length, serial: story.events.find(event => event.kind === 'changed')!.first }];
    story.add({ kind: 'repeats', ranges, of: 'c:1:m' });
    story.add({ kind: 'resolution', ranges, origin: { kind: 'unknown', basis: 'none', rule: 'none' } });
    assert.equal(makeReport([story.source()]).files[0]!.repeats, undefined);
  });
});
