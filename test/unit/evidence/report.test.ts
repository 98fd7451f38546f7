import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import { hands, kinds } from '../../../src/provenance/origin.ts';
import { equalsGolden } from '../../support/golden.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story, typed } from '../../support/story.ts';

const sample = makeReport([sampleStory().source()], { work: sampleWork });
const total = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);

describe('report', () => {
  it('of the sample work is the golden one', () => {
    equalsGolden('report/sample.json', `${JSON.stringify(sample, null, 1)}\n`);
  });

  it('is the same each time, and whatever the machine’s zone', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'America/St_Johns';
    const again = makeReport([sampleStory().source()], { work: sampleWork });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    assert.deepEqual(again, sample);
  });

  it('counts the one word that a person changed in an AI sentence for the person', () => {
    const chapter = sample.files.find(file => file.path === 'глава-1.md')!;
    const at = (text: string) => chapter.spans.find(span => chapter.text.slice(span.from, span.to).includes(text))!;
    assert.equal(at('полдня').kind, 'typed');
    assert.equal(at('пути. Асан').kind, 'ai.agent');
    assert.equal(at('пути. Асан').basis, 'proven');
    assert.deepEqual(at('Степь широка').placedBy?.how, 'move');
    assert.equal(at('Степь широка').kind, 'pasted.external');
  });

  it('shows each prompt with what it led to, and a prompt that led to nothing', () => {
    const [first, second] = sample.prompts;
    const chapter = sample.files.find(file => file.path === 'глава-1.md')!;
    assert.ok(first!.inserted > first!.retained && first!.retained > 0);
    assert.equal(first!.spans.map(({ from, to }) => chapter.text.slice(from, to)).join('').length, first!.retained);
    assert.deepEqual([second!.inserted, second!.retained, second!.spans], [0, 0, []]);
  });

  it('names what was not observed', () => {
    const { gaps, skipped, unreachable, unresolved } = sample.unobserved;
    assert.deepEqual(
      gaps.map(gap => [gap.reason, gap.file]),
      [
        ['crash', null],
        ['notRunning', 'tools/count.ts'],
      ],
    );
    assert.deepEqual(
      skipped.map(({ path, reason }) => `${path} ${reason}`),
      ['.env secret', 'карта.png binary'],
    );
    assert.deepEqual(unreachable, [{ channel: 'editor.action.inlineSuggest.jump', sessions: 3 }]);
    assert.deepEqual(
      unresolved.map(({ file }) => file),
      ['tools/count.ts'],
    );
  });

  it('shows the files that are asked for, in the work’s own order', () => {
    const paths = (report: Report) => report.files.map(file => file.path);
    const source = sampleStory().source();
    assert.deepEqual(paths(makeReport([source], { paths: ['tools'] })), ['tools/count.ts']);
    const work = { ...sampleWork, files: ['план.md', 'глава-1.md', 'нет.md'] };
    const ordered = makeReport([source], { work });
    assert.deepEqual(paths(ordered), ['план.md', 'глава-1.md']);
    assert.deepEqual(ordered.unobserved.unrecorded, ['нет.md']);
  });

  it('names the recorded files that it leaves out, for the journal holds their text too', () => {
    const source = sampleStory().source();
    const left = (report: Report) => report.unobserved.alsoRecorded.map(({ path }) => path);
    assert.deepEqual(left(makeReport([source])), []);
    assert.deepEqual(left(makeReport([source], { work: { ...sampleWork, files: ['глава-1.md'] } })), [
      'tools/count.ts',
      'план.md',
    ]);
    assert.deepEqual(left(makeReport([source], { paths: ['tools'] })), ['глава-1.md', 'план.md']);
  });

  it('gives an empty field as empty, never filled in', () => {
    const bare = makeReport([sampleStory().source()]);
    assert.deepEqual(bare.work.empty, ['title', 'kind', 'authors', 'languages']);
    assert.deepEqual(bare.work.title, {});
  });

  it('of an empty journal has no figures and no division by nothing', () => {
    const story = new Story('empty', '2026-11-12T04:10:00Z', 'Empty');
    const report = makeReport([story.source()]);
    assert.equal(report.totals.characters, 0);
    assert.equal(report.totals.coverage.share, null);
    assert.deepEqual(report.totals.human, { low: 0, high: 0 });
    assert.deepEqual([report.period.firstTyped, report.timeline.buckets.length], [null, 0]);
  });

  it('tells of a path in two journals the account of the later one, and names the other', () => {
    const older = sampleStory();
    const newer = new Story('newer', '2026-11-20T04:10:00Z', 'Степь');
    newer.session();
    newer.baseline('план.md', '# Другой план\n');
    const report = makeReport([older.source(), newer.source()]);
    assert.equal(report.files.find(file => file.path === 'план.md')!.text, '# Другой план\n');
    assert.deepEqual(report.unobserved.superseded, [{ journal: older.id, path: 'план.md' }]);
  });

  it('never rounds a share to nothing or to all', () => {
    const story = new Story('long', '2026-11-12T04:10:00Z', 'Long');
    story.session();
    story.baseline('a.txt', 'x'.repeat(50_000));
    story.open('a.txt');
    story.insert('a.txt', 'y', typed);
    story.save('a.txt');
    const { human } = makeReport([story.source()]).totals;
    assert.ok(human.low > 0 && human.low < 0.001);
  });
});

describe('report, whatever happened:', () => {
  const holds = (name: string, law: (report: Report) => void) =>
    it(name, () =>
      fc.assert(
        fc.property(randomStory, story => law(makeReport([story.source()]))),
        { numRuns: 120 },
      ),
    );

  holds('spans cover each text without gap or overlap', ({ files }) => {
    for (const { text, spans } of files) {
      assert.deepEqual(
        spans.map(span => span.from),
        [0, ...spans.map(span => span.to)].slice(0, spans.length),
      );
      assert.equal(spans.at(-1)?.to ?? 0, text.length);
    }
  });

  holds('hands and kinds add up to the characters, files to the total', ({ files, totals }) => {
    for (const { text, measures } of files) assert.equal(measures.characters, [...text].length);
    for (const field of ['characters', 'whitespace'] as const) {
      for (const of of [totals, ...files.map(file => file.measures)]) {
        assert.equal(total(hands.map(hand => of.hands[hand][field])), of[field]);
        assert.equal(total(kinds.map(kind => of.kinds[kind]?.[field] ?? 0)), of[field]);
      }
      for (const hand of hands) {
        assert.equal(total(files.map(file => file.measures.hands[hand][field])), totals.hands[hand][field]);
      }
    }
  });

  holds('what is retained was inserted, and each bound is in its order', ({ files, totals }) => {
    for (const hand of hands) assert.ok(totals.hands[hand].retained <= totals.hands[hand].inserted);
    for (const { human, machine, unknown, coverage } of [totals, ...files.map(file => file.measures)]) {
      assert.ok(0 <= human.low && human.low <= human.high && human.high <= 1);
      assert.ok(0 <= machine.low && machine.low <= machine.high && machine.high <= 1);
      // Each share is rounded to four digits, so each may be half of the last one off; floats add a little.
      const off = (shares: number) => shares * 0.000_05 + 1e-9;
      assert.ok(human.low + machine.low <= 1 + off(2));
      assert.ok(unknown <= human.high - human.low + off(3));
      assert.ok(coverage.live <= coverage.entered);
    }
  });

  holds(
    'time line, sessions, rules and coverage count the same characters',
    ({ timeline, sessions, method, totals }) => {
      const inserted = total(hands.map(hand => totals.hands[hand].inserted));
      const entered = totals.coverage.entered;
      assert.equal(inserted, entered + totals.coverage.initial);
      for (const entries of [timeline.buckets, sessions]) {
        assert.equal(total(entries.flatMap(entry => hands.map(hand => entry.inserted[hand] ?? 0))), entered);
      }
      assert.equal(total(method.rules.map(rule => rule.inserted)), inserted);
      assert.equal(total(method.rules.map(rule => rule.characters)), totals.characters);
    },
  );

  holds('passages add up, and a prompt’s spans are its characters', ({ files, passages, prompts }) => {
    for (const axis of [...passages, ...files.map(file => file.passages)]) {
      assert.equal(total(hands.map(hand => axis.hands[hand])), axis.total);
    }
    for (const { retained, inserted } of prompts) assert.ok(retained <= inserted);
  });

  holds('nothing that was not typed is shown as typed', ({ files }) => {
    // In the stories only the person puts in digits, and puts in nothing else.
    for (const { text, spans } of files) {
      for (const { from, to, hand } of spans) if (hand === 'human') assert.match(text.slice(from, to), /^[\d.\s]*$/);
    }
  });
});
