import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gemini } from '../../../../src/agents/tools/gemini.ts';
import { picture, readAll } from '../recordPicture.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { GeminiTalk, replaced, writeLines, writeWhole } from './geminiSample.ts';

describe('gemini', () => {
  after(cleanFolders);

  const talk = () => new GeminiTalk();
  const pro = 'google/gemini-2.5-pro';
  const call = 'replace-1791014588001-a7e4';

  const cases: readonly (readonly [string, GeminiTalk, string])[] = [
    ['a prompt with the model that answers', talk().user('A').says('x'), `"A"@${pro}; =x of "A"`],
    ['a prompt that nothing answered', talk().user('A').user('B').says('x'), `"A"@?; "B"@${pro}; =x of "B"`],
    [
      'parts of a prompt',
      talk()
        .user([{ text: 'A' }, { inlineData: {} }, { text: 'B' }])
        .says('x'),
      `"AB"@${pro}; =x of "AB"`,
    ],
    [
      'not the files behind it',
      talk()
        .user([{ text: 'A @a.md' }, { text: '\n--- Content from referenced files ---' }, { text: 'x' }])
        .says('x'),
      `"A @a.md"@${pro}; =x of "A @a.md"`,
    ],
    [
      'what the person saw of it',
      talk()
        .user('A and x', { displayContent: [{ text: 'A' }] })
        .says('x'),
      `"A"@${pro}; =x of "A"`,
    ],
    [
      'no results of calls',
      talk()
        .user([{ functionResponse: { id: '1' } }])
        .says('x'),
      '',
    ],
    ['not what the tool tells the model', talk().user('<session_context>x').says('x'), ''],
    ['no notices', talk().add('info', 'x').add('error', 'x').add('warning', 'x'), ''],
    ['an unknown kind of message, once', talk().add('plan', 'x').add('plan', 'x'), '!unknown kind of message'],
    [
      'no thoughts',
      talk()
        .user('A')
        .add('gemini', [{ text: 'x', thought: true }, { text: 'y' }]),
      '"A"@?; =y of "A"',
    ],
    ['an edit with its whole texts', talk().says('', [replaced('a b', 'b', 'c')]), `${call} /work/a.md a b>a c of -`],
    [
      'an edit of which only the places are known',
      talk().says('', [replaced(undefined, 'b', 'c')]),
      `${call} /work/a.md b→c of -`,
    ],
    [
      'an edit at all places',
      talk().says('', [
        {
          ...replaced(undefined, 'b', 'c'),
          args: { file_path: '/a', old_string: 'b', new_string: 'c', allow_multiple: true },
        },
      ]),
      `${call} /a b→c* of -`,
    ],
    ['a refused one', talk().says('', [replaced('a', 'a', 'b', { status: 'cancelled' })]), ''],
    ['a failed one', talk().says('', [replaced('a', 'a', 'b', { status: 'error' })]), ''],
    ['one under way', talk().says('', [replaced('a', 'a', 'b', { status: 'executing' })]), ''],
    [
      'one whose result names an error',
      talk().says('', [
        replaced(undefined, 'a', 'b', {
          status: undefined,
          result: [{ functionResponse: { response: { error: 'x' } } }],
        }),
      ]),
      '',
    ],
    [
      'one that the person changed first: what was written is not all the tool’s',
      talk().says('', [
        replaced('a', 'a', 'mine', {
          args: {
            file_path: '/work/a.md',
            old_string: 'a',
            new_string: 'mine',
            modified_by_user: true,
            ai_proposed_string: 'b',
          },
        }),
      ]),
      `${call} /work/a.md a>- a→b of -`,
    ],
    [
      'a file that it wrote',
      talk().says('', [
        {
          id: call,
          name: 'write_file',
          status: 'success',
          args: { file_path: '/b', content: 'x' },
          resultDisplay: { filePath: '/b', originalContent: null, newContent: 'x\n' },
        },
      ]),
      `${call} /b null>x\\n of -`,
    ],
    [
      'a file that it wrote, in older versions',
      talk().says('', [{ id: call, name: 'write_file', args: { file_path: '/b', content: 'x' } }]),
      `${call} /b ->x →x of -`,
    ],
    [
      'not what a shell did',
      talk().says('', [{ id: call, name: 'run_shell_command', status: 'success', args: {} }]),
      '',
    ],
  ];
  for (const [what, said, is] of cases) {
    it(what, async () => {
      assert.equal(picture(await readAll(gemini.reader(writeLines(folder(), said.messages)))), is, 'lines');
      assert.equal(picture(await readAll(gemini.reader(writeWhole(folder(), said)))), is, 'whole');
    });
  }

  it('takes messages and calls once, though they are written again as they grow', async () => {
    const { messages } = talk()
      .user('A')
      .says('x', [replaced('a', 'a', 'b', { status: 'executing' })]);
    const grown = talk()
      .user('A')
      .says('x', [replaced('a', 'a', 'b')]).messages;
    const file = writeLines(folder(), [...messages, { $set: { lastUpdated: 'x' } }, grown[1]!, grown[1]!]);
    assert.equal(picture(await readAll(gemini.reader(file))), `"A"@${pro}; ${call} /work/a.md a>b of "A"; =x of "A"`);
  });

  it('follows a record that is rewritten whole', async () => {
    const [at, said] = [folder(), talk().user('A').says('x')];
    const reader = gemini.reader(writeWhole(at, said));
    assert.equal(picture(await reader.read()), `"A"@${pro}; =x of "A"`);
    const file = writeWhole(at, said.user('B').says('y', [replaced('a', 'a', 'b')]));
    utimesSync(file, 1_800_000_000, 1_800_000_000);
    assert.equal(picture(await reader.read()), `"B"@${pro}; ${call} /work/a.md a>b of "B"; =y of "B"`);
  });

  it('keeps what was asked and done when the conversation is rewound, and takes no rewritten history for prompts', async () => {
    const { messages } = talk()
      .user('A')
      .says('x', [replaced('a', 'a', 'b')]);
    const rewritten = { $set: { messages: [{ ...messages[0], id: 'other', content: 'Summary' }, messages[1]] } };
    const file = writeLines(folder(), [...messages, { $rewindTo: 'm0' }, rewritten]);
    assert.equal(picture(await readAll(gemini.reader(file))), `"A"@${pro}; ${call} /work/a.md a>b of "A"; =x of "A"`);
  });

  it('takes no prompts from a subagent, and its edits', async () => {
    const { messages } = talk()
      .user('A')
      .says('x', [replaced('a', 'a', 'b')]);
    const file = writeLines(folder(), messages, join('parent', 'sub.jsonl'));
    assert.equal(picture(await readAll(gemini.reader(file))), `${call} /work/a.md a>b of -`);
  });

  it('knows the folder that the tool notes beside its records', async () => {
    const at = folder();
    writeFileSync(join(at, '.project_root'), '/work\n');
    const edit = {
      ...replaced(undefined, 'b', 'c'),
      args: { file_path: 'sub/a.md', old_string: 'b', new_string: 'c' },
    };
    const records = await readAll(gemini.reader(writeLines(at, talk().user('A').says('x', [edit]).messages)));
    assert.equal(records.prompts[0]?.folder, '/work');
    assert.equal(records.edits[0]?.file, '/work/sub/a.md');
  });

  it('proves nothing by whole texts, which no real sample has', async () => {
    const { messages } = talk().says('', [
      replaced('a', 'a', 'b'),
      replaced(undefined, 'a', 'b', { id: 'other-call-of-2026' }),
    ]);
    const { edits } = await readAll(gemini.reader(writeLines(folder(), messages)));
    assert.deepEqual(
      edits.map(({ unchecked }) => unchecked),
      [true, undefined],
    );
  });

  it('tells apart calls whose ids count anew', async () => {
    const { messages } = talk().says('', [
      replaced('a', 'a', 'b', { id: 'replace-1' }),
      replaced('a', 'a', 'c', { id: 'replace-1' }),
    ]);
    const { edits } = await readAll(gemini.reader(writeLines(folder(), messages)));
    assert.equal(new Set(edits.map(({ id }) => id)).size, 2);
  });

  it('knows a folder above by the digest that older versions name it by: what is asked there may be about others', async () => {
    const machine = { env: { GEMINI_CLI_HOME: folder() }, platform: 'linux' } as const;
    const asked = async (place: string) => {
      const file = join(place, 'session-1.json');
      mkdirSync(place, { recursive: true });
      writeFileSync(file, JSON.stringify({ sessionId: 's', messages: new GeminiTalk().user('Go').messages }));
      return (await gemini.reader(file).read()).prompts.map(prompt => prompt.folder);
    };
    const [own, above] = gemini.places('/home/u/book', machine);
    assert.deepEqual([await asked(own!), await asked(above!)], [['/home/u/book'], ['/home/u']]);
  });

  it('looks for the folder, those above it and those below it', () => {
    const home = folder();
    mkdirSync(join(home, '.gemini'));
    const projects = {
      '/work': 'work',
      '/work/book': 'book',
      '/work/book/one': 'one',
      '/other': 'other',
      '/work/book/x': '../x',
    };
    writeFileSync(join(home, '.gemini', 'projects.json'), JSON.stringify({ projects }));
    const places = gemini.places('/work/book', { env: { GEMINI_CLI_HOME: home }, platform: 'linux' });
    const hash = (path: string) => createHash('sha256').update(path).digest('hex');
    const names = [...['/work/book', '/work', '/'].map(hash), 'work', 'book', 'one'];
    assert.deepEqual(
      places,
      names.map(name => join(home, '.gemini', 'tmp', name, 'chats')),
    );
  });

  it('knows its records by name', () => {
    const names = ['session-a.json', 'session-a.jsonl', join('parent', 'sub.jsonl'), 'logs.json', 'sub.jsonl'];
    assert.deepEqual(
      names.filter(name => gemini.isRecord(name)),
      names.slice(0, 3),
    );
  });
});
