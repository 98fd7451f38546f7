import * as vscode from 'vscode';
import type { AgentFollowing } from './agentFollowing.ts';
import type { AgentRecords } from './agents/agent.ts';
import { Notebooks } from './capture/notebooks.ts';
import { Recorder } from './capture/recorder.ts';
import type { RecorderEvents } from './capture/recorderOptions.ts';
import type { Trackers } from './capture/trackers.ts';
import { FolderFiles } from './folderFiles.ts';
import { FolderWatch } from './folderWatch.ts';
import { Store } from './host/lifecycle.ts';
import type { Log } from './host/log.ts';
import type { JournalWriter } from './journal/writer.ts';
import { OutsideEvidence } from './outsideEvidence.ts';
import type { Origin } from './provenance/origin.ts';
import { rootOf } from './recordedRoot.ts';
import type { Problem } from './ui/line.ts';
import { UnreadFiles } from './unreadFiles.ts';

export interface RecordingOptions {
  readonly folder: vscode.WorkspaceFolder;
  readonly writer: JournalWriter;
  readonly exclude: readonly string[];
  /** Begins to follow agents' records. */
  readonly follow: (writer: JournalWriter, take: (records: AgentRecords) => Promise<void>) => AgentFollowing;
  readonly trackers: Trackers;
  readonly log: Log;
  readonly onDidChange: (uri: vscode.Uri) => void;
  readonly onDidProgress: (toRead: number) => void;
  readonly onDidMeet: (problem: Problem) => void;
}

const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
/** Milliseconds that whoever asks for the record as it stands waits for what git says. */
const gitPatience = 3000;
const unseen: Origin = { kind: 'unknown', basis: 'none', rule: 'disk.start' };

/** One folder that is being recorded in this window: its files, its editors' texts, its agents' records. */
export class Recording {
  readonly folder: vscode.WorkspaceFolder;
  readonly writer: JournalWriter;
  readonly recorder: Recorder;
  readonly #options: RecordingOptions;
  readonly #evidence: OutsideEvidence;
  readonly #store = new Store();
  readonly #files: FolderFiles;
  readonly #notebooks: Notebooks;
  readonly #unread: UnreadFiles;
  #folderWatch: FolderWatch | undefined;
  #watch: AgentFollowing | undefined;
  /** When the journal was opened. */
  readonly #since = Date.now();
  readonly #prefix: string;
  #begins: boolean;
  /** The files that are there have been taken in. */
  #taken: Promise<unknown> = Promise.resolve();

  constructor(options: RecordingOptions) {
    const { folder, writer, trackers } = options;
    this.#options = options;
    this.folder = folder;
    this.#begins = writer.begins;
    this.writer = writer;
    const begins = rootOf(folder.uri, writer.folder);
    this.#prefix = begins.prefix;
    this.#files = new FolderFiles({
      folder,
      root: writer.folder,
      exclude: options.exclude,
      pathOf: uri => this.recorder.pathOf(uri),
      unfit: path => writer.unfit(path),
      meet: problem => {
        // What git brings cannot be told then: the report says so.
        if (problem.code === 'git') writer.append({ kind: 'gap', reason: 'channel', note: 'git' });
        options.onDidMeet(problem);
      },
      note: text => options.log.info(text),
    });
    const events: RecorderEvents = {
      changed: options.onDidChange,
      outside: (path, change, by) => this.#evidence.seen(path, change, by !== 'open'),
      strayed: (path, stray) => this.#evidence.strayed(path, stray),
      failed: (error, where) => this.#failed(error, where),
    };
    this.recorder = new Recorder(
      {
        ...begins,
        writer,
        begins: writer.begins,
        refuses: path => this.#files.reason(path),
        ignores: (path, encoding) => this.#files.leaves(path, encoding),
        place: (uri, path) => this.#place(uri, path),
        recorded: uri => this.#files.recorded(uri),
        events,
      },
      trackers,
    );
    this.#notebooks = this.#store.add(
      new Notebooks({
        recorder: this.recorder,
        trackers,
        place: async uri => (writer.recording ? this.#files.recorded(uri) : undefined),
        failed: (error, where) => this.#failed(error, where),
      }),
    );
    this.#unread = this.#store.add(new UnreadFiles(this.recorder, trackers, events));
    this.#evidence = new OutsideEvidence({
      writer,
      within: file => this.#files.recorded(folder.uri.with({ path: vscode.Uri.file(file).path })),
      origins: this.recorder.origins,
      resolve: (ranges, origin, act) => this.recorder.resolve(ranges, origin, act),
      note: text => options.log.info(text),
      failed: (error, where) => this.#failed(error, where),
    });
  }

  /** Begins: the open texts at once, then the files, then the agents' records. */
  async start(): Promise<void> {
    await this.#files.askGit();
    this.#evidence.begin();
    this.#watchFiles();
    await this.#takeIn();
    await this.#rememberOutside();
    this.#watch = this.#store.add(this.#options.follow(this.writer, records => this.#evidence.take(records)));
    void this.readAgents().then(() => this.#evidence.recall());
  }

  /** Goes on after a pause: what changed meanwhile is of unknown origin. */
  async resume(): Promise<void> {
    await this.#takeIn();
  }

  /** Lets go of all texts: what they have shown is kept, and nothing more is taken in. */
  async rest(): Promise<void> {
    this.#notebooks.rest();
    await this.recorder.close();
    await this.writer.flush();
  }

  open(document: vscode.TextDocument): void {
    if (!this.writer.recording) return;
    const path = document.encoding === 'utf8' ? undefined : this.recorder.pathOf(document.uri);
    // What was no text to us may be one in the encoding that the person has named.
    if (path !== undefined) this.#files.looksAgain(path);
    this.recorder.open(document);
  }

  /** All that agents' records say by now has been taken in. */
  async readAgents(): Promise<void> {
    await this.#watch?.read();
  }

  /** All that was seen so far is committed. */
  async flush(): Promise<void> {
    await this.recorder.quiet();
    await Promise.all([this.settle(), this.#unread.quiet()]);
    await this.readAgents();
    await this.#evidence.settle(gitPatience);
    await this.writer.flush();
  }

  /** Files whose change waits to be looked at are looked at now. */
  async settle(): Promise<void> {
    await this.#folderWatch?.settle();
  }

  /** What was recorded stays; nothing more is taken in. */
  async dispose(): Promise<void> {
    this.#store.dispose();
    this.#evidence.dispose();
    await this.recorder.close();
    await this.writer.close();
  }

  async #takeIn(): Promise<void> {
    if (!this.writer.recording) return;
    for (const document of vscode.workspace.textDocuments) this.open(document);
    for (const notebook of vscode.workspace.notebookDocuments) this.#notebooks.open(notebook);
    // A text that is opened while the files are read may have been written after consent.
    this.recorder.begun();
    const baseline = this.#baseline();
    this.#taken = Promise.allSettled([baseline]);
    await baseline;
    this.#begins = false;
  }

  async #baseline(): Promise<void> {
    const { onDidProgress, log } = this.#options;
    const begins = this.#begins;
    const paths = await this.#files.list();
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
    for (const { path, reason } of result.skipped) {
      log.info(`not recorded (${reason}): ${path}`);
      // What an editor shows may be read in an encoding that only the editor knows.
      if (!this.#options.trackers.of(this.#uri(path))) this.#files.leave(path, reason);
    }
    for (const { path, ...change } of result.changed) this.#evidence.seen(path, change, false);
  }

  #watchFiles(): void {
    this.#folderWatch = this.#store.add(
      new FolderWatch({
        folder: this.folder,
        pathOf: uri => this.#recordable(uri),
        touched: (uri, path) => this.#touched(uri, path),
        gone: (uri, path, byPerson) => this.#gone(uri, path, byPerson),
        seen: from => this.recorder.seen(from),
        renamed: (from, to) => this.#renamed(from, to),
        failed: (error, where) => this.#failed(error, where),
      }),
    );
    this.#store.add(vscode.workspace.onDidOpenTextDocument(document => this.open(document)));
    this.#store.add(vscode.workspace.onDidSaveTextDocument(document => this.#lookAgain(document)));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#files.leavesAny && document.encoding !== 'utf8') this.#lookAgain(document);
      }),
    );
  }

  /** Path of a file that may be recorded now, as far as its name tells. */
  #recordable(uri: vscode.Uri): string | undefined {
    const path = this.recorder.pathOf(uri);
    return path === undefined || !this.writer.recording || this.#files.refuses(path) ? undefined : path;
  }

  async #touched(uri: vscode.Uri, path: string): Promise<void> {
    // The watcher tells late of what was written before consent, and that is taken in as what it was then.
    await this.#taken;
    const [again, document] = [this.#files.looksAgain(path), this.#documentAt(path)];
    // An editor writes it bit by bit: what stands in the file by now may be little enough.
    if (document && !this.#options.trackers.of(uri) && this.recorder.refusal(document) === 'large')
      this.#files.leave(path, 'large');
    else if (document && again) this.open(document);
    else {
      await this.#notebooks.settled(uri);
      if (this.#options.trackers.of(uri)) this.#unread.touched(uri);
      else await this.recorder.touched(uri);
    }
  }

  /** A file that is gone is told of where its text stands in an editor, and the person has not deleted it there. */
  async #gone(uri: vscode.Uri, path: string, byPerson: boolean): Promise<void> {
    await this.writer.deleted(path);
    this.#options.log.info(`gone from the disk; what was recorded of it is kept: ${path}`);
    if (!byPerson && this.#options.trackers.of(uri)) this.#options.onDidMeet({ code: 'vanished', path });
  }

  /** Where the text of a file stands in the record, once it is told where it came from. */
  async #place(uri: vscode.Uri, path: string): Promise<string | undefined> {
    await this.#folderWatch?.arrived(uri);
    return this.#files.place(path);
  }

  #documentAt(path: string): vscode.TextDocument | undefined {
    const uri = `${this.#uri(path)}`;
    return vscode.workspace.textDocuments.find(document => `${document.uri}` === uri);
  }

  #uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.recorder.root, path.slice(this.#prefix.length));
  }

  /** A text that could not be recorded may be one that can: its file was written anew, or is read in its own encoding. */
  #lookAgain(document: vscode.TextDocument): void {
    const path = this.recorder.pathOf(document.uri);
    if (path !== undefined && this.#files.looksAgain(path)) this.open(document);
  }

  /** What moved to where it is not recorded is gone; what came from there is new. */
  async #renamed(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const [before, after] = [this.recorder.pathOf(from), this.#recordable(to)];
    if (before === undefined || !this.writer.recording) return;
    if (after === undefined) await this.writer.deleted(before);
    else await this.writer.renamed(before, after);
  }

  /** Changes of earlier sessions whose agent's record may still come. */
  async #rememberOutside(): Promise<void> {
    const changes = await this.writer.outsideChanges();
    this.#evidence.remember(
      changes.flatMap(({ path, sequence, ...change }) =>
        path === undefined ? [] : [{ ...change, path, act: sequence }],
      ),
    );
  }

  #failed(error: unknown, where: string): void {
    this.#options.log.error(`recording ${where}:`, error instanceof Error ? error : String(error));
    this.writer.append({ kind: 'gap', reason: 'shadow', note: where });
  }
}
