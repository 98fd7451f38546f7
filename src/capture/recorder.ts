import * as vscode from 'vscode';
import { atMost } from '../host/patience.ts';
import type { SkipReason } from '../journal/event.ts';
import type { Aligned, Known } from '../journal/messages.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { Origin, Placement } from '../provenance/origin.ts';
import { Origins } from '../provenance/origins.ts';
import type { Span } from '../provenance/span.ts';
import type { CellAt, PlacingAct, RecorderEvents, RecorderOptions } from './recorderOptions.ts';
import { type Stray, type StrayStep, Strays } from './strays.ts';
import { Tracker, type TrackerHost } from './tracker.ts';
import type { Trackers } from './trackers.ts';
import { cellScheme, fileOf, formatOf, textOf } from './translate.ts';
import { UntitledTexts } from './untitledTexts.ts';

const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
const unseen: Origin = { kind: 'unknown', basis: 'none', rule: 'disk.open' };

/** Milliseconds that the end waits for the worker: the editor gives a window that goes a few seconds for all. */
const lastPatience = 1000;

/** Texts above this length are not tracked. */
const largest = 20 * 1024 * 1024;

/** Records one consented folder: opens its documents' trackers and notes what happens to its files. */
export class Recorder implements TrackerHost {
  readonly root: vscode.Uri;
  readonly writer: JournalWriter;
  readonly origins = new Origins();
  /** Acts of placing seen in this window or told by the journal. */
  readonly acts = new Map<number, PlacingAct>();
  readonly #options: RecorderOptions;
  readonly #events: RecorderEvents;
  readonly #trackers: Trackers;
  readonly #uris = new Map<Tracker, vscode.Uri>();
  readonly untitled = new UntitledTexts(this.#uris);
  readonly #strays = new Strays(stray => this.#strayed(stray));
  /** Consent stood then, if it was given just now. */
  readonly #since = Date.now();
  readonly #bases: readonly (readonly [base: string, prefix: string])[];
  #next = 1;
  #begins: boolean;

  constructor(options: RecorderOptions, trackers: Trackers) {
    this.root = options.root;
    // By the name that the editor has for the folder, and by its own, which agents' records name.
    this.#bases = [
      [below(options.root.path), options.prefix],
      [below(vscode.Uri.file(options.writer.folder).path), ''],
    ];
    this.writer = options.writer;
    this.#options = options;
    this.#begins = options.begins;
    this.#events = options.events;
    this.#trackers = trackers;
  }

  /** Path in the record, with `/`; nothing for what lies elsewhere. */
  pathOf(uri: vscode.Uri): string | undefined {
    if (uri.scheme !== this.root.scheme || uri.authority !== this.root.authority) return undefined;
    for (const [base, prefix] of this.#bases)
      if (uri.path.startsWith(base)) return prefix + uri.path.slice(base.length);
    return undefined;
  }

  /** Path of a file whose text may stand in the record; nothing for one elsewhere or left out. */
  recorded(uri: vscode.Uri): Promise<string | undefined> {
    return this.#options.recorded(uri);
  }

  /** Why a document is not recorded, if it is not. Untitled texts are recorded until they get a place elsewhere. */
  refusal(document: vscode.TextDocument): SkipReason | undefined {
    if (document.uri.scheme === 'untitled') return undefined;
    const path = this.pathOf(fileOf(document.uri));
    if (path === undefined) return 'scheme';
    return (
      this.#options.refuses(path) ??
      (document.lineCount > largest || textLength(document) > largest ? 'large' : undefined)
    );
  }

  /** Begins to track a document. Its steps wait until the worker has said what the text was made of. */
  open(document: vscode.TextDocument): void {
    // A cell is opened by its notebook.
    if (document.uri.scheme === cellScheme || this.#trackers.of(document.uri) || this.refusal(document)) return;
    const path = document.uri.scheme === 'untitled' ? undefined : this.pathOf(document.uri);
    const text = textOf(document);
    const tracker = new Tracker(this, this.#next++, path, text, formatOf(document));
    const continues = path === undefined ? undefined : this.untitled.with(text);
    this.#trackers.add(document.uri, tracker, this);
    this.#uris.set(tracker, document.uri);
    void this.#start(document, tracker, path, text, continues).catch((error: unknown) => {
      // Nothing is recorded of this text: better than spans that nobody vouches for.
      this.failed(error, tracker);
      this.#forsake(document.uri, tracker);
    });
  }

  /** Resolves when all that was seen is understood and handed over, of texts too that are closed by now. */
  async quiet(): Promise<void> {
    await Promise.all([...this.#uris.keys()].map(tracker => tracker.quiet()));
    this.#strays.settle();
  }

  /** Of the texts that stand now at a name, or below a folder's: resolves when all that was seen of them is handed over. */
  seen({ path }: vscode.Uri): () => Promise<void> {
    const trackers = [...this.#uris].filter(([, own]) => own.path === path || own.path.startsWith(below(path)));
    return async () => {
      await Promise.all(trackers.map(([tracker]) => tracker.quiet()));
    };
  }

  /** Begins to track a cell of a notebook; its tracker lives until the notebook is closed. */
  openCell({ document }: vscode.NotebookCell, at: CellAt): void {
    const text = textOf(document);
    const tracker = new Tracker(this, this.#next++, undefined, text, formatOf(document));
    this.#trackers.add(document.uri, tracker, this);
    this.#uris.set(tracker, document.uri);
    const origin = this.#begins ? initial : unseen;
    void this.#startCell(tracker, text, origin, at).catch((error: unknown) => {
      this.failed(error, tracker);
      this.#forsake(document.uri, tracker);
    });
  }

  /** Nothing is recorded of what this tracker saw. Its text may have another one by now. */
  #forsake(uri: vscode.Uri, tracker: Tracker): void {
    if (this.#trackers.of(uri)?.tracker === tracker) this.#trackers.remove(uri);
    this.#uris.delete(tracker);
    tracker.forsake();
  }

  async #startCell(tracker: Tracker, text: string, origin: Origin, { place, ...at }: CellAt): Promise<void> {
    const path = await place;
    if (path === undefined) {
      this.#uris.delete(tracker);
      tracker.forsake();
      return;
    }
    const base = await this.writer.openCell({
      path,
      tracker: tracker.number,
      text,
      format: tracker.format,
      origin,
      ...(this.#options.begins && { file: { origin: initial, until: this.#since } }),
      observation: { by: 'open' },
      ...at,
    });
    this.learn(base.known);
    tracker.start(base);
    for (const change of base.changed) this.#events.outside(path, change, 'open');
  }

  /** From now on a text that an editor opens is not `initial`, but for what its file has held since before consent. */
  begun(): void {
    this.#begins = false;
  }

  /** Late evidence: these serials are of another origin. */
  resolve(ranges: readonly Span[], origin: Origin, act: number): void {
    for (const { serial, length } of ranges) this.origins.resolve(serial, length, origin, act);
    for (const uri of this.#uris.values()) this.#events.changed(uri);
  }

  /** Ends all its trackers; resolves when what they have seen is handed over, or the worker keeps them waiting too long. */
  async close(): Promise<void> {
    for (const uri of [...this.#uris.values()]) this.#trackers.remove(uri);
    await atMost(
      lastPatience,
      this.quiet().catch((error: unknown) => this.#events.failed(error, 'close')),
    );
  }

  async #start(
    document: vscode.TextDocument,
    tracker: Tracker,
    named: string | undefined,
    text: string,
    continues: number | undefined,
  ): Promise<void> {
    const origin = this.#begins ? initial : unseen;
    const dirty = document.isDirty;
    const place = named === undefined ? undefined : await this.#options.place(document.uri, named);
    if (named !== undefined && (place === undefined || (await this.#options.ignores(place, tracker.format.encoding)))) {
      this.#forsake(document.uri, tracker);
      return;
    }
    tracker.path = place;
    // What an earlier tracker of the text has seen comes first; else nothing waits, nor may another window come before.
    for (const former of this.#trackersOf(document.uri, tracker.number)) await former.quiet();
    const base = await this.writer.openDocument({
      tracker: tracker.number,
      text,
      format: tracker.format,
      origin,
      ...(this.#options.begins && { file: { origin: initial, until: this.#since } }),
      ...(dirty && { dirty }),
      ...(this.untitled.begins(tracker) && { empty: true }),
      observation: { by: 'open' },
      ...(place === undefined ? {} : { path: place }),
      ...(continues === undefined ? {} : { continues }),
    });
    this.learn(base.known);
    tracker.start(base);
    if (place !== undefined) for (const change of base.changed) this.#events.outside(place, change, 'open');
  }

  placed(placed: number, placement: Placement, act: number): void {
    this.acts.set(placed, { placement, act });
  }

  answered(tracker: Tracker): void {
    this.#trackers.answered(tracker);
  }

  changed(tracker: Tracker): void {
    const uri = this.#uris.get(tracker);
    if (uri) this.#events.changed(uri);
  }

  aligned(tracker: Tracker, { known, outside }: Aligned): void {
    this.learn(known);
    if (tracker.path !== undefined && outside !== undefined) this.#events.outside(tracker.path, outside);
  }

  failed(error: unknown, tracker: Tracker): void {
    this.#events.failed(error, tracker.path ?? 'untitled');
  }

  /** A file that no editor holds has changed on disk, or may have. */
  async touched(uri: vscode.Uri): Promise<void> {
    const path = await this.#options.recorded(uri);
    if (path === undefined || this.#options.refuses(path) || this.#trackers.of(uri)) return;
    // What an editor has just saved and closed was its own doing.
    for (const former of this.#trackersOf(uri)) await former.quiet();
    if (this.#trackers.of(uri)) return;
    const origin: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };
    const change = await this.writer.outside(path, { by: 'watcher' }, origin);
    if (change?.changed) this.#events.outside(path, change.changed);
  }

  /** Findings of serials that were made before this window's session. */
  learn(known: Known): void {
    for (const { first, count, origin, act } of known.findings) this.origins.add(first, count, origin, act);
    for (const { placed, placement, act } of known.acts) this.acts.set(placed, { placement, act });
  }

  strayed(step: StrayStep): void {
    this.#strays.add(step);
  }

  #strayed(stray: Stray): void {
    const tracker = [...this.#uris.keys()].find(({ number }) => number === stray.tracker);
    if (tracker?.path !== undefined) this.#events.strayed(tracker.path, stray);
  }

  closed(tracker: Tracker): void {
    this.#strays.settle();
    this.#uris.delete(tracker);
  }

  /** The trackers of a text, of which all but the last are closed and have not yet handed over all they saw. */
  #trackersOf(uri: vscode.Uri, below = Infinity): Tracker[] {
    return [...this.#uris].flatMap(([tracker, own]) =>
      tracker.number < below && `${own}` === `${uri}` ? [tracker] : [],
    );
  }
}

function below(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

function textLength(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
