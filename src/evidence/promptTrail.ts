import type { Span } from '../provenance/span.ts';
import type { EventOf, Folding, ReplayedDocument } from './chronicle.ts';

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

/** What is known of prompts only while the events are folded. Append-only; mutable. */
export class PromptTrail {
  /** By id of the prompt. */
  readonly drafts = new Map<string, readonly Draft[]>();
  /** Serials at which a piece begins that an event put in apart from the one before: serials go on there, text does not. */
  readonly starts = new Set<number>();
  /** By sequence of an event: the prompt that its new characters were found to come of at once. */
  readonly acts = new Map<number, string>();
  /** Documents that somebody worked on: no other holds what was written since. */
  readonly #worked = new Set<number>();
  readonly #texts = new Map<string, { readonly version: number; readonly text: string }>();
  #kept = 0;
  #left = most;

  /** An event that is applied next. */
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
        this.#changed(event);
        return;
    }
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

  #prompt({ id, texts }: EventOf<'prompt'>, folding: Folding): void {
    const text = (texts?.[0] ?? '').replaceAll('\r\n', '\n').trim();
    if (this.#worked.size === 0 || text.length < shortest || blanks.test(text)) return;
    const drafts: Draft[] = [];
    for (const place of this.#places(folding)) {
      if (place.provenance.length < text.length || drafts.length >= mostDrafts) continue;
      this.#left -= place.provenance.length;
      if (this.#left < 0) return;
      const whole = this.#textOf(place);
      for (let at = whole.indexOf(text); at >= 0 && drafts.length < mostDrafts; at = whole.indexOf(text, at + 1)) {
        drafts.push({ document: place.document, spans: place.provenance.slice(at, at + text.length) });
      }
    }
    if (drafts.length > 0) this.drafts.set(id, drafts);
  }

  /** What is open now, and of the documents that were worked on those that are not. */
  *#places({ documents, trackers }: Folding): Generator<Place> {
    const open = new Set<number>();
    for (const one of trackers) {
      const { document, session, tracker, version, content } = one;
      open.add(document.document);
      const { text, provenance } = content;
      const key = `${session}:${tracker}`;
      yield { key, version, document: document.document, read: () => text.toString(), provenance };
    }
    for (const id of this.#worked) {
      const document = documents.get(id);
      if (!document?.present || open.has(id)) continue;
      const { provenance, savedAt } = document;
      yield { key: `${id}`, version: savedAt, document: id, read: () => document.text.toString(), provenance };
    }
  }

  /** Most texts stand as they stood when the prompt before was looked for. */
  #textOf({ key, version, read }: Place): string {
    const kept = this.#texts.get(key);
    if (kept?.version === version) return kept.text;
    const whole = read();
    this.#kept += whole.length - (kept?.text.length ?? 0);
    if (this.#kept > mostKept) {
      this.#texts.clear();
      this.#kept = whole.length;
    }
    this.#texts.set(key, { version, text: whole });
    return whole;
  }
}

/** A text in which a prompt may have been written. While key and version are the same, it is. */
interface Place {
  readonly key: string;
  readonly version: number;
  readonly document: number;
  readonly read: () => string;
  readonly provenance: ReplayedDocument['provenance'];
}
