import assert from 'node:assert/strict';
import { begun, byAgent, one, register, request, two } from '../../support/promptStory.ts';
import { type Story, typed } from '../../support/story.ts';

/** What became of a prompt's text: unaltered, altered, removed. */
function became(story: Story, number = 1): string {
  const { inserted, retained, unaltered, altered, removed } = register(story)[number - 1]!;
  assert.equal(unaltered + altered, retained);
  assert.equal(retained + removed, inserted);
  return [unaltered, altered, removed].join(' ');
}

describe('what became of a prompt’s text', () => {
  const paragraph = 'The horse drank. Nobody came to the well.\n';

  it('all of it stands', () => {
    const story = begun();
    story.prompt(one, request);
    byAgent(story, one, 'story.md', paragraph);
    assert.equal(became(story), `${paragraph.length} 0 0`);
  });

  it('one word is another: its sentence is altered, the other is not', () => {
    const story = begun();
    story.prompt(one, request);
    byAgent(story, one, 'story.md', paragraph);
    story.open('story.md');
    story.replace('story.md', 'drank', '', typed);
    story.type('story.md', 'drank long', 'The horse ');
    story.save('story.md');
    assert.equal(became(story), `${'Nobody came to the well.\n'.length} ${'The horse . '.length} ${'drank'.length}`);
  });

  it('who took it out is told as far as it is known', () => {
    const story = begun();
    story.prompt(one, request);
    byAgent(story, one, 'story.md', paragraph);
    story.prompt(two, 'Now the sheep.');
    byAgent(story, two, 'story.md', 'Nobody came to the well. Sheep did.\n');
    story.open('story.md');
    story.replace('story.md', 'Nobody came', '', typed);
    story.save('story.md');
    story.add({ kind: 'deleted', document: 2, path: 'story.md' });
    const [first] = register(story);
    assert.deepEqual(first!.removedBy, { machine: 'The horse drank. '.length, human: 'Nobody came'.length });
    assert.equal(first!.removed, paragraph.length);
  });

  for (const [what, tell, unaltered, altered, removed] of [
    ['a word is put into a sentence', story => story.type('story.md', ' long', 'The horse drank'), 25, 17, 0],
    ['a word is put before its first', story => story.put('story.md', 0, 0, 'Then ', typed), 25, 17, 0],
    ['a word is taken out of it', story => story.replace('story.md', ' came', '', typed), 17, 20, 5],
    ['its last word is taken out', story => story.replace('story.md', ' well', '', typed), 17, 20, 5],
    ['a sentence is put between the two', story => story.type('story.md', 'It rained. ', 'drank. '), 42, 0, 0],
    ['white space is put in', story => story.type('story.md', '\n\n'), 42, 0, 0],
    [
      'its only other sentence is taken out',
      story => story.replace('story.md', paragraph.slice(17), '', typed),
      17,
      0,
      25,
    ],
  ] as [string, (story: Story) => void, number, number, number][]) {
    it(what, () => {
      const story = begun();
      story.prompt(one, request);
      byAgent(story, one, 'story.md', paragraph);
      story.open('story.md');
      tell(story);
      story.save('story.md');
      assert.equal(became(story), [unaltered, altered, removed].join(' '));
    });
  }

  it('a whole sentence is gone: what stands is not altered by that', () => {
    const story = begun();
    story.prompt(one, request);
    byAgent(story, one, 'story.md', paragraph);
    story.open('story.md');
    story.replace('story.md', 'The horse drank. ', '', typed);
    story.save('story.md');
    assert.equal(became(story), `${'Nobody came to the well.\n'.length} 0 ${'The horse drank. '.length}`);
  });

  it('words that an agent put into sentences of the person’s, in several places at once, are not altered', () => {
    const story = begun();
    story.type('story.md', 'The horse drank water. Nobody came to the well then.\n');
    story.prompt(one, request);
    byAgent(story, one, 'story.md', 'The old horse drank water. Nobody at all came to the well then.\n');
    const { inserted, unaltered } = register(story)[0]!;
    assert.ok(inserted > 0);
    assert.equal(unaltered, inserted);
  });

  it('all of it is gone with its file', () => {
    const story = begun();
    story.prompt(one, request);
    byAgent(story, one, 'story.md', paragraph);
    story.add({ kind: 'deleted', document: 2, path: 'story.md' });
    assert.equal(became(story), `0 0 ${paragraph.length}`);
  });

  it('its edits are counted by what was decided last of each; of the others nothing is known', () => {
    const story = begun();
    story.prompt(one, request);
    const about = { agent: 'claude-code', conversation: 'c1', made: 0, path: 'story.md', gives: 'none' } as const;
    for (const id of ['e1', 'e2', 'e3']) story.add({ kind: 'agentEdit', id, prompt: one, ...about }, []);
    const decide = (edit: string, decided: number, outcome: 'accepted' | 'rejected' | 'undone') =>
      story.add({ kind: 'decision', edit, agent: 'claude-code', decided, outcome });
    decide('e1', 20, 'undone');
    decide('e1', 10, 'accepted');
    decide('e2', 10, 'rejected');
    assert.deepEqual(register(story)[0]!.edits, { made: 3, accepted: 0, rejected: 1, undone: 1 });
  });
});
