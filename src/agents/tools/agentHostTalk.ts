import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentRecords } from '../agent.ts';
import { homeOf, type Machine } from '../reading/machine.ts';
import { claudeCode } from './claudeCode.ts';
import { copilotName } from './copilot.ts';
import { sessionState } from './copilotCli.ts';
import { CopilotEvents } from './copilotEvents.ts';

/** What a harness's own record tells of a call. */
export interface ToldCall {
  readonly time: number;
  readonly prompt?: string;
  readonly model?: string;
}

type Reader = CopilotEvents | ReturnType<typeof claudeCode.reader>;

/** A conversation as the harness records it, beside the Agent Host's database. */
export class AgentHostTalk {
  readonly #reader: Reader;
  readonly #sdk: string;
  readonly #calls = new Map<string, ToldCall>();
  readonly #times = new Map<string, number>();

  private constructor(reader: Reader, sdk: string) {
    this.#reader = reader;
    this.#sdk = sdk;
  }

  /** Undefined while it is not there. */
  static async of(agent: string, sdk: string, machine: Machine): Promise<AgentHostTalk | undefined> {
    // It becomes part of a path.
    if (!/^[\w-][\w.-]*$/.test(sdk) || agent === 'codex') return undefined;
    const file = agent === copilotName ? join(sessionState(machine), sdk, 'events.jsonl') : transcriptOf(sdk, machine);
    if (file === undefined || !isFile(file)) return undefined;
    return new AgentHostTalk(agent === copilotName ? new CopilotEvents(file) : claudeCode.reader(file), sdk);
  }

  /** What came since the last read. */
  async read(): Promise<AgentRecords> {
    const records = await this.#reader.read();
    for (const { id, time } of records.prompts) this.#times.set(id, time);
    for (const { id, time, prompt, model } of records.edits) {
      const call = id.slice(id.lastIndexOf(':') + 1).replace(/\.\d+$/, '');
      this.#calls.set(call, {
        time,
        ...(prompt === undefined ? {} : { prompt }),
        ...(model === undefined ? {} : { model }),
      });
    }
    return records;
  }

  /** By a call's part of an id. */
  callOf(call: string): ToldCall | undefined {
    return this.#calls.get(call);
  }

  /** The id of the prompt that an event or entry of the record is; undefined for what is no prompt of a person. */
  promptOf(event: string): string | undefined {
    if (this.#reader instanceof CopilotEvents) return this.#reader.promptOf(event);
    const id = `${claudeCode.name}:${this.#sdk}:${event}`;
    return this.#times.has(id) ? id : undefined;
  }

  timeOf(prompt: string): number | undefined {
    return this.#times.get(prompt);
  }
}

/** Claude Code keeps a conversation under the name of the folder in which it was held. */
function transcriptOf(sdk: string, machine: Machine): string | undefined {
  const projects = join(machine.env.CLAUDE_CONFIG_DIR || join(homeOf(machine), '.claude'), 'projects');
  try {
    return readdirSync(projects)
      .map(name => join(projects, name, `${sdk}.jsonl`))
      .find(isFile);
  } catch (error) {
    // Not there yet.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
