import type { AgentEdit, AgentRecords } from '../agents/agent.ts';
import type { Matcher } from '../agents/match.ts';
import type { SeenOutside } from '../journal/messages.ts';
import type { JournalWriter } from '../journal/writer.ts';
import { type Origin, sameOrigin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';

export interface AgentEvidenceOptions {
  readonly writer: JournalWriter;
  readonly matcher: Matcher;
  /**
   * Path below the recorded folder, with `/`, of an absolute path; nothing for a file elsewhere, or one that is
   * not recorded: what an agent wrote into it is kept out of the record too.
   */
  readonly within: (file: string) => string | undefined | Promise<string | undefined>;
  /** These serials are of another origin than was found. */
  readonly resolve: (ranges: readonly Span[], origin: Origin, act: number) => void;
  /** The journal's digest of a whole text. */
  readonly digest: (text: string) => string;
  readonly failed: (error: unknown) => void;
}

/**
 * Brings agents' records and the changes seen from outside together, for one folder: prompts and edits become
 * events, and what they explain becomes resolutions. Late evidence resolves earlier events (truth 2).
 */
export class AgentEvidence {
  readonly #options: AgentEvidenceOptions;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: AgentEvidenceOptions) {
    this.#options = options;
  }

  /** One batch of an agent's records. */
  async take(records: AgentRecords): Promise<void> {
    const { writer, matcher } = this.#options;
    const paths = await this.#paths(records.edits);
    for (const { file, line, message } of records.problems) {
      writer.append({ kind: 'gap', reason: 'agentRecord', note: `${file.split(/[\\/]/).at(-1)}:${line}: ${message}` });
    }
    for (const { id, agent, conversation, time, text, model } of records.prompts) {
      if (writer.hasPrompt(id) || writer.wasStopped(time)) continue;
      const body = {
        kind: 'prompt',
        id,
        agent,
        conversation,
        asked: time,
        by: 'record',
        ...(model && { model }),
      } as const;
      writer.append(body, [text]);
    }
    for (const edit of records.edits) {
      const path = paths.get(edit.file);
      if (path === undefined || writer.wasStopped(edit.time)) continue;
      if (!writer.hasEdit(edit.id)) this.#note(edit, path);
      matcher.addEdit({ ...edit, file: path });
    }
    return this.#match();
  }

  /** A text of the folder changed from outside; `time` when it was seen to, absent for one of an earlier session. */
  seen(path: string, change: SeenOutside, time?: number): Promise<void> {
    const { writer, matcher } = this.#options;
    matcher.addChange({
      path,
      ...change,
      ...(time === undefined ? {} : { time }),
      beforeText: () => writer.text(change.before),
      afterText: () => writer.text(change.after),
    });
    return this.#match();
  }

  /** Each file is asked about once: git may have to be. */
  async #paths(edits: readonly AgentEdit[]): Promise<ReadonlyMap<string, string | undefined>> {
    const paths = new Map<string, string | undefined>();
    for (const { file } of edits) if (!paths.has(file)) paths.set(file, await this.#options.within(file));
    return paths;
  }

  #note({ id, agent, conversation, time, prompt, model, before, after, replaced }: AgentEdit, path: string): void {
    const { digest } = this.#options;
    const gives = after === undefined ? (replaced ? 'replaced' : 'none') : 'after';
    this.#options.writer.append(
      {
        kind: 'agentEdit',
        id,
        agent,
        conversation,
        made: time,
        path,
        ...(prompt === undefined ? {} : { prompt }),
        ...(model === undefined ? {} : { model }),
        ...(typeof before === 'string' ? { beforeDigest: digest(before) } : {}),
        ...(after === undefined ? {} : { afterDigest: digest(after) }),
        gives,
      },
      gives === 'after' ? [after!] : gives === 'replaced' ? [replaced!.old, replaced!.new] : [],
    );
  }

  #match(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#resolve()).catch(error => this.#options.failed(error));
    return this.#turn;
  }

  async #resolve(): Promise<void> {
    const { writer, matcher, resolve } = this.#options;
    for (const { act, actor, edits, ranges } of await matcher.matches()) {
      const own = ranges.length === 1 && actor !== undefined && sameOrigin(actor, ranges[0]!.origin);
      for (const { spans, origin } of ranges) {
        const found = { ranges: spans.map(serialsOf), origin, edits, ...(own && { acts: [act] }) };
        resolve(found.ranges, origin, writer.append({ kind: 'resolution', ...found }));
      }
      if (actor && !own) writer.append({ kind: 'resolution', ranges: [], origin: actor, edits, acts: [act] });
    }
  }
}

/** A range of the journal's, without its place in a text. */
function serialsOf({ length, serial }: Span): Span {
  return { length, serial };
}
