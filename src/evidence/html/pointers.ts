import type { Report } from '../report.ts';
import { isLean, type Pointers } from './lines.ts';

/** Prompts by their number in the register, commits by their author; nothing on the page is pointed at. */
export class PlainPointers implements Pointers {
  readonly lean: boolean;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #authors: ReadonlyMap<string, string>;

  constructor({ prompts, commits, files }: Report) {
    this.lean = isLean(files);
    this.#numbers = new Map(prompts.map(({ id, number }) => [id, number]));
    this.#authors = new Map(commits.map(({ id, author }) => [id, author]));
  }

  author(commit: string): string | undefined {
    return this.#authors.get(commit);
  }

  prompt(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  run(_prompt: number): string | undefined {
    return undefined;
  }
}

/** Gives each marked run that a prompt led to an id, so that text and register point at each other. */
export class RunPointers extends PlainPointers {
  readonly runs = new Map<number, string[]>();

  override run(prompt: number): string {
    const ids = this.runs.get(prompt) ?? [];
    const id = `p${prompt}r${ids.length + 1}`;
    ids.push(id);
    this.runs.set(prompt, ids);
    return id;
  }
}
