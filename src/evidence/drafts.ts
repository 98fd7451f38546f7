import type { SegmentCursor } from '../journal/cursor.ts';
import type { Span } from '../provenance/span.ts';
import type { EventOf, Folding, ReplayedDocument } from './chronicle.ts';
import { Sought } from './grams.ts';
import { KnownText, type Standing } from './knownText.ts';

/** Text equal to a prompt's, as it stood in a document when the prompt entered the record. */
export interface Draft {
  readonly document: number;
  /** Its characters, in order. */
  readonly spans: readonly Span[];
}

/** UTF-16 code units that a prompt must have, trimmed, for its like to say anything of it; as `journal/recallBars.ts` has it. */
const shortest = 24;
/** Code units that are looked through in all, a few seconds' worth: where prompts beyond them were written is not known. */
const most = 2 ** 34;
/** Code units of texts that are kept as strings from one prompt to the next. */
const mostKept = 2 ** 25;
/** Places of one prompt that are noted: text that stands in very many says nothing of where it came from. */
const mostDrafts = 16;
/** They stand in place of words that were taken out: all such texts are alike. */
const blanks = /[▮🔲]/u;

/**
 * Finds where prompts were written, while the events are folded: must be told of every event that is folded before it is.
 * Cost: what has changed from one prompt to the next, and the texts that a prompt stands in. Mutable.
 */
export class Drafts {
  /** By id of the prompt. */
  readonly of = new Map<string, readonly Draft[]>();
  /** Documents that somebody worked on: no other holds what was written since. */
  readonly #worked = new Set<number>();
  /** Of trackers by session and number, and of files by document. */
  readonly #known = new Map<string | number, KnownText>();
  /** The tracker that was told of last, whose text is known or not. */
  #last: { readonly session: number; readonly tracker: number; readonly text: KnownText | undefined } | undefined;
  #kept = 0;
  #left = most;

  before(event: EventOf<'prompt' | 'opened' | 'changed'>, folding: Folding): void {
    switch (event.kind) {
      case 'opened':
        this.#worked.add(event.document);
        return;
      case 'prompt':
        this.#prompt(event, folding);
        return;
      case 'changed':
        if (event.tracker === 0) this.#worked.add(event.document);
        this.#changed(event, folding);
        return;
    }
  }

  /** A plain event of a tracker's. */
  plain({ session, tracker, version, change, from, to, inserted }: SegmentCursor): void {
    if (this.#known.size === 0) return;
    const [start, end] = [from[change]!, to[change]!];
    this.#textAt(session, tracker)?.changed(version - 1, version, start, end, inserted[change]! - (end - start));
  }

  /** So many more of the tracker that was told of last, which put so much in. */
  wentOn(events: number, inserted: number): void {
    this.#last?.text?.wentOn(events, inserted);
  }

  #textAt(session: number, tracker: number): KnownText | undefined {
    if (this.#last?.tracker !== tracker || this.#last.session !== session)
      this.#last = { session, tracker, text: this.#known.get(keyOf(session, tracker)) };
    return this.#last.text;
  }

  #changed(
    { session, tracker, document, version, sequence, changes, texts = [] }: EventOf<'changed'>,
    of: Folding,
  ): void {
    const [first, last] = [changes[0], changes.at(-1)];
    if (this.#known.size === 0 || first === undefined || last === undefined) return;
    const removed = changes.reduce((n, { from, to }) => n + to - from, 0);
    const longer = texts.reduce((n, text) => n + text.length, 0) - removed;
    const [from, to] = [first.from, last.to];
    if (tracker !== 0) this.#textAt(session, tracker)?.changed(version - 1, version, from, to, longer);
    else {
      const before = of.documents.get(document)?.savedAt ?? -1;
      this.#known.get(document)?.changed(before, sequence, from, to, longer);
    }
  }

  #prompt({ id, texts }: EventOf<'prompt'>, folding: Folding): void {
    const text = (texts?.[0] ?? '').replaceAll('\r\n', '\n').trim();
    if (this.#worked.size === 0 || text.length < shortest || blanks.test(text)) return;
    const sought = new Sought(text);
    const drafts: Draft[] = [];
    for (const { known, place } of this.#places(folding, sought)) {
      const { document, provenance } = place;
      if (drafts.length >= mostDrafts) break;
      this.#left -= place.length;
      if (this.#left < 0) return;
      const whole = this.#wholeOf(known, place);
      for (let at = whole.indexOf(text); at >= 0 && drafts.length < mostDrafts; at = whole.indexOf(text, at + 1)) {
        drafts.push({ document, spans: provenance.slice(at, at + text.length) });
      }
    }
    if (drafts.length > 0) this.of.set(id, drafts);
  }

  /** Texts that may hold it, of what is open now, and of the documents that were worked on and are not. */
  *#places({ documents, trackers }: Folding, sought: Sought): Generator<{ known: KnownText; place: Place }> {
    const open = new Set<number>();
    const keys = new Set<string>();
    for (const {
      document: { document },
      session,
      tracker,
      version,
      content,
    } of trackers) {
      const key = keyOf(session, tracker);
      open.add(document);
      keys.add(key);
      yield* this.#candidate(key, placeOf(document, version, content), sought);
    }
    this.#forgetOthers(keys);
    for (const id of this.#worked) {
      const document = documents.get(id);
      if (!document?.present || open.has(id) || this.#known.get(id)?.lacks(sought, document.savedAt)) continue;
      yield* this.#candidate(id, placeOf(id, document.savedAt, document.content), sought);
    }
  }

  *#candidate(key: string | number, place: Place, sought: Sought): Generator<{ known: KnownText; place: Place }> {
    let known = this.#known.get(key);
    if (known === undefined) {
      known = new KnownText();
      this.#known.set(key, known);
      this.#last = undefined;
    }
    if (known.mayHold(sought, place)) yield { known, place };
  }

  /** What is known of trackers that ended. */
  #forgetOthers(open: ReadonlySet<string>): void {
    if (this.#known.size <= 2 * (open.size + this.#worked.size) + 64) return;
    for (const [key, known] of this.#known) {
      if (typeof key === 'number' || open.has(key)) continue;
      this.#kept -= known.kept;
      this.#known.delete(key);
    }
    this.#last = undefined;
  }

  #wholeOf(known: KnownText, place: Place): string {
    this.#kept -= known.kept;
    const whole = known.whole(place);
    this.#kept += whole.length;
    if (this.#kept <= mostKept) return whole;
    for (const other of this.#known.values()) other.forget();
    this.#kept = 0;
    return whole;
  }
}

/** A text in which a prompt may have been written. */
interface Place extends Standing {
  readonly document: number;
  readonly provenance: ReplayedDocument['provenance'];
}

function placeOf(document: number, version: number, { text, provenance }: ReplayedDocument['content']): Place {
  return { document, version, length: provenance.length, text, provenance };
}

function keyOf(session: number, tracker: number): string {
  return `${session}:${tracker}`;
}
