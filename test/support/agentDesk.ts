import type { AgentEdit } from '../../src/agents/agent.ts';
import { Matcher } from '../../src/agents/matching/match.ts';
import { plainDigest } from '../../src/agents/plainText.ts';
import { AgentEvidence } from '../../src/capture/agentEvidence.ts';
import { Strays } from '../../src/capture/strays.ts';
import type { JournalWriter } from '../../src/journal/writer.ts';
import { Origins } from '../../src/provenance/origins.ts';
import { LiveEditor } from './liveEditor.ts';

/** One text in an editor, with agents' records beside it. */
export class Desk {
  readonly editor: LiveEditor;
  readonly path: string;
  readonly #strays: Strays;
  readonly #evidence: AgentEvidence;
  #edits = 0;
  #kept: Promise<void> = Promise.resolve();

  private constructor(editor: LiveEditor, path: string) {
    const { writer } = editor;
    this.editor = editor;
    this.path = path;
    this.#evidence = evidenceOf(writer, editor.origins);
    this.#strays = new Strays(stray => {
      this.#kept = this.#evidence.strayed(path, stray);
    });
  }

  static async open(writer: JournalWriter, number: number, text: string): Promise<Desk> {
    return new Desk(await LiveEditor.open(writer, number, `${number}.md`, text), `${number}.md`);
  }

  /** An agent's record says so; `ago`: milliseconds before now. */
  async record(more: Partial<AgentEdit>, ago = 0): Promise<void> {
    const id = `a:${this.path}:${this.#edits++}`;
    const about = { id, agent: 'a', conversation: this.path, time: this.editor.time - ago, file: this.path };
    const edits = [{ ...about, ...more }];
    await this.#evidence.take({ prompts: [], answers: [], edits, decisions: [], problems: [] });
  }

  type(text: string, place = this.editor.text.length): void {
    for (const [i, letter] of [...text].entries()) this.editor.type([place + i], letter);
  }

  /** All that happened so far is told, and nothing more follows it closely. */
  async rest(): Promise<void> {
    await this.editor.tracker.quiet();
    for (const step of this.editor.strays.splice(0)) this.#strays.add(step);
    this.#strays.settle();
    await this.#kept;
    for (const change of this.editor.outside.splice(0))
      await this.#evidence.seen(this.path, change, { time: this.editor.time });
    await this.record({ file: 'other.md' });
  }
}

/** The evidence of one folder, for all of whose files records count. */
export function evidenceOf(writer: JournalWriter, origins = new Origins()): AgentEvidence {
  return new AgentEvidence({
    writer,
    matcher: new Matcher(writer.folder),
    within: async file => file,
    resolve: (ranges, origin, act) => {
      for (const { serial, length } of ranges) origins.resolve(serial, length, origin, act);
    },
    digest: plainDigest,
    failed: error => {
      throw error;
    },
  });
}
