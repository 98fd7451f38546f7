import * as vscode from 'vscode';
import type { Recorder } from './capture/recorder.ts';
import type { RecorderEvents } from './capture/recorderOptions.ts';
import type { Trackers } from './capture/trackers.ts';
import type { Disposable } from './host/lifecycle.ts';
import type { Origin } from './provenance/origin.ts';

/** Milliseconds within which an editor reads a file anew that it shows: it hears of the change when we do. */
const patience = 3000;
/** Encodings in which the worker reads a file as the editor does, whatever the person has chosen. */
const readable: ReadonlySet<string> = new Set(['utf8', 'utf8bom', 'utf16le', 'utf16be']);
const disk: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };

/**
 * Files that changed on disk while an editor shows them. The editor reads such a file anew, and that is recorded as it
 * comes. Measured: one that another program writes within the editor's save it takes for its own, and goes on showing what
 * it had. So each is looked at a while later: a text that the record does not have is the file's, and no editor wrote it.
 */
export class UnreadFiles implements Disposable {
  readonly #recorder: Recorder;
  readonly #trackers: Trackers;
  readonly #events: Pick<RecorderEvents, 'outside' | 'failed'>;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #looking = new Set<Promise<void>>();

  constructor(recorder: Recorder, trackers: Trackers, events: Pick<RecorderEvents, 'outside' | 'failed'>) {
    this.#recorder = recorder;
    this.#trackers = trackers;
    this.#events = events;
  }

  touched(uri: vscode.Uri): void {
    const key = `${uri}`;
    clearTimeout(this.#waiting.get(key));
    const look = () => {
      this.#waiting.delete(key);
      const looking = this.#look(uri)
        .catch((error: unknown) => this.#events.failed(error, uri.path))
        .finally(() => this.#looking.delete(looking));
      this.#looking.add(looking);
    };
    this.#waiting.set(key, setTimeout(look, patience));
  }

  /** Resolves when what is being looked at is recorded. What is still to be looked at waits its time. */
  async quiet(): Promise<void> {
    await Promise.all(this.#looking);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  /** What is not saved yet will be, or the person decides which text it shall be. */
  async #look(uri: vscode.Uri): Promise<void> {
    const { writer } = this.#recorder;
    const document = vscode.workspace.textDocuments.find(one => `${one.uri}` === `${uri}`);
    const tracked = this.#trackers.of(uri);
    if (tracked === undefined || document === undefined || !readable.has(document.encoding)) return;
    if (this.#trackers.isUnsaved(document)) return;
    await tracked.tracker.quiet();
    const path = await this.#recorder.recorded(uri);
    if (path === undefined || !writer.recording) return;
    const change = await writer.outside(path, { by: 'watcher' }, disk);
    if (change?.changed) this.#events.outside(path, change.changed);
  }
}
