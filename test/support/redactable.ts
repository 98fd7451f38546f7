import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { Journal, type Turn } from '../../src/journal/journal.ts';
import { plainTextDigest } from '../../src/journal/parts.ts';
import type { Span } from '../../src/provenance/span.ts';
import { initial, lf, typedOrigin } from './workroom.ts';

const stamp = { time: 1_700_000_000_000, monotonic: 1, zone: 300 };

/** One act on a text; places are parts of 1000 of it. */
export type PageAct =
  | { readonly act: 'type'; readonly at: number; readonly text: string }
  | { readonly act: 'letters'; readonly at: number; readonly text: string }
  | { readonly act: 'erase'; readonly at: number; readonly length: number }
  | { readonly act: 'move'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly act: 'outside'; readonly text: string }
  | { readonly act: 'record'; readonly text: string }
  | { readonly act: 'save' };

/** A file that is worked on in one tracker, written into a journal as it goes. */
export class RecordedPage {
  text = '';
  readonly #serials: number[] = [];
  readonly #turn: Turn;
  readonly #session: number;
  readonly #lease: number;
  #taken = 0;
  #version = 0;
  #records = 0;

  /** Plays the acts in one transaction. */
  static play(file: string, start: string, acts: readonly PageAct[]): void {
    const journal = Journal.open(file);
    try {
      void journal.recall;
      journal.append(turn => {
        const page = new RecordedPage(turn, start);
        for (const act of acts) page.#do(act);
        page.#save();
      });
      while (journal.recall.step());
      journal.keepFrame(1);
    } finally {
      journal.close();
    }
  }

  private constructor(turn: Turn, start: string) {
    this.#turn = turn;
    this.#session = turn.nextSession();
    this.#lease = turn.lease();
    const about = { software: 't', editor: 'e', platform: 'p', channels: [], unreachable: [] };
    this.#push({ kind: 'session', ...about, leases: [this.#lease, turn.lease()] });
    const first = this.#take(start.length);
    const digests = { textDigest: plainTextDigest(start), fileDigest: plainTextDigest(start) };
    const finding = { length: start.length, ...initial };
    this.#push({ kind: 'baseline', document: 1, path: 'a.md', format: lf, ...digests, first, finding }, [start]);
    this.#push({ kind: 'opened', document: 1, tracker: 1, path: 'a.md', format: lf });
    this.text = start;
    for (let i = 0; i < start.length; i++) this.#serials.push(first + i);
  }

  #do(act: PageAct): void {
    switch (act.act) {
      case 'type':
        this.#put(this.#place(act.at), act.text);
        return;
      case 'letters': {
        const at = this.#place(act.at);
        for (let i = 0; i < act.text.length; i++) this.#put(at + i, act.text[i]!);
        return;
      }
      case 'erase': {
        const from = this.#place(act.at);
        this.#change(from, Math.min(this.text.length, from + act.length), '', []);
        return;
      }
      case 'move': {
        const from = this.#place(act.at);
        const to = Math.min(this.text.length, from + act.length);
        const [text, serials] = [this.text.slice(from, to), this.#serials.slice(from, to)];
        this.#change(from, to, '', []);
        this.#change(this.#place(act.to), this.#place(act.to), text, serials);
        return;
      }
      case 'outside': {
        const observation = { before: plainTextDigest(this.text), after: plainTextDigest(act.text) };
        this.#put(0, act.text, this.text.length, observation);
        return;
      }
      case 'record': {
        const about = { agent: 'a', conversation: 'c' };
        const digests = { beforeDigest: plainTextDigest(this.text), afterDigest: plainTextDigest(act.text) };
        const id = `e${this.#records++}`;
        this.#push({ kind: 'agentEdit', id, ...about, made: 1, path: 'a.md', ...digests, gives: 'after' }, [act.text]);
        this.#push({ kind: 'prompt', id, ...about, asked: 1, by: 'record' }, [act.text]);
        this.#push({ kind: 'promptNote', prompt: id }, [act.text]);
        this.#push({ kind: 'answer', id, ...about, answered: 1, prompt: id }, [act.text]);
        return;
      }
      case 'save':
        this.#save();
    }
  }

  #save(): void {
    const digests = { textDigest: plainTextDigest(this.text), fileDigest: plainTextDigest(this.text) };
    this.#push({ kind: 'saved', document: 1, tracker: 1, format: lf, ...digests });
  }

  #put(at: number, text: string, length = 0, observation: { before?: string; after?: string } = {}): void {
    const first = this.#take(text.length);
    const serials = Array.from({ length: text.length }, (_, i) => first + i);
    this.#change(at, at + length, text, serials, first, observation);
  }

  /** `first`: of new characters; absent where they are known. */
  #change(
    from: number,
    to: number,
    text: string,
    serials: readonly number[],
    first?: number,
    observed: object = {},
  ): void {
    if (from === to && text === '') return;
    const known = first === undefined && text !== '';
    const took = first ?? this.#take(known ? 1 : 0);
    const spans: Span[] = serials.map(serial => ({ length: 1, serial }));
    const actor = { kind: 'typed', basis: 'asserted', rule: 'keyboard' } as const;
    this.#push(
      {
        kind: 'changed',
        document: 1,
        tracker: 1,
        version: ++this.#version,
        changes: [{ from, to, ...(known && { spans }) }],
        first: took,
        ...(known && { placed: took }),
        placement: known ? 'move' : 'insert',
        findings: known || text === '' ? [] : [{ length: text.length, ...typedOrigin }],
        ...((known || to > from) && { actor }),
        observation: { by: 'editor', ...observed },
      },
      [text],
    );
    this.text = this.text.slice(0, from) + text + this.text.slice(to);
    this.#serials.splice(from, to - from, ...serials);
  }

  #place(part: number): number {
    const at = Math.floor((part / 1000) * (this.text.length + 1));
    return (this.text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
  }

  #take(count: number): number {
    this.#taken += count;
    return this.#lease + this.#taken - count;
  }

  #push(body: EventBody, texts?: readonly string[]): void {
    this.#turn.push(this.#session, stamp, body, texts);
  }
}

/** Every text that a journal's events lead to, after each of them, and every text of the events. */
export function* allTexts(events: Iterable<JournalEvent>, after: (event: JournalEvent) => Iterable<string>) {
  for (const event of events) {
    yield* event.texts ?? [];
    yield* after(event);
  }
}
