import { createHash } from 'node:crypto';
import type { AgentEdit, Answer, Prompt } from '../agent.ts';
import { withholdSecrets } from '../secrets.ts';

/** Where a record comes from: a tool's own records, or its hook. */
export type Source = 'log' | 'hook';

/** Milliseconds between a hook's account and the log's of one act, at most. */
const apart = 10_000;
/** The same of an answer, which a log may date by its beginning and a hook by its end. */
const answering = 600_000;
/** Between two hooks' accounts of one act: the same hook stands in two files, or two tools read one file. */
const echo = 2000;
/** Acts remembered; the oldest goes first. */
const remembered = 4000;

/** One act that was told of. Plain data, so that it can be kept between sessions. */
export interface Mark {
  readonly like: string;
  readonly id: string;
  readonly time: number;
  readonly from: Source;
  /** The other source has told of it too. */
  paired?: true;
}

/**
 * Finds out when an act is told of twice under different ids: what a hook tells bears no id of the log's, where the tool
 * gives none. Like are prompts and answers of one conversation with equal words, and edits of one conversation with the
 * same file and texts, that the two sources tell within ten seconds (answers: ten minutes), each once.
 */
export class Doubles {
  readonly #marks = new Map<string, Mark[]>();
  #count = 0;

  constructor(kept: readonly Mark[] = []) {
    for (const mark of kept) this.#keep(mark);
  }

  /** What hooks told, for the next session: their ids are not those that the logs will have. */
  get kept(): readonly Mark[] {
    return [...this.#marks.values()].flat().filter(({ from }) => from === 'hook');
  }

  /** The id under which the act was given; undefined, and remembered, if it is told for the first time. */
  prompt({ agent, conversation, text, id, time }: Prompt, from: Source): string | undefined {
    // What a hook left is without secrets, what the log has is with them.
    const { text: said } = withholdSecrets(text.trim());
    return this.#told({ like: likeness('p', agent, conversation, said), id, time, from });
  }

  answer({ agent, conversation, text, id, time }: Answer, from: Source): string | undefined {
    const { text: said } = withholdSecrets(text.trim());
    return this.#told({ like: likeness('a', agent, conversation, said), id, time, from }, answering);
  }

  edit({ agent, conversation, file, before, after, replaced, id, time }: AgentEdit, from: Source): string | undefined {
    const texts = replaced ? [replaced.old, replaced.new] : [before ?? '', after ?? ''];
    return this.#told({ like: likeness('e', agent, conversation, file, ...texts), id, time, from });
  }

  #told(mark: Mark, most = apart): string | undefined {
    const { id, time, from } = mark;
    let nearest: Mark | undefined;
    for (const other of this.#marks.get(mark.like) ?? []) {
      if (other.id === id) return id;
      const between = other.from !== from ? most : from === 'hook' ? echo : -1;
      const away = Math.abs(other.time - time);
      if (away > between || (other.from !== from && other.paired)) continue;
      if (!nearest || away < Math.abs(nearest.time - time)) nearest = other;
    }
    if (!nearest) this.#keep(mark);
    else if (nearest.from !== from) nearest.paired = true;
    return nearest?.id;
  }

  #keep(mark: Mark): void {
    const same = this.#marks.get(mark.like);
    if (same) same.push(mark);
    else this.#marks.set(mark.like, [mark]);
    if (++this.#count <= remembered) return;
    const [like, oldest] = this.#marks.entries().next().value!;
    this.#marks.delete(like);
    this.#count -= oldest.length;
  }
}

function likeness(...of: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22);
}
