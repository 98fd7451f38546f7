import type { SegmentCursor } from '../journal/cursor.ts';
import type { JournalEvent } from '../journal/event.ts';
import { type Onlooker, PackFold } from '../journal/packFold.ts';
import { Replay } from '../journal/replay.ts';
import type { FileAccount } from './account.ts';
import type { Chronicle } from './chronicle.ts';
import { copy, type FramePart, framePartsOf } from './framePart.ts';
import { type Moment, stamp } from './moment.ts';
import { SpanList } from './spanList.ts';

/**
 * How the text came to be, as states of its files one after another: each after an equal share of the places at which
 * something was changed. Typing that goes on is one place. Hands are those that are known in the end.
 */
export interface Film {
  readonly frames: readonly FilmFrame[];
  /** Files whose texts would make the film too long; their states are not in it. */
  readonly leftOut: readonly string[];
}

/** One file as it stood once. */
export interface FilmFrame {
  /** After this event. */
  readonly at: string;
  readonly event: string;
  readonly file: string;
  /** What the text is made of, in order: parts of the same file's frame before, and new text by hand. */
  readonly parts: readonly FramePart[];
}

/** States that are kept, about. */
export const mostFrames = 300;
/** Code units ever put into the files of a film: about as much as 300 pages. */
export const mostFilmed = 1_500_000;
/** Spans that are compared in all. */
const budget = 60_000_000;

/** The films of all journals, one after another. */
export function filmsOf(
  parts: readonly { readonly chronicle: Chronicle; readonly files: readonly FileAccount[] }[],
): Film {
  const films = parts.map(({ chronicle, files }) => filmOf(chronicle, files));
  return { frames: films.flatMap(film => film.frames), leftOut: films.flatMap(film => film.leftOut) };
}

/** One journal's part of the film. Cost: that of a replay, and of each state that is kept. */
function filmOf(chronicle: Chronicle, files: readonly FileAccount[]): Film {
  const documents = new Map<number, string>();
  const leftOut: string[] = [];
  let [units, spans] = [0, 0];
  for (const file of files) {
    const ever = Object.values(file.measures.hands).reduce((n, { inserted }) => n + inserted, file.text.length);
    if (units + ever > mostFilmed) {
      leftOut.push(file.path);
      continue;
    }
    units += ever;
    spans += file.spans.length;
    documents.set(file.document, file.path);
  }
  if (documents.size === 0) return { frames: [], leftOut };
  const states = Math.max(10, Math.min(mostFrames, Math.floor(budget / (spans + 1))));
  const places = chronicle.insertions.rowsOf(document => documents.has(document));
  const camera = new Camera(chronicle, documents, Math.max(1, Math.ceil(places / states)));
  return { frames: camera.run(), leftOut };
}

/** Folds a journal once more and takes the files' states at every so many changes of place. */
class Camera implements Onlooker {
  readonly #chronicle: Chronicle;
  readonly #documents: ReadonlyMap<number, string>;
  readonly #every: number;
  readonly #replay = new Replay();
  readonly #frames: FilmFrame[] = [];
  /** The last state of each document, and what was changed since. */
  readonly #states = new Map<number, SpanList>();
  readonly #changed = new Map<number, Changed>();
  /** Whose text was changed last, by document: the tracker's, with 0 for the file itself. */
  readonly #last = new Map<number, { session: number; tracker: number; length: number }>();
  #jumps = 0;
  /** Where the last change left off. */
  #session = -1;
  #tracker = -1;
  #end = -1;
  #serial = -1;
  #now: Moment & { sequence: number } = { time: 0, zone: 0, sequence: 0 };

  constructor(chronicle: Chronicle, documents: ReadonlyMap<number, string>, every: number) {
    this.#chronicle = chronicle;
    this.#documents = documents;
    this.#every = every;
  }

  run(): readonly FilmFrame[] {
    const { source } = this.#chronicle;
    if (source.packs !== undefined) {
      const fold = new PackFold(this.#replay, this);
      for (const pack of source.packs()) fold.fold(pack);
    } else {
      for (const event of source.events()) {
        this.before(event);
        this.#replay.apply(event);
        this.after(event);
      }
    }
    // Each file ends as it stands, whatever a tracker has not saved.
    for (const document of this.#documents.keys()) this.#anew(document);
    this.#take();
    return this.#frames;
  }

  before(event: JournalEvent): void {
    if (event.kind !== 'changed') return;
    const [change] = event.changes;
    const goesOn = event.changes.length === 1 && change?.spans === undefined && event.placed === undefined;
    const { session, tracker, document, first, changes, texts = [] } = event;
    const from = change?.from ?? 0;
    const jump = !(goesOn && this.#goesOn(session, tracker, from, change?.to ?? 0, first));
    this.#step(jump, document);
    this.#change(document, session, tracker, changes, texts);
    if (changes.length === 1) this.#leftOff(session, tracker, from, texts[0]?.length ?? 0, goesOn ? first : -1);
    else this.#session = -1;
  }

  after(event: JournalEvent): void {
    const { time, zone, sequence } = event;
    this.#now = { time, zone, sequence };
    if (event.kind === 'baseline' || event.kind === 'closed') this.#anew(event.document);
  }

  wants(cursor: SegmentCursor): boolean {
    return (this.#jumps + 1) % this.#every === 0 && this.#documents.has(cursor.document) && this.#isJump(cursor);
  }

  plain(cursor: SegmentCursor): void {
    const { session, tracker, document, first, fresh, time, zone, sequence } = cursor;
    this.#step(this.#isJump(cursor), document);
    const [from, to] = [cursor.from[cursor.change]!, cursor.to[cursor.change]!];
    this.#one(document, session, tracker, from, to, fresh);
    this.#leftOff(session, tracker, from, fresh, first);
    this.#now = { time, zone, sequence };
  }

  wentOn(cursor: SegmentCursor, _events: number, first: number): void {
    const { time, zone, sequence } = cursor;
    const typed = cursor.first + cursor.fresh - first;
    this.#end += typed;
    this.#serial += typed;
    const of = this.#last.get(cursor.document);
    if (of !== undefined) of.length += typed;
    this.#now = { time, zone, sequence };
  }

  removed(): void {
    // What is taken out is seen in the next state.
  }

  #isJump({ session, tracker, from, to, change, first }: SegmentCursor): boolean {
    return !this.#goesOn(session, tracker, from[change]!, to[change]!, first);
  }

  /** Whether a change goes on right behind the one before, with the next serials. */
  #goesOn(session: number, tracker: number, from: number, to: number, first: number): boolean {
    return (
      session === this.#session &&
      tracker === this.#tracker &&
      from === to &&
      from === this.#end &&
      first === this.#serial
    );
  }

  #leftOff(session: number, tracker: number, from: number, inserted: number, first: number): void {
    this.#session = session;
    this.#tracker = tracker;
    this.#end = from + inserted;
    this.#serial = first < 0 ? -1 : first + inserted;
  }

  /** A change is made next; the texts are current where it is one at which a state is taken. */
  #step(jump: boolean, document: number): void {
    if (jump && this.#documents.has(document) && ++this.#jumps % this.#every === 0) this.#take();
  }

  #change(
    document: number,
    session: number,
    tracker: number,
    changes: readonly Range[],
    texts: readonly string[],
  ): void {
    if (tracker === 0) this.#anew(document);
    // From the last to the first, each is where it is said to be.
    else
      for (let i = changes.length - 1; i >= 0; i--) {
        this.#one(document, session, tracker, changes[i]!.from, changes[i]!.to, texts[i]?.length ?? 0);
      }
  }

  #one(document: number, session: number, tracker: number, from: number, to: number, inserted: number): void {
    if (!this.#documents.has(document)) return;
    const state = this.#replay.tracker(session, tracker);
    // A cell of a notebook is not its file: of that the state is taken when it is written.
    if (state === undefined || state.cell !== undefined) return;
    let of = this.#last.get(document);
    if (of === undefined || of.session !== session || of.tracker !== tracker) {
      this.#anew(document);
      // Nothing of this tracker's is gathered yet, so its text is current.
      of = { session, tracker, length: state.content.length };
      this.#last.set(document, of);
    }
    const changed = this.#changed.get(document);
    if (changed === undefined) this.#changed.set(document, { head: from, tail: of.length - to });
    else {
      changed.head = Math.min(changed.head, from);
      changed.tail = Math.min(changed.tail, of.length - to);
    }
    of.length += inserted - (to - from);
  }

  /** The document's text is another than the one that was changed last, or may be. */
  #anew(document: number): void {
    if (!this.#documents.has(document)) return;
    this.#last.delete(document);
    this.#changed.set(document, { head: 0, tail: 0 });
  }

  #take(): void {
    const { origins } = this.#chronicle.folding;
    for (const [document, changed] of this.#changed) {
      const of = this.#last.get(document);
      const open = of && this.#replay.tracker(of.session, of.tracker)?.content;
      const content = open ?? this.#replay.documents.get(document)?.content;
      // Of a tracker that is gone, the file may hold less than it had.
      const { head, tail } = open === undefined ? { head: 0, tail: 0 } : changed;
      if (content === undefined) continue;
      const known = this.#states.get(document) ?? new SpanList();
      this.#states.set(document, known);
      const [old, end] = [known.length, content.length - tail];
      const spans = content.provenance.slice(head, end);
      const before = known.replace(head, old - tail, spans);
      const inner = framePartsOf(before, { text: content.text, from: head, spans }, head, origins);
      if (inner === undefined) continue;
      const parts: FramePart[] = [];
      copy(parts, 0, head);
      for (const part of inner) {
        if ('from' in part) copy(parts, part.from, part.length);
        else parts.push(part);
      }
      copy(parts, old - tail, tail);
      const event = `${this.#chronicle.id}:${this.#now.sequence}`;
      this.#frames.push({ at: stamp(this.#now), event, file: this.#documents.get(document)!, parts });
    }
    this.#changed.clear();
  }
}

/** What was changed of a text since its last state stands behind `head` units and before `tail` others. */
interface Changed {
  head: number;
  tail: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}
