import { join } from 'node:path';
import type { AgentRecords } from './agents/agent.ts';
import { writeHookProgram } from './agents/hookProgram.ts';
import { agentNames } from './agents/names.ts';
import { AgentThread } from './agentThread.ts';
import type { Log } from './host/log.ts';
import { journalFolder } from './journal/home.ts';
import type { JournalWriter } from './journal/writer.ts';

export interface AgentFollowing {
  /** Folder of the built scripts. */
  readonly dist: string;
  /** The data folder. */
  readonly home: string;
  /** User-data folder of this editor: its chat keeps its records there. */
  readonly editorData: readonly string[];
  /** Names of the tools that the person has switched off. */
  readonly off: readonly string[];
  readonly log: Log;
}

/** What a session says that it listens to: the tools whose records and hooks are followed. */
export function agentChannels(off: readonly string[]): readonly string[] {
  const on = agentNames.filter(name => !off.includes(name));
  return on.length === 0 ? [] : [...on, 'hooks'];
}

/**
 * Follows agents' records and hooks about the work in a recorded folder, and makes ready what hooks call. Nothing where
 * every tool is switched off.
 */
export function followAgents(
  writer: JournalWriter,
  { dist, home, editorData, off, log }: AgentFollowing,
  take: (records: AgentRecords) => Promise<void>,
): AgentThread | undefined {
  if (agentChannels(off).length === 0) return undefined;
  const runtime = { program: process.execPath, electron: 'electron' in process.versions, dist };
  writeHookProgram(home, runtime).catch(error => log.error('hooks cannot call this editor:', error));
  return new AgentThread({
    script: join(dist, 'agents.cjs'),
    off,
    folders: [writer.folder],
    machine: { env: { ...process.env }, platform: process.platform, editorData },
    since: writer.since,
    hooks: home,
    remember: join(journalFolder(home, writer.journal), 'agents.json'),
    every: 2000,
    // What is asked of an agent during a pause is the person's own affair.
    onRecords: records => (writer.recording ? take(records) : undefined),
    failed: error => {
      log.error('agents are not followed for a while:', error instanceof Error ? error : String(error));
      writer.append({ kind: 'gap', reason: 'channel', note: 'agents' });
    },
  });
}
