import assert from 'node:assert/strict';
import type { Origin } from '../../../src/provenance/origin.ts';
import { begun, byAgent, one, register, request, two } from '../../support/promptStory.ts';
import { type Story, typed } from '../../support/story.ts';

const pasted: Origin = { kind: 'pasted.external', basis: 'asserted', rule: 'paste.outside' };
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
