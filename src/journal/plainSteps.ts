import { fewest } from '../text/moves.ts';
import { countable, inBound, memberCount } from './fits.ts';
import { aloneFrom } from './layout.ts';
import type { QueuedEvent } from './messages.ts';
import { wellFormed } from './parts.ts';
import type { PlainShape, PlainShapes } from './plainShape.ts';

/** Columns of the numbers of all steps. */
const width = 12;

/** Steps as they cross to another thread. */
export interface SentSteps {
  readonly count: number;
  readonly numbers: Float64Array;
  readonly texts: string;
  /** JSON. */
  readonly shapes: string;
}

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
  /** All columns, one behind the other, with room for as many numbers each. */
  #numbers!: Float64Array;
  #room = 0;

  /** `room`: for so many at first, one at least. */
  constructor(known: PlainShapes, room = 16) {
    this.#known = known;
    this.#lay(new Float64Array(room * width));
  }

  /** Throws TypeError at what `sent` of no steps is. */
  static of({ count, numbers, texts, shapes }: SentSteps, known: PlainShapes): PlainSteps {
    const steps = new PlainSteps(known, 1);
    steps.count = count;
    steps.texts = texts;
    for (const sent of JSON.parse(shapes) as PlainShape[]) {
      const shape = known.of(sent);
      if (shape === undefined) throw new TypeError(`no shape of plain steps: ${shapes}`);
      steps.shapes.push(shape);
    }
    steps.#lay(numbers);
    return steps;
  }

  /** What another thread makes the same of. */
  get sent(): SentSteps {
    const shapes = this.shapes.map(({ placement, observation, actor, findings }) => ({
      placement,
      observation,
      actor,
      findings,
    }));
    return { count: this.count, numbers: this.#numbers, texts: this.texts, shapes: JSON.stringify(shapes) };
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
    if (this.count === this.#room) this.#grow();
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

  /** Nothing was added. */
  clear(): void {
    this.count = this.shapes.length = 0;
    this.texts = '';
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

  #grow(): void {
    const room = this.#room;
    const numbers = new Float64Array(this.#numbers.length * 2);
    for (let column = 0; column < width; column++)
      numbers.set(this.#numbers.subarray(column * room, (column + 1) * room), column * room * 2);
    this.#lay(numbers);
  }

  #lay(numbers: Float64Array): void {
    const room = numbers.length / width;
    let end = 0;
    const column = () => {
      end += room;
      return numbers.subarray(end - room, end);
    };
    this.time = column();
    this.monotonic = column();
    this.zone = column();
    this.document = column();
    this.tracker = column();
    this.version = column();
    this.first = column();
    this.from = column();
    this.to = column();
    this.inserted = column();
    this.start = column();
    this.shape = column();
    this.#numbers = numbers;
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
