import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { hookProgram } from '../../src/agents/hooks/hookProgram.ts';
import type { Kind } from '../../src/provenance/origin.ts';
import { home } from '../host/support/faults.ts';
import { folder, kindsOf, spansOrNothing } from '../host/support/scene.ts';
import { until } from '../host/support/until.ts';
import { agentHost } from '../rig/standIns/agentHost.ts';
import { claudeCode } from '../rig/standIns/claudeCode.ts';
import { codex } from '../rig/standIns/codex.ts';
import { copilotChat } from '../rig/standIns/copilotChat.ts';
import { cursor } from '../rig/standIns/cursor.ts';
import type { StandIn } from '../rig/standIns/standIn.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

export const makers = { claudeCode, agentHost, codex, copilotChat, cursor };

export type ToolName = keyof typeof makers;

/** The tools as the names of scenarios have them. */
export const titles: Readonly<Record<ToolName, string>> = {
  claudeCode: 'Claude Code',
  agentHost: 'VS Code’s Agent Host',
  codex: 'Codex',
  copilotChat: 'VS Code’s own chat',
  cursor: 'Cursor',
};

const made = new Map<ToolName, StandIn>();

/** A tool that works in the window's folder; all scenarios of a group are one conversation with it. */
export function tool(name: ToolName): StandIn {
  const found = made.get(name) ?? makers[name](folder().uri.fsPath);
  made.set(name, found);
  return found;
}

let installed: Promise<unknown> | undefined;

/** Has the tools' settings call the product's hook, by the product's own command. */
export async function installHooks(): Promise<void> {
  const agents = ['claude-code', 'codex', 'copilot', 'cursor'];
  installed ??= promisify(execFile)(hookProgram(home()), ['hooks', 'install', ...agents, '--yes']);
  await installed;
}

/** Waits until the record shows characters of the text, as it stands in the file, as of this kind. */
export async function shownAs(stage: Stage, sheet: Sheet, kind: Kind): Promise<void> {
  await until(`${kind} in ${sheet.uri.fsPath}`, async () => {
    const spans = await spansOrNothing(stage.api, sheet.uri);
    return spans?.current === true && kindsOf(spans).includes(kind);
  });
}
