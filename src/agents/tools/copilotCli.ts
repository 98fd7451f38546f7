import { basename, join } from 'node:path';
import type { Agent } from '../agent.ts';
import { homeOf, type Machine } from '../reading/machine.ts';
import { copilotName } from './copilot.ts';
import { CopilotEvents } from './copilotEvents.ts';

/**
 * Copilot's command line: `session-state/<conversation>/events.jsonl` under `COPILOT_HOME` or `~/.copilot`; VS Code's
 * Agent Host writes its Copilot conversations there too. Checked against a sample of version 1.0.45: prompts, answers
 * and `create`; the other editing tools follow the documentation.
 */
export const copilotCli: Agent = {
  name: 'copilot-cli',
  ids: copilotName,
  checked: 'samples',
  versions: '0.0.300 to 1.0 (events version 1)',
  places: (_folder, machine) => [sessionState(machine)],
  isRecord: file => basename(file) === 'events.jsonl',
  reader: file => new CopilotEvents(file),
};

/** Where the conversations lie, each in a folder of its own. */
export function sessionState(machine: Machine): string {
  return join(machine.env.COPILOT_HOME || join(homeOf(machine), '.copilot'), 'session-state');
}
