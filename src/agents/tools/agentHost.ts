import { basename, dirname, join } from 'node:path';
import { type Agent, type AgentReader, type AgentRecords, noRecords, type Problem } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { editorData, type Machine } from '../reading/machine.ts';
import { type HostedEdit, HostedSession, type SessionState } from './agentHostSession.ts';
import { AgentHostTalk } from './agentHostTalk.ts';
import { copilotCall, copilotModel, copilotName } from './copilot.ts';

/**
 * VS Code's Agent Host, which runs Copilot and Claude Code: `agentSessionData/<session>/session.db` in the editor's
 * data folder, with the whole bytes of each file before and after each call (schema: microsoft/vscode,
 * `sessionDatabase.ts`, migrations 1 to 13, compared with the build of 1.139.1). Prompts, answers and times stand in the harness's own record, so ids are
 * that tool's: `copilot:…` and `claude-code:…`. Without that record an edit has the database's own time. What commands
 * in a terminal wrote is not in it, nor what Codex wrote. No real sample was at hand.
 */
export const agentHost: Agent = {
  name: 'agent-host',
  ids: copilotName,
  checked: 'documentation',
  versions: 'VS Code 1.110 to 1.139 (schema 1 to 13)',
  places: (_folder, machine) => editorData(machine).map(data => join(data, 'agentSessionData')),
  isRecord: file => basename(file) === 'session.db',
  reader: (file, machine = { env: process.env, platform: process.platform }) => new AgentHostReader(file, machine),
};

class AgentHostReader implements AgentReader {
  readonly #file: string;
  readonly #session: HostedSession;
  readonly #machine: Machine;
  readonly #problems = new Set<string>();
  #gathering: Gathering | undefined;
  #talk: AgentHostTalk | undefined;

  constructor(file: string, machine: Machine) {
    this.#file = file;
    this.#session = new HostedSession(file);
    this.#machine = machine;
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#session.open();
    if (!state) return { ...noRecords, problems: this.#told() };
    const sdk = state.sdk ?? basename(dirname(this.#file));
    const agent = state.harness;
    this.#gathering ??= new Gathering(agent);
    this.#talk ??= await AgentHostTalk.of(agent, sdk, this.#machine);
    const said = (await this.#talk?.read()) ?? noRecords;
    // The edits' times and prompts are known when all of it has been read.
    if (!said.more) await this.#session.edits(edit => this.#edit(agent, sdk, state, edit));
    const { edits } = this.#gathering.take(false);
    const more = said.more === true || this.#session.more;
    const records = { ...noRecords, prompts: said.prompts, answers: said.answers, edits, problems: this.#told() };
    return more ? { ...records, more } : records;
  }

  #edit(
    agent: string,
    sdk: string,
    state: SessionState,
    { call, part, turn, ...edit }: HostedEdit,
  ): 'stop' | undefined {
    const own = agent === copilotName ? copilotCall(sdk, call) : call;
    const event = state.turns.get(turn)?.event;
    const asked = event === undefined ? undefined : this.#talk?.promptOf(event);
    const told = this.#talk?.callOf(own);
    const prompt = asked ?? told?.prompt;
    const model = copilotModel(state.turns.get(turn)?.model) ?? told?.model ?? copilotModel(state.model);
    this.#gathering!.edit(
      {
        conversation: sdk,
        time: told?.time ?? (prompt === undefined ? undefined : this.#talk?.timeOf(prompt)) ?? state.changed,
        ...edit,
        ...(prompt === undefined ? {} : { prompt }),
        ...(model === undefined ? {} : { model }),
      },
      // Places of one call are counted elsewhere; these are its files.
      part === 0 ? own : `${own}-${part}`,
    );
    return this.#gathering!.full ? 'stop' : undefined;
  }

  #told(): Problem[] {
    const fresh = [...this.#session.problems].filter(message => !this.#problems.has(message));
    for (const message of fresh) this.#problems.add(message);
    return fresh.map(message => ({ file: this.#file, line: 0, message }));
  }
}
