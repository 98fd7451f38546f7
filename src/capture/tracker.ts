import type { Step } from '../classify/step.ts';
import type { FileFormat } from '../journal/event.ts';
import type { Aligned, Opened } from '../journal/messages.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { Placement } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Provenance } from '../provenance/provenance.ts';
import { TextBuffer } from '../text/buffer.ts';
import { ChangeSet } from '../text/change.ts';
import { type Cut, LiveProvenance } from './liveProvenance.ts';
import { type Copied, isUnexplained, type Open, type PendingStep, settleTime } from './pending.ts';
import type { StrayStep } from './strays.ts';
import { wholeWords } from './wholeWords.ts';

/** What a tracker needs of the folder that it is recorded for. */
export interface TrackerHost {
  readonly writer: JournalWriter;
  readonly origins: Origins;
  /** The act that the serial `placed` names put known characters in place. */
  placed(placed: number, placement: Placement, act: number): void;
  /** The worker has answered: steps that waited are understood now. */
  answered(tracker: Tracker): void;
  /** Spans or findings changed. */
  changed(tracker: Tracker): void;
  /** The tracker has handed over all it has seen. */
  closed(tracker: Tracker): void;
  /** The worker did not do what a tracker asked of it. */
  failed(error: unknown, tracker: Tracker): void;
  /** The worker has understood a step; text that came from outside is for the matcher of agents' edits. */
  aligned(tracker: Tracker, aligned: Aligned): void;
  /** A step was understood but for who made it; an agent's record may tell. */
  strayed(step: StrayStep): void;
}

/**
 * The live object of one document: its shadow text, its spans, and the steps that are not yet understood.
 * Steps are understood in the order in which they came. While the worker prepares the base or aligns a
 * reload, later steps wait here; the editor never does.
 */
export class Tracker {
  /** Number within the session, from 1. */
  readonly number: number;
  /** When it began, ms since 1970 UTC. */
  readonly since = Date.now();
  /** Where its text stands in the record; for a link, where it leads. */
  path: string | undefined;
  format: FileFormat;
  readonly #host: TrackerHost;
  readonly #shadow: TextBuffer;
  /** Steps not yet understood, and acts (a save, the close) that must come after them. */
  readonly #queue: (PendingStep | (() => void))[] = [];
  #live: LiveProvenance | undefined;
  #busy = true;
  readonly #idle: (() => void)[] = [];

  constructor(host: TrackerHost, number: number, path: string | undefined, text: string, format: FileFormat) {
    this.#host = host;
    this.number = number;
    this.path = path;
    this.format = format;
    this.#shadow = TextBuffer.of(text);
  }

  /** Length of the text as the editor has it. */
  get length(): number {
    return this.#shadow.length;
  }

  /** The worker is to answer first: steps wait. */
  get waits(): boolean {
    return this.#busy;
  }

  /** The spans, when they fit the editor's text at this moment; else `undefined`, for some milliseconds. */
  get provenance(): Provenance | undefined {
    return this.#queue.length === 0 && !this.#busy ? this.#live?.provenance : undefined;
  }

  /** The worker has found what the text was made of; steps that waited are understood now. */
  start(base: Opened): void {
    this.#live = new LiveProvenance(this.#host, this.number, base);
    this.#release();
  }

  /**
   * A step has happened. It is applied to the shadow at once and understood when all around it was seen.
   * What is replaced by the same text (an overtyped bracket, all lines when line ends change) is no change.
   */
  observe(step: Omit<PendingStep, 'removed'>): void {
    this.settle();
    const all = step.changes.changes;
    const real = all.filter(c => c.insert.length !== c.to - c.from || this.#shadow.slice(c.from, c.to) !== c.insert);
    if (real.length === 0) return;
    const changes = real.length === all.length ? step.changes : ChangeSet.of(step.changes.length, real);
    const removed = real.map(c => this.#shadow.slice(c.from, c.to));
    const { reason } = step.observation;
    const next: Open<PendingStep> = { ...step, changes, removed };
    if (!reason) next.words = wholeWords(real, this.#shadow);
    else if (this.#queue.length > 0 || this.#busy) next.before = this.#shadow.toString();
    else next.restored = this.#live?.restored(changes, reason, this.#shadow);
    for (let i = real.length - 1; i >= 0; i--) this.#shadow.replace(real[i]!.from, real[i]!.to, real[i]!.insert);
    this.#queue.push(next);
  }

  /** A range's text with its serials, for what is being copied; nothing while they are not settled. */
  copy(from: number, to: number): Copied | undefined {
    this.settle();
    const provenance = this.provenance;
    const { journal } = this.#host.writer;
    return provenance && { journal, text: this.#shadow.slice(from, to), spans: provenance.slice(from, to) };
  }

  /** What the last step cut, place by place, if that was just now: a cut tells of itself after it. An undo is none. */
  cuts(): readonly Cut[] {
    return this.#gone(settleTime * 5, true);
  }

  /** What the last step cut at `from`, if it was one deletion just now. */
  cut(from: number): Copied | undefined {
    const [cut, more] = this.cuts();
    return more === undefined && cut?.from === from ? cut : undefined;
  }

  /** What the last step took out, if it was one deletion just now. */
  get lastCut(): Copied | undefined {
    const [cut, more] = this.#gone(settleTime * 25, false);
    return more === undefined ? cut : undefined;
  }

  #gone(within: number, byHand: boolean): readonly Cut[] {
    this.settle();
    const last = this.#live?.lastCut;
    return last && Math.abs(Date.now() - last.time) < within && (last.byHand || !byHand) ? last.cuts : [];
  }

  /**
   * The step that is still open for signals about it: what the worker has not kept waiting is so old only where the
   * machine stood still, and its signals with it.
   */
  get open(): PendingStep | undefined {
    const last = this.#queue.at(-1);
    if (typeof last !== 'object') return undefined;
    return Math.abs(Date.now() - last.time) <= settleTime * (this.#busy ? 5 : 25) ? last : undefined;
  }

  /** The command that has just run put text in: the step it made is the last one. */
  accept(command: string): void {
    const step = this.open;
    if (step && isUnexplained(step)) {
      step.observation.mark = command;
      this.settle();
      return;
    }
    const now = Date.now();
    void this.quiet().then(() => {
      this.#live?.accept(command, now);
      this.#host.changed(this);
    });
  }

  /** All that was to be seen of the steps so far has been seen. */
  settle(): void {
    while (!this.#busy && this.#queue.length > 0) this.#take();
  }

  /** Settles what is old enough, and what an act follows, as a save or the close. Returns whether something is still open. */
  settleOld(now: number): boolean {
    let followed = this.#queue.findLastIndex(next => typeof next === 'function');
    for (; !this.#busy && this.#queue.length > 0; followed--) {
      const first = this.#queue[0]!;
      if (followed < 0 && typeof first === 'object' && Math.abs(now - first.time) < settleTime) break;
      this.#take();
    }
    return this.#queue.length > 0;
  }

  /** The editor has saved the text as it stands now. */
  save(): void {
    const { format, number: tracker } = this;
    this.#then(() => {
      // The worker gives the digests: it holds the same text, and hashing is not for this thread.
      const { document } = this.#demandLive();
      this.#host.writer.append({ kind: 'saved', document, tracker, format, textDigest: '', fileDigest: '' });
    });
  }

  /** The document is closed: nothing more will come. */
  close(): void {
    this.#then(() => {
      this.#host.writer.append({ kind: 'closed', document: this.#demandLive().document, tracker: this.number });
      this.#host.closed(this);
    });
  }

  /** An event of this text could not be understood at all: takes the text over after a gap. */
  lose(text: string): void {
    if (!this.holds(text)) this.resync(text, Date.now());
  }

  /** Whether the shadow equals the editor's text; both with `\n` line ends. */
  holds(text: string): boolean {
    return this.#shadow.equals(text);
  }

  /** The shadow was wrong: takes the editor's text over as one step of unknown origin. */
  resync(text: string, time: number): void {
    this.settle();
    const old = this.#shadow.toString();
    const changes = ChangeSet.of(old.length, [{ from: 0, to: old.length, insert: text }]);
    this.#then(() => {
      this.#host.writer.append({ kind: 'gap', document: this.#demandLive().document, reason: 'shadow' });
    });
    this.observe({ changes, observation: { by: 'open' }, time, clean: false, selected: false });
    this.settle();
  }

  /** Nothing of the text is recorded: who waits for it need not. */
  forsake(): void {
    this.#queue.length = 0;
    this.#busy = false;
    this.#wake();
  }

  /** Resolves when every step so far is understood. */
  quiet(): Promise<void> {
    this.settle();
    if (!this.#busy) return Promise.resolve();
    // What came while the worker was at work may be too young to be taken with its answer.
    return this.#woken().then(() => this.quiet());
  }

  /** As `quiet`, but hastens nothing: who only looks must not take from a key the sign that is on its way. */
  rested(): Promise<void> {
    return this.#queue.length === 0 && !this.#busy ? Promise.resolve() : this.#woken().then(() => this.rested());
  }

  #woken(): Promise<void> {
    return new Promise(resolve => this.#idle.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #then(act: () => void): void {
    this.#queue.push(act);
    this.settle();
  }

  #take(): void {
    const next = this.#queue.shift()!;
    if (typeof next === 'function') next();
    else this.#understand(next);
    if (this.#queue.length === 0 && !this.#busy) this.#wake();
  }

  #understand(pending: PendingStep): void {
    const { observation, changes } = pending;
    const { by, reason, eol } = observation;
    if (pending.clean && by === 'editor' && !reason && !eol) observation.by = 'reload';
    const step: Step = {
      observation,
      replacements: changes.changes.map((c, i) => ({ removed: pending.removed[i] ?? '', inserted: c.insert })),
    };
    const live = this.#demandLive();
    const elsewhere = live.take(pending, step);
    if (!elsewhere) {
      this.#host.changed(this);
      return;
    }
    // Later steps wait meanwhile.
    this.#busy = true;
    elsewhere
      .then(
        aligned => this.#host.aligned(this, aligned),
        (error: unknown) => {
          this.#host.failed(error, this);
          live.giveUp(pending, step);
        },
      )
      .finally(() => this.#release());
  }

  #demandLive(): LiveProvenance {
    if (!this.#live) throw new Error('a step was understood before its text was known');
    return this.#live;
  }

  #release(): void {
    this.#busy = false;
    this.#host.answered(this);
    this.settleOld(Date.now());
    if (this.#busy) return;
    this.#host.changed(this);
    this.#wake();
  }
}
