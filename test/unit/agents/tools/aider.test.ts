import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import { aider } from '../../../../src/agents/tools/aider.ts';
import { cleanFolders, folder } from '../transcript.ts';

const samples = new URL('../../../../../shared/fixtures/agents/aider/', import.meta.url);
const head =
  '\n# aider chat started at 2026-01-02 10:00:00\n\n> Main model: gpt-5 with diff edit format, infinite output  \n';

/** A reply with one block, and what aider says when it has made it. */
function block(file: string, old: string, next: string): string {
  return `\nHere:\n\n${file}\n\`\`\`\n<<<<<<< SEARCH\n${old}=======\n${next}>>>>>>> REPLACE\n\`\`\`\n\n`;
}

describe('aider', () => {
  let file: string;
  beforeEach(() => {
    file = join(folder(), '.aider.chat.history.md');
  });
  after(cleanFolders);

  /** Reads the whole record and prints prompts, edits, answers, decisions and problems. */
  async function of(record: string): Promise<string> {
    writeFileSync(file, record);
    return picture(await aider.reader(file).read());
  }

  function picture({ prompts, answers, edits, decisions, problems }: AgentRecords): string {
    const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
    const nth = new Map(prompts.map(({ id }, at) => [id, at]));
    return [
      ...prompts.map(({ text }) => JSON.stringify(text)),
      ...edits.map(({ file, prompt = '', ...edit }) => {
        const { old = '?', new: next = edit.after } = edit.replaced ?? {};
        return `${name(file)}@${nth.get(prompt) ?? '-'} ${JSON.stringify(old)}>${JSON.stringify(next)}`;
      }),
      ...answers.map(({ text, prompt = '' }) => `${nth.get(prompt) ?? '-'}: ${JSON.stringify(text)}`),
      ...decisions.map(({ edit, outcome }) => `${outcome} ${edits.findIndex(({ id }) => id === edit)}`),
      ...problems.map(({ message }) => `!${message}`),
    ].join('; ');
  }

  const cases: readonly (readonly [string, string, string])[] = [
    ['a prompt and its answer', '\n#### Why?  \n\nSo.\n\n', '"Why?"; 0: "So."'],
    ['a prompt of several lines', '\n#### A  \n####   \n#### B  \n\nSo.\n\n', '"A\\n\\nB"; 0: "So."'],
    ['a heading of the answer as its own', '\n#### A  \n\n#### Step\nSo.\n\n', '"A"; 0: "#### Step\\nSo."'],
    [
      'a block that was made',
      `\n#### A  \n${block('a.md', 'x\n', 'y\n')}> Applied edit to a.md  \n`,
      '"A"; a.md@0 "x\\n">"y\\n"; 0: "Here:"',
    ],
    [
      'two blocks of a file that is named once',
      `\n#### A  \n${block('a.md', 'x\n', 'y\n')}${block('a.md', 'z\n', '')}> Applied edit to a.md  \n`,
      '"A"; a.md@0 "x\\n">"y\\n"; a.md@0 "z\\n">""; 0: "Here:\\n\\n\\n\\nHere:"',
    ],
    [
      'no block that was not made, but its text as an answer',
      `\n#### A  \n\na.md\n\`\`\`\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n\`\`\`\n\n> Did not apply edit to a.md (--dry-run)  \n`,
      '"A"; 0: "a.md\\n```\\n<<<<<<< SEARCH\\nx\\n=======\\ny\\n>>>>>>> REPLACE\\n```"',
    ],
    [
      'the blocks that were made beside one that failed',
      `\n#### A  \n${block('a.md', 'x\n', 'y\n')}${block('b.md', 'z\n', 'w\n')}> The LLM did not conform to the edit format.  \n> # 1 SEARCH/REPLACE block failed to match!\n\n## SearchReplaceNoExactMatch: This SEARCH block failed to exactly match lines in a.md\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n\n# The other 1 SEARCH/REPLACE block were applied successfully.\nDon't re-send them.  \n`,
      '"A"; b.md@0 "z\\n">"w\\n"; 0: "Here:\\n\\na.md\\n```\\n<<<<<<< SEARCH\\nx\\n=======\\ny\\n>>>>>>> REPLACE\\n```\\n\\n\\nHere:"',
    ],
    [
      'a quotation in a block as text',
      `\n#### A  \n${block('a.md', '> x  \n', '> y  \n')}> Applied edit to a.md  \n`,
      '"A"; a.md@0 "> x  \\n">"> y  \\n"; 0: "Here:"',
    ],
    [
      'what stands around lines left out',
      `\n#### A  \n${block('a.md', 'x\n...\nz\n', 'y\n...\nz\n')}> Applied edit to a.md  \n`,
      '"A"; a.md@0 "x\\n">"y\\n"; 0: "Here:"',
    ],
    [
      'a unified diff',
      '\n#### A  \n\n```diff\n--- a.md\n+++ a.md\n@@ ... @@\n k\n-x\n+y\n```\n\n> Applied edit to a.md  \n',
      '"A"; a.md@0 "k\\nx\\n">"k\\ny\\n"',
    ],
    [
      'a patch',
      '\n#### A  \n\n*** Begin Patch\n*** Update File: a.md\n@@\n k\n-x\n+y\n*** End Patch\n\n> Applied edit to a.md  \n',
      '"A"; a.md@0 "k\\nx\\n">"k\\ny\\n"',
    ],
    [
      'whole files only where whole files were agreed on',
      '> Main model: o4 with whole edit format  \n\n#### A  \n\na.md\n```\nx\n```\n\n> Applied edit to a.md  \n',
      '"A"; a.md@0 "">"x\\n"',
    ],
    [
      'a listing as no edit',
      '\n#### A  \n\na.md\n```\nx\n```\n\n> Applied edit to a.md  \n',
      '"A"; 0: "a.md\\n```\\nx\\n```"; !edit without text',
    ],
    [
      'no thoughts, nor what was asked for in them',
      `\n#### A  \n\n<thinking-content-0123456789abcdef>\n\`\`\`\nHm.\n${block('a.md', 'x\n', 'q\n')}</thinking-content-0123456789abcdef>\n${block('a.md', 'x\n', 'y\n')}> Applied edit to a.md  \n`,
      '"A"; a.md@0 "x\\n">"y\\n"; 0: "Here:"',
    ],
    ['no command of the tool', '\n#### /add a.md  \n\n> Added a.md to the chat  \n\n#### <blank>  \n', ''],
    ['a command that asks the model', '\n#### /ask Why?  \n\nSo.\n\n', '"/ask Why?"; 0: "So."'],
    ['no answer to a question of the tool', '\n#### Add file to the chat? (Y)es/(N)o/(A)ll [Yes]: all  \n', ''],
    [
      'the tool’s own lines as no answer',
      '\n#### /run make  \n> make: failed\nerror here  \n\n#### A  \n\nSo.\n\n',
      '"A"; 0: "So."',
    ],
    [
      'an undone commit',
      `\n#### A  \n${block('a.md', 'x\n', 'y\n')}> Applied edit to a.md  \n> Commit a1b2c3d change  \n\n#### /undo  \n\n> Removed: a1b2c3d change  \n`,
      '"A"; a.md@0 "x\\n">"y\\n"; 0: "Here:"; undone 0',
    ],
    [
      'what was given from one model to the other as no prompt',
      `> Main model: o4 with architect edit format  \n> Editor model: gpt-5 with editor-diff edit format  \n\n#### A  \n\nDo this.\nAnd that.\n\n> Edit the files? (Y)es/(N)o [Yes]: y  \n\n#### Do this.  \n#### And that.  \n${block('a.md', 'x\n', 'y\n')}> Applied edit to a.md  \n`,
      '"A"; a.md@0 "x\\n">"y\\n"; 0: "Do this.\\nAnd that."; 0: "Here:"',
    ],
    [
      'an interrupted block as no edit',
      '\n#### A  \n\na.md\n```\n<<<<<<< SEARCH\nx\n\n> ^C KeyboardInterrupt  \n\n#### B  \n\nSo.\n\n',
      '"A"; "B"; 0: "a.md\\n```\\n<<<<<<< SEARCH\\nx"; 1: "So."',
    ],
  ];
  for (const [what, record, is] of cases) it(`takes ${what}`, async () => assert.equal(await of(head + record), is));

  it('reads what is added, without the parts it has given', async () => {
    const parts = [head, '\n#### A  \n', block('a.md', 'x\n', 'y\n'), '> Applied edit to a.md  \n', '\n#### B  \n'];
    writeFileSync(file, '');
    const reader = aider.reader(file);
    const seen: string[] = [];
    for (const part of parts) {
      appendFileSync(file, part);
      const { prompts, edits } = await reader.read();
      seen.push([...prompts.map(({ text }) => text), ...edits.map(({ replaced }) => replaced?.new)].join());
    }
    assert.deepEqual(seen, ['', 'A', '', 'y\n', 'B']);
    appendFileSync(file, '\n#### half');
    assert.equal(picture(await reader.read()), '');
  });

  it('dates a session that another followed by its start, the last one by the file', async () => {
    writeFileSync(file, `${head}\n#### A  \n\n${head.replace('10:00', '12:00')}\n#### B  \n`);
    const changed = new Date(2026, 0, 2, 13);
    utimesSync(file, changed, changed);
    const { prompts } = await aider.reader(file).read();
    assert.deepEqual(
      prompts.map(({ time }) => time),
      [new Date(2026, 0, 2, 10).getTime(), changed.getTime()],
    );
    assert.equal(new Set(prompts.map(({ conversation }) => conversation)).size, 2);
    assert.equal(prompts[0]?.model, 'openai/gpt-5');
  });

  it('names a model by its maker, whoever served it', async () => {
    const models = ['openrouter/anthropic/claude-opus-5', 'gemini/gemini-3-pro', 'ollama_chat/homemade', 'o4'];
    const named: (string | undefined)[] = [];
    for (const model of models) {
      writeFileSync(file, `> Main model: ${model} with diff edit format, infinite output  \n\n#### A  \n`);
      named.push((await aider.reader(file).read()).prompts[0]?.model);
    }
    assert.deepEqual(named, ['anthropic/claude-opus-5', 'google/gemini-3-pro', 'ollama_chat/homemade', 'openai/o4']);
  });

  it('looks in the folder and at the root of its repository, nowhere below', () => {
    const root = folder();
    mkdirSync(join(root, '.git'));
    assert.deepEqual(aider.places(join(root, 'a', 'b'), { env: {}, platform: 'linux' }), [join(root, 'a', 'b'), root]);
    assert.ok(aider.isRecord('.aider.chat.history.md') && !aider.isRecord('a/.aider.chat.history.md'));
    assert.equal(aider.shallow, true);
  });

  it('is watched in the folder itself', async () => {
    const root = folder();
    const seen: string[] = [];
    for (const below of ['', 'part']) {
      mkdirSync(join(root, below), { recursive: true });
      writeFileSync(join(root, below, '.aider.chat.history.md'), `${head}\n#### In ${below || 'the root'}  \n`);
    }
    const watch = new AgentWatch({
      agents: [aider],
      folders: [root],
      machine: { env: {}, platform: 'linux' },
      since: 0,
      onRecords: ({ prompts }) => void seen.push(...prompts.map(({ text }) => text)),
    });
    await watch.read();
    watch.dispose();
    assert.deepEqual(seen, ['In the root']);
  });

  describe('on real histories', () => {
    before(function () {
      if (existsSync(samples)) return;
      console.log('      skipped: ../shared/fixtures/agents is not there');
      this.skip();
    });

    for (const name of globSync('*.md', { cwd: samples }).filter(name => name !== 'README.md')) {
      it(name, async () => {
        const record = readFileSync(new URL(name, samples), 'utf8');
        writeFileSync(file, record);
        const { prompts, edits, problems } = await aider.reader(file).read();
        // Counted by the lines alone: what was entered and is no command, a command that the model answers, and aider's own word for each edit.
        const entered = record.match(/^#### (?!\/)[^\n]* {2}\n(?!#### )/gm) ?? [];
        const commands = record.match(/^#### \/run[^\n]* {2}\n(>[^\n]*\n)+\n+[A-Z]/gm) ?? [];
        const said = [...record.matchAll(/^> Applied edit to (.+?) *$/gm)].map(([, file]) => file);
        assert.equal(prompts.length, entered.length + commands.length);
        assert.deepEqual(
          edits.map(edit => edit.file.slice(file.lastIndexOf('/') + 1)),
          said,
        );
        assert.deepEqual(problems, []);
        for (const { replaced } of edits)
          assert.ok(record.includes(`${replaced?.old}=======\n${replaced?.new}>>>>>>>`));
        assert.ok(edits.every(({ time }) => time === Math.floor(statSync(file).mtimeMs)));
      });
    }
  });
});
