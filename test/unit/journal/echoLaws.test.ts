import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bareOf } from '../../../src/journal/bareText.ts';
import { Desk } from '../../support/desk.ts';
import { Workroom } from '../../support/workroom.ts';

const runs = Number(process.env.HOLOGRAPH_ECHO_RUNS ?? 8);

/** Words from which an AI and a person make their sentences: few, so that they often say the same. */
const lexicon = 'keeper harbour evening lamp letter window slowly counted boats promised winter behind'.split(' ');
const sentence = fc
  .array(fc.constantFrom(...lexicon), { minLength: 3, maxLength: 9 })
  .map(words => `${words.join(' ')}. `);
const speech = fc.array(sentence, { minLength: 1, maxLength: 3 }).map(all => all.join(''));

const act = fc.oneof(
  fc.record({ does: fc.constant('answer' as const), said: speech }),
  fc.record({ does: fc.constantFrom('type' as const, 'paste' as const), said: speech }),
  /** A part of what was answered last, with words of one's own around it. */
  fc.record({ does: fc.constantFrom('typeOf' as const, 'pasteOf' as const), from: fc.nat(60), length: fc.nat(90) }),
  fc.record({ does: fc.constantFrom('save' as const, 'rest' as const, 'again' as const) }),
);

const found = { pasted: 0, typed: 0 };
const long = 'keeper lamp letter window slowly counted boats promised winter behind harbour evening. ';
const both: (typeof act extends fc.Arbitrary<infer Act> ? Act : never)[] = [
  { does: 'answer', said: long },
  { does: 'pasteOf', from: 0, length: 60 },
  { does: 'typeOf', from: 0, length: 80 },
  { does: 'save' },
];

describe('text that an AI gave, whatever comes in whatever order', () => {
  it('is found where it was pasted, word by word; what was typed stays typed', () =>
    fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async acts => {
        const room = new Workroom();
        room.consent();
        let desk = new Desk(room);
        desk.open('a.md');
        /** A letter for each character, as it came. */
        let truth = '';
        const answers: { text: string; behind: number }[] = [];
        const came = (letter: 't' | 'p', text: string) => {
          if (letter === 't') desk.type('a.md', truth.length, text);
          else desk.paste('a.md', truth.length, text);
          truth += letter.repeat(text.length);
        };
        const answer = (text: string) => {
          const id = `c:1:${answers.length}`;
          const about = { agent: 'c', conversation: '1' };
          desk.record({ kind: 'prompt', id: `${id}p`, ...about, asked: desk.now, by: 'record' }, ['Go on.']);
          desk.record({ kind: 'answer', id, ...about, answered: desk.now, prompt: `${id}p` }, [text]);
          answers.push({ text, behind: truth.length });
        };
        for (const step of acts) {
          desk.later += 5000;
          if (step.does === 'answer') answer(step.said);
          else if (step.does === 'type') came('t', step.said);
          else if (step.does === 'paste') came('p', step.said);
          else if (step.does === 'typeOf' || step.does === 'pasteOf') {
            const part = answers.at(-1)?.text.slice(step.from, step.from + step.length) ?? '';
            if (part !== '') came(step.does === 'typeOf' ? 't' : 'p', `${part} `);
          } else if (step.does === 'rest') desk.rest();
          else if (step.does === 'save') desk.save(room, 'a.md');
          else {
            const text = desk.text('a.md');
            desk.save(room, 'a.md');
            desk.leave('crashes');
            const { later } = desk;
            desk = new Desk(room);
            desk.later = later;
            desk.open('a.md', text);
          }
        }
        desk.save(room, 'a.md');
        desk.rest();
        const [text, letters] = [desk.text('a.md'), desk.letters('a.md')];
        assert.equal(letters.replaceAll('a', 'p'), truth);
        // Nothing is the AI's that it had not said before.
        for (const { 0: run, index } of letters.matchAll(/a+/g)) {
          const words = bareOf(text.slice(index, index + run.length)).text.trim();
          const pieces = words.split('. ').map(piece => piece.replace(/\.$/, '').trim());
          for (const piece of pieces)
            assert.ok(
              answers.some(
                ({ text: said, behind }) => behind <= index + run.length && bareOf(said).text.includes(piece),
              ),
              piece,
            );
        }
        found.pasted += letters.split('a').length - 1;
        found.typed += desk.replay.repeats.length;
        for (const { ranges } of desk.replay.repeats)
          for (const { origin } of desk.replay.origins.walk(ranges)) assert.equal(origin.kind, 'typed');
        desk.leave();
        await room.clear();
      }),
      { numRuns: runs, examples: [[both]] },
    )).timeout(120_000);

  // Else the law above would hold of nothing.
  it('was found at all, both ways', () => assert.ok(found.pasted > 0 && found.typed > 0, JSON.stringify(found)));
});
