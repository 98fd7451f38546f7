import { join } from 'node:path';
import { AgentSilences, silentNow, withStops } from './agentSilences.ts';
import type { AgentRecords } from './agents/agent.ts';
import { silencesFile } from './agents/following/silences.ts';
import { writeHookProgram } from './agents/hooks/hookProgram.ts';
import { agentNames } from './agents/names.ts';
import { AgentThread } from './agentThread.ts';
import type { Disposable } from './host/lifecycle.ts';
import type { Log } from './host/log.ts';
import { journalFolder } from './journal/home.ts';
import type { JournalWriter } from './journal/writer.ts';

export interface AgentFollowingOptions {
  /** Folder of the built scripts. */
  readonly dist: string;
  /** The data folder. */
  readonly home: string;
  /** User-data folder of this editor: its chat keeps its records there. */
  readonly editorData: readonly string[];
  /** Names of the tools that the person has switched off, now; and that it may be others. */
  readonly off: () => readonly string[];
  /** Whether the person has secrets in prompts and answers recorded, now. */
  readonly keepsSecrets: () => boolean;
  readonly onDidChange: (listener: () => void) => Disposable;
  readonly log: Log;
}

/** Stands for all tools: their records are not read while the thread that reads them is gone. */
const all = 'agents';

/** What a session says that it listens to: the tools whose records and hooks are followed. */
export function agentChannels(off: readonly string[]): readonly string[] {
  const on = agentNames.filter(name => !off.includes(name));
  return on.length === 0 ? [] : [...on, 'hooks'];
}

/** The tools that a session says that it does not listen to: the person has switched them off. */
export function unheardAgents(off: readonly string[]): readonly string[] {
  return agentNames.filter(name => off.includes(name));
}

/**
 * Follows agents' records and hooks about the work in a recorded folder, and makes ready what hooks call. A tool that is
 * switched off is not listened to from then on, what it is asked is not taken later either, and the record says so; nothing is started where every tool is.
 */
export class AgentFollowing implements Disposable {
  readonly #writer: JournalWriter;
  readonly #options: AgentFollowingOptions;
  readonly #take: (records: AgentRecords) => Promise<void>;
  readonly #silences: AgentSilences;
  readonly #heard: Disposable;
  readonly #steered: Disposable;
  #off: readonly string[];
  #keepsSecrets: boolean;
  #thread: AgentThread | undefined;
  /** Since when tools are not listened to, all of them where no name is given; ms since 1970 UTC. */
  readonly #unheard = new Map<string, number>();
  readonly #began = Date.now();

  constructor(writer: JournalWriter, options: AgentFollowingOptions, take: (records: AgentRecords) => Promise<void>) {
    this.#writer = writer;
    this.#options = options;
    this.#take = take;
    this.#off = options.off();
    this.#keepsSecrets = options.keepsSecrets();
    this.#silences = new AgentSilences(this.#beside(silencesFile), error =>
      options.log.error('what is switched off cannot be kept:', error instanceof Error ? error : String(error)),
    );
    this.#thread = this.#begin();
    this.#steered = writer.onRecording(() => this.#again());
    this.#heard = options.onDidChange(() => this.#change(options.off(), options.keepsSecrets()));
  }

  /** All that stood in the records at the call has been taken. */
  async read(): Promise<void> {
    await this.#thread?.read();
  }

  dispose(): void {
    this.#heard.dispose();
    this.#steered.dispose();
    this.#thread?.dispose();
    for (const name of [...this.#unheard.keys()]) this.#hear(name);
  }

  /** The session has said what it listens to: what is no longer so is a gap. */
  #change(off: readonly string[], keepsSecrets: boolean): void {
    const changed = agentNames.filter(name => off.includes(name) !== this.#off.includes(name));
    if (changed.length === 0 && keepsSecrets === this.#keepsSecrets) return;
    for (const name of changed) {
      if (off.includes(name)) this.#lose(name);
      else this.#hear(name, this.#began);
    }
    this.#off = off;
    this.#keepsSecrets = keepsSecrets;
    this.#again();
  }

  #again(): void {
    this.#thread?.dispose();
    this.#hear(all);
    this.#thread = this.#begin();
  }

  /** Said at once, and once more, with its beginning, when it is over: the editor may end in between. */
  #lose(name: string): void {
    if (this.#unheard.has(name)) return;
    this.#unheard.set(name, Date.now());
    this.#gap(name);
  }

  /** `began`: since when, where it was not listened to from the beginning. */
  #hear(name: string, began?: number): void {
    const since = this.#unheard.get(name) ?? began;
    this.#unheard.delete(name);
    if (since !== undefined) this.#gap(name, since);
  }

  #gap(name: string, since?: number): void {
    const of = name === all ? {} : { agent: name };
    this.#writer.append({ kind: 'gap', reason: 'channel', note: name, ...of, ...(since !== undefined && { since }) });
  }

  /** A file of ours beside the journal. */
  #beside(name: string): string {
    return join(journalFolder(this.#options.home, this.#writer.journal), name);
  }

  /**
   * During a pause nothing is read: what is asked of an agent then is the person's own affair, and the writer knows it by
   * its time when it is told of later; what was asked before is read when recording goes on.
   */
  #begin(): AgentThread | undefined {
    const { dist, home, editorData, log } = this.#options;
    const writer = this.#writer;
    this.#silences.set(silentNow(writer.recording, unheardAgents(this.#off)));
    if (!writer.recording || agentChannels(this.#off).length === 0) return undefined;
    const runtime = { program: process.execPath, electron: 'electron' in process.versions, dist };
    writeHookProgram(home, runtime).catch(error => log.error('hooks cannot call this editor:', error));
    return new AgentThread({
      script: join(dist, 'agents.cjs'),
      off: this.#off,
      keepsSecrets: this.#keepsSecrets,
      folders: [writer.folder],
      machine: { env: { ...process.env }, platform: process.platform, editorData },
      since: writer.since,
      hooks: home,
      remember: this.#beside('agents.json'),
      silences: withStops(this.#silences.all, writer.stops),
      every: 2000,
      onRecords: this.#take,
      committed: () => writer.flush(),
      failed: (error, record) => {
        const at = record === undefined ? '' : ` (at ${record})`;
        log.error(`agents are not followed for a while${at}:`, error instanceof Error ? error : String(error));
        this.#lose(all);
      },
      again: () => this.#hear(all),
    });
  }
}
