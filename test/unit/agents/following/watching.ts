import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import { claudeCode } from '../../../../src/agents/tools/claudeCode.ts';
import { folder, Transcript } from '../transcript.ts';

/** A recorded folder `work`, a home in which Claude Code keeps its records, and what watches have given of them. */
export class Watching {
  readonly home = folder();
  readonly work = join(folder(), 'book');
  given: string[] = [];
  readonly watches: AgentWatch[] = [];

  constructor() {
    mkdirSync(this.work);
  }

  readonly hookTold = (text: string, at = this.work, conversation = 'hooked'): AgentRecords => {
    const id = `claude-code:${conversation}:${text}`;
    const asked = { id, agent: 'claude-code', conversation, time: Date.now(), text, folder: at };
    return { ...noRecords, prompts: [asked] };
  };

  readonly record = (name: string, cwd = this.work, more: { session?: string; time?: number } = {}): Transcript => {
    const machine = { env: { CLAUDE_CONFIG_DIR: this.home }, platform: process.platform };
    const place = claudeCode.places(cwd, machine)[0]!;
    return new Transcript(join(place, `${name}.jsonl`), { cwd, session: name, ...more });
  };

  readonly follow = (more: Partial<ConstructorParameters<typeof AgentWatch>[0]> = {}): AgentWatch => {
    const machine = { env: { CLAUDE_CONFIG_DIR: this.home }, platform: process.platform };
    const folders = [this.work];
    const options = { agents: [claudeCode], folders, machine, since: 0, every: 60_000, onRecords: this.note };
    const watch = new AgentWatch({ ...options, ...more });
    this.watches.push(watch);
    return watch;
  };

  readonly note = ({ prompts, edits, problems }: AgentRecords): void => {
    const { home, work, given } = this;
    given.push(...prompts.map(prompt => prompt.text));
    for (const { file, before, after, prompt } of edits) {
      const name = file.startsWith(home) ? file.slice(home.length + 1) : file.slice(work.length + 1);
      given.push(`${name} ${before}>${after} of ${prompt?.slice(prompt.lastIndexOf(':') + 1)}`);
    }
    given.push(...problems.map(({ file, line }) => `!${file.slice(file.lastIndexOf('/') + 1)}:${line}`));
  };

  readonly take = (): string[] => this.given.splice(0);

  dispose(): void {
    for (const watch of this.watches) watch.dispose();
  }
}
