import type { SegmentCursor } from '../journal/cursor.ts';
import type { EventOf, Folding } from './chronicle.ts';
import { type Draft, Drafts } from './drafts.ts';

/** What is known of prompts only while the events are folded. Append-only; mutable. */
export class PromptTrail {
  /** Serials at which a piece begins that an event put in apart from the one before: serials go on there, text does not. */
  readonly starts = new Set<number>();
  /** By sequence of an event: the prompt that its new characters were found to come of at once. */
  readonly acts = new Map<number, string>();
  readonly #drafts = new Drafts();

  /** By id of the prompt: where its like stood. */
  get drafts(): ReadonlyMap<string, readonly Draft[]> {
    return this.#drafts.of;
  }

  /** An event that is applied next. */
  before(event: EventOf<'prompt' | 'opened' | 'changed'>, folding: Folding): void {
    this.#drafts.before(event, folding);
    if (event.kind === 'changed') this.#changed(event);
  }

  /** The same of a plain one, and of those that go on with it. */
  plain(cursor: SegmentCursor): void {
    const { origins, sequence } = cursor;
    if (origins[0]?.prompt !== undefined) this.acts.set(sequence, origins[0].prompt);
    this.#drafts.plain(cursor);
  }

  wentOn(events: number, inserted: number): void {
    this.#drafts.wentOn(events, inserted);
  }

  #changed({ sequence, changes, placed, first, findings, texts = [] }: EventOf<'changed'>): void {
    for (const { prompt } of findings) if (prompt !== undefined) this.acts.set(sequence, prompt);
    // What is typed in very many places at once is no tool's.
    if (findings.every(({ kind }) => kind === 'typed')) return;
    let serial = placed === undefined ? first : first + 1;
    const [begin, end] = [serial, serial + findings.reduce((n, { length }) => n + length, 0)];
    for (const [i, { spans }] of changes.entries()) {
      if (spans === undefined) {
        if (serial > begin && serial < end) this.starts.add(serial);
        serial += texts[i]?.length ?? 0;
        continue;
      }
      for (const span of spans) {
        if (span.serial < begin || span.serial >= end) continue;
        if (span.serial > begin) this.starts.add(span.serial);
        serial = span.serial + span.length;
      }
    }
  }
}
