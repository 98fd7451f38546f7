import assert from 'node:assert/strict';
import { Saves } from '../../../src/capture/saves.ts';

/** `w` a save begins, `x` a change, `d` and `c` the editor says dirty and clean; all as a real editor gave them. */
const cases: (readonly [name: string, events: string, known: boolean])[] = [
  ['a save that nothing disturbs', 'xdwcc', true],
  ['a save of a clean text', 'wc', true],
  ['a letter that came while the file was written', 'xdwxc', false],
  ['letters that came before it was written', 'xdwxcc', true],
  ['a formatter’s edit while saving', 'xdwxxcc', true],
  ['a letter between the editor’s own word and the save’s', 'xdwcxdc', false],
  ['a save that nobody announced', 'xdcc', true],
  ['the one after a disturbed save', 'xdwxcxwcc', true],
];

describe('a save', () => {
  for (const [name, events, known] of cases) {
    it(`${name}: ${events}, ${known ? 'the text is the file’s' : 'the file’s text is not known'}`, () => {
      const saves = new Saves();
      play(saves, events);
      assert.equal(saves.end(), known);
    });
  }

  for (const [what, after, overtaken] of [
    ['until the editor says more of the text', '', true],
    ['not once a letter makes it dirty', 'xd', false],
    ['not once it was saved again', 'wcc', false],
    ['not once the file’s text was taken back', 'xc', false],
  ] as const) {
    it(`that letters overtook leaves a text unsaved that is called clean: ${what}`, () => {
      const saves = new Saves();
      play(saves, 'xdwxc');
      assert.ok(!saves.end());
      play(saves, after);
      if (after.startsWith('w')) saves.end();
      assert.equal(saves.overtaken, overtaken);
    });
  }

  it('that failed is not under way for ever', () => {
    const saves = new Saves();
    saves.begin('focus', 1000);
    assert.deepEqual([saves.reason(2000), saves.reason(60_000)], ['focus', undefined]);
  });
});

function play(saves: Saves, events: string): void {
  for (const event of events) {
    if (event === 'w') saves.begin('manual', 0);
    else if (event === 'x') saves.changed();
    else saves.said(event === 'd');
  }
}
