import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { hookProgram } from '../../src/agents/hooks/hookProgram.ts';
import { hookCommandLine } from '../../src/agents/hooks/hookSettings.ts';
import { agentNames } from '../../src/agents/names.ts';
import { callHook, claudePayloads } from '../support/hookCalls.ts';
import { longTranscript } from '../support/longTranscript.ts';
import { cli } from './support/cli.ts';
import { row, widget } from './support/dialogs.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { home, runs, watchThreads } from './support/faults.ts';
import { gaps, given, prompts } from './support/hooks.ts';
import { type Api, folder, pathOf, productApi, show } from './support/scene.ts';
import { said, settings } from './support/surface.ts';
import { until } from './support/until.ts';

/** The settings of tools that have some: all lie in the window's own home folder. */
const claude = join(process.env.CLAUDE_CONFIG_DIR ?? '', 'settings.json');
const codex = join(process.env.CODEX_HOME ?? '', 'hooks.json');
const droid = join(process.env.HOME ?? '', '.factory', 'settings.json');
/** As a person has them: with comments, tabs, and a hook of another program. */
const own = `{
\t// mine
\t"model": "opus",
\t"hooks": { "PostToolUse": [ { "matcher": "Bash", "hooks": [{ "type": "command", "command": "log.sh" }] } ] },
}
`;

/** Before the window: test/host/hooks.before.ts. */
describe('hooks of AI tools', () => {
  let api: Api;
  const steppe = () => vscode.Uri.file(pathOf('steppe.md'));

  before(async function () {
    if (!driven) this.skip();
    await show(steppe());
    api = await productApi();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await settings({ 'holograph.language': undefined, 'holograph.agents': undefined });
  });

  it('what a hook told while no window was open is taken in at the start', async () => {
    await until('the agent’s word', async () => (await runs(api, steppe())).some(run => run.startsWith('ai.agent')));
    assert.deepEqual(await runs(api, steppe()), [
      'initial: The wind came over the ',
      'ai.agent: empty ',
      'initial: steppe.\nNobody heard it.\n',
    ]);
    assert.deepEqual(prompts(), ['Make it lonelier.']);
  });

  describe('the command', () => {
    const tool = (name: string, state: string) => `${row}:has(.label-name:has-text("${name}")):has-text("${state}")`;

    /** Opens the list, changes a tool's mark and accepts. */
    async function choose(title: string, name: string, state: string): Promise<void> {
      await page.waitFor(`${widget}:has-text("${title}")`);
      await page.waitFor(tool(name, state));
      await mouse.click(tool(name, state));
      await keyboard.press('Enter');
    }

    async function press(button: string): Promise<void> {
      const selector = `.notifications-center .monaco-button:has-text("${button}")`;
      await vscode.commands.executeCommand('notifications.showList');
      await page.waitFor(selector);
      await mouse.click(selector);
    }

    const diff = () => vscode.window.visibleTextEditors.find(({ document }) => document.fileName.endsWith('.diff'));

    it('lists every tool with its state', async () => {
      await palette.run('Holograph: Hooks of AI Tools');
      await page.waitFor(tool('claude-code', 'not installed'));
      await page.screenshot('hooks-list');
      assert.equal(await page.count(row), 8);
      await keyboard.press('Escape');
    });

    it('shows the exact change first, and makes it when the person says so (in Russian)', async () => {
      writeFileSync(claude, own);
      await settings({ 'holograph.language': 'ru' });
      void vscode.commands.executeCommand('holograph.hooks');
      await choose('Хуки инструментов ИИ', 'claude-code', 'не установлены');
      await until('the change', () => diff()?.document.getText().includes(claude) === true);
      const shown = diff()!.document.getText();
      assert.match(shown, /^--- /);
      assert.match(shown, /^\+.*hook claude-code/m);
      assert.equal(readFileSync(claude, 'utf8'), own);
      await page.screenshot('hooks-diff');
      await press('Изменить настройки');
      await said('Настройки инструментов изменены.');
      const after = readFileSync(claude, 'utf8');
      assert.equal(commandsIn(after).length, 2);
      for (const line of own.split('\n').slice(0, 3)) assert.ok(after.includes(line), line);
      assert.ok(after.includes('log.sh'));
    });

    it('the tool’s calls are in the record while it works', async () => {
      const text = readFileSync(steppe().fsPath, 'utf8');
      const turn = {
        session: 'open',
        folder: folder().uri.fsPath,
        file: steppe().fsPath,
        prompt: 'Let a dog hear it.',
      };
      const edit = { before: text, old: 'Nobody', new: 'A dog alone' };
      const [asked, used] = claudePayloads({ ...turn, ...edit });
      const [atPrompt, atUse] = commandsIn(readFileSync(claude, 'utf8'));
      assert.equal(await callHook(atPrompt!, asked, turn.folder), '');
      writeFileSync(turn.file, text.replace(edit.old, edit.new));
      assert.equal(await callHook(atUse!, used, turn.folder), '');
      await until('the agent’s words', async () => (await runs(api, steppe())).includes('ai.agent: A dog alone'));
      const listed = JSON.parse(cli('prompts', '--json')).prompts as { text: string; agent: string }[];
      assert.deepEqual(
        listed.map(({ text, agent }) => [text, agent]),
        [
          ['Make it lonelier.', 'claude-code'],
          ['Let a dog hear it.', 'claude-code'],
        ],
      );
    });

    it('takes the hooks out again, to the letter (in Kazakh)', async () => {
      await settings({ 'holograph.language': 'kk' });
      void vscode.commands.executeCommand('holograph.hooks');
      await choose('ЖИ құралдарының хуктары', 'claude-code', 'орнатылған');
      await until('the change', () => /^-.*hook claude-code/m.test(diff()?.document.getText() ?? ''));
      await press('Баптауларды өзгерту');
      await said('Құралдардың баптаулары өзгертілді.');
      assert.equal(readFileSync(claude, 'utf8'), own);
    });

    for (const [language, title, state, words] of [
      ['en', 'Hooks of AI Tools', 'settings cannot be read', `${codex} is not valid JSON and is left as it is.`],
      [
        'ru',
        'Хуки инструментов ИИ',
        'настройки не удаётся прочесть',
        `${codex} не является правильным JSON и оставлен как есть.`,
      ],
      [
        'kk',
        'ЖИ құралдарының хуктары',
        'баптауларды оқу мүмкін емес',
        `${codex} дұрыс JSON емес, сол күйінде қалдырылды.`,
      ],
    ] as const) {
      it(`leaves settings that it cannot read as they are, with one clear line (${language})`, async () => {
        writeFileSync(codex, '{ "hooks": ');
        await settings({ 'holograph.language': language });
        void vscode.commands.executeCommand('holograph.hooks');
        await choose(title, 'codex', state);
        await said(words);
        assert.equal(readFileSync(codex, 'utf8'), '{ "hooks": ');
      });
    }

    it('one tool’s settings that cannot be opened hinder no other’s', async () => {
      mkdirSync(droid, { recursive: true });
      void vscode.commands.executeCommand('holograph.hooks');
      await page.waitFor(tool('droid', 'settings cannot be read'));
      await page.waitFor(tool('claude-code', 'not installed'));
      await keyboard.press('Escape');
    });
  });

  describe('the watch', () => {
    const turn = (session: string, prompt: string): Promise<string> => {
      const at = folder().uri.fsPath;
      const [asked] = claudePayloads({
        session,
        folder: at,
        prompt,
        file: steppe().fsPath,
        before: '',
        old: '',
        new: '',
      });
      return callHook(hookCommandLine(hookProgram(home()), 'claude-code'), asked, at);
    };
    let threads: ReturnType<typeof watchThreads>;

    before(() => {
      threads = watchThreads({}, 'holograph agents');
    });
    after(() => threads.restore());

    it('takes nothing of a tool that is switched off, says so in the record, and takes it again', async () => {
      const before = gaps().length;
      await settings({ 'holograph.agents': { 'claude-code': false } });
      await until('the gap', () => gaps().slice(before).includes('channel claude-code'));
      await turn('off', 'Of nobody’s concern.');
      await runs(api, steppe());
      await settings({ 'holograph.agents': undefined });
      await until('a thread', () => threads.all.length === 2);
      await turn('on', 'Now again.');
      await until('the prompt', async () => {
        await runs(api, steppe());
        return prompts().includes('Now again.');
      });
      assert.ok(!prompts().includes('Of nobody’s concern.'), prompts().join());
      assert.deepEqual([...new Set(gaps().slice(before))], ['channel claude-code']);
    });

    it('a log of 50 MB is read whole, and not in the editor’s thread', async function () {
      if (!('threadCpuUsage' in process)) this.skip();
      const [session, turns, at] = [randomUUID(), 290, folder().uri.fsPath];
      const talk = join(dirname(claude), 'projects', at.replaceAll(/[^a-zA-Z0-9]/g, '-'));
      mkdirSync(talk, { recursive: true });
      writeFileSync(join(talk, 'draft'), longTranscript(session, at, steppe().fsPath, turns));
      assert.ok(statSync(join(talk, 'draft')).size > 50e6);
      const [own, all] = [process.threadCpuUsage(), process.cpuUsage()];
      renameSync(join(talk, 'draft'), join(talk, `${session}.jsonl`));
      await api.spans(steppe());
      // What a thread has computed does not depend on how busy the machine is.
      const [here, anywhere] = [process.threadCpuUsage(own), process.cpuUsage(all)];
      assert.equal(prompts().filter(prompt => prompt.startsWith('Turn ')).length, turns);
      const share = (here.user + here.system) / (anywhere.user + anywhere.system);
      assert.ok(share < 1 / 2, `${share} of what was computed`);
    });

    it('that crashes leaves a gap, and is followed by another that takes nothing twice', async () => {
      const before = gaps().length;
      await threads.all.at(-1)!.terminate();
      await until('the gap', () => gaps().slice(before).includes('channel agents'));
      await turn('crash', 'After the crash.');
      await until('another thread', () => threads.all.length === 3);
      await until('the prompt', async () => {
        await runs(api, steppe());
        return prompts().includes('After the crash.');
      });
      const all = given();
      assert.ok(all.length > 500);
      assert.equal(new Set(all).size, all.length);
    });

    it('ends where no tool is left to follow', async () => {
      const ended = new Promise(resolve => threads.all.at(-1)!.once('exit', resolve));
      await settings({ 'holograph.agents': Object.fromEntries(agentNames.map(name => [name, false])) });
      await ended;
      assert.equal(threads.all.length, 3);
    });
  });
});

/** The command lines that call us in a tool's settings, in their order. */
function commandsIn(text: string): string[] {
  const ours = JSON.stringify(`"${hookProgram(home())}" hook claude-code`);
  return text
    .split(ours)
    .slice(1)
    .map(() => JSON.parse(ours) as string);
}
