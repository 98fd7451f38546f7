import { fewest } from '../text/moves.ts';
import { countable, inBound, memberCount } from './fits.ts';
import { aloneFrom } from './layout.ts';
import type { QueuedEvent } from './messages.ts';
import { wellFormed } from './parts.ts';
import type { PlainShape, PlainShapes } from './plainShape.ts';

/** Columns of the numbers of all steps. */
const width = 12;

/**
 * Plain steps of one session, as they wait to be appended: `changed` events as columns, without an object for each. A
 * plain step is one change of a tracker's text that puts in nothing but new characters, all of one finding, and takes
 * out no more than a few; `event` gives back exactly what was added. Nearly all that a person types is plain. Numbers
 * are as in events. Mutable: it grows, and only its `monotonic` times change.
 */
export class PlainSteps {
  count = 0;
  time!: Float64Array;
  monotonic!: Float64Array;
  zone!: Float64Array;
  document!: Float64Array;
  tracker!: Float64Array;
  version!: Float64Array;
  first!: Float64Array;
  from!: Float64Array;
  to!: Float64Array;
  /** Of what is put in, UTF-16 units; and where that begins in `texts`. */
  inserted!: Float64Array;
  start!: Float64Array;
  /** Rank in `shapes`. */
  shape!: Float64Array;
  readonly shapes: PlainShape[] = [];
  /** What the steps put in, one after the other. */
  texts = '';
  readonly #known: PlainShapes;
  #room = 0;

  constructor(known: PlainShapes) {
    this.#known = known;
    this.#grow(16);
  }

  /** False, and nothing is added, where the event is no plain step. Takes any JSON as its body. */
  add({ time, monotonic, zone, body, texts }: QueuedEvent): boolean {
    if (body.kind !== 'changed' || !isList(texts, 1) || !isList(body.changes, 1) || body.placed !== undefined)
      return false;
    const { document, tracker, version, first, findings } = body;
    const change = body.changes[0];
    const text = texts[0];
    if (change == null || !isPlainText(text) || !isList(findings, text === '' ? 0 : 1)) return false;
    const { from, to } = change;
    const finding = findings[0];
    const fits =
      memberCount(change) === 2 &&
      countable(from) &&
      countable(to) &&
      from <= to &&
      to - from < fewest &&
      inBound(time) &&
      inBound(monotonic) &&
      inBound(zone) &&
      countable(document) &&
      countable(tracker) &&
      tracker > 0 &&
      countable(version) &&
      countable(first) &&
      (text === '' || finding?.length === text.length);
    const shape = fits ? this.#known.of(body) : undefined;
    if (shape === undefined) return false;
    if (this.count === this.#room) this.#grow(this.#room * 2);
    const i = this.count++;
    this.time[i] = time;
    this.monotonic[i] = monotonic;
    this.zone[i] = zone;
    this.document[i] = document;
    this.tracker[i] = tracker;
    this.version[i] = version;
    this.first[i] = first;
    this.from[i] = from;
    this.to[i] = to;
    this.inserted[i] = text.length;
    this.start[i] = this.texts.length;
    this.shape[i] = this.#rankOf(shape);
    this.texts += text;
    return true;
  }

  /** What was added, as an object. */
  event(i: number): QueuedEvent {
    const { placement, observation, actor, origin } = this.shapes[this.shape[i]!]!;
    const [length, start] = [this.inserted[i]!, this.start[i]!];
    return {
      time: this.time[i]!,
      monotonic: this.monotonic[i]!,
      zone: this.zone[i]!,
      body: {
        kind: 'changed',
        document: this.document[i]!,
        tracker: this.tracker[i]!,
        version: this.version[i]!,
        changes: [{ from: this.from[i]!, to: this.to[i]! }],
        first: this.first[i]!,
        placement,
        findings: origin === undefined ? [] : [{ ...origin, length }],
        ...(actor !== undefined && { actor }),
        observation,
      },
      texts: [this.texts.slice(start, start + length)],
    };
  }

  #rankOf(shape: PlainShape): number {
    const last = this.count > 1 ? this.shape[this.count - 2]! : 0;
    if (this.shapes[last] === shape) return last;
    const known = this.shapes.indexOf(shape);
    return known >= 0 ? known : this.shapes.push(shape) - 1;
  }

  #grow(room: number): void {
    const numbers = new Float64Array(room * width);
    let rank = 0;
    const grown = (column?: Float64Array) => {
      const next = numbers.subarray(rank * room, ++rank * room);
      if (column !== undefined) next.set(column);
      return next;
    };
    this.time = grown(this.time);
    this.monotonic = grown(this.monotonic);
    this.zone = grown(this.zone);
    this.document = grown(this.document);
    this.tracker = grown(this.tracker);
    this.version = grown(this.version);
    this.first = grown(this.first);
    this.from = grown(this.from);
    this.to = grown(this.to);
    this.inserted = grown(this.inserted);
    this.start = grown(this.start);
    this.shape = grown(this.shape);
    this.#room = room;
  }
}

function isList(value: readonly unknown[] | undefined, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length;
}

/** A text that stands joined with others in a pack: each of them is well-formed alone. */
function isPlainText(text: unknown): text is string {
  if (typeof text !== 'string') return false;
  if (text.length !== 1) return text.length < aloneFrom && wellFormed(text);
  const unit = text.charCodeAt(0);
  return unit < 0xd800 || unit > 0xdfff;
}
