import type { Copied } from '../../src/capture/pending.ts';
import type { StrayStep } from '../../src/capture/strays.ts';
import { Tracker, type TrackerHost } from '../../src/capture/tracker.ts';
import type { Observation } from '../../src/classify/observation.ts';
import type { Aligned, SeenOutside } from '../../src/journal/messages.ts';
import type { JournalWriter } from '../../src/journal/writer.ts';
import type { Placement } from '../../src/provenance/origin.ts';
import { Origins } from '../../src/provenance/origins.ts';
import { type Change, ChangeSet } from '../../src/text/change.ts';
import { initial, lf } from './workroom.ts';

interface State {
  readonly text: string;
  /** One letter a character: see `letterOf`. */
  readonly letters: string;
}

/** A step that can be taken back: what was there before it, and the change from there. */
interface Past {
  readonly before: State;
  readonly after: State;
  readonly set: ChangeSet;
}

const origins = new WeakMap<JournalWriter, Origins>();
const key: Observation = { by: 'editor', selection: 'keyboard', carets: true };

/**
 * An editor's text as a tracker sees it, without an editor: each act changes the text and tells the tracker what
 * VS Code would. Beside it stands the plain truth, a letter a character, kept by whole former states.
 */
export class LiveEditor implements TrackerHost {
  readonly writer: JournalWriter;
  readonly origins: Origins;
  readonly acts = new Map<number, Placement>();
  readonly tracker: Tracker;
  /** What was told for agents' records to explain. */
  readonly strays: StrayStep[] = [];
  readonly outside: SeenOutside[] = [];
  #now: State;
  #done: Past[] = [];
  #undone: Past[] = [];
  #clock = 0;

  private constructor(writer: JournalWriter, number: number, path: string, text: string) {
    this.writer = writer;
    // A window hears of each character once, and its texts share what they know.
    this.origins = origins.get(writer) ?? new Origins();
    origins.set(writer, this.origins);
    this.tracker = new Tracker(this, number, path, text, lf);
    this.#now = { text, letters: 'i'.repeat(text.length) };
  }

  static async open(writer: JournalWriter, number: number, path: string, text: string): Promise<LiveEditor> {
    const editor = new LiveEditor(writer, number, path, text);
    const observation = { by: 'open' } as const;
    const base = await writer.openDocument({ tracker: number, path, text, format: lf, origin: initial, observation });
    for (const { first, count, origin, act } of base.known.findings) editor.origins.add(first, count, origin, act);
    editor.tracker.start(base);
    return editor;
  }

  get text(): string {
    return this.#now.text;
  }

  get letters(): string {
    return this.#now.letters;
  }

  /** A key at each of these places (ascending). */
  type(places: readonly number[], letter: string): void {
    this.#act(
      places.map(at => ({ from: at, to: at, insert: letter })),
      't',
      key,
    );
  }

  delete(from: number, to: number): void {
    this.#act([{ from, to, insert: '' }], '', { by: 'editor' });
  }

  /** An edit that nothing explains. */
  insert(at: number, text: string): void {
    this.#act([{ from: at, to: at, insert: text }], '?', { by: 'editor' });
  }

  /** The same in the place of other text. */
  replace(from: number, to: number, text: string): void {
    this.#act([{ from, to, insert: text }], '?', { by: 'editor' });
  }

  /** When the next act happens. */
  get time(): number {
    return 1_800_000_000_000 + 400 * this.#clock;
  }

  paste(from: number, to: number, text: string): void {
    const transfer = { how: 'paste', from: 'outside', equal: true } as const;
    this.#act([{ from, to, insert: text }], 'p', { by: 'editor', transfer });
  }

  /** Copies a range and pastes it elsewhere. */
  copy(from: number, to: number, at: number): void {
    const copied = this.tracker.copy(from, to);
    if (!copied) throw new Error('the range has no settled spans');
    const transfer = { how: 'paste', from: 'tracked', equal: true } as const;
    const letters = this.#now.letters.slice(from, to);
    this.#act([{ from: at, to: at, insert: copied.text }], letters, { by: 'editor', transfer }, copied);
  }

  /** Takes back some steps in one, as VS Code does with keys that followed one another; nothing if there are none. */
  undo(steps: number): void {
    let set = ChangeSet.empty(this.text.length);
    for (let i = 0; i < steps; i++) {
      const past = this.#done.pop();
      if (!past) break;
      this.#undone.push(past);
      set = set.compose(past.set.invert(past.before.text));
      this.#now = past.before;
    }
    this.#tell(set, { by: 'editor', reason: 'undo' });
  }

  redo(steps: number): void {
    let set = ChangeSet.empty(this.text.length);
    for (let i = 0; i < steps; i++) {
      const past = this.#undone.pop();
      if (!past) break;
      this.#done.push(past);
      set = set.compose(past.set);
      this.#now = past.after;
    }
    this.#tell(set, { by: 'editor', reason: 'redo' });
  }

  /** Another program puts a line of its own before the one at this place; VS Code reports both as one replacement. */
  async reload(place: number, line: string): Promise<void> {
    const { text, letters } = this.#now;
    const at = text.lastIndexOf('\n', place - 1) + 1;
    const word = `${line}\n`;
    const next = {
      text: text.slice(0, at) + word + text.slice(at),
      letters: letters.slice(0, at) + 'e'.repeat(word.length) + letters.slice(at),
    };
    const from = at;
    const end = text.indexOf('\n', at);
    const to = end < 0 ? text.length : end;
    const set = ChangeSet.of(text.length, [{ from, to, insert: next.text.slice(from, to + word.length) }]);
    this.#tell(set, { by: 'editor' }, undefined, true);
    this.#move(next, set);
    await this.tracker.quiet();
  }

  save(): void {
    this.tracker.save();
  }

  answered(): void {
    // Nobody traces it.
  }

  changed(): void {
    // Nothing shows this text.
  }

  closed(): void {
    // Nothing holds this tracker.
  }

  strayed(step: StrayStep): void {
    this.strays.push(step);
  }

  placed(placed: number, placement: Placement): void {
    this.acts.set(placed, placement);
  }

  failed(error: unknown): void {
    throw error;
  }

  aligned(_tracker: Tracker, { known, outside }: Aligned): void {
    if (outside) this.outside.push(outside);
    for (const { first, count, origin, act } of known.findings) this.origins.add(first, count, origin, act);
    for (const { placed, placement } of known.acts) this.acts.set(placed, placement);
  }

  #act(changes: readonly Change[], letter: string, observation: Observation, copied?: Copied): void {
    const { text, letters } = this.#now;
    const set = ChangeSet.of(text.length, changes);
    // What is replaced by the same text is no change.
    const marks = set.changes.map(c => ({
      ...c,
      insert:
        text.slice(c.from, c.to) === c.insert
          ? letters.slice(c.from, c.to)
          : letter.length > 1
            ? letter
            : letter.repeat(c.insert.length),
    }));
    this.#tell(set, observation, copied);
    let shifted = '';
    let at = 0;
    for (const { from, to, insert } of marks) {
      shifted += letters.slice(at, from) + insert;
      at = to;
    }
    this.#move({ text: set.apply(text), letters: shifted + letters.slice(at) }, set);
  }

  #tell(changes: ChangeSet, observation: Observation, copied?: Copied, clean = false): void {
    this.tracker.observe({
      changes,
      observation: { ...observation },
      time: this.time,
      clean,
      selected: true,
      ...(copied ? { copied } : {}),
    });
    this.#clock++;
    this.tracker.settle();
  }

  #move(next: State, set: ChangeSet): void {
    this.#done.push({ before: this.#now, after: next, set });
    this.#undone = [];
    this.#now = next;
  }
}
