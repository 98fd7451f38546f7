import * as vscode from 'vscode';
import type { Observation } from '../classify/observation.ts';
import type { ChangeSet } from '../text/change.ts';
import { areAtEnds, areBetween, Carets } from './carets.ts';
import type { Edge } from './edge.ts';
import type { Marks } from './marks.ts';
import { settleTime } from './pending.ts';
import type { Recorder } from './recorder.ts';
import { Saves } from './saves.ts';
import type { Tracker } from './tracker.ts';
import type { Transfers } from './transfers.ts';
import { cellScheme, changesOf, eolOf, formatOf, isClean, textOf } from './translate.ts';

interface Tracked {
  readonly tracker: Tracker;
  readonly recorder: Recorder;
  readonly saves: Saves;
  readonly carets: Carets;
}

/**
 * Brings VS Code's events of all documents of the window to their trackers. What one event cannot tell
 * (the selection that follows, the dirty state) is added to the step that is still open.
 */
export class Trackers implements vscode.Disposable {
  readonly #tracked = new Map<string, Tracked>();
  readonly #edge: Edge;
  readonly #marks: Marks;
  readonly #transfers: Transfers;
  readonly #failed: (error: unknown, where: string) => void;
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(edge: Edge, marks: Marks, transfers: Transfers, failed: (error: unknown, where: string) => void) {
    this.#edge = edge;
    this.#marks = marks;
    this.#transfers = transfers;
    this.#failed = failed;
    const { workspace, window } = vscode;
    this.#subscriptions = [
      workspace.onDidChangeTextDocument(e => this.#guard(e.document, () => this.#changed(e))),
      window.onDidChangeTextEditorSelection(e => this.#guard(e.textEditor.document, () => this.#selected(e))),
      workspace.onWillSaveTextDocument(e => this.#guard(e.document, () => this.#willSave(e))),
      workspace.onDidSaveTextDocument(d => this.#guard(d, () => this.#saved(d))),
      // A cell that is taken out may come back: its notebook ends it.
      workspace.onDidCloseTextDocument(d => this.#guard(d, () => d.uri.scheme !== cellScheme && this.remove(d.uri))),
    ];
  }

  /** A command has just put text into the active editor. */
  accepted(command: string): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (uri) this.of(uri)?.tracker.accept(command);
  }

  /** The document's tracker, if it is recorded. */
  of(uri: vscode.Uri): { tracker: Tracker; recorder: Recorder } | undefined {
    return this.#tracked.get(uri.toString());
  }

  /** Whether the text is not its file's, as far as the editor can be believed. */
  isUnsaved({ uri, isDirty }: vscode.TextDocument): boolean {
    return isDirty || this.#tracked.get(uri.toString())?.saves.overtaken === true;
  }

  all(): Iterable<{ tracker: Tracker; recorder: Recorder }> {
    return this.#tracked.values();
  }

  add(uri: vscode.Uri, tracker: Tracker, recorder: Recorder): void {
    this.#tracked.set(uri.toString(), { tracker, recorder, saves: new Saves(), carets: new Carets() });
  }

  /** Ends the document's tracker; what it has seen is kept. */
  remove(uri: vscode.Uri): void {
    const tracked = this.#tracked.get(uri.toString());
    if (!tracked) return;
    this.#tracked.delete(uri.toString());
    tracked.tracker.close();
  }

  /** The worker has answered a tracker. */
  answered(tracker: Tracker): void {
    this.#edge.listener?.answered(tracker);
  }

  /** Understands all that has happened so far. */
  settle(): void {
    for (const { tracker } of this.#tracked.values()) tracker.settle();
  }

  dispose(): void {
    for (const s of this.#subscriptions) s.dispose();
    clearTimeout(this.#timer);
    this.settle();
  }

  #changed(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    const tracked = this.#tracked.get(document.uri.toString());
    if (!tracked) return;
    const { tracker } = tracked;
    const eol = eolOf(document);
    const eolChanged = eol !== tracker.format.eol;
    if (event.contentChanges.length === 0) this.#stateChanged(tracked, document);
    else {
      tracked.saves.changed();
      let changes: ChangeSet;
      try {
        changes = changesOf(event, tracker.length, tracker.format.eol);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        tracker.format = formatOf(document);
        tracker.resync(textOf(document), Date.now());
        return;
      }
      if (!changes.isEmpty) this.#observe(tracked, event, changes, eolChanged);
    }
    // A text that was loaded anew may have been read in another encoding.
    if (eolChanged || !document.isDirty) tracker.format = formatOf(document);
  }

  #observe(
    { tracker, recorder, saves, carets }: Tracked,
    event: vscode.TextDocumentChangeEvent,
    changes: ChangeSet,
    eol: boolean,
  ): void {
    const id = event.document.uri.toString();
    const now = Date.now();
    const saving = saves.reason(now);
    const mark = this.#marks.take(id, event.contentChanges);
    const taken = this.#transfers.take(
      id,
      changes.changes.map(c => c.insert),
      now,
    );
    const granted = grantedReason(event);
    const titled = mark || taken || event.reason ? undefined : recorder.untitled.put(tracker, changes);
    const removes = carets.removes(event, changes);
    const at = carets.changed(event, changes);
    tracker.observe({
      changes,
      time: now,
      clean: isClean(event.document),
      selected: false,
      ...(at ? { at } : {}),
      ...(titled ? { titled } : {}),
      ...(taken?.copied ? { copied: taken.copied } : {}),
      ...(taken?.pieces ? { pieces: taken.pieces } : {}),
      observation: {
        by: 'editor',
        ...(event.reason === undefined ? {} : { reason: event.reason === 1 ? 'undo' : 'redo' }),
        ...(mark && { mark: mark.command, ...(mark.prompt && { prompt: mark.prompt }) }),
        ...(taken ? { transfer: taken.transfer } : {}),
        ...(this.#transfers.sees(event.document) ? {} : { pastesUnseen: true }),
        ...(removes ? { removes } : {}),
        ...(saving ? { saving } : {}),
        ...(eol ? { eol: true } : {}),
        ...(granted ? { detailedReason: granted } : {}),
      },
    });
    this.#later();
  }

  /** An event without changes: the dirty state or the line ends. */
  #stateChanged({ tracker, saves }: Tracked, document: vscode.TextDocument): void {
    saves.said(document.isDirty);
    const step = tracker.open;
    if (!step) return;
    if (document.isDirty) step.clean = false;
    // Clean again without a save: the person took the file's text back. An untitled text is clean when it is empty.
    else if (
      !document.isUntitled &&
      !saves.reason(Date.now()) &&
      !step.observation.reason &&
      step.observation.by === 'editor'
    )
      step.clean = true;
  }

  #selected(event: vscode.TextEditorSelectionChangeEvent): void {
    const { document } = event.textEditor;
    const tracked = this.#tracked.get(document.uri.toString());
    if (!tracked || event.textEditor !== vscode.window.activeTextEditor) return;
    tracked.carets.selected();
    const step = tracked.tracker.open;
    if (!step || step.selected) return;
    step.selected = true;
    const kind = event.kind === undefined ? undefined : selectionKinds[event.kind];
    if (!kind) return;
    step.observation.selection = kind;
    if (kind !== 'keyboard') return;
    const typed = step.at === 'carets' || step.at === 'behind';
    step.observation.carets = typed && areAtEnds(document, event.selections, step.changes);
    if (step.at === 'behind') step.observation.behind = true;
    if (step.at === 'sides' && areBetween(document, event.selections, step.changes)) step.observation.surrounds = true;
    // A change of a clean document is a keystroke or a reload: the dirty state that follows tells.
    if (!step.clean) tracked.tracker.settle();
  }

  #willSave(event: vscode.TextDocumentWillSaveEvent): void {
    const tracked = this.#tracked.get(event.document.uri.toString());
    if (!tracked) return;
    const reason = saveReasons[event.reason] ?? 'manual';
    tracked.saves.begin(reason, Date.now());
    // VS Code's own participants have edited just before this event, and no event said so.
    const step = tracked.tracker.open;
    if (step?.observation.by === 'editor' && editsOnSave(event.document)) step.observation.saving = reason;
  }

  #saved(document: vscode.TextDocument): void {
    const tracked = this.#tracked.get(document.uri.toString());
    if (!tracked) return;
    const known = tracked.saves.end();
    tracked.tracker.format = formatOf(document);
    const text = textOf(document);
    if (!tracked.tracker.holds(text)) tracked.tracker.resync(text, Date.now());
    // Where letters came while the file was written, the next save tells what it holds: this text is still unsaved.
    if (known) tracked.tracker.save();
  }

  /**
   * One timer settles what nothing else has settled. A timer that is late tells of a machine that stood still: what
   * speaks of these steps may be on its way, and is waited for once more.
   */
  #later(again = 3): void {
    const due = Date.now() + settleTime;
    this.#timer ??= setTimeout(() => {
      // What has arrived by now is heard before.
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        const now = Date.now();
        if (now - due > settleTime / 2 && again > 0) {
          this.#later(again - 1);
          return;
        }
        let open = false;
        for (const { tracker } of this.#tracked.values()) open = tracker.settleOld(now) || open;
        if (open) this.#later();
      });
    }, settleTime);
  }

  /** A failure of ours is noted once and never reaches the editor; the text goes on being recorded after a gap. */
  #guard(document: vscode.TextDocument, run: () => unknown): void {
    try {
      run();
    } catch (error) {
      this.#failed(error, document.uri.toString());
      this.#tracked.get(document.uri.toString())?.tracker.lose(textOf(document));
    }
  }
}

const selectionKinds: Readonly<Record<number, NonNullable<Observation['selection']>>> = {
  1: 'keyboard',
  2: 'mouse',
  3: 'command',
};
const saveReasons: Readonly<Record<number, NonNullable<Observation['saving']>>> = {
  1: 'manual',
  2: 'delay',
  3: 'focus',
};

/** Whether the person has asked VS Code itself to edit this document when it is saved. */
function editsOnSave(document: vscode.TextDocument): boolean {
  const editor = vscode.workspace.getConfiguration('editor', document);
  const files = vscode.workspace.getConfiguration('files', document);
  return (
    editor.get('formatOnSave') === true ||
    Object.keys(editor.get<object>('codeActionsOnSave') ?? {}).length > 0 ||
    ['trimTrailingWhitespace', 'insertFinalNewline', 'trimFinalNewlines'].some(name => files.get(name) === true)
  );
}

/** VS Code's own reason, on builds that put it on the event; never asked for in the manifest. */
function grantedReason(event: vscode.TextDocumentChangeEvent): Observation['detailedReason'] | undefined {
  const reason: unknown = (event as { detailedReason?: unknown }).detailedReason;
  if (typeof reason !== 'object' || reason === null || !('source' in reason) || typeof reason.source !== 'string')
    return undefined;
  const metadata =
    'metadata' in reason && typeof reason.metadata === 'object' && reason.metadata !== null ? reason.metadata : {};
  const plain = Object.entries(metadata).filter(([, v]) => typeof v === 'string' || typeof v === 'boolean');
  return { source: reason.source, metadata: Object.fromEntries(plain) };
}
