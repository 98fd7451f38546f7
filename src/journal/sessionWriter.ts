import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { align } from '../text/diff.ts';
import type { Acting } from './acting.ts';
import { alignOpen, fileSeen, openDocument } from './acts.ts';
import { alignedBefore } from './alignedBefore.ts';
import { formatCheckpoint, originOf, parseCheckpoint } from './checkpoint.ts';
import { addTo, type Block, type Committed } from './committed.ts';
import type { SkipReason } from './event.ts';
import { type FileText, readText } from './fileText.ts';
import { eventsOf, type Handed } from './handed.ts';
import { heldFiles } from './heldFiles.ts';
import type { Journal, Turn } from './journal.ts';
import { Keyring } from './keyring.ts';
import { maskedFile } from './maskedFile.ts';
import type { Ask, Asks, QueuedEvent, RecordedCommit, RecordedPrompt } from './messages.ts';
import { notebookSaved, openCell } from './notebookActs.ts';
import { isOpen, unexplained } from './outside.ts';
import { textWith } from './pastText.ts';
import { deletedPath, renamedPath } from './paths.ts';
import { PlainShapes } from './plainShape.ts';
import { PlainSteps } from './plainSteps.ts';
import { JournalError, type JournalProblem } from './problem.ts';
import { Misfit } from './replay.ts';
import { isSaid } from './said.ts';
import { withDigests } from './savedDigests.ts';
import { sizesOf, sumOf } from './sizes.ts';
import { type Stamp, stampNow } from './stamp.ts';
import { strayed } from './strayed.ts';
import { TextCache } from './textCache.ts';
import { unusedEdits } from './unusedEdits.ts';

/** Writes one session's acts to its journal, each exactly once by its ordinal. Synchronous; JournalErrors pass through. */
export class SessionWriter {
  readonly journal: Journal;
  readonly session: number;
  readonly folder: string;
  readonly #texts = new TextCache();
  readonly #problem: (problem: JournalProblem) => void;
  /** Trackers a step of which did not fit: what their texts are is not known from there on. */
  readonly #lost = new Set<number>();
  readonly #shapes = new PlainShapes();
  #serial: number;
  #monotonic = 0;

  /** `serial`: the first free one of the worker's block. */
  constructor(
    journal: Journal,
    at: { readonly session: number; readonly folder: string; readonly serial: number },
    problem: (problem: JournalProblem) => void,
  ) {
    this.journal = journal;
    this.session = at.session;
    this.folder = at.folder;
    this.#serial = at.serial;
    this.#problem = problem;
  }

  /** First free serial of the worker's block. */
  get serial(): number {
    return this.#serial;
  }

  /**
   * Commits acts of the thread. What was committed before is passed over, and so is what the journal says already;
   * an act that does not fit becomes a gap.
   */
  append(ordinal: number, handed: readonly Handed[]): Committed[] {
    try {
      return this.journal.append(turn => this.#appended(turn, ordinal, handed));
    } catch (error) {
      if (error instanceof JournalError) throw error;
      const events = eventsOf(handed);
      // One of them cannot be written at all: the others are.
      if (events.length > 1) return events.flatMap((event, i) => this.append(ordinal + i, [event]));
      const [{ body: _body, texts: _texts, ...at }] = events as [QueuedEvent];
      const note = error instanceof Error ? error.message : String(error);
      this.#problem({ code: 'misfit', detail: note });
      const gap: QueuedEvent = { ...at, body: { kind: 'gap', reason: 'shadow', note } };
      // Where not even that can be written, its own error says so.
      return this.journal.append(turn => this.#appended(turn, ordinal, [gap]));
    }
  }

  #appended(turn: Turn, ordinal: number, handed: readonly Handed[]): Committed[] {
    const blocks: Block[] = [];
    const done = this.#done(turn);
    const own = new PlainSteps(this.#shapes, Math.max(1, handed.length));
    let [next, pushed] = [ordinal, 0];
    const pushOwn = () => {
      this.#pushSteps(turn, own, pushed);
      pushed = own.count;
    };
    for (const one of handed) {
      const act = next;
      if (one instanceof PlainSteps) {
        pushOwn();
        next += one.count;
        const from = Math.min(one.count, Math.max(0, done - act));
        addTo(blocks, act + from, turn.size, one.count - from);
        this.#pushSteps(turn, one, from);
        continue;
      }
      if (next++ < done) continue;
      if (own.add(one)) {
        addTo(blocks, act, turn.size + own.count - 1 - pushed, 1);
        continue;
      }
      pushOwn();
      if (isSaid(turn.replay, one.body)) continue;
      addTo(blocks, act, turn.size, 1);
      this.#push(turn, one);
    }
    pushOwn();
    turn.sessions.setOrdinal(this.session, Math.max(done, next));
    return blocks;
  }

  #pushSteps(turn: Turn, steps: PlainSteps, from: number): void {
    let last = this.#monotonic;
    for (let i = from; i < steps.count; i++) steps.monotonic[i] = last = Math.max(last, steps.monotonic[i]!);
    for (let at = from; at < steps.count; ) {
      at += turn.plain(this.session, steps, at);
      if (at < steps.count) this.#push(turn, steps.event(at++));
    }
    this.#monotonic = last;
  }

  /** Does what an ask wants, but for what takes a while (`baseline`) or is the scribe's own (`flush`, `close`). */
  answer(ask: Ask): Asks[Ask['kind']]['answer'] {
    const { journal } = this;
    switch (ask.kind) {
      case 'open':
        return this.#act(ask, acting => openDocument(acting, ask.request));
      case 'cell':
        return this.#act(ask, acting => openCell(acting, ask.request));
      case 'notebook':
        return this.#act(ask, acting => notebookSaved(acting, ask.request));
      case 'align':
        return this.#act(ask, (acting, repeated) =>
          repeated ? alignedBefore(journal, this.session, ask.request) : alignOpen(acting, ask.request),
        );
      case 'outside':
        return this.#act(ask, acting => {
          const { path, ...seen } = ask.request;
          const file = this.#file(acting, path);
          return file === undefined ? undefined : fileSeen(acting, path, file, { ...seen, unwatched: false });
        });
      case 'unfit':
        return this.#unfit(ask.request.path);
      case 'renamed':
        return this.#act(ask, acting => renamedPath(acting, ask.request.from, ask.request.to));
      case 'deleted':
        return this.#act(ask, acting => deletedPath(acting, ask.request.path));
      case 'outsideChanges':
        return journal.outside.since(ask.request.since).filter(change => isOpen(change, journal.replay.origins));
      case 'unusedEdits':
        return unusedEdits(journal, ask.request);
      case 'time':
        return journal.packs.events(ask.request.sequence).next().value?.time;
      case 'prompt':
        return promptOf(journal, ask.request.id);
      case 'commit':
        return commitOf(journal, ask.request.id);
      case 'held':
        return journal.read(replay => heldFiles(replay, ask.request));
      case 'unexplained':
        return unexplained(journal.replay, ask.request);
      case 'strayed':
        return strayed(journal, this.session, ask.request);
      case 'compare':
        return align(ask.request.before, ask.request.after);
      case 'text':
        return this.#texts.get(ask.request.digest) ?? textWith(journal, ask.request.digest);
      case 'head': {
        const { size, root } = journal.tree();
        return { text: formatCheckpoint({ origin: originOf(journal.id), size, root }), keys: journal.replay.keys };
      }
      case 'checkpoint':
        return keepSigned(journal, ask.request.note);
      case 'size':
        return { bytes: sumOf(sizesOf(journal.database.file)), events: journal.replay.size };
      case 'flush':
        journal.takeIn();
        return undefined;
      case 'baseline':
      case 'close':
        return undefined;
    }
  }

  /** One transaction of the worker's own, outside the thread's order of acts. */
  aside<T>(work: (acting: Acting) => T): T {
    return this.journal.append(turn => work(this.#acting(turn, stampNow())));
  }

  /** Says once why a file is not recorded. */
  skip(acting: Acting, path: string, reason: SkipReason): void {
    if (acting.turn.replay.skipped.get(path) === reason) return;
    acting.turn.push(this.session, acting.stamp, { kind: 'skipped', path, reason });
    if (reason === 'unreadable') this.#problem({ code: 'unreadableFile', path });
    if (reason === 'encoding') this.#problem({ code: 'encoding', path });
  }

  #act<T>(ask: Ask, work: (acting: Acting, repeated: boolean) => T): T {
    return this.journal.append(turn => {
      const result = work(this.#acting(turn, ask.stamp), ask.ordinal < this.#done(turn));
      turn.sessions.setOrdinal(this.session, Math.max(this.#done(turn), ask.ordinal + 1));
      return result;
    });
  }

  #acting(turn: Turn, stamp: Stamp): Acting {
    return {
      turn,
      session: this.session,
      stamp: this.#onward(stamp),
      serials: count => {
        this.#serial += count;
        return this.#serial - count;
      },
      recall: this.journal.recall,
      remember: (digest, text) => this.#texts.put(digest, text),
      read: (path, encoding) => {
        const file = readText(this.folder, path, encoding);
        return file === undefined || 'skip' in file ? undefined : maskedFile(turn.replay, path, file);
      },
      has: path => existsSync(join(this.folder, path)),
    };
  }

  #file(acting: Acting, path: string): FileText | undefined {
    const { replay } = acting.turn;
    const document = replay.at(path);
    const file = readText(this.folder, path, document?.format.encoding);
    if (file === undefined || !('skip' in file)) return file && maskedFile(replay, path, file);
    // A text that an editor shows is recorded, whatever its file is.
    const isShown = [...replay.trackers].some(tracker => tracker.document === document);
    if (!isShown) this.skip(acting, path, file.skip);
    return undefined;
  }

  #unfit(path: string): SkipReason | undefined {
    const file = readText(this.folder, path);
    if (file === undefined || !('skip' in file)) return undefined;
    this.aside(acting => this.skip(acting, path, file.skip));
    return file.skip;
  }

  #push(turn: Turn, event: QueuedEvent): void {
    const { body, texts } = event;
    const at = this.#onward(event);
    try {
      if (body.kind === 'saved' && this.#lost.has(body.tracker))
        throw new Misfit(turn.size, 'the text that was saved is not known');
      const whole = body.kind === 'saved' ? withDigests(body, this.session, turn.replay) : body;
      turn.push(this.session, at, whole, texts);
      if (body.kind === 'sessionEnd') turn.sessions.end(this.session);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      if (body.kind === 'changed') this.#lost.add(body.tracker);
      const document = 'document' in body && turn.replay.documents.has(body.document ?? 0) ? body.document : undefined;
      const of = document === undefined ? {} : { document };
      turn.push(this.session, at, { kind: 'gap', reason: 'shadow', note: error.message, ...of });
      this.#problem({ code: 'misfit', detail: error.message });
    }
  }

  /** Acts of worker and thread interleave by milliseconds; within a session the process's clock never steps back. */
  #onward(stamp: Stamp): Stamp {
    this.#monotonic = Math.max(this.#monotonic, stamp.monotonic);
    return { time: stamp.time, monotonic: this.#monotonic, zone: stamp.zone };
  }

  #done(turn: Turn): number {
    return turn.sessions.ordinal(this.session) ?? Number.MAX_SAFE_INTEGER;
  }
}

function commitOf(journal: Journal, wanted: string): RecordedCommit | undefined {
  const commit = journal.replay.commits.get(wanted);
  return commit && { id: commit.id, author: commit.texts?.[0] ?? '', authored: commit.authored };
}

/** A key that another has replaced signs nothing: its checkpoint would speak against the journal. */
function keepSigned(journal: Journal, note: string): boolean {
  const { size } = parseCheckpoint(note);
  const kept = typeof new Keyring(journal.id, journal.replay.keys).signerOf(note, size) === 'object';
  if (kept) journal.keepCheckpoint(size, note);
  return kept;
}

function promptOf(journal: Journal, wanted: string): RecordedPrompt | undefined {
  const prompt = journal.replay.prompts.get(wanted);
  if (prompt === undefined) return undefined;
  const { id, agent, conversation, asked, model, sequence } = prompt;
  // A state that came from a keyframe has no texts of prompts.
  const texts = prompt.texts ?? journal.packs.events(sequence).next().value?.texts;
  return { id, agent, conversation, time: asked, text: texts?.[0] ?? '', ...(model !== undefined && { model }) };
}
