import type { AgentEdit, AgentRecords, Answer, Decision, Prompt } from '../agents/agent.ts';
import type { DigestedEdit } from '../agents/matching/editChains.ts';
import type { Matcher, OutsideChange } from '../agents/matching/match.ts';
import type { EventBody } from '../journal/event.ts';
import type { SeenOutside } from '../journal/messages.ts';
import type { RecordName } from '../journal/recordKey.ts';
import type { EditEvent } from '../journal/unusedEdits.ts';
import type { JournalWriter } from '../journal/writer.ts';
import { type Origin, sameOrigin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Stray } from './strays.ts';

/** Half-open, in order. */
type Brings = readonly (readonly [from: number, to: number])[];

/**
 * Edits of earlier sessions that are looked at again at most: those recorded in so many ms, so many of them, until their
 * texts have so many UTF-16 code units. A tool's hook and its write are seconds apart; a week lets the change be found at
 * the next start after days off, and what is older costs each start and explains nothing.
 */
const bound = { age: 7 * 24 * 3600_000, edits: 1000, units: 16_000_000 };

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
    const brings = await this.#brings(records.edits.filter(({ file }) => paths.get(file) !== undefined));
    for (const { file, line, message, agent } of records.problems) {
      const note = `${file.split(/[\\/]/).at(-1)}:${line}: ${message}`;
      writer.append({ kind: 'gap', reason: 'agentRecord', note, ...(agent !== undefined && { agent }) });
    }
    for (const prompt of records.prompts) this.#prompt(prompt);
    for (const answer of records.answers) this.#answer(answer);
    for (const edit of records.edits) {
      const path = paths.get(edit.file);
      if (path === undefined || writer.wasStopped(edit.time)) continue;
      if (!writer.hasRecord({ kind: 'agentEdit', id: edit.id })) this.#note(edit, path, brings.get(edit));
      matcher.addEdit({ ...edit, file: path });
    }
    for (const decision of records.decisions) this.#decision(decision);
    return this.#match();
  }

  /** What is on record of agents' edits that explained nothing yet, of which no record may tell anew: after those that do. */
  async recall(): Promise<void> {
    const { writer, matcher } = this.#options;
    const kept: DigestedEdit[] = [];
    let units = 0;
    for (let below: number | undefined = Number.MAX_SAFE_INTEGER; below !== undefined; ) {
      const { edits, below: next } = await writer.unusedEdits({ below, since: Date.now() - bound.age });
      kept.unshift(...edits.map(keptEdit));
      for (const { texts = [] } of edits) for (const text of texts) units += text.length;
      below = kept.length < bound.edits && units < bound.units ? next : undefined;
    }
    matcher.addKept(kept);
    return this.#match();
  }

  /**
   * A text of the folder changed from outside; when it was seen to, and since when nobody had looked before. Without a
   * time whole texts only are compared.
   */
  seen(path: string, change: SeenOutside, when: Pick<OutsideChange, 'time' | 'since'> = {}): Promise<void> {
    const { writer, matcher } = this.#options;
    matcher.addChange({
      path,
      ...change,
      ...when,
      beforeText: () => writer.text(change.before),
      afterText: () => writer.text(change.after),
    });
    return this.#match();
  }

  #prompt({ id, agent, conversation, time: asked, text, model, withheld }: Prompt): void {
    const named = { ...(model !== undefined && { model }), ...(withheld !== undefined && { withheld }) };
    this.#append({ kind: 'prompt', id, agent, conversation, asked, by: 'record', ...named }, asked, text);
  }

  /** An answer is the prompt's: without it, it is nobody's affair here. */
  #answer({ id, agent, conversation, time: answered, text, prompt, model, withheld }: Answer): void {
    if (prompt === undefined || !this.#options.writer.hasRecord({ kind: 'prompt', id: prompt })) return;
    const named = { ...(model !== undefined && { model }), ...(withheld !== undefined && { withheld }) };
    this.#append({ kind: 'answer', id, agent, conversation, answered, prompt, ...named }, answered, text);
  }

  #decision({ edit, agent, time: decided, outcome }: Decision): void {
    if (!this.#options.writer.hasRecord({ kind: 'agentEdit', id: edit })) return;
    this.#append({ kind: 'decision', edit, agent, decided, outcome }, decided);
  }

  /** Once, and not what was said while the person had recording stopped. */
  #append(body: EventBody & RecordName, time: number, text?: string): void {
    const { writer } = this.#options;
    if (!writer.hasRecord(body) && !writer.wasStopped(time))
      writer.append(body, text === undefined ? undefined : [text]);
  }

  /** Steps of the editor's in a text of the folder, by nobody known: a tool may have made them through the editor. */
  async strayed(path: string, stray: Stray): Promise<void> {
    await this.remembered(path, stray);
    // A record may come after this session: as those of tools that write theirs when the editor ends.
    await this.#strayed(stray, { path, time: stray.time });
  }

  /** The same of an earlier session, by sequences. */
  remembered(path: string, stray: Stray): Promise<void> {
    this.#options.matcher.addLater({ path, time: stray.time, see: () => this.#see(path, stray) });
    return this.#match();
  }

  /** Asks for the texts around, or has the steps kept for sessions to come. */
  async #strayed({ session, tracker, first, last, ranges }: Stray, keep?: { path: string; time: number }) {
    const { writer } = this.#options;
    await writer.flush();
    const [from, to] = [writer.sequenceOf(first), writer.sequenceOf(last)];
    if (from === undefined || to === undefined) return undefined;
    const of = { tracker, first: from, last: to, ranges };
    const seen = await writer.strayed({ ...of, ...(session !== undefined && { session }), ...(keep && { keep }) });
    return seen && { ...seen, act: to };
  }

  async #see(path: string, stray: Stray): Promise<OutsideChange | undefined> {
    const seen = await this.#strayed(stray);
    if (seen === undefined) return undefined;
    const { before, after, digests, fresh, act, acts } = seen;
    const { time } = stray;
    const texts = { beforeText: async () => before, afterText: async () => after };
    return { path, ...digests, act, acts, live: true, time, fresh, ...texts };
  }

  /** Each file is asked about once: git may have to be. */
  async #paths(edits: readonly AgentEdit[]): Promise<ReadonlyMap<string, string | undefined>> {
    const paths = new Map<string, string | undefined>();
    for (const { file } of edits) if (!paths.has(file)) paths.set(file, await this.#options.within(file));
    return paths;
  }

  /** Where the text after an edit has what the call put in. */
  async #brings(edits: readonly AgentEdit[]): Promise<ReadonlyMap<AgentEdit, Brings>> {
    const { writer } = this.#options;
    const brings = new Map<AgentEdit, Brings>();
    for (const edit of edits) {
      const { id, before, after } = edit;
      if (before === undefined || after === undefined || writer.hasRecord({ kind: 'agentEdit', id })) continue;
      let shift = 0;
      const own = (await writer.compare(before ?? '', after)).map(({ from, to, insert }) => {
        const at = from + shift;
        shift += insert.length - (to - from);
        return [at, at + insert.length] as const;
      });
      brings.set(
        edit,
        own.filter(([from, to]) => to > from),
      );
    }
    return brings;
  }

  #note(edit: AgentEdit, path: string, brings: Brings | undefined): void {
    const { id, agent, conversation, time, prompt, model, before, after, replaced } = edit;
    const { completion, unchecked, elsewhere, of } = edit;
    const { digest } = this.#options;
    const gives = after === undefined ? (replaced ? 'replaced' : 'none') : replaced ? 'both' : 'after';
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
        ...(before === undefined ? {} : { beforeDigest: digest(before ?? '') }),
        ...(after === undefined ? {} : { afterDigest: digest(after) }),
        ...(of !== undefined && { of }),
        gives,
        ...(replaced?.all && { everywhere: true as const }),
        ...(brings && { brings }),
        ...(completion && { completion }),
        ...(unchecked && { unchecked }),
        ...(elsewhere && { elsewhere }),
      },
      textsOf(edit),
    );
  }

  #match(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#resolve()).catch(error => this.#options.failed(error));
    return this.#turn;
  }

  async #resolve(): Promise<void> {
    const { writer, matcher, resolve } = this.#options;
    // During a pause nothing is said: what is found waits.
    if (!writer.recording) return;
    for (const { act, acts = [act], actor, edits, ranges } of await matcher.matches()) {
      const own = ranges.length === 1 && actor !== undefined && sameOrigin(actor, ranges[0]!.origin);
      for (const { spans, origin } of ranges) {
        // What has been typed, or was found to be since, is nobody else's, whatever a record has.
        const { ranges: open } = await writer.unexplained({ ranges: spans.map(serialsOf), acts: [], by: origin.basis });
        if (open.length === 0 && !own) continue;
        const found = { ranges: open, origin, edits, ...(own && { acts }) };
        resolve(found.ranges, origin, writer.append({ kind: 'resolution', ...found }));
      }
      if (actor && !own && acts.length > 0)
        writer.append({ kind: 'resolution', ranges: [], origin: actor, edits, acts });
    }
  }
}

/** A file that was written whole is not kept twice. */
function textsOf({ after, replaced }: AgentEdit): string[] {
  if (after === undefined) return replaced ? [replaced.old, replaced.new] : [];
  if (replaced === undefined || (replaced.old === '' && replaced.new === after)) return [after];
  return [after, replaced.old, replaced.new];
}

/** An edit as the journal has it, of which another session has read. */
function keptEdit({
  id,
  agent,
  conversation,
  made: time,
  path: file,
  gives,
  texts = [],
  ...of
}: EditEvent): DigestedEdit {
  const { prompt, model, beforeDigest, afterDigest, brings, completion, unchecked, elsewhere } = of;
  const whole = ['', texts[0]];
  const [old, next] = gives !== 'both' ? texts : texts.length === 1 ? whole : texts.slice(1);
  const replaces = (gives === 'replaced' || gives === 'both') && old !== undefined && next !== undefined;
  const known: Partial<DigestedEdit> = {
    ...(prompt !== undefined && { prompt }),
    ...(model !== undefined && { model }),
    ...(beforeDigest !== undefined && { beforeDigest }),
    ...(afterDigest !== undefined && { afterDigest }),
    ...((gives === 'after' || gives === 'both') && texts[0] !== undefined && { after: texts[0] }),
    ...(replaces && { replaced: { old, new: next, all: of.everywhere === true } }),
    ...(brings && { brings }),
    ...(completion && { completion }),
    ...(unchecked && { unchecked }),
    ...(elsewhere && { elsewhere }),
  };
  return { id, agent, conversation, time, file, ...known };
}

/** A range of the journal's, without its place in a text. */
function serialsOf({ length, serial }: Span): Span {
  return { length, serial };
}
