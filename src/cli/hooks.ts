import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type HookChange, HookInstall, type HookTool } from '../agents/hooks/hookInstall.ts';
import { hookProgram, writeHookProgram } from '../agents/hooks/hookProgram.ts';
import { type HookAgent, hookAgents, isHookAgent } from '../agents/hooks/hookRecords.ts';
import { trusts } from '../agents/hooks/hookSettings.ts';
import { dataHome } from '../journal/home.ts';
import { type Call, type Command, detailOf, Refusal } from './command.ts';
import { table } from './help.ts';

/** What `holograph hooks --json` prints. Form: `media/schema/hooks.schema.json`. */
export interface HooksDocument {
  readonly schema: 'holograph.hooks';
  readonly version: 1;
  readonly action: Action;
  /** Folder whose settings are meant; null: the person's own, for all folders. */
  readonly folder: string | null;
  /** What the tools call. */
  readonly program: string;
  readonly tools: readonly HookTool[];
  readonly changes: readonly HookChangeDocument[];
}

export interface HookChangeDocument {
  readonly agent: HookAgent;
  readonly file: string;
  /** Unified diff. */
  readonly diff: string;
  readonly done: boolean;
  /** Why nothing is done. */
  readonly hindrance: HookChange['hindrance'] | null;
  /** The person has to allow the hook in the tool itself. */
  readonly trust: boolean;
}

type Action = 'list' | 'install' | 'remove';
const actions: readonly Action[] = ['list', 'install', 'remove'];

export const hooksCommand: Command = {
  name: 'hooks',
  usage: '[install | remove [AGENT…]] [--global | --folder DIR] [--dry-run | --yes]',
  about: 'help.hooks',
  options: {
    global: { about: 'help.hooksGlobal' },
    'dry-run': { about: 'help.hooksDryRun' },
    yes: { about: 'help.hooksYes' },
  },
  async run(call) {
    const [named = 'list', ...agents] = call.paths;
    const action = actions.find(one => one === named);
    if (action === undefined) throw new Refusal('error.hookAction', { action: named });
    const document = await done(call, action, agents);
    if (call.json) call.document(document);
    else print(call, document);
    return document.changes.some(({ hindrance }) => hindrance !== null) ? 2 : 0;
  },
};

async function done(call: Call, action: Action, named: readonly string[]): Promise<HooksDocument> {
  const { env } = call.io;
  const home = dataHome(env);
  const program = hookProgram(home);
  const folder = folderOf(call);
  const install = new HookInstall(home, program, { machine: { env, platform: process.platform }, folder });
  const tools = chosen(named).map(agent => install.tool(agent));
  const all = named.length > 0;
  const wanted = tools.filter(({ found }) => all || found || folder !== undefined || action === 'remove');
  const planned = wanted.flatMap(({ agent }) => (action === 'list' ? [] : plan(install, action, agent)));
  const does = call.flag('yes') && !call.flag('dry-run');
  if (does && action === 'install' && planned.length > 0) await demandProgram(home, program);
  const changes = planned.map(change => changed(install, change, does));
  return {
    schema: 'holograph.hooks',
    version: 1,
    action,
    folder: folder ?? null,
    program,
    tools: tools.map(({ agent }) => install.tool(agent)),
    changes,
  };
}

function folderOf(call: Call): string | undefined {
  const folder = call.option('folder');
  if (folder !== undefined && call.flag('global')) throw new Refusal('error.hookScope');
  return folder === undefined ? undefined : resolve(call.io.cwd, folder);
}

function chosen(named: readonly string[]): readonly HookAgent[] {
  for (const name of named) {
    if (!isHookAgent(name)) throw new Refusal('error.hookAgent', { agent: name, agents: hookAgents.join(', ') });
  }
  return named.length > 0 ? named.filter(isHookAgent) : hookAgents;
}

function plan(install: HookInstall, action: 'install' | 'remove', agent: HookAgent): HookChange[] {
  return action === 'install' ? install.installing(agent) : install.removing(agent);
}

function changed(install: HookInstall, change: HookChange, does: boolean): HookChangeDocument {
  const { agent, file, before = '', after = '' } = change;
  const hindrance = does ? written(() => install.apply(change)) : change.hindrance;
  const names = [change.before === undefined ? '/dev/null' : file, change.after === undefined ? '/dev/null' : file];
  const diff = hindrance === undefined ? createTwoFilesPatch(names[0]!, names[1]!, before, after) : '';
  return {
    agent,
    file,
    diff: diff.replace(/^(Index:.*\n)?=+\n/, ''),
    done: does && hindrance === undefined,
    hindrance: hindrance ?? null,
    trust: trusts.has(agent) && after !== '' && hindrance === undefined,
  };
}

/** An editor writes it at its start; without one, this runtime runs it. */
export async function demandProgram(home: string, program: string): Promise<void> {
  if (existsSync(program)) return;
  const runtime = { program: process.execPath, electron: 'electron' in process.versions, dist: import.meta.dirname };
  await writeHookProgram(home, runtime).catch(error => {
    throw new Refusal('error.unwritable', { file: program, detail: detailOf(error) }, error);
  });
}

function written<T>(of: () => T): T {
  try {
    return of();
  } catch (error) {
    if (!(error instanceof Error) || !('path' in error)) throw error;
    throw new Refusal('error.unwritable', { file: String(error.path), detail: detailOf(error) }, error);
  }
}

function print({ words, print, note, flag }: Call, { action, tools, changes }: HooksDocument): void {
  if (action === 'list') {
    print(table(tools.map(tool => [tool.agent, stateOf(tool, words)])));
    return;
  }
  for (const { agent, file, diff, done, hindrance, trust } of changes) {
    if (hindrance) note(words.t(`hooks.${hindrance}`, { file }));
    else {
      print(diff.trimEnd());
      if (done) print(words.t(action === 'install' ? 'hooks.installed' : 'hooks.removed', { agent, file }));
      if (trust && action === 'install') print(words.t('hooks.trust', { agent }));
    }
  }
  const any = changes.some(({ hindrance }) => hindrance === null);
  if (changes.length === 0) print(words.t('hooks.nothing'));
  else if (any && !flag('yes') && !flag('dry-run')) note(words.t('hooks.again'));
}

function stateOf({ state, found, files }: HookTool, words: Call['words']): string {
  const said = words.t(state === 'none' && !found ? 'hooks.state.notFound' : `hooks.state.${state}`);
  return `${said}  ${files.join(', ')}`;
}
