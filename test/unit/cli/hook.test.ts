import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AgentSilences } from '../../../src/agentSilences.ts';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import { agents } from '../../../src/agents/agents.ts';
import { everyTool, silencesFile } from '../../../src/agents/following/silences.ts';
import { hookAgents } from '../../../src/agents/hooks/hookRecords.ts';
import { spoolOf, unsortedSpool } from '../../../src/agents/hooks/hookSpool.ts';
import { storesOf } from '../../../src/agents/names.ts';
import { receive } from '../../../src/cli/hook.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { journalFolder } from '../../../src/journal/home.ts';

describe('holograph hook', () => {
  let root: string;
  let home: string;
  let book: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'holograph-hook-'));
    home = join(root, 'home');
    book = join(root, 'book');
    mkdirSync(book);
    const catalogue = Catalogue.open(home);
    catalogue.consent(book, { by: 'command', software: 'test' });
    catalogue.close();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('keeps a prompt that is asked in a recorded folder, readable by its owner alone', async () => {
    assert.equal(await call('claude-code', prompt(book)), '');
    assert.deepEqual(prompts(), ['Write it']);
    const file = join(spoolOf(home, book), readdirSync(spoolOf(home, book))[0]!);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('keeps nothing of what is asked elsewhere, of a folder that is paused, or where nothing was ever recorded', async () => {
    await call('claude-code', prompt(root));
    const catalogue = Catalogue.open(home);
    catalogue.setState(book, 'paused', 'command', 'test');
    catalogue.close();
    await call('claude-code', prompt(book));
    home = join(root, 'none');
    await call('claude-code', prompt(book));
    assert.ok(!existsSync(join(root, 'home', 'hooks')));
    assert.ok(!existsSync(home));
  });

  it('keeps nothing that a tool is asked while it is switched off in the folder, of all its stores', async () => {
    const catalogue = Catalogue.open(home);
    const { journal } = catalogue.find(book)!;
    catalogue.close();
    const switchOff = (...names: string[]) => {
      const silences = new AgentSilences(join(journalFolder(home, journal), silencesFile), error =>
        assert.fail(String(error)),
      );
      silences.set(names);
    };
    // Of a pause the catalogue knows.
    switchOff('claude-code', 'copilot-cli', everyTool);
    await call('claude-code', prompt(book));
    assert.ok(!existsSync(spoolOf(home, book)));
    await call('copilot', prompt(book));
    assert.deepEqual(prompts(), ['Write it']);
    switchOff(...storesOf('copilot'));
    await call('copilot', prompt(book));
    assert.equal(readdirSync(spoolOf(home, book)).length, 1);
    await call('claude-code', prompt(book));
    assert.equal(readdirSync(spoolOf(home, book)).length, 2);
  });

  it('knows the stores of each tool that has hooks', () => {
    for (const tool of hookAgents) {
      const stores = agents.filter(({ name, ids = name }) => ids === tool).map(({ name }) => name);
      assert.deepEqual([...storesOf(tool)].sort(), stores.sort());
    }
  });

  it('keeps an edit by its file, wherever the tool was started', async () => {
    const edit = (file: string) => ({
      session_id: 's',
      cwd: root,
      hook_event_name: 'PostToolUse',
      tool_name: 'Write',
      tool_use_id: 'call',
      tool_input: { file_path: file, content: 'x' },
    });
    await call('claude-code', edit(join(root, 'other.md')));
    await call('claude-code', edit(join(book, 'new', 'a.md')));
    assert.deepEqual(
      kept().flatMap(({ edits }) => edits.map(({ file, after }) => [file, after])),
      [[join(book, 'new', 'a.md'), 'x']],
    );
  });

  it('gives each recorded folder its own', async () => {
    const other = join(root, 'other');
    mkdirSync(other);
    const catalogue = Catalogue.open(home);
    catalogue.consent(other, { by: 'command', software: 'test' });
    catalogue.close();
    const patch = `*** Begin Patch\n*** Add File: ${join(book, 'a')}\n+x\n*** Add File: ${join(other, 'b')}\n+y\n*** End Patch`;
    await call('codex', {
      session_id: 's',
      cwd: root,
      hook_event_name: 'PostToolUse',
      tool_name: 'apply_patch',
      tool_input: { command: patch },
      tool_response: 'Success',
    });
    assert.deepEqual(
      kept().flatMap(({ edits }) => edits.map(({ file }) => file)),
      [join(book, 'a')],
    );
    assert.deepEqual(
      kept(other).flatMap(({ edits }) => edits.map(({ file }) => file)),
      [join(other, 'b')],
    );
  });

  it('keeps an answer of the folder that the tool works in, wherever the hook was started', async () => {
    const said = { conversation_id: 'c', hook_event_name: 'afterAgentResponse', text: 'Done' };
    await call('cursor', { ...said, workspace_roots: [book] });
    await call('cursor', { ...said, workspace_roots: [root] });
    assert.deepEqual(
      kept().map(({ answers }) => answers.map(({ text }) => text)),
      [['Done']],
    );
  });

  it('keeps all where the catalogue cannot be read', async () => {
    writeFileSync(join(home, 'catalogue.sqlite'), 'no database');
    for (const suffix of ['-wal', '-shm']) rmSync(join(home, `catalogue.sqlite${suffix}`), { force: true });
    await call('claude-code', prompt(root));
    assert.equal(readdirSync(unsortedSpool(home)).length, 1);
  });

  it('takes no word of what it cannot read, and tells that it could not', async () => {
    await call('claude-code', '{"prompt": "secret', book);
    assert.deepEqual(
      kept().map(({ problems }) => problems),
      [[{ file: 'hook claude-code', line: 0, message: 'no JSON' }]],
    );
    assert.ok(
      !readFileSync(join(spoolOf(home, book), readdirSync(spoolOf(home, book))[0]!), 'utf8').includes('secret'),
    );
  });

  it('reads strings with control characters in them', async () => {
    const json = JSON.stringify({ agent_action_name: 'pre_user_prompt', tool_info: { user_prompt: 'a\nb "c" \\' } });
    await call('windsurf', json.replace('\\n', '\n'), book);
    assert.deepEqual(prompts(), ['a\nb "c" \\']);
  });

  it('answers in the form that the tool waits for', async () => {
    const submit = { hook_event_name: 'beforeSubmitPrompt', prompt: 'x', workspace_roots: [root] };
    assert.equal(await call('cursor', submit), '{"continue":true}\n');
    assert.equal(await call('cursor', { hook_event_name: 'afterFileEdit' }), '{}\n');
    assert.equal(await call('gemini', {}), '{}\n');
    assert.equal(await call('cline', 'broken'), '{"cancel":false}\n');
    assert.equal(await call('windsurf', {}), '');
    assert.equal(await call('nobody', {}), '');
  });

  it('ends with 0 as a program, whatever is said to it', () => {
    const main = join(import.meta.dirname, '../../../src/cli/hookMain.ts');
    for (const input of [JSON.stringify(prompt(book)), '', '\u0000']) {
      const env = { ...process.env, HOLOGRAPH_HOME: home };
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'hook', 'claude-code'], {
        input,
        env,
        cwd: root,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout, stderr.replace(/.*Warning.*\n|\(Use.*\n/g, '')], [0, '', '']);
    }
    assert.deepEqual(prompts(), ['Write it']);
  });

  function prompt(cwd: string): object {
    return { session_id: 's', cwd, hook_event_name: 'UserPromptSubmit', prompt: 'Write it', user_email: 'a@b.c' };
  }

  async function call(agent: string, payload: object | string, cwd = root): Promise<string> {
    const said: string[] = [];
    const stdin = Readable.from([Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))]);
    await receive(agent, { stdin, stdout: { write: text => said.push(text) }, env: { HOLOGRAPH_HOME: home }, cwd });
    return said.join('');
  }

  function kept(folder = book): AgentRecords[] {
    const spool = spoolOf(home, folder);
    if (!existsSync(spool)) return [];
    return readdirSync(spool)
      .toSorted()
      .map(name => JSON.parse(readFileSync(join(spool, name), 'utf8')).records);
  }

  function prompts(): string[] {
    return kept().flatMap(({ prompts }) => prompts.map(({ text }) => text));
  }
});
