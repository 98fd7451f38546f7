import type { Observation } from '../classify/observation.ts';
import type { Origin } from '../provenance/origin.ts';
import type { EventBody, SkipReason } from './event.ts';
import { Heard, type Subscription, subscribe } from './heard.ts';
import type { Aligned, AlignRequest, AskKind, Asks, Known, Opened } from './messages.ts';
import { firstOrdinal } from './messages.ts';
import type { JournalProblem } from './problem.ts';
import { isRecord, type RecordName, recordKey } from './recordKey.ts';
import { Signing } from './signing.ts';
import { stampNow } from './stamp.ts';
import { Told } from './told.ts';
import { Wire } from './wire.ts';
import type { WriterOptions } from './writerOptions.ts';

export type { Aligned, AlignRequest, Opened } from './messages.ts';
export type { WriterOptions } from './writerOptions.ts';

const serialsOfThread = 2 ** 32;

type Question<K extends AskKind> = Asks[K]['request'];
type Answer<K extends AskKind> = Promise<Asks[K]['answer']>;

/**
 * The editor's thread's way to the journal of one folder. `append` and `serials` touch neither file nor
 * database: a worker thread owns those and commits at latest a quarter of a second after the act. Acts are
 * named by ordinals until they are committed: `sequenceOf` tells. Mutable; lives from `open` to `close`.
 */
export class JournalWriter {
  readonly journal: string;
  readonly work: string;
  /** The consented folder: the one asked for, or the nearest above it. Paths are relative to it. */
  readonly folder: string;
  /** The journal's first session: what stands in the folder was there before. */
  readonly begins: boolean;
  /** When the journal began, ms since 1970 UTC. */
  readonly since: number;
  readonly session: number;
  /** When another window last told of anything before this session, ms since 1970 UTC. */
  readonly unseenSince: number | undefined;
  /** Set when the journal begins anew after a damaged one: what stands in the files now was not seen to come. */
  readonly follows: string | undefined;
  /** Text that an AI gave and that came another way. */
  readonly echoes: Heard['echoes'];
  /** Signs the journal's heads; absent without a signer. */
  signing: Signing | undefined;
  readonly #wire: Wire;
  readonly #heard: Heard;
  readonly #records: Set<string>;
  readonly #told = new Told();
  #serial: number;
  #closing: Promise<void> | undefined;

  private constructor(wire: Wire, heard: Heard) {
    const { ready } = wire;
    this.#wire = wire;
    this.#heard = heard;
    this.journal = ready.journal;
    this.work = ready.work;
    this.folder = ready.folder;
    this.begins = ready.begins;
    this.since = ready.since;
    this.session = ready.session;
    this.unseenSince = ready.unseenSince;
    this.follows = ready.follows;
    this.echoes = heard.echoes.with(ready.repeats);
    heard.begin(ready);
    this.#serial = ready.serials;
    this.#told.add(ready.serials, serialsOfThread);
    this.#records = new Set(ready.records);
    for (const id of ready.prompts) this.#records.add(recordKey({ kind: 'prompt', id }));
  }

  /** Opens the journal of a consented folder and begins a session. Rejects with JournalError: `notConsented` … */
  static async open(options: WriterOptions): Promise<JournalWriter> {
    const { worker, signer, ...start } = options;
    const heard = new Heard();
    const writer = new JournalWriter(await Wire.open(worker, start, heard), heard);
    if (signer !== undefined) writer.signing = Signing.begin(writer.#wire, signer, problem => heard.problem(problem));
    return writer;
  }

  /** Whether the journal records: no window or command has paused it. */
  get recording(): boolean {
    return this.#heard.records ?? true;
  }

  /** When the person had recording stopped, whoever did it for them, oldest first. */
  get stops(): Heard['stops'] {
    return this.#heard.stops;
  }

  /** Whether the person had recording stopped at a time (ms since 1970 UTC). */
  wasStopped(time: number): boolean {
    return this.#heard.wasStopped(time);
  }

  /** First of `count` serials that nobody else has. */
  serials(count: number): number {
    const first = this.#serial;
    this.#serial += count;
    if (this.#serial > this.#wire.ready.serials + serialsOfThread)
      throw new RangeError('the session has no serials left');
    return first;
  }

  /** Takes an act that happened at `time` (now, if not given) and gives its ordinal. Costs microseconds, always. */
  append(body: EventBody, texts?: readonly string[], time?: number): number {
    if (isRecord(body)) this.#records.add(recordKey(body));
    this.#heard.handed(body.kind);
    return this.#wire.append({ ...stampNow(time), body, ...(texts && { texts }) });
  }

  /** Sequence of an act by its ordinal; undefined until it is committed. A sequence is given back as it is. */
  sequenceOf(act: number): number | undefined {
    return act < firstOrdinal ? act : this.#heard.commits.sequenceOf(act);
  }

  /** A text is open in the editor. Acts on its tracker may be appended once this has resolved. */
  async openDocument(request: Question<'open'>): Promise<Opened> {
    const opened = await this.#wire.ask('open', request);
    return { ...opened, known: this.#news(opened.known) };
  }

  /** A cell of a notebook is open. Acts on its tracker may be appended once this has resolved. */
  async openCell(request: Question<'cell'>): Promise<Opened> {
    const opened = await this.#wire.ask('cell', request);
    return { ...opened, known: this.#news(opened.known) };
  }

  /** The editor has saved a notebook. Undefined: its file is not there, or cannot be recorded. */
  notebookSaved(request: Question<'notebook'>): Answer<'notebook'> {
    return this.#wire.ask('notebook', request);
  }

  /** A step whose texts only are known (reload, large rewrite): words that stay keep their serials. */
  async align(request: AlignRequest): Promise<Aligned> {
    const aligned = await this.#wire.ask('align', request);
    this.#told.add(aligned.fresh.first, aligned.fresh.count);
    return { ...aligned, known: this.#news(aligned.known) };
  }

  /** A file that is not open has changed on disk, or may have. Undefined: there is none, or none to record. */
  outside(path: string, observation: Observation, origin: Origin): Answer<'outside'> {
    return this.#wire.ask('outside', { path, observation, origin });
  }

  /**
   * Takes in the files of the folder as they stand, in the background. `paths`: all files to record, relative,
   * with `/`; whatever is recorded and neither among them nor on disk is deleted. `until` (ms since 1970 UTC): what
   * was touched later is not of this origin.
   */
  baseline(
    paths: readonly string[],
    origin: Origin,
    by: 'baseline' | 'start',
    onProgress?: (done: number, total: number) => void,
    until?: number,
  ): Answer<'baseline'> {
    const file = { origin, ...(until !== undefined && { until }) };
    return this.#wire.ask('baseline', { paths, file, by }, onProgress);
  }

  /** Why a file cannot be recorded as it stands, which the journal notes then; undefined where it can, or is not there. */
  unfit(path: string): Promise<SkipReason | undefined> {
    return this.#wire.ask('unfit', { path });
  }

  /** A file or a folder has another path now. */
  async renamed(from: string, to: string): Promise<void> {
    await this.#wire.ask('renamed', { from, to });
  }

  /** A file or a folder is gone. */
  async deleted(path: string): Promise<void> {
    await this.#wire.ask('deleted', { path });
  }

  /** Changes that came from outside the editor, from a sequence on, which nothing has explained yet. */
  outsideChanges(since = 0): Answer<'outsideChanges'> {
    return this.#wire.ask('outsideChanges', { since });
  }

  /** Agents' edits on which nothing rests yet, the newest of them. */
  unusedEdits(request: Question<'unusedEdits'>): Answer<'unusedEdits'> {
    return this.#wire.ask('unusedEdits', request);
  }

  /** Those of these of which nothing is known that what is asked for would not know better. */
  unexplained(outsiders: Question<'unexplained'>): Answer<'unexplained'> {
    return this.#wire.ask('unexplained', outsiders);
  }

  /** The texts around steps of this session of which nobody knows who made them; acts that are committed. */
  strayed(request: Question<'strayed'>): Answer<'strayed'> {
    return this.#wire.ask('strayed', request);
  }

  /** How one text became another: `align` of `text/diff.ts`, off this thread. */
  compare(before: string, after: string): Answer<'compare'> {
    return this.#wire.ask('compare', { before, after });
  }

  /** The whole text with this digest (hex), before or after an outside change. */
  text(digest: string): Promise<string | undefined> {
    return this.#wire.ask('text', { digest });
  }

  /** When a committed event happened, ms since 1970 UTC. */
  timeOf(sequence: number): Promise<number | undefined> {
    return this.#wire.ask('time', { sequence });
  }

  /** A recorded prompt by its id. */
  prompt(id: string): Answer<'prompt'> {
    return this.#wire.ask('prompt', { id });
  }

  /** A recorded git commit by its id. */
  commit(id: string): Answer<'commit'> {
    return this.#wire.ask('commit', { id });
  }

  /** Which of these files stand so in the record. */
  held(files: Question<'held'>): Answer<'held'> {
    return this.#wire.ask('held', files);
  }

  /** Whether this is recorded or on its way. */
  hasRecord(name: RecordName): boolean {
    return this.#records.has(recordKey(name));
  }

  /** Bytes that the journal takes on the disk, and its number of events. */
  size(): Answer<'size'> {
    return this.#wire.ask('size', undefined);
  }

  /** Resolves when all that was appended before is committed. */
  async flush(): Promise<void> {
    await this.#wire.ask('flush', undefined);
  }

  /** Signs the journal's head: see `Signing.checkpoint`. Throws TypeError without a signer. */
  checkpoint(): Promise<string | undefined> {
    if (this.signing === undefined) throw new TypeError('this writer has no signer');
    return this.signing.checkpoint();
  }

  /** Ends the session: a checkpoint if there is a signer, and everything committed or spooled. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  onCommitted(listener: (ordinal: number, sequence: number, count: number) => void): Subscription {
    return subscribe(this.#heard.onCommitted, listener);
  }

  onProblem(listener: (problem: JournalProblem) => void): Subscription {
    return subscribe(this.#heard.onProblem, listener);
  }

  /** A prompt was handed over, or something that tells what became of one. */
  onPrompts(listener: () => void): Subscription {
    return subscribe(this.#heard.onPrompts, listener);
  }

  /** The journal was paused or resumed, by whatever window or command. */
  onRecording(listener: (recording: boolean) => void): Subscription {
    return subscribe(this.#heard.onRecording, listener);
  }

  /** What the caller has not heard of yet: each finding is given once. */
  #news({ findings, acts }: Known): Known {
    const news = findings.flatMap(({ first, count, ...finding }) =>
      this.#told.add(first, count).map(part => ({ ...finding, ...part })),
    );
    return { findings: news, acts };
  }

  /** The journal takes nothing any more: damaged, gone, taken over, or its worker ended twice. Only `close` is left. */
  onOver(listener: (problem: JournalProblem) => void): Subscription {
    return subscribe(this.#heard.onOver, listener);
  }

  async #close(): Promise<void> {
    this.append({ kind: 'sessionEnd' });
    try {
      await this.signing?.end();
    } finally {
      try {
        await this.#wire.ask('close', undefined);
      } finally {
        await this.#wire.end();
      }
    }
  }
}
