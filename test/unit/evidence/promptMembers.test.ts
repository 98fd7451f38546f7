import assert from 'node:assert/strict';
import { Chronicle } from '../../../src/evidence/chronicle.ts';
import { csvRow, promptMembers } from '../../../src/evidence/promptMembers.ts';
import { Replay } from '../../../src/journal/replay.ts';
import { begun, one, request, two } from '../../support/promptStory.ts';
import type { Story } from '../../support/story.ts';

describe('prompts of a package', () => {
  const index = (story: Story) => {
    const [member] = promptMembers(Chronicle.read(story.source(), new Replay()));
    return Buffer.from(member!.bytes)
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split('\r\n')
      .slice(0, -1);
  };
  const cell = (row: string | undefined, name: string, head: string) => row?.split(';')[head.split(';').indexOf(name)];

  it('say whether the author wants each protected, and what they note of it, on one line', () => {
    const story = begun();
    for (const id of [one, two]) story.prompt(id, request);
    story.add({ kind: 'promptNote', prompt: one, protect: true }, ['My own idea.\n\nOf a night in May.']);
    const [head, first, second] = index(story);
    assert.deepEqual(
      [cell(first, 'protect', head!), cell(first, 'note', head!)],
      ['yes', 'My own idea. Of a night in May.'],
    );
    assert.deepEqual([cell(second, 'protect', head!), cell(second, 'note', head!)], ['undecided', '']);
  });

  it('leave a note that is taken back out', () => {
    const story = begun();
    story.prompt(one, request);
    story.add({ kind: 'promptNote', prompt: one, protect: true }, ['Mine.']);
    story.add({ kind: 'promptNote', prompt: one, protect: false }, ['']);
    assert.match(index(story)[1]!, /;no;$/);
  });

  for (const cell of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠A'])
    it(`are no formula to a spreadsheet: ${JSON.stringify(cell)}`, () => assert.match(csvRow([cell]), /^"?'/));

  for (const cell of ['a,=1+1', 'a, +1', 'b;c,"@SUM(A1)', 'a\n=1', 'a,\u2028=1'])
    it(`are none where commas part cells: ${JSON.stringify(cell)}`, () =>
      assert.doesNotMatch(csvRow(['x', cell]).trim(), /[,\n\r] *"*[=+\-@]/));

  it('say what is not seen and what would turn their letters', () =>
    assert.equal(csvRow(['\u202egpj.exe', '\0\u001b']), 'U+202Egpj.exe;U+0000U+001B\r\n'));

  it('are one line, whole where they hold what parts cells', () =>
    assert.equal(csvRow(['a;b', 'say "so"', 'two\nlines', 'plain']), '"a;b";"say ""so""";two lines;plain\r\n'));
});
