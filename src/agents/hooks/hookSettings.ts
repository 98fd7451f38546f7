import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { homeOf, type Machine } from '../reading/machine.ts';
import type { HookAgent } from './hookRecords.ts';

/** Where and how a tool is told to call our hook. */
export type HookSettings =
  /** Entries of lists in a file of JSON with comments. */
  | {
      readonly kind: 'json';
      readonly file: string;
      readonly entries: readonly HookEntry[];
      /** What the file must say beside, if it does not yet. */
      readonly with?: readonly [key: string, value: unknown];
      /** The file is ours alone. */
      readonly own?: true;
    }
  /** A program under the event's name. */
  | { readonly kind: 'script'; readonly file: string; readonly text: string };

export interface HookEntry {
  readonly path: readonly string[];
  readonly item: unknown;
}

/** Whose settings: the person's for all folders, or one folder's. */
export type HookScope = { readonly machine: Machine; readonly folder: string | undefined };

/** What a tool asks of the person before it calls hooks. */
export const trusts: ReadonlySet<HookAgent> = new Set<HookAgent>(['codex']);

/** Seconds that a tool waits for our hook at most. */
const wait = 10;

/** The call of our hook as a tool's settings have it: it is by this that our entries are known again. */
export function hookCommandLine(program: string, agent: HookAgent): string {
  return `"${program}" hook ${agent}`;
}

/** Whether a command in a tool's settings calls our hook, whatever editor's it is. */
export function isOurs(command: string, agent: HookAgent): boolean {
  return new RegExp(`[\\\\/]bin[\\\\/]holograph(\\.cmd)?["']? hook ${agent}\\s*$`, 'm').test(command);
}

/** Whether the tool has ever been used on this machine. */
export function isFound(agent: HookAgent, machine: Machine): boolean {
  return existsSync(rootOf(agent, machine));
}

/**
 * The settings that have a tool call `program`. Sources: the tools' pages on hooks; `capture-sources.md` section 6. Those
 * of a folder are the ones that are not shared where the tool has such.
 */
export function hookSettings(agent: HookAgent, program: string, scope: HookScope): readonly HookSettings[] {
  const command = hookCommandLine(program, agent);
  const file = fileOf(agent, scope);
  switch (agent) {
    case 'claude-code':
      return [{ kind: 'json', file, entries: grouped(command, 'Edit|Write|MultiEdit|NotebookEdit') }];
    case 'codex':
      return [{ kind: 'json', file, entries: grouped(command, 'apply_patch|Edit|Write') }];
    case 'droid':
      return [{ kind: 'json', file, entries: droidEntries(command, file) }];
    case 'gemini':
      return [{ kind: 'json', file, entries: geminiEntries(command) }];
    case 'copilot':
      return [{ kind: 'json', file, entries: copilotEntries(command), with: ['version', 1], own: true }];
    case 'cursor': {
      const events = ['beforeSubmitPrompt', 'afterFileEdit', 'afterTabFileEdit', 'afterAgentResponse'];
      const entries = events.map(event => ({ path: ['hooks', event], item: { command } }));
      return [{ kind: 'json', file, entries, with: ['version', 1] }];
    }
    case 'windsurf': {
      const events = ['pre_user_prompt', 'post_write_code', 'post_cascade_response'];
      const item = { command, show_output: false };
      return [{ kind: 'json', file, entries: events.map(event => ({ path: ['hooks', event], item })) }];
    }
    case 'cline':
      return ['UserPromptSubmit', 'PostToolUse'].map(event => ({
        kind: 'script',
        file: join(dirname(file), event),
        text: `#!/bin/sh\n# Holograph: tells the record of the folder what Cline did. Made and removed by \`holograph hooks\`.\nexec ${command}\n`,
      }));
  }
}

/** Claude Code's form, which others took over. */
function grouped(command: string, matcher: string): HookEntry[] {
  const hooks = [{ type: 'command', command, timeout: wait }];
  return [
    { path: ['hooks', 'UserPromptSubmit'], item: { hooks } },
    { path: ['hooks', 'PostToolUse'], item: { matcher, hooks } },
  ];
}

/** A file of hooks alone has the events at its top. */
function droidEntries(command: string, file: string): HookEntry[] {
  const entries = grouped(command, 'Edit|MultiEdit|Create|Write|ApplyPatch');
  if (basename(file) !== 'hooks.json') return entries;
  return entries.map(({ path, item }) => ({ path: path.slice(1), item }));
}

/** Milliseconds here. */
function geminiEntries(command: string): HookEntry[] {
  const hooks = [{ name: 'holograph', type: 'command', command, timeout: wait * 1000 }];
  return [
    { path: ['hooks', 'BeforeAgent'], item: { hooks } },
    { path: ['hooks', 'AfterTool'], item: { matcher: 'replace|write_file', hooks } },
    { path: ['hooks', 'AfterAgent'], item: { hooks } },
  ];
}

/** One entry for VS Code (`command`, `timeout`) and Copilot CLI (`bash`, `powershell`, `timeoutSec`). */
function copilotEntries(command: string): HookEntry[] {
  const calls = { command, bash: command, powershell: `& ${command}` };
  const item = { type: 'command', ...calls, timeout: wait, timeoutSec: wait };
  return ['UserPromptSubmit', 'PostToolUse'].map(event => ({ path: ['hooks', event], item }));
}

/** The tool's own folder of the person. */
function rootOf(agent: HookAgent, machine: Machine): string {
  const home = homeOf(machine);
  const { env } = machine;
  switch (agent) {
    case 'claude-code':
      return env.CLAUDE_CONFIG_DIR || join(home, '.claude');
    case 'copilot':
      return env.COPILOT_HOME || join(home, '.copilot');
    case 'codex':
      return env.CODEX_HOME || join(home, '.codex');
    case 'gemini':
      return join(home, '.gemini');
    case 'cursor':
      return join(home, '.cursor');
    case 'windsurf':
      return join(home, '.codeium', 'windsurf');
    case 'cline':
      return join(home, 'Documents', 'Cline');
    case 'droid':
      return join(home, '.factory');
  }
}

/** The file in a tool's folder, of the person and of a folder. */
const files: Readonly<Record<HookAgent, readonly [string, string]>> = {
  'claude-code': ['settings.json', '.claude/settings.local.json'],
  copilot: ['hooks/holograph.json', '.github/hooks/holograph.json'],
  codex: ['hooks.json', '.codex/hooks.json'],
  gemini: ['settings.json', '.gemini/settings.json'],
  cursor: ['hooks.json', '.cursor/hooks.json'],
  windsurf: ['hooks.json', '.windsurf/hooks.json'],
  cline: ['Hooks/PostToolUse', '.clinerules/hooks/PostToolUse'],
  droid: ['settings.json', '.factory/settings.local.json'],
};

function fileOf(agent: HookAgent, { machine, folder }: HookScope): string {
  const [own, below] = files[agent];
  if (folder !== undefined) return join(folder, ...below.split('/'));
  const root = rootOf(agent, machine);
  // Older versions of Cline read another folder.
  const older = join(root, 'Rules', 'Hooks', 'PostToolUse');
  if (agent === 'cline' && !existsSync(join(root, 'Hooks')) && existsSync(dirname(older))) return older;
  // Droid reads the hooks of its settings only where this file is not.
  const newer = join(root, 'hooks.json');
  if (agent === 'droid' && existsSync(newer)) return newer;
  return join(root, ...own.split('/'));
}
