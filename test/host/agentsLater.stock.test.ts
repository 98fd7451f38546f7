import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { openJournal } from '../../src/journal/reader.ts';
import { installHooks, makers, type ToolName } from '../accuracy/tools.ts';
import { callHook } from '../rig/standIns/callHook.ts';
import { has, type StandIn, type Turn } from '../rig/standIns/standIn.ts';
import { driven, keyboard, windows } from './support/driver.ts';
import { home, journals } from './support/faults.ts';
import { held, openByName, openWindow, otherHosts } from './support/otherWindow.ts';
import type { SpansDocument } from './support/scene.ts';
import { until } from './support/until.ts';

const start = 'The steppe was there before the record began.\nNobody had crossed it in the winter.\n\n';
const own = 'I saw it first from a train, one grey morning.';
const names = ['claudeCode', 'agentHost', 'codex', 'cursor'] as const satisfies readonly ToolName[];
const words = 'an unbearably bright and wind-swept';
/** Written while no window is open: with a hook called then, or before. */
const unseen = ['closed', 'taken'] as const;

/** Tools wrote while the window did not know of it, or no window was there; their records come when it opens anew. */
describe('what tools wrote, told after a restart', () => {
  let folder: string;
  const tools = new Map<string, StandIn>();
  const turns: { readonly tool: StandIn; readonly turn: Turn }[] = [];
  const file = (name: string) => join(folder, `${name}.md`);

  before(async function () {
    this.timeout(120_000);
    if (!driven) this.skip();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'holograph-later-')));
    for (const name of [...names, ...unseen]) writeFileSync(file(name), start);
    for (const name of names) tools.set(name, makers[name](folder));
    const catalogue = Catalogue.open(home());
    catalogue.consent(folder, { by: 'person', software: 'test' });
    catalogue.close();
    await openWindow({ folder, apart: true });
    await watched();
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const asked = (name: string) => ({ prompt: `Brighter, in ${name}.`, file: file(name), old: 'grey', new: words });

  /** Closes the other window as a crash would: its extension host does not stay for a page that comes back. */
  async function ends(): Promise<void> {
    await windows.close();
    for (const pid of otherHosts()) process.kill(pid, 'SIGKILL');
    await until('the end of the other window', () => otherHosts().length === 0);
  }

  /** A hook tells of an edit of which nothing is to be seen yet: waits until it is on record, and gives the text after. */
  async function takenBefore(name: string): Promise<string> {
    const { hooks, toldAsked, toldUsed } = tools.get('cursor')!;
    const [before, time] = [readFileSync(file(name), 'utf8'), Date.now()];
    const after = before.replace('grey', words);
    const turn = {
      ...asked(name),
      folder,
      id: randomUUID(),
      call: randomUUID(),
      asked: time,
      made: time,
      before,
      after,
    };
    await callHook(hooks.settings, hooks.asked, toldAsked(turn), folder);
    await callHook(hooks.settings, hooks.used, toldUsed(turn), folder);
    await until(`${name}’s edit on record`, () => edited().includes(`${name}.md`));
    return after;
  }

  /** Files of agents' edits on record. */
  function edited(): readonly string[] {
    const reader = openJournal(journals()[0]!);
    try {
      return [...reader.events()].flatMap(event => (event.kind === 'agentEdit' ? [event.path] : []));
    } finally {
      reader.close();
    }
  }

  /** As the command line tells them. */
  function spansOf(name: string): SpansDocument {
    const { extensionPath } = vscode.extensions.getExtension('holograph.holograph')!;
    const args = [join(extensionPath, 'dist/cli.cjs'), 'spans', file(name), '--json', '--folder', folder];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as SpansDocument;
  }

  /** A window that has just opened does not hear of files yet: waits until it has heard of two writes. */
  async function watched(): Promise<void> {
    let heard = 0;
    for (let n = 0; heard < 2; n++) {
      writeFileSync(file('probe'), 'probe\n'.repeat(n + 1));
      await until('a probe in the record', () => isCurrent('probe'), 3).then(
        () => heard++,
        () => assert.ok(n < 20, 'the window hears of no file'),
      );
    }
  }

  function isCurrent(name: string): boolean {
    try {
      return spansOf(name).current;
    } catch (error) {
      // Not on record yet: the command line says so and ends with 2.
      if (error instanceof Error && 'status' in error) return false;
      throw error;
    }
  }

  /** Runs of one kind. */
  function runs(name: string): readonly string[] {
    const { spans } = spansOf(name);
    const text = readFileSync(file(name), 'utf8');
    const out: string[] = [];
    for (const { from, to, kind } of spans) {
      if (out.at(-1)?.startsWith(`${kind}: `)) out.push(out.pop() + text.slice(from, to));
      else out.push(`${kind}: ${text.slice(from, to)}`);
    }
    return out;
  }

  const expected = (kind: string, end: string) => [
    `initial: ${start}`,
    `typed: ${own.split('grey')[0]}`,
    `${kind}: ${words}`,
    `typed: ${own.split('grey')[1]}`,
    // Its patch does not say that it ends the last line.
    ...(end === '' ? [] : [`external.disk: ${end}`]),
  ];

  it('is another program’s writing as long as nobody tells', async function () {
    this.timeout(120_000);
    for (const name of [...names, ...unseen]) {
      await openByName(`${name}.md`);
      await keyboard.press('Control+End');
      await keyboard.type(own);
      await until(`${name} typed`, () => held().some(({ path, text }) => path === `${name}.md` && text.endsWith(own)));
      await keyboard.press('Control+s');
      // Not as soon as it is on the disk: the editor takes what is written before it has looked for its own.
      await until(`${name} saved`, () => readFileSync(file(name), 'utf8').endsWith(own) && isCurrent(name));
      const tool = tools.get(name);
      if (!tool) continue;
      turns.push({ tool, turn: await has(tool, asked(name), folder, false) });
      await until(`${name} read again`, () =>
        held().some(({ path, text }) => path === `${name}.md` && text.includes(words)),
      );
    }
    for (const name of names)
      assert.deepEqual(runs(name), expected('external.disk', name === 'codex' ? '\n' : ''), name);
  });

  it('is the tools’ once their records are found, and where a hook told of it while no window was open, or before', async function () {
    this.timeout(120_000);
    await installHooks();
    const after = await takenBefore('taken');
    await ends();
    writeFileSync(file('taken'), after);
    for (const { tool, turn } of turns) tool.tell(turn);
    await has(tools.get('claudeCode')!, asked('closed'), folder, true);
    await openWindow({ folder, apart: true });
    for (const name of [...names, ...unseen]) {
      const wanted = expected('ai.agent', name === 'codex' ? '\n' : '');
      await until(`${name}’s record`, () => runs(name).join() === wanted.join(), 60).catch(() => undefined);
      assert.deepEqual(runs(name), wanted, name);
    }
    await ends();
  });
});
