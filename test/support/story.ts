import type { SealedSource } from '../../src/evidence/integrity.ts';
import { eventDigest } from '../../src/journal/canonical.ts';
import { Frontier, SEGMENT } from '../../src/journal/chain.ts';
import { formatCheckpoint, originOf, signCheckpoint } from '../../src/journal/checkpoint.ts';
import { sha256, toHex } from '../../src/journal/digest.ts';
import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { encodeFile, fileDigest } from '../../src/journal/files.ts';
import { keyBody } from '../../src/journal/keyEvent.ts';
import type { Signer } from '../../src/journal/keys.ts';
import { plainTextDigest } from '../../src/journal/parts.ts';
import type { Actor, Origin, Placement } from '../../src/provenance/origin.ts';
import type { Span } from '../../src/provenance/span.ts';
import { align } from '../../src/text/diff.ts';
import { utf8 } from './journalByHand.ts';

export const typed: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };
const disk: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };

interface Page {
  readonly document: number;
  readonly path: string;
  text: string;
  tracker: number;
  version: number;
  /** First serials by what was put in, for acts that name them again. */
  readonly serials: Map<string, number>;
}

function actorIn({ kind, basis, rule }: Origin): Actor {
  return { kind, basis, rule };
}

/** An author's days, told act by act, as the events a journal would hold of them. Places are named by the text before them. */
export class Story {
  readonly id: string;
  readonly events: JournalEvent[] = [];
  readonly #notes: { size: number; note: string }[] = [];
  readonly #pages = new Map<string, Page>();
  #time = 0;
  #monotonic = 0;
  #session = 0;
  #serial = 2 ** 33;

  constructor(id: string, start: string, folder: string) {
    this.id = id;
    this.clock(start);
    this.add({ kind: 'started', journal: id, work: 'w-7f3a', folder, format: 1, software: 'holograph/0.1.0' });
    this.add({ kind: 'consent', granted: true, by: 'person' });
  }

  /** UTC; the story plays at +05:00. */
  clock(iso: string): void {
    this.#monotonic += Math.max(0, Date.parse(iso) - this.#time);
    this.#time = Date.parse(iso);
  }

  add(body: EventBody, texts?: readonly string[]): number {
    const sequence = this.events.length;
    const head = { sequence, time: this.#time, monotonic: this.#monotonic, zone: 300, session: this.#session };
    this.events.push({ ...body, ...head, ...(texts && { texts }) });
    return sequence;
  }

  session(): void {
    this.#session++;
    const leases = [2 ** 32 * (this.#session * 2), 2 ** 32 * (this.#session * 2 + 1)] as const;
    const about = { software: 'holograph/0.1.0', editor: 'Visual Studio Code 1.139.1', platform: 'win32 x64' };
    this.add({
      kind: 'session',
      ...about,
      leases,
      channels: ['changes', 'selections', 'transfers', 'commands', 'saves', 'files', 'claude-code'],
      unreachable: ['editor.action.inlineSuggest.jump'],
    });
  }

  baseline(
    path: string,
    text: string,
    origin: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' },
  ): void {
    const page = {
      document: this.#pages.size + 1,
      path,
      text,
      tracker: 0,
      version: 0,
      serials: new Map<string, number>(),
    };
    const digests = { fileDigest: fileDigest(encodeFile(text, utf8)), textDigest: plainTextDigest(text) };
    const first = this.#take(text.length);
    const finding = { length: text.length, ...origin };
    this.add({ kind: 'baseline', document: page.document, path, format: utf8, ...digests, first, finding }, [text]);
    this.#pages.set(path, page);
  }

  open(path: string): void {
    const page = this.page(path);
    page.tracker = page.document;
    page.version = 0;
    this.add({ kind: 'opened', document: page.document, tracker: page.tracker, path, format: utf8 });
  }

  /** Key by key, behind `after` (its last occurrence; empty: at the end). */
  type(path: string, text: string, after = ''): void {
    let at = this.#behind(path, after);
    for (const key of text) {
      this.#pass(key === '\n' ? 900 : 170 + ((key.codePointAt(0)! * 37) % 160));
      this.put(path, at, at, key, typed);
      at += key.length;
    }
  }

  /** One step: `old` (its last occurrence) becomes `text`. */
  replace(path: string, old: string, text: string, origin: Origin): number {
    const from = this.#behind(path, old) - old.length;
    this.#pass(1500);
    return this.put(path, from, from + old.length, text, origin);
  }

  insert(path: string, text: string, origin: Origin, after = ''): number {
    const at = this.#behind(path, after);
    this.#pass(2500);
    return this.put(path, at, at, text, origin);
  }

  /** Cut and paste of text that was put in as one piece. */
  move(path: string, text: string, after: string, how: Placement = 'move'): void {
    const page = this.page(path);
    const serial = page.serials.get(text)!;
    this.replace(path, text, '', typed);
    const at = this.#behind(path, after);
    this.put(path, at, at, text, typed, { how, spans: [{ length: text.length, serial }] });
  }

  /** Another program writes the file; words that it leaves alone keep their origin. Gives the new serials. */
  outside(path: string, text: string, origin: Origin = disk): readonly Span[] {
    const page = this.page(path);
    const changes = align(page.text, text);
    const count = changes.reduce((n, change) => n + change.insert.length, 0);
    const first = this.#take(count);
    this.#pass(4000);
    const head = { document: page.document, tracker: 0, version: 0, first, placement: 'insert' as const };
    const digests = { before: plainTextDigest(page.text), after: plainTextDigest(text) };
    const findings = count === 0 ? [] : [{ length: count, ...origin }];
    const places = changes.map(({ from, to }) => ({ from, to }));
    const acted = changes.some(({ from, to }) => to > from) && { actor: actorIn(origin) };
    this.add(
      { kind: 'changed', ...head, changes: places, findings, ...acted, observation: { by: 'watcher', ...digests } },
      changes.map(change => change.insert),
    );
    page.text = text;
    return [{ length: count, serial: first }];
  }

  save(path: string): void {
    const page = this.page(path);
    const digests = { fileDigest: fileDigest(encodeFile(page.text, utf8)), textDigest: plainTextDigest(page.text) };
    this.add({ kind: 'saved', document: page.document, tracker: page.tracker, format: utf8, ...digests });
  }

  close(path: string): void {
    const page = this.page(path);
    this.add({ kind: 'closed', document: page.document, tracker: page.tracker });
    page.tracker = 0;
  }

  prompt(id: string, text: string, model?: string): void {
    const about = { agent: 'claude-code', conversation: id.split(':')[1]!, asked: this.#time, by: 'record' as const };
    this.add({ kind: 'prompt', id, ...about, ...(model && { model }) }, [text]);
    this.#pass(9000);
  }

  page(path: string): Page {
    return this.#pages.get(path)!;
  }

  put(
    path: string,
    from: number,
    to: number,
    text: string,
    origin: Origin,
    known?: { how: Placement; spans: Span[] },
  ): number {
    const page = this.page(path);
    page.version++;
    page.text = page.text.slice(0, from) + text + page.text.slice(to);
    const observation = { by: 'editor' as const, ...(origin.kind === 'typed' && { selection: 'keyboard' as const }) };
    const acted = (to > from || known) && { actor: actorIn(origin) };
    const step = { document: page.document, tracker: page.tracker, version: page.version, ...acted, observation };
    if (known !== undefined) {
      const placed = this.#take(1);
      const changes = [{ from, to, spans: known.spans }];
      return this.add(
        { kind: 'changed', ...step, changes, first: placed, placed, placement: known.how, findings: [] },
        [text],
      );
    }
    const first = this.#take(text.length);
    if (text.length > 1) page.serials.set(text, first);
    const findings = text === '' ? [] : [{ length: text.length, ...origin }];
    return this.add({ kind: 'changed', ...step, changes: [{ from, to }], first, placement: 'insert', findings }, [
      text,
    ]);
  }

  key(signer: Signer): void {
    this.add(keyBody(this.id, signer));
  }

  checkpoint(signer: Signer): void {
    const size = this.events.length;
    const text = formatCheckpoint({ origin: originOf(this.id), size, root: this.#root(size) });
    this.#notes.push({ size, note: signCheckpoint(text, signer) });
  }

  source(): SealedSource {
    const { events, id } = this;
    const checkpoints = this.#notes.map(({ note }) => note);
    return { id, size: events.length, root: toHex(this.#root(events.length)), checkpoints, events: () => events };
  }

  /** As a failed property prints it. */
  toString(): string {
    return this.events
      .map(({ kind, sequence, texts }) => `${sequence} ${kind} ${JSON.stringify(texts ?? [])}`)
      .join('\n');
  }

  #root(size: number): Uint8Array {
    const tree = new Frontier();
    for (const event of this.events.slice(0, size)) {
      tree.append(eventDigest(event, sha256(`secret ${Math.floor(event.sequence / SEGMENT)} of ${this.id}`)));
    }
    return tree.root();
  }

  #behind(path: string, after: string): number {
    const { text } = this.page(path);
    if (after === '') return text.length;
    const at = text.lastIndexOf(after);
    if (at < 0) throw new RangeError(`"${after}" does not stand in ${path}`);
    return at + after.length;
  }

  #pass(milliseconds: number): void {
    this.#time += milliseconds;
    this.#monotonic += milliseconds;
  }

  #take(count: number): number {
    this.#serial += count;
    return this.#serial - count;
  }
}
