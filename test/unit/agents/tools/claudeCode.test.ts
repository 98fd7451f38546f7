import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AgentReader, AgentRecords } from '../../../../src/agents/agent.ts';
import { claudeCode } from '../../../../src/agents/tools/claudeCode.ts';
import { cleanFolders, folder, Transcript } from '../transcript.ts';

/** Prompts and edits in one line: `prompt@model; file before>after of prompt`. */
async function next(reader: AgentReader): Promise<string> {
  return picture(await reader.read());
}

function picture({ prompts, edits, problems }: AgentRecords): string {
  const last = (id = '?:?:-') => id.slice(id.lastIndexOf(':') + 1);
  return [
    ...prompts.map(({ text, model = '?' }) => `${JSON.stringify(text)}@${model.replace('anthropic/claude-', '')}`),
    ...edits.map(({ id, before, after, prompt }) => `${last(id)} ${before}>${after} of ${last(prompt)}`),
    ...problems.map(({ line }) => `!${line}`),
  ].join('; ');
}

describe('claudeCode', () => {
  let talk: Transcript;
  let reader: AgentReader;
  beforeEach(() => {
    talk = new Transcript(join(folder(), 'talk.jsonl'));
    reader = claudeCode.reader(talk.file);
  });
  after(cleanFolders);

  describe('prompts', () => {
    const said: readonly (readonly [string, unknown, object, string])[] = [
      ['a string', 'Shorten it', {}, '"Shorten it"@opus-5'],
      [
        'text parts',
        [{ type: 'text', text: 'A' }, { type: 'image' }, { type: 'text', text: 'B' }],
        {},
        '"A\\nB"@opus-5',
      ],
      [
        'what stands beside a reminder',
        '<system-reminder>x</system-reminder>\n\nShorten it',
        {},
        '"Shorten it"@opus-5',
      ],
      [
        "a reminder in the person's own words",
        'What is <system-reminder>x</system-reminder> here?',
        {},
        '"What is <system-reminder>x</system-reminder> here?"@opus-5',
      ],
      [
        'a command that the model answers',
        '<command-message>cut</command-message>\n<command-name>/cut</command-name>\n<command-args>by half</command-args>',
        {},
        '"/cut by half"@opus-5',
      ],
    ];
    for (const [what, content, more, is] of said) {
      it(`takes ${what}`, async () => assert.equal(await next(read(talk.prompt(content, more).says('Yes'))), is));
    }

    const notSaid: readonly (readonly [string, unknown, object])[] = [
      ['a reminder', '<system-reminder>x</system-reminder>', {}],
      ['a meta message', 'Base directory for this skill', { isMeta: true }],
      ['the account of a compaction', 'We did this and that', { isCompactSummary: true }],
      ['a notice that a task ended', 'It ended', { origin: { kind: 'task-notification' } }],
      ['an interruption', [{ type: 'text', text: '[Request interrupted by user]' }], {}],
      ['the output of a shell', '<bash-stdout>ok</bash-stdout>', {}],
      ["a subagent's task", 'Find it', { isSidechain: true }],
      ['no message', undefined, {}],
    ];
    for (const [what, content, more] of notSaid) {
      it(`leaves out ${what}`, async () => assert.equal(await next(read(talk.prompt(content, more).says('Yes'))), ''));
    }

    it('leaves out a command that the tool carries out itself', async () => {
      talk.prompt('<command-name>/clear</command-name>').prompt('<local-command-stdout>ok</local-command-stdout>');
      assert.equal(await next(read(talk.says('Yes'))), '');
    });

    it('waits for the model that answers, and for no answer of no model', async () => {
      talk.prompt('A', { timestamp: new Date().toISOString() });
      assert.equal(await next(reader), '');
      talk.says('Overloaded', '<synthetic>');
      assert.equal(await next(reader), '');
      talk.says('Yes', 'claude-haiku-5');
      assert.equal(await next(reader), '"A"@haiku-5');
    });

    it('gives an unanswered prompt when the next one comes, or when it is old', async () => {
      talk.prompt('A').prompt('B');
      assert.equal(await next(reader), '"A"@?; "B"@?');
    });

    it('takes a message sent while the model was at work', async () => {
      const attachment = { type: 'queued_command', prompt: 'And shorter', commandMode: 'prompt' };
      talk.prompt('A').says('Yes').line({ type: 'attachment', attachment }).says('Yes');
      assert.equal(await next(reader), '"A"@opus-5; "And shorter"@opus-5');
    });

    it('gives each message once, though history is repeated', async () => {
      const { file } = talk.prompt('A').says('Yes').edit('e1', '/work/a', 'x', 'x', 'y');
      writeFileSync(file, readFileSync(file, 'utf8').repeat(2));
      assert.equal(await next(reader), '"A"@opus-5; e1 x>y of talk-1');
    });

    it('names prompts by conversation and message', async () => {
      const [prompt] = (await read(talk.prompt('A', { cwd: '/w' }).says('Yes')).read()).prompts;
      const { id, agent, conversation, folder, time } = prompt!;
      assert.deepEqual([id, agent, conversation, folder], ['claude-code:talk:talk-1', 'claude-code', 'talk', '/w']);
      assert.equal(time, Date.UTC(2026, 0, 2, 10, 0, 1));
    });
  });

  describe('answers', () => {
    const answers = async () =>
      (await read(talk).read()).answers.map(
        ({ text, prompt, model }) => `${text} ${prompt?.split(':').at(-1)} ${model}`,
      );
    const opus = 'anthropic/claude-opus-5';
    const block = (content: object) => ({ type: 'assistant', message: { model: 'claude-opus-5', content: [content] } });

    it('are what the model says to the person, once each', async () => {
      talk.prompt('A').says('x').says('y').prompt('B').says('z');
      writeFileSync(talk.file, readFileSync(talk.file, 'utf8').repeat(2));
      assert.deepEqual(await answers(), [`x talk-1 ${opus}`, `y talk-1 ${opus}`, `z talk-4 ${opus}`]);
    });

    it('are no thoughts, no calls, no notices of the tool and nothing of a subagent', async () => {
      talk
        .prompt('A')
        .line(block({ type: 'thinking', thinking: 'x' }))
        .edit('e1', '/work/a', 'x', 'x', 'y');
      talk.says('Overloaded', '<synthetic>').says('x', 'claude-opus-5', { isSidechain: true });
      assert.deepEqual(await answers(), []);
    });

    it('need a prompt', async () => {
      talk.says('x');
      assert.deepEqual(await answers(), []);
    });
  });

  describe('edits', () => {
    it('belong to the prompt in whose turn the call was made', async () => {
      talk.prompt('A').edit('e1', '/work/a', 'x', 'x', 'y').prompt('B').edit('e2', '/work/a', 'y', 'y', 'z');
      assert.equal(await next(reader), '"A"@opus-5; "B"@opus-5; e1 x>y of talk-1; e2 y>z of talk-4');
    });

    it('are none when the call failed, was refused or has no result yet', async () => {
      talk
        .prompt('A')
        .says('Yes')
        .line({
          type: 'assistant',
          message: {
            model: 'm',
            content: [{ type: 'tool_use', id: 'e1', name: 'Write', input: { file_path: '/a', content: 'x' } }],
          },
        });
      assert.equal(await next(reader), '"A"@opus-5');
      talk.result('e1', 'Error: refused', {}, true);
      assert.equal(await next(reader), '');
    });

    it('count for the absolute path, also when the call named a relative one', async () => {
      talk.call('e1', 'Write', { file_path: 'b/c.md', content: 'x' }, undefined, { cwd: '/work' });
      assert.equal((await reader.read()).edits[0]?.file, '/work/b/c.md');
    });

    it("of a subagent belong to the turn that started it, and its task is no one's prompt", async () => {
      talk.prompt('A').says('Yes').prompt('B').says('Yes');
      const file = join(talk.file.replace('.jsonl', ''), 'subagents', 'agent-1.jsonl');
      const aside = new Transcript(file, { session: 'talk', time: Date.UTC(2026, 0, 2, 10, 0, 2) });
      aside.prompt('Do it', { isSidechain: true }).edit('e1', '/work/a', 'x', 'x', 'y');
      assert.equal(await next(claudeCode.reader(file)), 'e1 x>y of talk-3');
    });

    it('come in batches from a long record', async () => {
      const long = 'x'.repeat(1_500_000);
      talk.prompt('A');
      for (let i = 0; i < 3; i++) talk.edit(`e${i}`, '/work/a', `${long}${i}`, `${i}`, `${i + 1}`);
      const first = await reader.read();
      assert.deepEqual([first.edits.length, first.more], [2, true]);
      const second = await reader.read();
      assert.deepEqual([second.edits.length, second.more], [1, undefined]);
    });
  });

  it('reads on when the record grows, and again when it was truncated, each thing once', async () => {
    talk.prompt('A').says('Yes');
    assert.equal(await next(reader), '"A"@opus-5');
    const half = readFileSync(talk.edit('e1', '/work/a', 'x', 'x', 'y').file);
    assert.equal(await next(reader), 'e1 x>y of talk-1');
    truncateSync(talk.file, 10);
    assert.equal(await next(reader), '');
    appendFileSync(talk.file, half.subarray(10));
    talk.edit('e2', '/work/a', 'y', 'y', 'z');
    assert.equal(await next(reader), 'e2 y>z of talk-1');
  });

  it('passes over lines of kinds it does not know, and names those it cannot read', async () => {
    talk.raw('42\n[1]\nnull\n"x"\n{"type":"what"}\n{"type":"user"}\n{"type":"assistant","message":7}\n{"broken\n');
    assert.equal(await next(read(talk.prompt('A').says('Yes'))), '"A"@opus-5; !8');
  });

  it('never fails, whatever the lines hold', async () => {
    const key = fc.constantFrom(
      'type',
      'message',
      'content',
      'toolUseResult',
      'id',
      'input',
      'timestamp',
      'uuid',
      'text',
      'x',
    );
    const leaf = fc.oneof(
      fc.constantFrom('user', 'assistant', 'tool_use', 'tool_result', 'text', 'Edit', 'e1'),
      fc.jsonValue(),
    );
    const { node } = fc.letrec(tie => ({
      node: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 8 }), async lines => {
        writeFileSync(talk.file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
        assert.deepEqual((await claudeCode.reader(talk.file).read()).problems, []);
      }),
      { numRuns: 150 },
    );
  });

  it('tells apart calls of two conversations whose ids count anew, as some models have them', async () => {
    const first = talk.edit('functions.Edit:0', '/w/a.md', 'x', 'x', 'y');
    const second = new Transcript(join(folder(), 'other.jsonl'), { session: 'other' });
    second.edit('functions.Edit:0', '/w/a.md', 'y', 'y', 'z');
    const names = [first, second].map(async ({ file }) => (await claudeCode.reader(file).read()).edits[0]!.id);
    const [a, b] = (await Promise.all(names)).map(id => id.slice(id.lastIndexOf(':') + 1));
    assert.match(`${a} ${b}`, /^functions\.Edit_0-\w{16} functions\.Edit_0-\w{16}$/);
    assert.notEqual(a, b);
  });

  it('tells of the first problems, and that there are more', async () => {
    talk.raw('{\n'.repeat(5000));
    const { problems } = await reader.read();
    assert.deepEqual([problems.length, problems.at(-1)!.message], [101, 'more problems']);
  });

  it('knows no folder where an entry names none: its place may be that of others', async () => {
    talk.prompt('Begin', { cwd: undefined }).says('x');
    assert.equal((await reader.read()).prompts[0]?.folder, '');
  });

  it('looks where the tool keeps records of the folder, of those above and of those below', () => {
    const home = folder();
    new Transcript(join(home, 'projects', '-w-my-book-part-1', 'a.jsonl'));
    new Transcript(join(home, 'projects', '-other', 'b.jsonl'));
    const places = claudeCode.places('/w/my book', { env: { CLAUDE_CONFIG_DIR: home }, platform: 'linux' });
    assert.deepEqual(
      places,
      ['-w-my-book', '-w', '-w-my-book-part-1'].map(name => join(home, 'projects', name)),
    );
    assert.deepEqual(claudeCode.places('/w', { env: { HOME: '/home/me' }, platform: 'linux' }), [
      '/home/me/.claude/projects/-w',
    ]);
  });

  function read(written: Transcript): AgentReader {
    return claudeCode.reader(written.file);
  }
});
