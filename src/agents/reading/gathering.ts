import { createHash } from 'node:crypto';
import type { AgentEdit, AgentRecords, Answer, Decision, Problem, Prompt } from '../agent.ts';
import { withholdSecrets } from '../secrets.ts';

/** Texts gathered in one read before it pauses (UTF-16 units), so that memory does not grow with the record. */
const BATCH = 4_000_000;

/** Problems of one record that are told. */
const PROBLEMS = 100;

type Bare<T> = Omit<T, 'id' | 'agent'>;

/**
 * What one reader has found and not yet given. It makes the ids, and takes each message and call once in the
 * reader's life: tools repeat history when they resume, compact or rewrite a record.
 */
export class Gathering {
  readonly #agent: string;
  readonly #given = new Set<string>();
  #prompts: Prompt[] = [];
  #answers: Answer[] = [];
  #edits: AgentEdit[] = [];
  #decisions: Decision[] = [];
  #problems: Problem[] = [];
  #size = 0;
  #failures = 0;
  /** Messages of problems that are told once. */
  readonly #kinds = new Set<string>();

  constructor(agent: string) {
    this.#agent = agent;
  }

  /** Enough for one read. */
  get full(): boolean {
    return this.#size > BATCH;
  }

  /** `message`: the tool's own id of it, else it is named by its time and text. Gives the prompt's id, of a known one too. */
  prompt(prompt: Bare<Prompt>, message?: string): string {
    const id = this.#id(prompt.conversation, message ?? named(prompt));
    if (this.#isNew(id, prompt.text.length)) this.#prompts.push({ id, agent: this.#agent, ...prompt });
    return id;
  }

  answer(answer: Bare<Answer>, message?: string): void {
    const id = this.#id(answer.conversation, `answer.${message ?? named(answer)}`);
    if (answer.text.trim() !== '' && this.#isNew(id, answer.text.length)) {
      this.#answers.push({ id, agent: this.#agent, ...answer });
    }
  }

  /** `call`: the tool's own id of the call, with `.1`, `.2` … where it changes several places. Gives the edit's id. */
  edit(edit: Bare<AgentEdit>, call: string): string {
    const id = this.#id(edit.conversation, call);
    if (this.#isNew(id, sizeOf(edit))) this.#edits.push({ id, agent: this.#agent, ...edit });
    return id;
  }

  decision(edit: string, time: number, outcome: Decision['outcome']): void {
    if (this.#isNew(`${edit} ${outcome}`, 0)) this.#decisions.push({ edit, agent: this.#agent, time, outcome });
  }

  /** Of very many it is only told that there are more: each is a gap in the record. */
  problem(problem: Problem): void {
    this.#failures++;
    if (this.#failures <= PROBLEMS) this.#problems.push(problem);
    else if (this.#failures === PROBLEMS + 1) this.#problems.push({ ...problem, line: 0, message: 'more problems' });
  }

  /** A fault of a kind that was told of in this record already is no news, wherever it stands. */
  problemOnce(problem: Problem): void {
    if (this.#kinds.has(problem.message)) return;
    this.#kinds.add(problem.message);
    this.problem(problem);
  }

  /** What has been gathered since the last call; it is not kept. */
  take(more: boolean): AgentRecords {
    const records = {
      prompts: this.#prompts,
      answers: this.#answers,
      edits: this.#edits,
      decisions: this.#decisions,
      problems: this.#problems,
    };
    this.#prompts = [];
    this.#answers = [];
    this.#edits = [];
    this.#decisions = [];
    this.#problems = [];
    this.#size = 0;
    return more ? { ...records, more } : records;
  }

  #id(conversation: string, own: string): string {
    return `${this.#agent}:${conversation}:${own}`;
  }

  #isNew(id: string, size: number): boolean {
    if (this.#given.has(id)) return false;
    this.#given.add(id);
    this.#size += size;
    return true;
  }
}

/** No secret can be guessed from it. */
function named({ time, text }: { readonly time: number; readonly text: string }): string {
  return createHash('sha256')
    .update(`${time}\n${withholdSecrets(text).text}`)
    .digest('hex')
    .slice(0, 16);
}

function sizeOf({ before, after, replaced }: Bare<AgentEdit>): number {
  return (before?.length ?? 0) + (after?.length ?? 0) + (replaced ? replaced.old.length + replaced.new.length : 0);
}
