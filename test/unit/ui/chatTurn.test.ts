import assert from 'node:assert/strict';
import { Texts } from '../../../src/host/texts.ts';
import { type ChatTurn, chatTurn } from '../../../src/ui/chatTurn.ts';

/** What a turn shows, offers and records, with a model that says these pieces and then may fail. */
async function play(pieces: readonly string[], { fails = false, recorded = true, prompt = 'Why?' } = {}) {
  const log: string[] = [];
  const model = async function* () {
    for (const piece of pieces) yield piece;
    if (fails) throw new Error('quota');
  };
  const record = {
    folder: 'book',
    ask: () => {
      log.push('prompt');
      return { id: 'h:1', answered: (text: string) => void log.push(`answer ${text}`) };
    },
  };
  const turn: ChatTurn = {
    prompt,
    ask: async () => {
      log.push('asked');
      return model();
    },
    ...(recorded && { record }),
    show: markdown => void log.push(`show ${markdown.trim()}`),
    offer: (title, { text, prompt: of }) =>
      void log.push(`offer ${title}: ${text}${of === undefined ? '' : ` (${of})`}`),
  };
  const result = await chatTurn(turn, new Texts('en'));
  return { log, result };
}

const kept = 'show *Recorded with its answer in “book”.*';

describe('a turn of @holograph', () => {
  it('records the prompt before it is asked, and the answer as it came', async () => {
    const { log, result } = await play(['So ', 'it is.']);
    const told = ['show So', 'show it is.', 'answer So it is.', kept, 'offer Insert Answer: So it is. (h:1)'];
    assert.deepEqual(log, ['prompt', 'asked', ...told]);
    assert.deepEqual(result, { answer: 'So it is.' });
  });

  it('records what came of an answer that broke off, and says why', async () => {
    const { log, result } = await play(['So'], { fails: true });
    assert.ok(log.includes('answer So') && log.includes('offer Insert Answer: So (h:1)'));
    assert.deepEqual(result, { answer: 'So', failed: 'The model could not answer: quota' });
  });

  it('records no answer where none came', async () => {
    const { log } = await play([], { fails: true });
    assert.deepEqual(log, ['prompt', 'asked', 'show *The prompt is recorded in “book”; no answer came.*']);
  });

  it('records nothing without consent, and says so', async () => {
    const { log } = await play(['So.'], { recorded: false });
    const said = 'show *This exchange is not in any record: no folder of this window is being recorded.*';
    assert.deepEqual(log, ['asked', 'show So.', said, 'offer Insert Answer: So.']);
  });

  it('asks nothing where nothing is asked', async () => {
    const { log } = await play(['So.'], { prompt: ' \n' });
    assert.deepEqual(log, ['show Write what you want to ask the model.']);
  });

  const code: readonly [name: string, answer: string, offered: readonly string[]][] = [
    ['one block', 'See:\n```ts\nlet a;\n```\n', ['Insert Code: let a;']],
    ['two', '```\na\n```\n~~~~\nb\n```\nc\n~~~~', ['Insert Code 1: a', 'Insert Code 2: b\n```\nc']],
    ['an unfinished one', '```\na\n', []],
    ['an empty one', '```\n```\n', []],
  ];
  for (const [name, answer, offered] of code)
    it(`offers code by itself: ${name}`, async () => {
      const { log } = await play([answer]);
      const own = log.filter(line => line.startsWith('offer Insert Code'));
      assert.deepEqual(
        own,
        offered.map(line => `offer ${line} (h:1)`),
      );
    });
});
