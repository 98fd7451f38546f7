import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FilmFrame } from '../../../src/evidence/film.ts';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import type { Hand } from '../../../src/provenance/origin.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story } from '../../support/story.ts';

interface Seen {
  text: string;
  hands: Hand[];
}

/** The states that the frames tell, one after another. */
function* played(frames: readonly FilmFrame[]): Generator<[string, Seen]> {
  const seen = new Map<string, Seen>();
  for (const { file, parts } of frames) {
    const before = seen.get(file) ?? { text: '', hands: [] };
    const now: Seen = { text: '', hands: [] };
    for (const part of parts) {
      if ('from' in part) {
        now.text += before.text.slice(part.from, part.from + part.length);
        now.hands.push(...before.hands.slice(part.from, part.from + part.length));
      } else {
        now.text += part.text;
        for (const [hand, length] of part.hands) now.hands.push(...Array.from({ length }, () => hand));
      }
    }
    seen.set(file, now);
    yield [file, now];
  }
}

function endOf({ replay }: Report): Map<string, Seen> {
  return new Map(played(replay.frames));
}

describe('replay', () => {
  it('of the sample work begins with what was there and ends as each file stands', () => {
    const report = makeReport([sampleStory().source()], { work: sampleWork });
    const states = [...played(report.replay.frames)];
    assert.equal(states[0]![1].text, '# План\n\n1. Приезд\n2. Колодец\n3. Отъезд\n');
    assert.ok(states.some(([, { text }]) => text.includes('колёса')));
    for (const { path, text } of report.files) assert.equal(endOf(report).get(path)?.text, text);
  });

  it('shows a text at each change of place, in the order of the record', () => {
    const story = new Story('film', '2026-11-12T04:10:00Z', 'Film');
    story.session();
    story.baseline('a.md', '');
    story.open('a.md');
    story.type('a.md', 'one three');
    story.type('a.md', ' two', 'one');
    story.replace('a.md', 'three', '', { kind: 'typed', basis: 'asserted', rule: 'keyboard' });
    story.save('a.md');
    const { frames } = makeReport([story.source()]).replay;
    assert.deepEqual(
      [...played(frames)].map(([, { text }]) => text),
      ['one three', 'one two three', 'one two '],
    );
  });

  it('whatever happened: ends as each file stands, each character in its hand', () => {
    fc.assert(
      fc.property(randomStory, story => {
        const report = makeReport([story.source()]);
        const end = endOf(report);
        for (const { path, text, spans } of report.files) {
          if (text === '') continue;
          assert.equal(end.get(path)?.text, text);
          const hands = spans.flatMap(({ hand, from, to }) => Array.from({ length: to - from }, () => hand));
          assert.deepEqual(end.get(path)?.hands, hands);
        }
      }),
      { numRuns: 120 },
    );
  });
});
