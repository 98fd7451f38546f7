import type { Observation, Transfer } from '../../src/classify/observation.ts';
import type { Echoed } from '../../src/journal/echoed.ts';
import type { EventBody } from '../../src/journal/event.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { type Ask, type Asks, firstOrdinal } from '../../src/journal/messages.ts';
import { type Opening, openSession } from '../../src/journal/opening.ts';
import type { Replay } from '../../src/journal/replay.ts';
import { stampNow } from '../../src/journal/stamp.ts';
import { type Origin, unknown } from '../../src/provenance/origin.ts';
import type { Span } from '../../src/provenance/span.ts';
import { disk, keystroke, lf, type Workroom } from './workroom.ts';

const pasted: Origin = { kind: 'pasted.external', basis: 'asserted', rule: 'paste.outside' };
const machine: Origin = { kind: 'ai.completion', basis: 'asserted', rule: 'accepted' };

/** One window on a work room's journal, without a thread or an editor: each act is committed when it returns. */
export class Desk {
  readonly #opening: Opening;
  readonly #texts = new Map<string, { document: number; tracker: number; version: number; text: string }>();
  #ordinal: number;
  #serial: number;
  #trackers = 0;
  #asks = 0;
  /** What the window was told of text that an AI gave. */
  readonly echoed: Echoed[] = [];
  /** Added to the time of what happens from now on, in ms. */
  later = 0;

  constructor(room: Workroom) {
    const { home, folder } = room;
    const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
    this.#opening = openSession({ home, folder, ...about }, problem => {
      throw new Error(JSON.stringify(problem));
    });
    this.#ordinal = this.journal.sessions.ordinal(this.#opening.writer.session) ?? firstOrdinal;
    this.#serial = this.#opening.serials;
  }

  get journal(): Journal {
    return this.#opening.journal;
  }

  get replay(): Replay {
    return this.journal.replay;
  }

  /** Does what is left to do in the background. */
  rest(): void {
    const { echoes } = this.#opening;
    while (echoes.waits) if (!echoes.step(found => this.echoed.push(found))) break;
    if (this.journal.recall.failure !== undefined) throw this.journal.recall.failure;
  }

  /** Opens a text; it may be the file's, or an untitled one. */
  open(path: string, text = ''): void {
    const tracker = ++this.#trackers;
    const observation = { by: 'open' } as const;
    const { document, version } = this.#ask('open', { tracker, path, text, format: lf, origin: disk, observation });
    this.#texts.set(path, { document, tracker, version, text });
  }

  text(path: string): string {
    return this.#of(path).text;
  }

  /** A key a letter. */
  type(path: string, at: number, text: string): void {
    const of = this.#of(path);
    const keys = [...text].map((letter, i) => {
      const first = this.#serials(letter.length);
      return keystroke({ document: of.document, tracker: of.tracker, version: ++of.version, first }, at + i, letter);
    });
    this.#append(...keys);
    of.text = of.text.slice(0, at) + text + of.text.slice(at);
  }

  /** An AI’s completion is accepted. */
  complete(path: string, at: number, text: string): void {
    this.#step(path, at, at, text, machine, { by: 'editor', mark: 'accept' });
  }

  /** A paste from outside, as the editor's thread finds it. */
  paste(path: string, at: number, text: string): void {
    this.#step(path, at, at, text, pasted, { by: 'editor', transfer: { how: 'paste', from: 'outside', equal: true } });
  }

  remove(path: string, text: string): void {
    const from = this.text(path).indexOf(text);
    this.#step(path, from, from + text.length, '', unknown, { by: 'editor' });
  }

  /** Text of which nobody knows here who made it, pasted (`from`) or not; the journal is asked. Gives its placement. */
  insert(path: string, at: number, text: string, from?: Transfer['from']): string {
    const of = this.#of(path);
    const observation: Observation = {
      by: 'editor',
      ...(from && { transfer: { how: 'paste', from, equal: true } }),
    };
    const aligned = this.#ask('align', {
      document: of.document,
      tracker: of.tracker,
      version: ++of.version,
      changes: [{ from: at, to: at, insert: text }],
      exact: true,
      origin: from === 'outside' ? pasted : unknown,
      placement: from ? 'paste' : 'insert',
      observation,
    });
    of.text = of.text.slice(0, at) + text + of.text.slice(at);
    return aligned.placement;
  }

  /** What an agent's record says is recorded. */
  record(body: EventBody, texts: readonly string[]): void {
    this.#append([body, [...texts]]);
  }

  /** Now, as the acts to come have it. */
  get now(): number {
    return stampNow().time + this.later;
  }

  /** Another program has written a file of this path. */
  write(room: Workroom, path: string, text: string): void {
    room.write(path, text);
    this.#ask('outside', { path, observation: { by: 'watcher' }, origin: disk });
  }

  /** The editor reads the text's file anew, which another program has written. */
  reload(path: string, text: string): void {
    const of = this.#of(path);
    const at = { document: of.document, tracker: of.tracker, version: ++of.version } as const;
    const changes = [{ from: 0, to: of.text.length, insert: text }];
    this.#ask('align', { ...at, changes, origin: disk, placement: 'reload', observation: { by: 'reload' } });
    of.text = text;
  }

  /** Saves the text to its file. */
  save(room: Workroom, path: string): void {
    const { document, tracker, text } = this.#of(path);
    room.write(path, text);
    this.#append([{ kind: 'saved', document, tracker, format: lf, textDigest: '', fileDigest: '' }, []]);
  }

  close(path: string): void {
    const { document, tracker } = this.#of(path);
    this.#append([{ kind: 'closed', document, tracker }, []]);
    this.#texts.delete(path);
  }

  /** One letter a character of the text, as the state has it. */
  letters(path: string): string {
    const { replay } = this;
    const of = this.#texts.get(path);
    const provenance = of
      ? replay.tracker(this.#opening.writer.session, of.tracker)?.provenance
      : replay.at(path)?.provenance;
    return provenance?.toString(replay.origins) ?? '';
  }

  /** Serial of each character of the text. */
  serials(path: string): number[] {
    const of = this.#texts.get(path);
    const { replay } = this;
    const provenance = of
      ? replay.tracker(this.#opening.writer.session, of.tracker)?.provenance
      : replay.at(path)?.provenance;
    return provenance?.spans().flatMap(({ length, serial }) => Array.from({ length }, (_, i) => serial + i)) ?? [];
  }

  spans(path: string): readonly Span[] {
    const of = this.#of(path);
    return this.replay.tracker(this.#opening.writer.session, of.tracker)?.provenance.spans() ?? [];
  }

  /** The session ends, or its process does. */
  leave(how: 'ends' | 'crashes' = 'ends'): void {
    if (how === 'crashes') {
      this.journal.database.close();
      return;
    }
    this.#append([{ kind: 'sessionEnd' }, []]);
    this.journal.close();
  }

  #step(path: string, from: number, to: number, insert: string, origin: Origin, observation: Observation): void {
    const of = this.#of(path);
    const first = this.#serials(insert.length);
    const findings = insert === '' ? [] : [{ length: insert.length, ...origin }];
    const { document, tracker } = of;
    const at = { document, tracker, version: ++of.version, first };
    this.#append([
      { kind: 'changed', ...at, changes: [{ from, to }], placement: 'insert', findings, observation },
      [insert],
    ]);
    of.text = of.text.slice(0, from) + insert + of.text.slice(to);
  }

  #of(path: string) {
    const of = this.#texts.get(path);
    if (of === undefined) throw new Error(`${path} is not open`);
    return of;
  }

  #serials(count: number): number {
    this.#serial += count;
    return this.#serial - count;
  }

  #append(...acts: readonly (readonly [EventBody, readonly string[]])[]): void {
    const events = acts.map(([body, texts]) => ({ ...this.#stamp(), body, ...(texts.length > 0 && { texts }) }));
    this.#opening.writer.append(this.#ordinal, events);
    this.#ordinal += events.length;
  }

  #ask<K extends 'open' | 'align' | 'outside'>(kind: K, request: Asks[K]['request']): Asks[K]['answer'] {
    const ask = { kind, id: this.#asks++, ordinal: this.#ordinal++, stamp: this.#stamp(), request } as Ask;
    return this.#opening.writer.answer(ask) as Asks[K]['answer'];
  }

  #stamp() {
    const stamp = stampNow();
    return { ...stamp, time: stamp.time + this.later };
  }
}
