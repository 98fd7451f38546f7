import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import { cline, kilo, roo } from '../../../../src/agents/tools/cline.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { ClineFolder } from './clineFolder.ts';
import { OpencodeStore } from './opencodeStore.ts';

function picture({ prompts, answers, edits, problems }: AgentRecords): string {
  const nth = new Map(prompts.map(({ id }, at) => [id, at]));
  return [
    ...prompts.map(({ text, folder, model }) => `${JSON.stringify(text)} in ${folder}${model ? `@${model}` : ''}`),
    ...edits.map(({ file, before, after, replaced, prompt = '' }) => {
      const whole = before === undefined && after === undefined ? '' : `${before}=>${JSON.stringify(after)}`;
      const asked = replaced ? `${JSON.stringify(replaced.old)}>${JSON.stringify(replaced.new)}` : '';
      return `${file}@${nth.get(prompt) ?? '-'} ${[whole, asked].filter(Boolean).join(' ')}`.trim();
    }),
    ...answers.map(({ text, prompt = '' }) => `${nth.get(prompt) ?? '-'}: ${text}`),
    ...problems.map(({ message }) => `!${message}`),
  ].join('; ');
}

const saved = (content: string) =>
  `The content was successfully saved to a.md.\n\n<final_file_content path="a.md">\n${content}\n</final_file_content>\n\n`;
const blocks = '------- SEARCH\nx\n=======\ny\n+++++++ REPLACE';

describe('cline', () => {
  let task: ClineFolder;
  beforeEach(() => {
    task = new ClineFolder(folder());
  });
  after(cleanFolders);

  const read = async () => picture(await cline.reader(task.write().file).read());

  it('takes the task, what the person says later, and what the model says', async () => {
    task.say('task', 'Shorten it').say('text', 'Shall I?').say('user_feedback', 'Yes');
    task.say('completion_result', 'Done.HAS_CHANGES').say('text', 'half', { partial: true });
    assert.equal(await read(), '"Shorten it" in /w; "Yes" in /w; 0: Shall I?; 1: Done.');
  });

  it('takes a plan and a question by their words, and the model from beside', async () => {
    task.say('text', 'A').ask('plan_mode_respond', '{"response":"So."}').ask('followup', '{"question":"Why?"}');
    task.metadata('claude-opus-5');
    assert.equal(await read(), '"A" in /w@anthropic/claude-opus-5; 0: So.; 0: Why?');
  });

  const calls: readonly (readonly [string, string, Record<string, string>, string, string])[] = [
    [
      'a file as it was saved',
      'write_to_file',
      { path: 'a.md', content: '\nx\n' },
      saved('x\n'),
      '/w/a.md@0 undefined=>"x\\n" "">"x\\n"',
    ],
    [
      'a new file',
      'write_to_file',
      { path: 'a.md', content: '\nx\n' },
      '{"path":"a.md","operation":"created"}',
      '/w/a.md@0 null=>"x"',
    ],
    ['a block', 'replace_in_file', { path: 'a.md', diff: blocks }, saved('y\n'), '/w/a.md@0 "x\\n">"y\\n"'],
    [
      'several blocks one by one',
      'replace_in_file',
      { path: 'a.md', diff: `${blocks}\n\n${blocks.replace('x', 'p')}` },
      saved('y\n'),
      '/w/a.md@0 "x\\n">"y\\n"; /w/a.md@0 "p\\n">"y\\n"',
    ],
    [
      'a block of Roo Code without its line numbers',
      'apply_diff',
      { path: 'a.md', diff: '<<<<<<< SEARCH\n:start_line:3\n-------\nx\n=======\ny\n>>>>>>> REPLACE' },
      '<file_write_result>\n<operation>modified</operation>\n</file_write_result>',
      '/w/a.md@0 "x\\n">"y\\n"',
    ],
    [
      'an insertion',
      'insert_content',
      { path: 'a.md', line: '0', content: '\nx\n' },
      '<operation>modified</operation>',
      '/w/a.md@0 "">"x"',
    ],
    [
      'no text of a file that the person changed before saving it',
      'write_to_file',
      { path: 'a.md', content: 'x' },
      `The user made the following updates to your content:\n\n+y\n\n${saved('y')}`,
      '/w/a.md@0',
    ],
    [
      'nothing that the person refused',
      'write_to_file',
      { path: 'a.md', content: 'x' },
      'The user denied this operation.',
      '',
    ],
    [
      'nothing that failed',
      'replace_in_file',
      { path: 'a.md', diff: blocks },
      'The tool execution failed with the following error:\n<error>',
      '',
    ],
    ['what is unknown as a problem', 'write_to_file', { path: 'a.md', content: 'x' }, 'Hm.', '!unknown result'],
    ['nothing of a tool that reads', 'read_file', { path: 'a.md' }, 'x', ''],
  ];
  for (const [what, tool, input, result, is] of calls) {
    it(`takes ${what}`, async () => {
      task.say('task', 'A').xml(tool, input, result);
      assert.equal(await read(), ['"A" in /w', is].filter(Boolean).join('; '));
    });
    it(`takes ${what}, of a native tool`, async () => {
      task
        .say('task', 'A')
        .native(
          tool,
          Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value.replace(/^\n|\n$/g, '')])),
          result,
        );
      assert.equal(await read(), ['"A" in /w', is].filter(Boolean).join('; '));
    });
  }

  it('takes a native call whose result is words, and by what was shown that the file is new', async () => {
    task.say('text', 'A').spoken('write_to_file', { absolutePath: '/w/b.md', content: 'x' }, saved('x\n'));
    task.say('text', 'Done.', { partial: true }).say('completion_result', 'half', { partial: true });
    assert.equal(await read(), '"A" in /w; /w/b.md@0 null=>"x\\n"; 0: Done.');
  });

  it('dates an edit by when it was shown, and gives it to the prompt before', async () => {
    task.say('task', 'A').xml('replace_in_file', { path: 'a.md', diff: blocks }, saved('y'));
    task.say('user_feedback', 'B').xml('replace_in_file', { path: 'a.md', diff: blocks }, saved('y'));
    const { prompts, edits } = await cline.reader(task.write().file).read();
    const began = Date.UTC(2026, 0, 2, 10);
    assert.deepEqual(
      edits.map(({ time, prompt }) => [time - began, prompts.findIndex(({ id }) => id === prompt)]),
      [
        [2000, 0],
        [4000, 1],
      ],
    );
    assert.equal(new Set(edits.map(({ id }) => id)).size, 2);
  });

  it('gives what is new when the task is written anew', async () => {
    const reader = cline.reader(task.say('task', 'A').write().file);
    await reader.read();
    task.say('user_feedback', 'B').native('write_to_file', { path: 'a.md', content: 'x' }, saved('x')).write();
    const { prompts, edits } = await reader.read();
    assert.deepEqual([prompts.map(({ text }) => text), edits.length], [['B'], 1]);
  });

  it('names what is missing', async () => {
    task.native('write_to_file', { path: 'a.md', content: 'x' }, saved('x')).write();
    rmSync(join(dirname(task.file), 'ui_messages.json'));
    assert.match(picture(await cline.reader(task.file).read()), /; !no messages$/);
  });

  it('lies in every editor, Roo and Kilo under their own names', async () => {
    const machine = { env: { HOME: '/h' }, platform: 'linux' } as const;
    const tasks = (extension: string) => `/h/.config/Code/User/globalStorage/${extension}/tasks`;
    assert.ok(cline.places('/w', machine).includes(tasks('saoudrizwan.claude-dev')));
    assert.ok(cline.places('/w', machine).includes('/h/.cline/data/sessions'));
    assert.ok(roo.places('/w', machine).includes(tasks('rooveterinaryinc.roo-cline')));
    assert.ok(kilo.places('/w', machine).includes(tasks('kilocode.kilo-code')));
    task.say('text', 'A').write();
    assert.deepEqual(
      (await Promise.all([roo, kilo].map(agent => agent.reader(task.file).read()))).map(
        ({ prompts }) => prompts[0]?.agent,
      ),
      ['roo', 'kilo'],
    );
  });

  it('reads the database that Kilo Code has since it is made from opencode', async () => {
    const store = new OpencodeStore(join(folder(), 'kilo.db'));
    store.user('m1', 'A').assistant('m2', 'm1').tool('m2', 'write', { filePath: 'a.md', content: 'x' }, {});
    assert.ok(kilo.isRecord('kilo.db') && !kilo.isRecord('opencode.db'));
    const records = await kilo.reader(store.file).read();
    store.close();
    assert.match(picture(records), /^"A" in \/w@openai\/gpt-5; \/w\/a\.md@0 undefined=>"x"/);
    assert.equal(records.prompts[0]?.id, 'kilo:main:m1');
  });

  it('is watched where its editors and Kilo Code’s database lie', async () => {
    const home = folder();
    const tasks = join(home, '.config', 'Code', 'User', 'globalStorage', 'saoudrizwan.claude-dev', 'tasks');
    const data = join(home, '.local', 'share', 'kilo');
    mkdirSync(join(data, 'deep'), { recursive: true });
    new ClineFolder(tasks).say('text', 'In an editor').write();
    const store = new OpencodeStore(join(data, 'kilo.db')).user('m1', 'In the database');
    const seen: string[] = [];
    const watch = new AgentWatch({
      agents: [cline, kilo],
      folders: ['/w'],
      machine: { env: { HOME: home }, platform: 'linux' },
      since: 0,
      onRecords: ({ prompts, problems }) =>
        void seen.push(...[...prompts, ...problems].map(one => JSON.stringify(one))),
    });
    await watch.read();
    watch.dispose();
    store.close();
    assert.deepEqual(
      seen.map(one => JSON.parse(one).text),
      ['In an editor', 'In the database'],
    );
  });

  it('reads a session of its command line', async () => {
    const file = join(folder(), 's.messages.json');
    const call = (id: string, input: object) => ({
      role: 'assistant',
      content: [{ type: 'tool_use', id, name: 'editor', input }],
    });
    const result = (id: string, content: string) => ({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: id, content }],
    });
    const messages = [
      {
        role: 'user',
        content:
          '<mode_notice>x</mode_notice><user_input mode="act">Shorten it</user_input><file_content path="a">z</file_content>',
      },
      call('toolu_1111111111111111', { path: 'a.md', old_text: 'x', new_text: 'y' }),
      result('toolu_1111111111111111', '[{"result":"Edited /w/a.md"}]'),
      call('toolu_2222222222222222', { path: 'b.md', new_text: 'z' }),
      result('toolu_2222222222222222', 'File created successfully at: /w/b.md'),
      call('toolu_3333333333333333', { path: 'c.md', old_text: 'x', new_text: 'y' }),
      result('toolu_3333333333333333', 'No replacement performed: text not found'),
      { role: 'assistant', content: [{ type: 'text', text: 'Done.' }], ts: 5, modelInfo: { id: 'gpt-5' } },
    ];
    writeFileSync(file, JSON.stringify({ version: 1, messages }));
    writeFileSync(file.replace('.messages', ''), JSON.stringify({ session_id: 's', cwd: '/w', model: 'gpt-5' }));
    assert.equal(
      picture(await cline.reader(file).read()),
      '"Shorten it" in /w@openai/gpt-5; /w/a.md@0 "x">"y"; /w/b.md@0 null=>"z"; 0: Done.',
    );
  });
});
