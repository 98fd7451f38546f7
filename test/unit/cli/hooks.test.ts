import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { hookAgents } from '../../../src/agents/hooks/hookRecords.ts';
import type { HooksDocument } from '../../../src/cli/hooks.ts';
import { run } from '../../../src/cli/run.ts';

const schema = JSON.parse(readFileSync(new URL('../../../media/schema/hooks.schema.json', import.meta.url), 'utf8'));
const valid = new Ajv().compile(schema);

/** Settings as people have them: comments, tabs, other hooks, one line, none. */
const settings: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'claude-code': [
    '.claude/settings.json',
    `{\n  // mine\n  "model": "opus",\n  "hooks": {\n    "PostToolUse": [\n      {\n        "matcher": "Bash",\n        "hooks": [{ "type": "command", "command": "log.sh" }]\n      }\n    ]\n  },\n  "env": {}\n}\n`,
  ],
  codex: ['.codex/hooks.json', '{}'],
  gemini: ['.gemini/settings.json', '{\n\t"theme": "dark",\n\t"hooks": {}\n}'],
  cursor: ['.cursor/hooks.json', '{"version": 1, "hooks": {"stop": [{"command": "./done.sh"}]}}\n'],
  windsurf: ['.codeium/windsurf/hooks.json', '{\r\n  "hooks": {\r\n    "post_write_code": [] // none\r\n  }\r\n}\r\n'],
  droid: ['.factory/settings.json', '{\n    "autonomy": "low" /* for now */\n}'],
};

describe('holograph hooks', () => {
  let home: string;
  let said: string;
  let complained: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holograph-hooks-'));
    for (const [file, text] of Object.values(settings)) put(file, text);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  for (const [agent, [file, text]] of Object.entries(settings)) {
    it(`${agent}: shows the change first, makes it, and takes it back to the letter`, async () => {
      const shown = await document('install', agent, '--dry-run');
      assert.equal(read(file), text);
      const { diff } = shown.changes[0]!;
      assert.match(diff, /^--- /);
      const lines = diff.split('\n').filter(line => /^[-+](?![-+])/.test(line));
      assert.ok(lines.some(line => line.startsWith('+') && line.includes('hook')));
      await document('install', agent, '--yes');
      assert.match(read(file)!, new RegExp(`bin.{1,2}holograph(\\.cmd)?\\\\" hook ${agent}"`));
      assert.equal((await document()).tools.find(tool => tool.agent === agent)!.state, 'installed');
      assert.equal((await document('install', agent, '--yes')).changes.length, 0);
      await document('remove', agent, '--yes');
      assert.equal(read(file), text);
    });

    it(`${agent}: takes out our entries alone where the file was changed since`, async () => {
      await document('install', agent, '--yes');
      const changed = read(file)!.replace(/^\{/, '{ "later": [1], ');
      put(file, changed);
      await document('remove', agent, '--yes');
      assert.ok(!read(file)!.includes('holograph'), read(file));
      const kept = JSON.parse(bare(read(file)!));
      assert.deepEqual(kept.later, [1]);
      const before = JSON.parse(bare(text));
      for (const key of Object.keys(before).filter(key => key !== 'hooks')) assert.deepEqual(kept[key], before[key]);
      for (const [event, entries] of Object.entries<unknown[]>(before.hooks ?? {}))
        if (entries.length > 0) assert.deepEqual(kept.hooks[event], entries);
      for (const comment of text.match(/\/\/.*|\/\*.*\*\//g) ?? []) assert.ok(read(file)!.includes(comment), comment);
    });
  }

  it('makes a file that is not there, and removes it with its folders', async () => {
    const file = '.copilot/hooks/holograph.json';
    await document('install', 'copilot', '--yes');
    const made = JSON.parse(read(file)!);
    assert.equal(made.version, 1);
    assert.deepEqual(Object.keys(made.hooks), ['UserPromptSubmit', 'PostToolUse']);
    await document('remove', 'copilot', '--yes');
    assert.ok(!existsSync(join(home, '.copilot')));
  });

  it('makes programs for Cline, and leaves one alone that is not ours', async function () {
    if (process.platform === 'win32') this.skip();
    const file = 'Documents/Cline/Hooks/PostToolUse';
    await document('install', 'cline', '--yes');
    assert.equal(statSync(join(home, file)).mode & 0o111, 0o111);
    await document('remove', 'cline', '--yes');
    assert.ok(!existsSync(join(home, 'Documents')));
    put(file, '#!/bin/sh\nmine\n');
    assert.equal(
      (await document('install', 'cline', '--yes', 2)).changes.find(one => one.hindrance)?.hindrance,
      'foreign',
    );
    await document('remove', 'cline', '--yes');
    assert.equal(read(file), '#!/bin/sh\nmine\n');
  });

  it('replaces hooks that call another program of ours', async () => {
    const file = settings.codex![0];
    put(
      file,
      '{"hooks": {"Stop": [], "PostToolUse": [{"hooks": [{"command": "\\"/old/bin/holograph\\" hook codex"}]}]}}',
    );
    assert.equal((await document()).tools.find(({ agent }) => agent === 'codex')!.state, 'other');
    await document('install', 'codex', '--yes');
    assert.ok(!read(file)!.includes('/old/'));
    assert.equal((await document()).tools.find(({ agent }) => agent === 'codex')!.state, 'installed');
  });

  it('leaves settings that it cannot read as they are, with one line', async () => {
    const file = settings.gemini![0];
    put(file, '{ "theme": ');
    assert.equal(await call('hooks', 'install', 'gemini', '--yes'), 2);
    assert.equal(complained, `holograph: ${join(home, file)} is not valid JSON and is left as it is.\n`);
    assert.equal(read(file), '{ "theme": ');
  });

  it('settings that cannot be opened hinder no other tool, and are told with one line', async () => {
    const file = join(home, '.gemini/settings.json');
    rmSync(file);
    mkdirSync(file);
    const { tools } = await document();
    assert.equal(tools.find(({ agent }) => agent === 'gemini')!.state, 'unreadable');
    assert.equal(tools.find(({ agent }) => agent === 'codex')!.state, 'none');
    assert.equal((await document('install', '--yes', 2)).changes.find(({ agent }) => agent === 'codex')!.done, true);
    assert.equal(await call('hooks', 'remove', 'gemini', 'codex', '--yes'), 2);
    assert.equal(complained, `holograph: ${file} cannot be opened and is left as it is.\n`);
    assert.equal(read(settings.codex![0]), settings.codex![1]);
  });

  it('keeps rights and links of the file', async function () {
    if (process.platform === 'win32') this.skip();
    const [file, text] = settings['claude-code']!;
    put('dotfiles/claude.json', text);
    chmodSync(join(home, 'dotfiles/claude.json'), 0o640);
    rmSync(join(home, file));
    symlinkSync(join(home, 'dotfiles/claude.json'), join(home, file));
    await document('install', 'claude-code', '--yes');
    assert.ok(lstatSync(join(home, file)).isSymbolicLink());
    assert.equal(statSync(join(home, 'dotfiles/claude.json')).mode & 0o777, 0o640);
    assert.ok(read('dotfiles/claude.json')!.includes('holograph'));
  });

  it('asks for nothing but what was named, of a folder where one is named', async () => {
    const folder = join(home, 'book');
    mkdirSync(folder);
    await document('install', 'claude-code', '--folder', folder, '--yes');
    assert.ok(read('book/.claude/settings.local.json')!.includes('hook claude-code'));
    assert.equal(read(settings['claude-code']![0]), settings['claude-code']![1]);
    const all = await document('install', '--dry-run');
    assert.deepEqual([...new Set(all.changes.map(({ agent }) => agent))].sort(), Object.keys(settings).sort());
  });

  it('says what Codex asks of the person, and forges no trust', async () => {
    assert.equal(await call('hooks', 'install', 'codex', '--yes'), 0);
    assert.ok(said.includes('/hooks'));
    assert.deepEqual(Object.keys(JSON.parse(read(settings.codex![0])!)), ['hooks']);
  });

  it('lists every tool', async () => {
    assert.equal(await call('hooks'), 0);
    assert.deepEqual(
      said.match(/^ {2}\S+/gm)!.map(line => line.trim()),
      [...hookAgents],
    );
  });

  it('refuses what it does not know', async () => {
    assert.equal(await call('hooks', 'install', 'nobody'), 2);
    assert.equal(await call('hooks', 'upgrade'), 2);
    assert.equal(await call('hooks', 'install', '--global', '--folder', home), 2);
  });

  async function document(...args: (string | 2)[]): Promise<HooksDocument> {
    const words = args.filter(arg => typeof arg === 'string');
    const code = await call('hooks', ...words, '--json');
    assert.equal(code, args.includes(2) ? 2 : 0, complained);
    const answer: HooksDocument = JSON.parse(said);
    const fits: boolean = valid(answer);
    assert.ok(fits, JSON.stringify(valid.errors));
    return answer;
  }

  function call(...argv: string[]): Promise<number> {
    said = complained = '';
    const env = { HOME: home, USERPROFILE: home, HOLOGRAPH_HOME: join(home, 'data') };
    const stdout = { write: (text: string) => (said += text) };
    const stderr = { write: (text: string) => (complained += text) };
    return run(argv, { stdout, stderr, env, cwd: home });
  }

  function put(file: string, text: string): void {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text);
  }

  function read(file: string): string | undefined {
    return existsSync(join(home, file)) ? readFileSync(join(home, file), 'utf8') : undefined;
  }
});

/** Without comments and commas behind last entries; none of the samples has such signs in a string. */
function bare(text: string): string {
  return text.replace(/\/\/.*|\/\*.*?\*\//g, '').replace(/,(\s*[\]}])/g, '$1');
}
