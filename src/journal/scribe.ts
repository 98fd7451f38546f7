import { Baseline } from './baseline.ts';
import { damageOr } from './damageOr.ts';
import { DamageWatch } from './damageWatch.ts';
import type { EventKind } from './event.ts';
import { countOf, type Handed, handedBy, type Received, spelled } from './handed.ts';
import type { Ask, FromWorker, WorkerReady } from './messages.ts';
import { beginnings, type Opening, openSession, takeInWaiting } from './opening.ts';
import { JournalError, type JournalProblem, passes } from './problem.ts';
import { isOfPrompts } from './promptKinds.ts';
import { spool } from './spool.ts';
import { type TimeBreak, TimeWatch } from './timeWatch.ts';
import type { WorkerStart } from './workerStart.ts';

/** Milliseconds that acts are gathered before they are committed. */
const gather = 150;
/** Milliseconds until a failed commit is tried again, at first and at most. */
const patience = [500, 10_000] as const;
const mostEvents = 4096;
/** Milliseconds between looks at what other processes have appended. */
const glance = 1000;
/** Looks between moving what was committed from SQLite's log into the file: that syncs the disk, and needs no hurry. */
const looksAFlush = 30;
/** A keyframe is kept after so many events when nothing is to do, and after fewer when the session ends. */
const eventsAFrame = { idle: 4000, last: 400 } as const;

/**
 * The worker's side: takes messages in order, gathers acts into commits, and waits when the disk does not
 * take them. Nothing that was handed over is dropped: what cannot be committed by the end is spooled.
 */
export class Scribe {
  readonly #opening: Opening;
  readonly #post: (message: FromWorker) => void;
  readonly #tell: (problem: JournalProblem) => void;
  readonly #ended: () => void;
  readonly #queue: Received[] = [];
  readonly #background: { readonly ask: Ask; readonly work: Baseline }[] = [];
  readonly #look: NodeJS.Timeout;
  readonly #damage: DamageWatch;
  readonly #time = new TimeWatch();
  readonly #breaks: TimeBreak[] = [];
  #timer: NodeJS.Timeout | undefined;
  #idle: NodeJS.Immediate | undefined;
  #looks = 0;
  #wait = 0;
  /** Why the journal takes nothing any more. */
  #over: JournalProblem | undefined;
  #recording: boolean;

  /** `ended`: the session is closed, and nothing more is to be done. */
  constructor(start: WorkerStart, post: (message: FromWorker) => void, ended: () => void) {
    this.#post = post;
    this.#ended = ended;
    this.#tell = problem => post({ kind: 'problem', problem });
    this.#opening = openSession(start, this.#tell);
    this.#opening.journal.onOthers = kinds => [...kinds].some(isOfPrompts) && post({ kind: 'prompts' });
    this.#recording = this.#opening.journal.replay.recording;
    this.#damage = new DamageWatch(this.#opening.journal.database.file);
    this.#look = setInterval(() => this.#lookAround(), glance).unref();
  }

  get ready(): WorkerReady {
    const { journal, writer, work, folder, serials, follows } = this.#opening;
    const { replay } = journal;
    return {
      journal: journal.id,
      work,
      folder,
      begins: replay.sessions.size === 1 && follows === undefined,
      ...beginnings(replay, writer.session),
      session: writer.session,
      serials,
      recording: replay.recording,
      stops: replay.stops,
      ordinal: journal.sessions.ordinal(writer.session) ?? Number.MAX_SAFE_INTEGER,
      prompts: [...replay.prompts.keys()],
      records: [...replay.records.keys()],
      repeats: replay.repeats,
      keys: replay.keys,
      unsigned: journal.unsigned(),
      ...(follows !== undefined && { follows }),
    };
  }

  receive(message: Received): void {
    this.#queue.push(message);
    if (this.#over !== undefined) {
      this.#spoolSoon(message, this.#over);
      return;
    }
    if (this.#wait > 0) {
      if (message.kind === 'ask' && message.ask.kind === 'close') this.#drain();
      return;
    }
    if (isUrgent(message)) this.#drain();
    else this.#timer ??= setTimeout(() => this.#drain(), gather);
  }

  #drain(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      while (this.#queue.length > 0) this.#next();
      this.#wait = 0;
      this.#rest();
    } catch (error) {
      this.#failed(damageOr(error, this.#opening.journal.database.file).problem);
    }
    this.#sayRecording();
  }

  /** Takes the oldest message; it stays in the queue if that throws. */
  #next(): void {
    const [first] = this.#queue;
    if (first === undefined) return;
    if (first.kind !== 'ask') {
      this.#commit(first);
      return;
    }
    this.#ask(first.ask);
    this.#queue.shift();
  }

  /** Commits this message with those of its kind that follow it. */
  #commit(first: Exclude<Received, { kind: 'ask' }>): void {
    const handed: Handed[] = [];
    let [taken, end] = [0, first.ordinal];
    while (taken < this.#queue.length && end - first.ordinal < mostEvents) {
      const next = this.#queue[taken];
      if (next === undefined || next.kind === 'ask' || next.ordinal !== end) break;
      for (const one of handedBy(next)) handed.push(one);
      end += countOf(handedBy(next));
      taken++;
    }
    const blocks = this.#opening.writer.append(first.ordinal, handed);
    this.#queue.splice(0, taken);
    for (const committed of blocks) this.#post({ kind: 'committed', ...committed });
  }

  #ask(ask: Ask): void {
    const { writer } = this.#opening;
    if (ask.kind === 'baseline') {
      this.#background.push({ ask, work: new Baseline(writer, ask.request, this.#tell) });
      return;
    }
    try {
      this.#post({ kind: 'answer', id: ask.id, answer: writer.answer(ask) });
    } catch (error) {
      if (error instanceof JournalError) throw error;
      // Asked for what cannot be: the asker is told, and the rest goes on.
      this.#refuse(ask, { code: 'misfit', detail: error instanceof Error ? error.message : String(error) });
    }
    if (ask.kind === 'close') this.#close();
  }

  #refuse(ask: Ask, problem: JournalProblem): void {
    this.#post({ kind: 'refused', id: ask.id, problem });
  }

  /** Work that takes a while, a piece a turn of the loop, when nothing else waits. */
  #rest(): void {
    if (this.#background.length > 0 || this.#opening.echoes.waits) this.#idle ??= setImmediate(() => this.#work());
  }

  #work(): void {
    this.#idle = undefined;
    const [first] = this.#background;
    if (this.#wait > 0 || this.#over !== undefined) return;
    try {
      const goesOn = this.#opening.echoes.step(found => this.#post({ kind: 'echoed', found }));
      if (first === undefined) {
        if (goesOn) this.#rest();
        return;
      }
      const { ask, work } = first;
      if (!work.step()) {
        this.#background.shift();
        this.#post({ kind: 'answer', id: ask.id, answer: work.result });
      } else if (work.done % 16 === 0) {
        this.#post({ kind: 'progress', id: ask.id, done: work.done, total: work.total });
      }
      this.#rest();
    } catch (error) {
      this.#failed(damageOr(error, this.#opening.journal.database.file).problem);
    }
  }

  #failed(problem: JournalProblem): void {
    if (this.#wait === 0) this.#tell(problem);
    const ends = this.#queue.some(message => message.kind === 'ask' && message.ask.kind === 'close');
    if (ends || !passes(problem.code)) {
      this.#giveUp(problem);
      return;
    }
    this.#wait = Math.min(Math.max(this.#wait * 2, patience[0]), patience[1]);
    this.#timer ??= setTimeout(() => this.#drain(), this.#wait);
  }

  /** The journal takes nothing any more: what waits is spooled, now and later, and who waits is told. */
  #giveUp(problem: JournalProblem): void {
    this.#over = problem;
    this.#post({ kind: 'over', problem });
    clearInterval(this.#look);
    for (const { ask } of this.#background.splice(0)) this.#refuse(ask, problem);
    this.#spoolAll();
  }

  #spoolSoon(message: Received, problem: JournalProblem): void {
    if (message.kind !== 'ask' || keepsAct(message.ask)) this.#timer ??= setTimeout(() => this.#spoolAll(), glance);
    else this.#queue.pop();
    if (message.kind !== 'ask') return;
    if (message.ask.kind === 'close') this.#spoolAll();
    this.#dismiss(message.ask, problem);
  }

  #spoolAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { journal, writer } = this.#opening;
    const path = journal.database.file;
    const messages = this.#queue.splice(0);
    for (const message of messages)
      if (message.kind === 'ask') this.#dismiss(message.ask, this.#over as JournalProblem);
    const acts = messages.filter(message => message.kind !== 'ask' || keepsAct(message.ask)).map(spelled);
    if (acts.length === 0) return;
    try {
      spool(path, { session: writer.session, serial: writer.serial, messages: acts });
      // No session takes in what waits beside a damaged journal: the one that follows it begins with a gap.
      const joins = this.#over?.code !== 'corrupt' && this.#over?.code !== 'missing';
      this.#post({ kind: 'problem', problem: { code: joins ? 'spooled' : 'lost', path } });
    } catch (error) {
      const { detail = '' } = JournalError.from(error, path).problem;
      this.#post({ kind: 'problem', problem: { code: 'lost', path, detail } });
    }
  }

  #dismiss(ask: Ask, problem: JournalProblem): void {
    if (ask.kind !== 'close') this.#refuse(ask, problem);
    else {
      this.#post({ kind: 'answer', id: ask.id, answer: undefined });
      this.#ended();
    }
  }

  /** Takes in what others have appended, so that a pause is heard here too. */
  #lookAround(): void {
    this.#breaks.push(...this.#time.look());
    if (this.#queue.length > 0 || this.#background.length > 0) return;
    try {
      this.#damage.look();
      this.#noteBreaks();
      this.#opening.journal.takeIn();
      takeInWaiting(this.#opening.journal, this.#tell);
      this.#opening.journal.keepFrame(eventsAFrame.idle);
      if (++this.#looks % looksAFlush === 0) this.#opening.journal.settle();
      this.#rest();
    } catch (error) {
      this.#failed(damageOr(error, this.#opening.journal.database.file).problem);
    }
    this.#sayRecording();
  }

  /** What a stretch was not seen for stands in the journal, as soon as it takes something. */
  #noteBreaks(): void {
    const { writer } = this.#opening;
    while (this.#breaks[0] !== undefined) {
      const { reason, since, note } = this.#breaks[0];
      writer.aside(({ turn, session, stamp }) => turn.push(session, stamp, { kind: 'gap', reason, since, note }));
      this.#breaks.shift();
    }
  }

  #sayRecording(): void {
    const recording = this.#opening.journal.seen?.recording ?? this.#recording;
    if (recording === this.#recording) return;
    this.#recording = recording;
    this.#post({ kind: 'recording', recording });
  }

  #close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#look);
    clearImmediate(this.#idle);
    this.#opening.journal.keepFrame(eventsAFrame.last);
    this.#opening.journal.close();
    this.#ended();
  }
}

/** Whether what is asked for is an act of the session, to be done later if not now. */
function keepsAct({ kind }: Ask): boolean {
  return kind === 'open' || kind === 'cell' || kind === 'align' || kind === 'renamed' || kind === 'deleted';
}

const urgent: readonly EventKind[] = ['saved', 'closed', 'sessionEnd', 'paused', 'resumed', 'consent'];

/** Whether nothing should be left uncommitted after it. */
function isUrgent(message: Received): boolean {
  if (message.kind === 'append') return message.events.some(({ body }) => urgent.includes(body.kind));
  return message.kind === 'ask';
}
