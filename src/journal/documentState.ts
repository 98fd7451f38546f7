import type { Provenance } from '../provenance/provenance.ts';
import { Content, type Undone } from './content.ts';
import type { FileFormat } from './event.ts';
import { plainTextDigest } from './parts.ts';
import { digestTaken } from './statedDigests.ts';
import type { Step } from './step.ts';

/** A text that may still have to be fetched. */
export type Lazy = Content | (() => Content);

/** One live text of a document: an editor's, in one session. */
export class TrackerState {
  readonly session: number;
  readonly tracker: number;
  readonly document: DocumentState;
  readonly content: Content;
  /** The tracker's own count of its steps. */
  version = 0;
  /** Its version when its text was last the file's. */
  synced = 0;
  /** Its text is this cell of the document, a notebook. */
  cell: string | undefined;
  format: FileFormat;

  constructor(session: number, tracker: number, document: DocumentState, content: Content, format: FileFormat) {
    this.session = session;
    this.tracker = tracker;
    this.document = document;
    this.content = content;
    this.format = format;
  }

  get text(): string {
    return this.content.text.toString();
  }

  get provenance(): Provenance {
    return this.content.provenance;
  }

  /** Whether it was changed since its text was last the file's: another tracker's save does not make it so. */
  get unsaved(): boolean {
    return this.version !== this.synced;
  }
}

/**
 * A recorded text as it last stood in its file. While a tracker works on it, the document owns no text
 * of its own: it is the tracker's, less what the tracker did since the last save. So a save costs
 * nothing, whatever the length.
 */
export class DocumentState {
  readonly document: number;
  path: string | undefined;
  /** False once it was deleted. */
  present = true;
  format: FileFormat;
  /** Sequence of the event that last made this text the file's; -1 before the first. */
  savedAt = -1;
  /** SHA-256 of the file's bytes, where an event states it and nothing changed since. */
  fileDigest: string | undefined;
  /** The text is as the event at `savedAt`, a baseline, states it. */
  asBaselined = false;
  /** Sequence of the event by which a tracker ended that left something unsaved. */
  leftAt = -1;
  #digest: string | undefined;
  #content: Lazy;
  #left: Lazy | undefined;
  #borrower: TrackerState | undefined;
  readonly #unsaved: Undone[][] = [];

  /** `digest` of the text, where it is known. */
  constructor(document: number, format: FileFormat, content: Lazy = Content.empty, digest?: string) {
    this.document = document;
    this.format = format;
    this.#content = content;
    this.#digest = known(digest);
  }

  /** What the last tracker left unsaved when it ended; VS Code may bring it back. */
  get left(): Content | undefined {
    if (typeof this.#left === 'function') this.#left = this.#left();
    return this.#left;
  }

  leave(left: Lazy | undefined, at: number): void {
    this.#left = left;
    this.leftAt = left === undefined ? -1 : at;
  }

  get text(): string {
    return this.content.text.toString();
  }

  get provenance(): Provenance {
    return this.content.provenance;
  }

  get textDigest(): string {
    this.#digest ??= plainTextDigest(this.text);
    return this.#digest;
  }

  /** The document's own text and spans. Costs a copy while a tracker has unsaved changes; do not change it. */
  get content(): Content {
    if (this.#borrower === undefined || this.#unsaved.length === 0) return this.#lent();
    const copy = this.#lent().clone();
    for (const removed of this.#unsaved.toReversed()) copy.undo(removed);
    return copy;
  }

  /** Whether a tracker has changed the text since it was last the file's. */
  get unsaved(): boolean {
    return this.#unsaved.length > 0;
  }

  /** A text for a new tracker to work on, equal to the document's. */
  lend(make: (content: Content) => TrackerState): TrackerState {
    if (this.#borrower !== undefined) return make(this.#unsaved.length > 0 ? this.content : this.content.clone());
    this.#borrower = make(this.#lent());
    return this.#borrower;
  }

  /** A step of a tracker on this document. Throws RangeError, and changes nothing, where it does not fit. */
  step(tracker: TrackerState, step: Step): void {
    const removed = tracker === this.#borrower ? tracker.content.removedBy(step.changes) : undefined;
    tracker.content.apply(step);
    if (removed !== undefined && !joins(this.#unsaved.at(-1), removed)) this.#unsaved.push(removed);
  }

  /** The tracker's text is now the file's. */
  saved(tracker: TrackerState, digest?: string): void {
    this.#content = tracker.content;
    this.#borrower = tracker;
    this.#unsaved.length = 0;
    tracker.synced = tracker.version;
    this.asBaselined = false;
    this.#digest = known(digest);
    this.leave(undefined, -1);
  }

  /** The tracker ends by the event `at`; what it had not saved is kept aside. */
  closed(tracker: TrackerState, at: number): void {
    if (tracker.cell !== undefined) return;
    if (tracker !== this.#borrower) {
      if (tracker.unsaved && !tracker.content.text.equals(this.text)) this.leave(tracker.content, at);
      return;
    }
    if (this.#unsaved.length > 0) {
      const own = this.content;
      if (tracker.unsaved && !tracker.content.text.equals(own.text.toString())) this.leave(tracker.content, at);
      this.#content = own;
    }
    this.#return();
  }

  /** A step of the file itself, made while it was not open. */
  stepped(step: Step): void {
    const own = this.#borrower === undefined ? this.#lent() : this.content.clone();
    own.apply(step);
    this.set(own);
  }

  /** Another text stands in the file. `digest` where it is known. */
  set(content: Content, digest?: string): void {
    this.#return();
    this.#content = content;
    this.asBaselined = false;
    this.#digest = known(digest);
    this.fileDigest = undefined;
  }

  #return(): void {
    this.#borrower = undefined;
    this.#unsaved.length = 0;
  }

  #lent(): Content {
    if (typeof this.#content === 'function') this.#content = this.#content();
    return this.#content;
  }
}

/** One that was taken out, or never stated, is that of the text as it stands here. */
function known(digest: string | undefined): string | undefined {
  return digest === digestTaken || digest === '' ? undefined : digest;
}

/** Typing on only makes what is to be taken out longer: true if `last` now says what both said. */
function joins(last: Undone[] | undefined, next: readonly Undone[]): boolean {
  if (last?.length !== 1 || next.length !== 1) return false;
  const [{ at, inserted, text }] = next as [Undone];
  const [before] = last as [Undone];
  if (text !== '' || before.text !== '' || at !== before.at + before.inserted) return false;
  last[0] = { ...before, inserted: before.inserted + inserted };
  return true;
}
