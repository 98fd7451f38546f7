import assert from 'node:assert/strict';
import type { PromptEntry } from '../../../src/evidence/register.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { Story, typed } from '../../support/story.ts';

const pasted: Origin = { kind: 'pasted.external', basis: 'asserted', rule: 'paste.outside' };
const request = 'Tell of the horse at the well, in two sentences.';
const [one, two] = ['claude-code:c1:1', 'claude-code:c1:2'];

/** A story with two files that are open, `plan.md` and `story.md`. */
function begun(): Story {
  const story = new Story('j1', '2026-11-12T04:10:00Z', 'Novel');
  story.session();
  for (const path of ['plan.md', 'story.md']) {
    story.baseline(path, '');
    story.open(path);
  }
  return story;
}

/** An agent writes the file anew, and its record tells so. */
function byAgent(story: Story, prompt: string, path: string, text: string): void {
  if (story.page(path).tracker !== 0) {
    story.save(path);
    story.close(path);
  }
  const sequence = story.events.length;
  const ranges = story.outside(path, text).filter(({ length }) => length > 0);
  const origin: Origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt };
  story.add({ kind: 'resolution', ranges, origin, acts: [sequence] });
}

function register(story: Story): readonly PromptEntry[] {
  return makeReport([story.source()]).prompts;
}

/** What became of a prompt's text: unaltered, altered, removed. */
function became(story: Story, number = 1): string {
  const { inserted, retained, unaltered, altered, removed } = register(story)[number - 1]!;
  assert.equal(unaltered + altered, retained);
  assert.equal(retained + removed, inserted);
  return [unaltered, altered, removed].join(' ');
}

describe('register of prompts', () => {
  describe('where a prompt was written', () => {
    const written = (story: Story) => register(story)[0]!.written;

    it('is the recorded document in which its text was typed before', () => {
      const story = begun();
      story.type('plan.md', `Ask:\n${request}\n`);
      story.prompt(one, request);
      const { file, hands, at } = written(story)!;
      assert.deepEqual({ file, hands }, { file: 'plan.md', hands: { human: request.length } });
      assert.ok(at < register(story)[0]!.asked);
    });

    it('tells typed from pasted, to the letter', () => {
      const story = begun();
      story.type('plan.md', request.slice(0, 10));
      story.insert('plan.md', request.slice(10), pasted);
      story.prompt(one, ` ${request}\n`);
      assert.deepEqual(written(story)?.hands, { human: 10, outside: request.length - 10 });
    });

    it('stays known when the draft is taken away afterwards, and its file renamed', () => {
      const story = begun();
      story.insert('plan.md', request, typed);
      story.prompt(one, request);
      story.replace('plan.md', request, '', typed);
      story.add({ kind: 'renamed', document: 1, from: 'plan.md', path: 'draft.md' });
      assert.equal(written(story)?.file, 'draft.md');
    });

    it('of two places it is the one that says less of the person', () => {
      const story = begun();
      story.insert('plan.md', request, typed);
      story.insert('story.md', request, pasted);
      story.prompt(one, request);
      assert.deepEqual(written(story)?.hands, { outside: request.length });
    });

    for (const [why, tell] of [
      ['nothing like it stands there', story => story.type('plan.md', 'Something else altogether, and long.')],
      ['a word of it is another', story => story.type('plan.md', request.replace('horse', 'mare'))],
    ] as [string, (story: Story) => void][]) {
      it(`is not known where ${why}`, () => {
        const story = begun();
        tell(story);
        story.prompt(one, request);
        assert.equal(written(story), null);
      });
    }

    it('is not known of a text that came after it was asked, though before it was recorded', () => {
      const story = begun();
      const asked = Date.parse('2026-11-12T04:10:00Z');
      story.insert('plan.md', request, typed);
      const about = { agent: 'claude-code', conversation: 'c1', asked, by: 'record' } as const;
      story.add({ kind: 'prompt', id: one, ...about }, [request]);
      assert.equal(written(story), null);
    });

    it('is not known of a few words, nor of words that were taken out', () => {
      for (const text of ['Make it shorter.', '▮▮▮▮ ▮▮ ▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮ ▮▮▮▮▮▮']) {
        const story = begun();
        story.type('plan.md', text);
        story.prompt(one, text);
        assert.equal(written(story), null);
      }
    });
  });

  describe('what became of its text', () => {
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

  describe('a prompt that says an earlier one again', () => {
    it('is linked to it, with the words that it changed', () => {
      const story = begun();
      story.prompt(one, request);
      story.prompt(two, request.replace('two sentences', 'three short sentences'));
      assert.deepEqual(
        register(story).map(({ rewords }) => rewords),
        [null, { number: 1, id: one, changes: [{ removed: 'two', added: 'three short' }], more: 0 }],
      );
    });

    it('in the same words has changed none', () => {
      const story = begun();
      story.prompt(one, request);
      story.prompt(two, request);
      assert.deepEqual(register(story)[1]!.rewords?.changes, []);
    });

    for (const [why, id, text] of [
      ['of another conversation', 'claude-code:c2:1', request],
      ['that says less than half of it', two, 'Tell of the horse and of everyone who had owned it before.'],
      ['of other words', two, 'Now the sheep.'],
      ['of the same words in another order', two, 'Two sentences: in the well, at the horse, of Tell.'],
    ] as const) {
      it(`${why} is not`, () => {
        const story = begun();
        story.prompt(one, request);
        story.prompt(id, text);
        assert.equal(register(story)[1]!.rewords, null);
      });
    }
  });

  describe('a chain of prompts', () => {
    const loops = (story: Story) =>
      register(story).map(({ loop }) => loop && `${loop.first} ${loop.step}/${loop.steps}`);

    it('works on one passage: the second takes out what the first led to', () => {
      const story = begun();
      story.prompt(one, request);
      byAgent(story, one, 'story.md', 'The horse drank. Nobody came.\n');
      story.prompt('claude-code:c1:between', 'What is the time in Kazakhstan?');
      story.prompt(two, 'Shorter.');
      byAgent(story, two, 'story.md', 'A horse. It slept.\n');
      assert.deepEqual(loops(story), ['1 1/2', null, '1 2/2']);
    });

    it('or puts something into it', () => {
      const story = begun();
      story.prompt(one, request);
      byAgent(story, one, 'story.md', 'The horse drank. Nobody came.\n');
      story.prompt(two, 'Who came?');
      byAgent(story, two, 'story.md', 'The horse drank. Nobody but Asan came.\n');
      assert.deepEqual(loops(story), ['1 1/2', '1 2/2']);
    });

    it('or asks again in other words after an output was seen', () => {
      const story = begun();
      story.prompt(one, request);
      byAgent(story, one, 'story.md', 'The horse drank. Nobody came.\n');
      story.prompt(two, request.replace('two', 'ten'));
      byAgent(story, two, 'plan.md', 'Ten sentences.\n');
      assert.deepEqual(loops(story), ['1 1/2', '1 2/2']);
    });

    it('is none where each has its own passage, or the person took the first one out', () => {
      const story = begun();
      story.prompt(one, request);
      byAgent(story, one, 'story.md', 'The horse drank.\n');
      story.open('story.md');
      story.replace('story.md', 'The horse drank.\n', '', typed);
      story.prompt(two, 'Now the sheep.');
      byAgent(story, two, 'story.md', 'Sheep.\n');
      assert.deepEqual(loops(story), [null, null]);
    });

    it('is none of two conversations', () => {
      const story = begun();
      const other = 'claude-code:c2:1';
      story.prompt(one, request);
      byAgent(story, one, 'story.md', 'The horse drank. Nobody came.\n');
      story.prompt(other, 'Shorter.');
      byAgent(story, other, 'story.md', 'A horse. It slept.\n');
      assert.deepEqual(loops(story), [null, null]);
    });
  });

  describe('the author’s own word', () => {
    const said = (story: Story) => register(story).map(({ note, protect }) => [note?.text ?? '', protect]);

    it('is the latest, in whole', () => {
      const story = begun();
      story.prompt(one, request);
      story.prompt(two, 'Shorter.');
      story.add({ kind: 'promptNote', prompt: one, protect: true }, ['The well is my grandmother’s.']);
      assert.deepEqual(said(story), [
        ['The well is my grandmother’s.', 'yes'],
        ['', 'undecided'],
      ]);
      story.add({ kind: 'promptNote', prompt: one, protect: false }, ['']);
      story.add({ kind: 'promptNote', prompt: 'nobody’s', protect: true }, ['?']);
      assert.deepEqual(said(story), [
        ['', 'no'],
        ['', 'undecided'],
      ]);
    });
  });
});
