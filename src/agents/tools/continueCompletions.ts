import { join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { pathOf } from '../reading/askedEdit.ts';
import { Gathering } from '../reading/gathering.ts';
import { fields, milliseconds, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';
import { named } from '../reading/named.ts';

/**
 * Completions at the caret that Continue's extension offered and a person accepted:
 * `~/.continue/dev_data/<version>/autocomplete.jsonl`. Of each the completion and its file are taken, not what stood
 * around it, and nothing of the account. Form: continuedev/continue, `packages/config-yaml/src/schemas/data/autocomplete`.
 */
export const continueCompletions: Agent = {
  name: 'continue-completions',
  ids: 'continue',
  checked: 'documentation',
  versions: '0.1.0 to 0.2.0',
  places(_, machine) {
    return [join(machine.env.CONTINUE_GLOBAL_DIR || join(homeOf(machine), '.continue'), 'dev_data')];
  },
  isRecord(file) {
    return /(^|[\\/])autocomplete\.jsonl$/.test(file);
  },
  reader: file => new CompletionReader(file),
};

class CompletionReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #gathering = new Gathering('continue');

  constructor(file: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
  }

  async read(): Promise<AgentRecords> {
    return this.#gathering.take((await this.#lines.read(this)) === 'more');
  }

  line(value: unknown, line: number): 'stop' | undefined {
    const event = fields(value);
    const completion = text(event?.completion) ?? '';
    if (event?.accepted !== true || completion === '') return undefined;
    const time = milliseconds(Date.parse(text(event.timestamp) ?? text(event.createdAt) ?? ''));
    const file = pathOf(text(event.filepath), undefined);
    if (time === undefined || file === undefined) {
      this.problem({ file: this.#file, line, message: 'unknown form' });
      return undefined;
    }
    const model = modelOf(text(event.modelName), text(event.modelProvider)?.toLowerCase());
    const replaced = { old: '', new: completion, all: false };
    const edit = { conversation: 'completions', time, file, replaced, completion: true as const };
    this.#gathering.edit({ ...edit, ...(model ? { model } : {}) }, text(event.completionId) ?? named(time, completion));
    return this.#gathering.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#gathering.problem(problem);
  }

  restart(): void {
    // What was given is remembered by its ids.
  }
}
