import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Axes, Split } from '../../../src/evidence/axes.ts';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import { type Hand, hands } from '../../../src/provenance/origin.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story } from '../../support/story.ts';

const sample = makeReport([sampleStory().source()], { work: sampleWork });
const chapter = sample.files.find(({ path }) => path === 'глава-1.md')!;
const total = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);

describe('axes', () => {
  it('of an AI sentence in which a person changed words: machine by origin, both by state', () => {
    const { machine } = chapter.axes.origin;
    assert.ok(machine!.human! > 20 && machine!.machine! > 80);
    assert.ok(chapter.axes.firstMachine.low > chapter.axes.machine.low);
  });

  it('name the chapter that a heading begins', () => {
    assert.deepEqual(
      chapter.parts.map(({ unit, title, level }) => [unit, title, level]),
      [['heading', 'Глава первая', 1]],
    );
    const code = sample.files.find(({ path }) => path === 'tools/count.ts')!;
    assert.deepEqual(
      code.parts.map(({ title, from }) => [title, from === null]),
      [
        ['count', false],
        ['', true],
      ],
    );
  });

  it('count what was moved for the hand that moved it', () => {
    assert.deepEqual(chapter.axes.arranged, { human: '«Степь широка, да не для всякого», — говорил дед.\n\n'.length });
  });

  it('count a word for the hand of all its letters', () => {
    const story = new Story('words', '2026-11-12T04:10:00Z', 'Words');
    story.session();
    story.baseline('a.md', '');
    story.open('a.md');
    story.type('a.md', 'one — tw');
    story.insert('a.md', 'o three.', { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' });
    story.type('a.md', '\n\n!');
    story.save('a.md');
    const { words, lines } = makeReport([story.source()]).axes;
    assert.deepEqual([words.total, words.hands.human, words.hands.machine, words.mixed], [3, 1, 1, 1]);
    assert.deepEqual([lines.total, lines.hands.human, lines.mixed, lines.blank], [3, 1, 1, 1]);
  });
});

describe('axes, whatever happened:', () => {
  const holds = (name: string, law: (report: Report) => void) =>
    it(name, () =>
      fc.assert(
        fc.property(randomStory, story => law(makeReport([story.source()]))),
        { numRuns: 120 },
      ),
    );

  holds('parts add up to their file, files to the whole', ({ files, axes }) => {
    for (const { axes: file, parts } of files)
      if (parts.length > 0)
        addsUp(
          parts.map(part => part.axes),
          file,
        );
    if (files.length > 0)
      addsUp(
        files.map(file => file.axes),
        axes,
      );
  });

  holds('hands add up to the text, on each axis', ({ files }) => {
    for (const { text, lines, axes, measures, parts } of files) {
      assert.equal(axes.characters, [...text].length);
      assert.equal(axes.lines.total, lines);
      assert.equal(axes.words.total, text.split(/\s+/u).filter(run => /[\p{L}\p{N}]/u.test(run)).length);
      for (const hand of hands) assert.equal(axes.hands[hand], measures.hands[hand].characters);
      assert.deepEqual([axes.human, axes.machine, axes.unknown], [measures.human, measures.machine, measures.unknown]);
      for (const one of [axes, ...parts.map(part => part.axes)]) {
        assert.equal(total(hands.map(hand => one.hands[hand])), one.characters);
        for (const split of [one.words, one.lines]) assert.equal(total(all(split)), split.total);
        const ink = Object.values(one.origin).flatMap(row => Object.values(row));
        assert.equal(total(ink), one.characters - one.whitespace);
      }
    }
  });
});

function all({ hands: byHand, mixed, blank }: Split): number[] {
  return [...Object.values(byHand), mixed, blank];
}

function addsUp(parts: readonly Axes[], whole: Axes): void {
  const sum = (of: (axes: Axes) => number) => assert.equal(total(parts.map(of)), of(whole));
  sum(axes => axes.characters);
  sum(axes => axes.whitespace);
  for (const split of ['words', 'lines'] as const) {
    for (const part of [(s: Split) => s.total, (s: Split) => s.mixed, (s: Split) => s.blank]) sum(a => part(a[split]));
    for (const hand of hands) sum(axes => axes[split].hands[hand]);
  }
  const cell = (axes: Axes, a: Hand, b: Hand) => axes.origin[a]?.[b] ?? 0;
  for (const a of hands) {
    sum(axes => axes.hands[a]);
    sum(axes => axes.arranged[a] ?? 0);
    for (const b of hands) sum(axes => cell(axes, a, b));
  }
}
