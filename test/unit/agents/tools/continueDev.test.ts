import assert from 'node:assert/strict';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { continueDev } from '../../../../src/agents/tools/continueDev.ts';
import { cleanFolders, folder } from '../transcript.ts';

const sample = new URL(
  '../../../../../shared/fixtures/agents/git-ai/continue-cli-session-simple.json',
  import.meta.url,
);
const user = (content: unknown) => ({ message: { role: 'user', content }, contextItems: [] });
const says = (content: unknown, more: object = {}) => ({ message: { role: 'assistant', content }, ...more });

/** An assistant's message with one call. */
function calls(name: string, args: object, more: object = {}): object {
  const toolCall = { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } };
  const state = { toolCallId: 'toolu_0123456789abcdef', toolCall, status: 'done', parsedArgs: args, ...more };
  return says('', { toolCallStates: [state] });
}

describe('continue', () => {
  let file: string;
  beforeEach(() => {
    file = join(folder(), 'a.json');
  });
  after(cleanFolders);

  function write(history: unknown): void {
    writeFileSync(file, JSON.stringify({ sessionId: 's', workspaceDirectory: 'file:///w', history }));
  }

  async function of(history: unknown): Promise<string> {
    write(history);
    const { prompts, answers, edits, problems } = await continueDev.reader(file).read();
    return [
      ...prompts.map(({ text, folder }) => `${JSON.stringify(text)} in ${folder}`),
      ...answers.map(({ text, prompt, model }) => `${model ?? (prompt ? '' : '?')}: ${text}`),
      ...edits.map(
        ({ file, before, after, replaced }) => `${file} ${before}>${after} ${replaced?.old}>${replaced?.new}`,
      ),
      ...problems.map(({ message }) => `!${message}`),
    ].join('; ');
  }

  const edit = { filepath: 'a.md', old_string: 'x', new_string: 'y' };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['a prompt and its answer', [user('Why?'), says('So.')], '"Why?" in /w; : So.'],
    ['a prompt of parts', [user([{ type: 'text', text: 'A' }, { type: 'imageUrl' }])], '"A" in /w'],
    [
      'the model that answered',
      [user('A'), says('B', { promptLogs: [{ modelProvider: 'openai', completionOptions: { model: 'gpt-5' } }] })],
      '"A" in /w; openai/gpt-5: B',
    ],
    ['no account of a compaction as an answer', [says('Long story', { conversationSummary: 'Long story' })], ''],
    ['no system message', [{ message: { role: 'system', content: 'Be kind' } }], ''],
    ['a replacement', [calls('single_find_and_replace', edit)], '/w/a.md undefined>undefined x>y'],
    [
      'whole texts where they are kept',
      [
        calls(
          'multi_edit',
          {},
          { processedArgs: { fileUri: 'file:///w/a.md', editingFileContents: 'ax', newFileContents: 'ay' } },
        ),
      ],
      '/w/a.md ax>ay undefined>undefined',
    ],
    [
      'a new file',
      [calls('create_new_file', { filepath: 'b.md', contents: 'z' })],
      '/w/b.md null>z undefined>undefined',
    ],
    ['a written file', [calls('Write', { filepath: '/v/b.md', content: 'z' })], '/v/b.md undefined>z >z'],
    [
      'several replacements one by one',
      [calls('MultiEdit', { file_path: '/w/a.md', edits: [edit, { old_string: 'p', new_string: 'q' }] })],
      '/w/a.md undefined>undefined x>y; /w/a.md undefined>undefined p>q',
    ],
    [
      'a sketch without texts',
      [calls('edit_existing_file', { filepath: 'a.md', changes: '// ...' })],
      '/w/a.md undefined>undefined undefined>undefined',
    ],
    ['no refused call', [calls('Edit', edit, { status: 'canceled' })], ''],
    ['no failed call', [calls('Edit', edit, { status: 'errored' })], ''],
    ['no call that reads', [calls('Read', { filepath: 'a.md' })], ''],
    ['an unknown role as a problem', [{ message: { role: 'oracle', content: 'A' } }], '!unknown role'],
    ['an unknown form as a problem', { turns: [] }, '!unknown form'],
  ];
  for (const [what, history, is] of cases) it(`takes ${what}`, async () => assert.equal(await of(history), is));

  it('gives what is new when the session is written anew, at the time of that', async () => {
    write([user('A')]);
    const reader = continueDev.reader(file);
    await reader.read();
    write([user('A'), says('B'), user('C')]);
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    const { prompts, answers } = await reader.read();
    assert.deepEqual(
      [...prompts, ...answers].map(({ text, time }) => [text, time]),
      [
        ['C', 1_700_000_000_000],
        ['B', 1_700_000_000_000],
      ],
    );
  });

  it('lies in its own folder, beside an index that is no session', () => {
    const machine = { env: { HOME: '/h' }, platform: 'linux' } as const;
    assert.deepEqual(continueDev.places('/w', machine), ['/h/.continue/sessions']);
    assert.ok(continueDev.isRecord('a.json') && !continueDev.isRecord('sessions.json'));
  });

  it('equals the real session', async function () {
    if (!existsSync(sample)) {
      console.log('      skipped: ../shared/fixtures/agents is not there');
      this.skip();
    }
    const raw = readFileSync(sample, 'utf8');
    const { prompts, edits, answers, problems } = await continueDev.reader(sample.pathname).read();
    // Counted in the text: who speaks, and calls that are done of tools that edit.
    const history: {
      message: { role: string };
      toolCallStates?: { status: string; toolCall: { function: { name: string } } }[];
    }[] = JSON.parse(raw).history;
    assert.equal(prompts.length, history.filter(({ message }) => message.role === 'user').length);
    const done = history.flatMap(({ toolCallStates = [] }) => toolCallStates.filter(({ status }) => status === 'done'));
    assert.equal(edits.length, done.filter(({ toolCall }) => toolCall.function.name !== 'Read').length);
    const line = "console.log('hello world');";
    assert.deepEqual(edits[0]?.replaced, {
      old: [line, line, line, line].join('\n'),
      new: [line, line, line, line, line].join('\n'),
      all: false,
    });
    assert.equal(edits[0]?.file, '/Users/author/projects/testing-git/index.ts');
    assert.equal(edits[0]?.prompt, prompts[0]?.id);
    assert.ok(answers.every(({ text }) => raw.includes(JSON.stringify(text))));
    assert.deepEqual([answers.length, problems], [2, []]);
  });
});
