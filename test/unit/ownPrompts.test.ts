import assert from 'node:assert/strict';
import type { WorkspaceFolder } from 'vscode';
import { classify } from '../../src/classify/classify.ts';
import type { Observation } from '../../src/classify/observation.ts';
import type { JournalWriter } from '../../src/journal/writer.ts';
import { OwnPrompts } from '../../src/ownPrompts.ts';
import { LiveEditor } from '../support/liveEditor.ts';
import { Workroom } from '../support/workroom.ts';

const said = 'The keeper wound the clock every evening at six, and the harbour set its watches by him.';
const folder = {} as WorkspaceFolder;

describe('prompts that no reader finds', () => {
  let room: Workroom;
  let writer: JournalWriter;
  beforeEach(async () => {
    room = new Workroom();
    room.consent();
    room.write('1.md', '');
    writer = await room.writer();
  });
  afterEach(() => room.clear());

  const marks: ConstructorParameters<typeof OwnPrompts>[0] = {
    insert: (_, __, edit) => Promise.resolve(edit()),
    write: (_, edit) => Promise.resolve(edit()),
  };
  const prompts = (keepsSecrets = true) => new OwnPrompts(marks, () => ({ writer, keepsSecrets }));
  const recorded = async () => {
    await writer.flush();
    return room.read(reader =>
      [...reader.events()].flatMap(event =>
        event.kind === 'prompt' || event.kind === 'answer'
          ? [
              {
                kind: event.kind,
                id: event.id,
                agent: event.agent,
                of: event.kind === 'answer' ? event.prompt : event.by,
                text: event.texts?.[0],
              },
            ]
          : [],
      ),
    );
  };

  it('are recorded as the person’s statement, with the answer where it was given', async () => {
    await prompts().declare(folder, { agent: 'ChatGPT', text: 'Why?', answer: said });
    await prompts().declare(folder, { agent: 'ChatGPT', text: 'And why?' });
    const [prompt, answer, other, ...more] = await recorded();
    assert.deepEqual([prompt!.agent, prompt!.of, prompt!.text], ['ChatGPT', 'person', 'Why?']);
    assert.deepEqual([answer!.kind, answer!.of, answer!.text], ['answer', prompt!.id, said]);
    assert.deepEqual([other!.text, more], ['And why?', []]);
  });

  it('are recorded as they are given through Holograph, each by itself', async () => {
    const own = prompts();
    const asked = ['Why?', 'And why?'].map(text => own.ask(folder, { text, model: 'copilot/x', conversation: 1 }));
    asked[1]!.answered('So.');
    const [one, two, answer] = await recorded();
    assert.notEqual(one!.id, two!.id);
    assert.deepEqual([one!.agent, one!.of, answer!.of, answer!.text], ['holograph', 'record', two!.id, 'So.']);
  });

  it('are recorded without the secrets in them, and so are the answers', async () => {
    const secret = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
    prompts(false)
      .ask(folder, { text: `Use ${secret}`, model: 'x/y', conversation: 1 })
      .answered(`I used ${secret}`);
    const all = await recorded();
    assert.equal(all.length, 2);
    for (const { text } of all) assert.match(text ?? '', /▮{36,}/);
  });

  it('tell whose text is pasted later', async () => {
    const editor = await LiveEditor.open(writer, 1, '1.md', '');
    const found = new Promise(resolve => void writer.echoes.onFound(resolve));
    await prompts().declare(folder, { agent: 'ChatGPT', text: 'Why?', answer: said });
    editor.paste(0, 0, said);
    const { origin } = (await found) as { origin: { kind: string; prompt?: string } };
    assert.deepEqual([origin.kind, origin.prompt], ['ai.pasted', (await recorded())[0]!.id]);
  });
});

describe('an answer that is put in by our own command', () => {
  const found = (observation: Partial<Observation>) => {
    const of = { by: 'editor', ...observation } as const;
    return classify({ observation: of, replacements: [{ removed: 'old', inserted: said }] })[0]![0]!.origin;
  };
  const mark = 'holograph.insertAnswer';

  it('is the AI’s, with its prompt', () => {
    const origin = { kind: 'ai.chat', basis: 'asserted', rule: 'mark.insertAnswer' } as const;
    assert.deepEqual(found({ mark, prompt: 'h:1' }), { ...origin, prompt: 'h:1' });
    assert.deepEqual(found({ mark, selection: 'keyboard', carets: true }), origin);
  });

  it('is not where something else explains the change', () => {
    assert.equal(found({ mark, reason: 'undo' }).kind, 'unknown');
    assert.equal(found({ prompt: 'h:1' }).kind, 'unknown');
  });
});

describe('a text that our own command puts in ready made', () => {
  const found = (observation: Partial<Observation>) => {
    const of = { by: 'editor', ...observation } as const;
    const inserted = 'Contains parts generated with an AI system.';
    return classify({ observation: of, replacements: [{ removed: '', inserted }] })[0]![0]!.origin;
  };
  const mark = 'holograph.ownText';

  it('is a tool’s, whatever key follows', () => {
    const origin = { kind: 'tool.snippet', basis: 'asserted', rule: 'mark.ownText' } as const;
    assert.deepEqual(found({ mark }), origin);
    assert.deepEqual(found({ mark, selection: 'keyboard', carets: true }), origin);
  });

  it('is not where something else explains the change', () =>
    assert.equal(found({ mark, reason: 'undo' }).kind, 'unknown'));
});
