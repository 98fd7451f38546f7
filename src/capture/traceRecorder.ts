import * as vscode from 'vscode';
import type { Edge, EdgeListener, OfferedKind } from './edge.ts';
import type { Recorder } from './recorder.ts';
import { type TraceBody, type TraceHead, traceSchema, traceVersion } from './trace.ts';
import { caretsOf, changesIn, detailedIn, originsOf, rangeOf, readText, settingsNow } from './traceForms.ts';
import { TraceLines } from './traceLines.ts';
import { plainTexts, ScrambledTexts, type TraceTexts } from './traceTexts.ts';
import type { Tracker } from './tracker.ts';
import type { Trackers } from './trackers.ts';
import { eolOf } from './translate.ts';

export interface TraceOptions {
  readonly trackers: Trackers;
  readonly edge: Edge;
  /** Who records the folder that a file lies in. */
  readonly recorderOf: (uri: vscode.Uri) => Recorder | undefined;
  readonly software: string;
  readonly scrambled: boolean;
  /** Takes a line, without its end. */
  readonly write: (line: string) => void;
}

/** Milliseconds until a text that has not been taken into the record is taken not to be recorded. */
const patience = 10_000;

/** Writes a trace of one window, from now until it is disposed of: see `trace.ts`. Watches only; nothing waits for it. */
export class TraceRecorder implements vscode.Disposable, EdgeListener {
  readonly #options: TraceOptions;
  readonly #lines: TraceLines;
  readonly #texts: TraceTexts;
  readonly #began = performance.now();
  /** The open texts and who tracks each, by their address. */
  readonly #documents = new Map<string, { readonly number: number; readonly tracker: Tracker }>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #next = 1;
  #offers = 0;
  #count = 0;

  constructor(options: TraceOptions) {
    this.#options = options;
    this.#texts = options.scrambled ? new ScrambledTexts() : plainTexts;
    this.#lines = new TraceLines(line => {
      this.#count++;
      options.write(JSON.stringify(line));
    });
    const head: TraceHead = {
      schema: traceSchema,
      version: traceVersion,
      software: options.software,
      editor: `${vscode.env.appName} ${vscode.version}`,
      platform: `${process.platform} ${process.arch}`,
      scrambled: options.scrambled,
      settings: settingsNow(),
    };
    options.write(JSON.stringify(head));
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
    this.#shown(vscode.window.activeTextEditor);
    this.#subscribe();
    options.edge.listener = this;
  }

  /** Events written so far. */
  get count(): number {
    return this.#count;
  }

  dispose(): void {
    if (this.#options.edge.listener === this) this.#options.edge.listener = undefined;
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
    this.#lines.end();
  }

  copied(document: vscode.TextDocument, ranges: readonly vscode.Range[], token: string): void {
    const number = this.#numberOf(document);
    if (number !== undefined) {
      this.#texts.copied(
        number,
        ranges.map(range => [document.offsetAt(range.start), document.offsetAt(range.end)]),
      );
    }
    this.#add({
      kind: 'copied',
      token,
      ...(number !== undefined && { document: number, ranges: ranges.map(rangeOf) }),
    });
  }

  offered(
    how: 'paste' | 'drop',
    document: vscode.TextDocument,
    { token, editor }: OfferedKind,
  ): (text: string | undefined) => void {
    const number = this.#numberOf(document);
    if (number === undefined) return () => undefined;
    const offer = ++this.#offers;
    const own = token === undefined ? {} : { token };
    this.#add({ kind: 'offered', offer, how, document: number, editor, ...own });
    return text => this.#add({ kind: 'read', offer, ...(text !== undefined && { text: this.#texts.carried(text) }) });
  }

  called(command: string, args: readonly unknown[]): () => void {
    const words = args.filter(arg => typeof arg === 'string');
    this.#add({ kind: 'command', command, args: words });
    return () => this.#add({ kind: 'command', command, args: [], ended: true });
  }

  answered(tracker: Tracker): void {
    for (const open of this.#documents.values())
      if (open.tracker === tracker) this.#add({ kind: 'answered', document: open.number });
  }

  #subscribe(): void {
    const { workspace, window } = vscode;
    const watcher = workspace.createFileSystemWatcher('**/*');
    this.#subscriptions.push(
      workspace.onDidOpenTextDocument(document => this.#opened(document)),
      workspace.onDidChangeTextDocument(event => this.#changed(event)),
      workspace.onDidCloseTextDocument(document => this.#closed(document)),
      workspace.onWillSaveTextDocument(({ document, reason }) =>
        this.#of(document, number => ({ kind: 'saving', document: number, reason })),
      ),
      workspace.onDidSaveTextDocument(document => this.#saved(document)),
      window.onDidChangeTextEditorSelection(event => this.#selected(event)),
      window.onDidChangeActiveTextEditor(editor => this.#shown(editor)),
      workspace.onDidChangeConfiguration(() => this.#add({ kind: 'settings', settings: settingsNow() })),
      workspace.onWillRenameFiles(({ files }) => this.#renamed('renaming', files)),
      workspace.onDidRenameFiles(({ files }) => this.#renamed('renamed', files)),
      workspace.onDidDeleteFiles(({ files }) => this.#removed(files)),
      watcher,
      watcher.onDidCreate(uri => this.#disk(uri, 'created')),
      watcher.onDidChange(uri => this.#disk(uri, 'changed')),
      watcher.onDidDelete(uri => this.#disk(uri, 'deleted')),
    );
  }

  /** A text that is taken into the record stands in the trace, with what it is made of as soon as that is known. */
  #opened(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const tracked = this.#options.trackers.of(document.uri);
    if (!tracked || this.#documents.has(key)) return;
    const number = this.#next++;
    this.#documents.set(key, { number, tracker: tracked.tracker });
    const { version } = document;
    const untitled = document.uri.scheme === 'untitled';
    const name = this.#texts.name(untitled ? document.uri.path : (tracked.recorder.pathOf(document.uri) ?? ''));
    const line = {
      at: this.#now(),
      kind: 'opened' as const,
      document: number,
      ...(untitled ? { untitled: name } : { path: name }),
      language: document.languageId,
      encoding: document.encoding,
      eol: eolOf(document),
      dirty: document.isDirty,
      text: this.#texts.opened(number, document.getText()),
    };
    const place = this.#lines.later(number);
    const file = !untitled && document.isDirty ? readText(document.uri) : Promise.resolve(undefined);
    // Where git ignores a file, its tracker is never at rest.
    Promise.all([file, tracked.tracker.quiet()]).then(([file]) => {
      const { provenance } = tracked.tracker;
      const same = provenance && document.version === version;
      const origins = same ? originsOf(tracked.recorder.origins.walk(provenance.spans())) : undefined;
      const held = file === undefined ? {} : { file: this.#texts.carried(file) };
      place.fill({ ...line, ...held, ...(origins && { origins }) });
    }, place.drop);
    setTimeout(place.drop, patience).unref();
  }

  #changed(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges } = event;
    this.#of(document, number => {
      const changes = changesIn(contentChanges);
      const texts = this.#texts.changed(number, changes);
      const detailed = detailedIn(event);
      return {
        kind: 'changed',
        document: number,
        changes: changes.map((change, i) => ({ ...change, text: texts[i] ?? '' })),
        ...(event.reason !== undefined && { reason: event.reason === 1 ? ('undo' as const) : ('redo' as const) }),
        dirty: document.isDirty,
        eol: eolOf(document),
        encoding: document.encoding,
        ...(detailed && { detailed }),
      };
    });
  }

  #selected({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): void {
    this.#of(textEditor.document, number => ({
      kind: 'selected',
      document: number,
      carets: caretsOf(selections),
      active: textEditor === vscode.window.activeTextEditor,
      ...(kind !== undefined && { by: kind }),
    }));
  }

  #shown(editor: vscode.TextEditor | undefined): void {
    const number = editor && this.#numberOf(editor.document);
    if (editor === undefined || number === undefined) this.#add({ kind: 'shown' });
    else this.#add({ kind: 'shown', document: number, carets: caretsOf(editor.selections) });
  }

  /** A text may be recorded only from its save on. */
  #saved(document: vscode.TextDocument): void {
    this.#opened(document);
    this.#of(document, number => ({
      kind: 'saved',
      document: number,
      encoding: document.encoding,
      eol: eolOf(document),
    }));
  }

  #closed({ uri }: vscode.TextDocument): void {
    const open = this.#documents.get(uri.toString());
    if (!open) return;
    this.#add({ kind: 'closed', document: open.number });
    this.#documents.delete(uri.toString());
  }

  #disk(uri: vscode.Uri, what: 'created' | 'changed' | 'deleted'): void {
    const recorder = this.#options.recorderOf(uri);
    if (!recorder?.writer.recording) return;
    const place = this.#lines.later();
    const at = this.#now();
    const look = async () => {
      const path = await recorder.recorded(uri);
      if (path === undefined) return place.drop();
      const text = what === 'deleted' ? undefined : await readText(uri);
      const held = text === undefined ? {} : { text: this.#texts.carried(text) };
      place.fill({ at, kind: 'disk', path: this.#texts.name(path), what, ...held });
    };
    look().catch(place.drop);
  }

  #renamed(kind: 'renaming' | 'renamed', files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): void {
    for (const { oldUri, newUri } of files) {
      const recorder = this.#options.recorderOf(oldUri);
      const [from, path] = [recorder?.pathOf(oldUri), recorder?.pathOf(newUri)];
      if (from === undefined || path === undefined) continue;
      this.#add({ kind, from: this.#texts.name(from), path: this.#texts.name(path) });
    }
  }

  #removed(files: readonly vscode.Uri[]): void {
    for (const uri of files) {
      const path = this.#options.recorderOf(uri)?.pathOf(uri);
      if (path !== undefined) this.#add({ kind: 'removed', path: this.#texts.name(path) });
    }
  }

  #of(document: vscode.TextDocument, make: (number: number) => TraceBody): void {
    const number = this.#numberOf(document);
    if (number !== undefined) this.#add(make(number));
  }

  /** Of a text that is recorded. Nothing is told of one from the moment it is not; when it is again, it is opened anew. */
  #numberOf(document: vscode.TextDocument): number | undefined {
    const open = this.#documents.get(document.uri.toString());
    if (open && this.#options.trackers.of(document.uri)?.tracker === open.tracker) return open.number;
    this.#closed(document);
    this.#opened(document);
    return undefined;
  }

  #add(body: TraceBody): void {
    this.#lines.add({ at: this.#now(), ...body });
  }

  #now(): number {
    return Math.round(performance.now() - this.#began);
  }
}
