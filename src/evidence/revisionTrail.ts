import type { Span } from '../provenance/span.ts';
import type { Folding } from './chronicle.ts';
import type { Moment } from './moment.ts';
import { unitOf } from './passages.ts';
import { contextOf, substanceOf, wordCount } from './revisionText.ts';

/** One change of one tracker's text, as it is about to be made. */
export interface Step extends Moment {
  readonly session: number;
  readonly tracker: number;
  readonly sequence: number;
  readonly from: number;
  readonly to: number;
  /** Length of what is put in. */
  readonly inserted: number;
  readonly serials: readonly Span[];
  /** `other`: neither a person nor the editor's own tools, as was found then. */
  readonly by: 'person' | 'tool' | 'other';
}

/** A run of serials that grows. */
interface Run extends Span {
  length: number;
}

/** What a person made of a passage without working elsewhere in that text meanwhile. */
export interface Episode {
  readonly document: number;
  readonly first: Moment & { readonly sequence: number };
  readonly last: { time: number; zone: number; sequence: number };
  /** The passage before. Undefined: nothing but one run was put in so far. */
  before: string | undefined;
  after: string;
  /** What the passage was made of, and what was put in. */
  readonly of: Span[];
  readonly put: Run[];
  /** Where it stands now; before it is read: what was put in. */
  from: number;
  to: number;
  substance: number;
}

/** Episodes that are kept until it is known who put in what: more than are listed. */
const kept = 120;
/** A change this near may be in the same passage. */
const near = 300;
const mostRuns = 500;

/**
 * Finds, while events are folded, what persons changed in text that was there: an episode is all that one does in a passage
 * before another is changed. Keeps those of which most words were changed. Append-only; mutable.
 */
export class RevisionTrail {
  readonly #open = new Map<number, Map<number, Episode>>();
  readonly #best: Episode[] = [];
  /** What was asked for last: neighbours mostly ask for the same. */
  #session = -1;
  #tracker = -1;
  #last: Episode | undefined;

  get best(): readonly Episode[] {
    return this.#best.toSorted((a, b) => b.substance - a.substance || a.first.sequence - b.first.sequence);
  }

  /** Whether a step needs to be told of with the text as it stands before it. */
  wants(step: Pick<Step, 'session' | 'tracker' | 'from' | 'to'>, by: Step['by']): boolean {
    const open = this.#of(step.session, step.tracker);
    if (open === undefined) return by === 'person' && step.to > step.from;
    return by === 'other' || step.from < open.from || step.to > open.to;
  }

  /** A step, before it is made; the folding's text is current where `wants` says so. */
  note(step: Step, folding: Folding): void {
    let open = this.#of(step.session, step.tracker);
    if (open !== undefined && (step.by === 'other' || !this.#takesIn(open, step, folding))) {
      this.#close(step.session, step.tracker, folding);
      open = undefined;
    }
    if (open === undefined) {
      if (step.by === 'person') this.#begin(step, folding);
      return;
    }
    open.to += step.inserted - (step.to - step.from);
    setLast(open, step);
    for (const { serial, length } of step.serials) add(open.put, serial, length);
  }

  /** Characters right behind those of the last step, which was taken in, by the event that `last` is of. */
  wentOn(session: number, tracker: number, inserted: number, serial: number, last: Episode['last']): void {
    const open = this.#of(session, tracker);
    if (open === undefined) return;
    open.to += inserted;
    setLast(open, last);
    add(open.put, serial, inserted);
  }

  /** A tracker ends, or its text is changed in a way that is not looked at. */
  end(session: number, tracker: number, folding: Folding): void {
    if (this.#of(session, tracker) !== undefined) this.#close(session, tracker, folding);
  }

  endAll(folding: Folding, session?: number): void {
    for (const [of, trackers] of this.#open) {
      if (session === undefined || of === session)
        for (const tracker of [...trackers.keys()]) this.end(of, tracker, folding);
    }
  }

  #of(session: number, tracker: number): Episode | undefined {
    if (session === this.#session && tracker === this.#tracker) return this.#last;
    this.#session = session;
    this.#tracker = tracker;
    this.#last = this.#open.get(session)?.get(tracker);
    return this.#last;
  }

  #begin(step: Step, folding: Folding): void {
    const state = folding.tracker(step.session, step.tracker);
    if (state === undefined) return;
    const { from, to, inserted } = step;
    const episode: Episode = {
      document: state.document.document,
      first: momentOf(step),
      last: momentOf(step),
      before: undefined,
      after: '',
      of: [],
      put: [],
      from,
      to: from,
      substance: 0,
    };
    if (to > from) this.#read(episode, step, folding, to);
    episode.to += inserted - (episode.before === undefined ? 0 : to - from);
    for (const { serial, length } of step.serials) add(episode.put, serial, length);
    const trackers = this.#open.get(step.session) ?? new Map<number, Episode>();
    this.#open.set(step.session, trackers.set(step.tracker, episode));
    this.#session = -1;
  }

  /** Makes the episode's place a passage that holds the step too; false where it is elsewhere. */
  #takesIn(open: Episode, step: Step, folding: Folding): boolean {
    if (step.from >= open.from && step.to <= open.to) return true;
    if (step.from > open.to + near || step.to < open.from - near) return false;
    if (open.before === undefined) this.#read(open, step, folding, open.to);
    if (step.from > open.to || step.to < open.from) return false;
    this.#grow(open, step, folding);
    return true;
  }

  /** Reads the passage around what the episode put in, or, before it put in anything, around what it takes out. */
  #read(open: Episode, { session, tracker }: Step, folding: Folding, to: number): void {
    const state = folding.tracker(session, tracker);
    if (state === undefined) return;
    const { text, provenance } = state.content;
    // Before anything was put in, what stands in the place is old.
    const put = open.put.length > 0;
    const around = contextOf(text, open.from, to, unitOf(state.document.path ?? ''));
    const [left, right] = [text.slice(around.from, open.from), text.slice(to, around.to)];
    open.before = left + (put ? '' : text.slice(open.from, to)) + right;
    if (put) open.of.push(...provenance.slice(around.from, open.from), ...provenance.slice(to, around.to));
    else open.of.push(...provenance.slice(around.from, around.to));
    open.from = around.from;
    open.to = around.to;
  }

  #grow(open: Episode, { session, tracker, from, to }: Step, folding: Folding): void {
    const state = folding.tracker(session, tracker);
    if (state === undefined) return;
    const { text, provenance } = state.content;
    if (from < open.from) {
      open.before = text.slice(from, open.from) + open.before;
      open.of.push(...provenance.slice(from, open.from));
      open.from = from;
    }
    if (to > open.to) {
      open.before += text.slice(open.to, to);
      open.of.push(...provenance.slice(open.to, to));
      open.to = to;
    }
  }

  #close(session: number, tracker: number, folding: Folding): void {
    const open = this.#of(session, tracker);
    this.#open.get(session)?.delete(tracker);
    this.#session = -1;
    const state = folding.tracker(session, tracker);
    if (open === undefined || state === undefined || open.put.length > mostRuns) return;
    // What was put in at one place alone is read only where so much might change enough words.
    const least = this.#best.length < kept ? 0 : this.#best.at(-1)!.substance;
    if (open.before === undefined) {
      if ((open.to - open.from) / 2 <= least) return;
      const put = state.content.text.slice(open.from, open.to);
      if (wordCount(put, 0, put.length) <= least) return;
      this.#read(open, { session, tracker } as Step, folding, open.to);
    }
    if (open.before === undefined || !/\S/u.test(open.before)) return;
    open.after = state.content.text.slice(open.from, Math.min(open.to, state.content.text.length));
    open.substance = substanceOf(open.before, open.after, least);
    if (open.substance === 0) return;
    if (open.substance <= least && this.#best.length >= kept) return;
    this.#best.push(open);
    this.#best.sort((a, b) => b.substance - a.substance || a.first.sequence - b.first.sequence);
    if (this.#best.length > kept) this.#best.pop();
  }
}

function momentOf({ time, zone, sequence }: Step): Episode['first'] {
  return { time, zone, sequence };
}

function setLast({ last }: Episode, { time, zone, sequence }: Episode['first']): void {
  last.time = time;
  last.zone = zone;
  last.sequence = sequence;
}

function add(runs: Run[], serial: number, length: number): void {
  const last = runs.at(-1);
  if (last !== undefined && last.serial + last.length === serial) last.length += length;
  else if (runs.length <= mostRuns) runs.push({ serial, length });
}
