import { posix } from 'node:path';
import * as vscode from 'vscode';
import { claudeCode } from './agents/claudeCode.ts';
import { Matcher } from './agents/match.ts';
import { plainDigest } from './agents/plainText.ts';
import { AgentWatch } from './agents/watch.ts';
import { AgentEvidence } from './capture/agentEvidence.ts';
import { Recorder } from './capture/recorder.ts';
import type { Trackers } from './capture/trackers.ts';
import { Repository } from './git/repository.ts';
import { Store } from './host/lifecycle.ts';
import type { Log } from './host/log.ts';
import type { SkipReason } from './journal/event.ts';
import { isSecret } from './journal/secrecy.ts';
import type { JournalWriter } from './journal/writer.ts';
import type { Origin } from './provenance/origin.ts';

export interface RecordingOptions {
  readonly folder: vscode.WorkspaceFolder;
  readonly writer: JournalWriter;
  readonly exclude: readonly string[];
  readonly trackers: Trackers;
  readonly log: Log;
  readonly onDidChange: (uri: vscode.Uri) => void;
  readonly onDidProgress: (toRead: number) => void;
}

const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
const unseen: Origin = { kind: 'unknown', basis: 'none', rule: 'disk.start' };
/** Never part of a work: version control's own files, packages, and our description of the work. */
const never = /(^|\/)(\.git|\.hg|\.svn|node_modules)(\/|$)|^holograph\.json$/;

/** One folder that is being recorded in this window: its files, its editors' texts, its agents' records. */
export class Recording {
  readonly folder: vscode.WorkspaceFolder;
  readonly writer: JournalWriter;
  readonly recorder: Recorder;
  readonly #options: RecordingOptions;
  readonly #evidence: AgentEvidence;
  readonly #store = new Store();
  readonly #touched = new Map<string, NodeJS.Timeout>();
  #repository: Repository | undefined;
  #watch: AgentWatch | undefined;
  /** When the journal was opened. */
  readonly #since = Date.now();
  #begins: boolean;

  constructor(options: RecordingOptions) {
    const { folder, writer, trackers } = options;
    this.#options = options;
    this.folder = folder;
    this.#begins = writer.begins;
    this.writer = writer;
    this.recorder = new Recorder(
      {
        root: folder.uri.with({ path: vscode.Uri.file(writer.folder).path }),
        writer,
        begins: writer.begins,
        refuses: path => this.#refuses(path),
        ignores: async path => (await this.#repository?.ignores(path)) ?? false,
        events: {
          changed: options.onDidChange,
          outside: (path, change) => void this.#evidence.seen(path, change, Date.now()),
          failed: (error, where) => this.#failed(error, where),
        },
      },
      trackers,
    );
    this.#evidence = new AgentEvidence({
      writer,
      matcher: new Matcher(writer.folder),
      within: file => this.recorder.pathOf(folder.uri.with({ path: vscode.Uri.file(file).path })),
      resolve: (ranges, origin, act) => this.recorder.resolve(ranges, origin, act),
      digest: plainDigest,
      failed: error => this.#failed(error, 'agents'),
    });
  }

  /** Begins: the open texts at once, then the files, then the agents' records. */
  async start(): Promise<void> {
    const { folder } = this;
    this.#repository = folder.uri.scheme === 'file' ? await Repository.of(folder.uri.fsPath) : undefined;
    this.#watchFiles();
    await this.#takeIn();
    await this.#rememberOutside();
    this.#watch = this.#store.add(
      new AgentWatch({
        agents: [claudeCode],
        folders: [this.writer.folder],
        env: process.env,
        since: this.writer.since,
        every: 2000,
        onRecords: records => this.#evidence.take(records),
      }),
    );
  }

  /** Goes on after a pause: what changed meanwhile is of unknown origin. */
  async resume(): Promise<void> {
    await this.#takeIn();
  }

  /** Lets go of all texts: what they have shown is kept, and nothing more is taken in. */
  async rest(): Promise<void> {
    this.recorder.close();
    await this.writer.flush();
  }

  open(document: vscode.TextDocument): void {
    if (this.writer.recording) this.recorder.open(document);
  }

  /** All that agents' records say by now has been taken in. */
  async readAgents(): Promise<void> {
    await this.#watch?.read();
  }

  /** Files whose change waits to be looked at are looked at now. */
  async settle(): Promise<void> {
    const waiting = [...this.#touched.keys()];
    for (const timer of this.#touched.values()) clearTimeout(timer);
    this.#touched.clear();
    await Promise.all(waiting.map(path => this.recorder.touched(vscode.Uri.joinPath(this.recorder.root, path))));
  }

  /** What was recorded stays; nothing more is taken in. */
  async dispose(): Promise<void> {
    for (const timer of this.#touched.values()) clearTimeout(timer);
    this.#store.dispose();
    this.recorder.close();
    await this.writer.close();
  }

  #refuses(path: string): SkipReason | undefined {
    if (isSecret(path)) return 'secret';
    if (never.test(path)) return 'excluded';
    return this.#options.exclude.some(glob => posix.matchesGlob(path, glob)) ? 'excluded' : undefined;
  }

  async #takeIn(): Promise<void> {
    if (!this.writer.recording) return;
    for (const document of vscode.workspace.textDocuments) this.open(document);
    // A text that is opened while the files are read may have been written after consent.
    this.recorder.begun();
    await this.#baseline();
    this.#begins = false;
  }

  async #baseline(): Promise<void> {
    const { onDidProgress, log } = this.#options;
    const begins = this.#begins;
    const paths = await this.#files();
    onDidProgress(paths.length);
    const by = begins ? 'baseline' : 'start';
    const result = await this.writer.baseline(
      paths,
      begins ? initial : unseen,
      by,
      (done, total) => onDidProgress(total - done),
      begins ? this.#since : undefined,
    );
    onDidProgress(0);
    for (const { path, reason } of result.skipped) log.info(`not recorded (${reason}): ${path}`);
    for (const { path, ...change } of result.changed) void this.#evidence.seen(path, change, Date.now());
  }

  async #files(): Promise<string[]> {
    const pattern = new vscode.RelativePattern(this.folder, '**/*');
    const found = await vscode.workspace.findFiles(pattern, '**/{.git,.hg,.svn,node_modules}/**');
    const paths = found.map(uri => this.recorder.pathOf(uri)).filter(path => path !== undefined);
    const known = this.#repository && new Set(await this.#repository.files());
    return paths.filter(path => !this.#refuses(path) && (known?.has(path) ?? true)).sort();
  }

  #watchFiles(): void {
    const watcher = this.#store.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, '**/*')),
    );
    this.#store.add(watcher.onDidChange(uri => this.#touch(uri)));
    this.#store.add(watcher.onDidCreate(uri => this.#touch(uri)));
    this.#store.add(watcher.onDidDelete(uri => this.#gone(uri)));
    this.#store.add(
      vscode.workspace.onWillRenameFiles(event => {
        for (const { oldUri, newUri } of event.files) this.#rename(oldUri, newUri);
      }),
    );
    this.#store.add(vscode.workspace.onDidOpenTextDocument(document => this.open(document)));
  }

  /** The file system tells of one write several times: it is looked at once, when it has been quiet for a moment. */
  #touch(uri: vscode.Uri): void {
    const path = this.recorder.pathOf(uri);
    if (path === undefined || !this.writer.recording || this.#refuses(path)) return;
    clearTimeout(this.#touched.get(path));
    const look = () => {
      this.#touched.delete(path);
      void this.recorder.touched(uri).catch((error: unknown) => this.#failed(error, path));
    };
    this.#touched.set(path, setTimeout(look, 150));
  }

  #gone(uri: vscode.Uri): void {
    const path = this.recorder.pathOf(uri);
    if (path === undefined || !this.writer.recording || this.#refuses(path)) return;
    void this.writer.deleted(path).catch((error: unknown) => this.#failed(error, path));
  }

  #rename(from: vscode.Uri, to: vscode.Uri): void {
    const [before, after] = [this.recorder.pathOf(from), this.recorder.pathOf(to)];
    if (before === undefined || after === undefined || !this.writer.recording) return;
    void this.writer.renamed(before, after).catch((error: unknown) => this.#failed(error, before));
  }

  /** Changes of earlier sessions whose agent's record may still come. */
  async #rememberOutside(): Promise<void> {
    for (const { path, sequence, ...change } of await this.writer.outsideChanges()) {
      if (path !== undefined) void this.#evidence.seen(path, { ...change, act: sequence });
    }
  }

  #failed(error: unknown, where: string): void {
    this.#options.log.error(`recording ${where}:`, error instanceof Error ? error : String(error));
    this.writer.append({ kind: 'gap', reason: 'shadow', note: where });
  }
}
