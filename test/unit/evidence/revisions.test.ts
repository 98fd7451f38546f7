import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import { mostRevisions } from '../../../src/evidence/revisions.ts';
import { changedWords, leastWords } from '../../../src/evidence/revisionText.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story, typed } from '../../support/story.ts';

const completion: Origin = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' };

/** The report of a text that an AI put in, and that was worked on then. */
function told(text: string, tell: (story: Story) => void): Report {
  const story = new Story('rev', '2026-11-12T04:10:00Z', 'Rev');
  story.session();
  story.baseline('a.md', '');
  story.open('a.md');
  story.insert('a.md', text, completion);
  tell(story);
  story.save('a.md');
  story.close('a.md');
  return makeReport([story.source()]);
}

/** `before → after`. */
function shown({ revisions }: Report): string[] {
  return revisions.map(({ before, after }) => `${before} → ${after}`);
}

describe('revisions by a person', () => {
  const given = 'The sun was low. He went down the old road slowly. Nobody saw him go.';

  it('stand with the sentence as it was and as it became, and whose it was', () => {
    const report = told(given, story => {
      story.replace('a.md', 'slowly', '', typed);
      story.type('a.md', 'as if it were new', 'old road ');
    });
    assert.deepEqual(shown(report), [
      'He went down the old road slowly. → He went down the old road as if it were new.',
    ]);
    const [one] = report.revisions;
    assert.deepEqual([one!.removed, one!.added, one!.of], [1, 5, { machine: 34 }]);
  });

  it('are ranked by the words that were changed', () => {
    const report = told(given, story => {
      story.replace('a.md', 'sun was low', 'moon stood high', typed);
      story.replace('a.md', 'Nobody saw him go.', 'But the dogs heard every step he took.', typed);
    });
    assert.deepEqual(
      report.revisions.map(({ removed, added }) => removed + added),
      [12, 6],
    );
  });

  it('go on while nothing else in that text is changed, backwards beyond what was put in too', () => {
    const report = told(given, story => {
      story.type('a.md', ' mind', 'old road slowly');
      story.replace('a.md', ' slowly mind', '', typed);
      story.type('a.md', ' with a heavy heart', 'old road');
    });
    assert.deepEqual(shown(report), [
      'He went down the old road slowly. → He went down the old road with a heavy heart.',
    ]);
  });

  const trivial: readonly (readonly [string, (story: Story) => void])[] = [
    ['a sign', story => story.replace('a.md', 'low.', 'low!', typed)],
    ['case', story => story.replace('a.md', 'He went', 'HE WENT', typed)],
    ['two words', story => story.replace('a.md', 'slowly', 'fast', typed)],
    ['text that goes on', story => story.type('a.md', ' And then it rained all night and the road was gone.')],
    ['a new paragraph', story => story.type('a.md', '\n\nA new one stands here now.\n\nAnd another.')],
    ['what an AI put in', story => void story.insert('a.md', ' with many more words', completion, 'old road')],
    ['what an AI took out', story => void story.replace('a.md', 'He went down the old road slowly.', '', completion)],
    [
      'what was pasted',
      story =>
        void story.replace('a.md', 'He went down', 'Down he ran as fast as ever', {
          kind: 'pasted.external',
          basis: 'asserted',
          rule: 'paste.outside',
        }),
    ],
    [
      'what only moved',
      story => {
        story.insert('a.md', ' It stood at the end at first.', completion);
        story.move('a.md', ' It stood at the end at first.', 'sun was low.');
      },
    ],
  ];
  for (const [name, tell] of trivial) it(`are not ${name}`, () => assert.deepEqual(shown(told(given, tell)), []));

  it('say where the words were an AI’s before', () => {
    const report = told(given, story => {
      const first = story.events.length;
      story.replace('a.md', 'slowly', 'as if it were new', typed);
      const event = story.events[first]!;
      if (event.kind !== 'changed') throw new Error(event.kind);
      story.add({ kind: 'repeats', ranges: [{ serial: event.first, length: 17 }], of: 'claude-code:c:a1' });
    });
    assert.deepEqual(
      report.revisions.map(({ repeated }) => repeated),
      [17],
    );
  });

  it('leave out what an agent’s record names as its own later', () => {
    const report = told(given, story => {
      const at = story.replace('a.md', 'sun was low', 'moon stood high', typed);
      story.add({ kind: 'resolution', ranges: [], origin: completion, acts: [at] });
    });
    assert.deepEqual(shown(report), []);
  });

  it('whatever happened: no more than are listed, none trivial', () => {
    fc.assert(
      fc.property(randomStory, story => {
        const { revisions } = makeReport([story.source()]);
        assert.ok(revisions.length <= mostRevisions);
        for (const { removed, added } of revisions) assert.ok(removed + added >= leastWords);
      }),
      { numRuns: 60 },
    );
  });

  it('of the sample work', () => {
    const report = makeReport([sampleStory().source()], { work: sampleWork });
    assert.deepEqual(
      report.revisions.map(({ file, removed, added }) => [file, removed, added]),
      [
        ['план.md', 0, 7],
        ['глава-1.md', 2, 4],
        ['глава-1.md', 2, 1],
      ],
    );
    assert.deepEqual(report.activity, { typingMinutes: 6, typingDays: 3 });
    assert.deepEqual(
      report.moves.listed.map(({ by, of }) => [by, of]),
      [['human', { outside: 51 }]],
    );
  });
});

describe('changed words', () => {
  const cases: readonly (readonly [string, string, string, readonly [number, number]])[] = [
    ['a word for another', 'a red fox ran', 'a grey fox ran', [1, 1]],
    ['words between', 'the fox ran', 'the fox at last ran', [0, 2]],
    ['written on behind', 'the fox ran', 'the fox ran and ran and ran', [0, 0]],
    ['written on in place of the last', 'the fox ran', 'the fox slept for a hundred years and two days', [1, 5]],
    ['case and signs', 'The fox, ran', 'the fox ran!', [0, 0]],
  ];
  for (const [name, before, after, [removed, added]] of cases) {
    it(name, () => assert.deepEqual(changedWords(before, after), { removed, added }));
  }
});
