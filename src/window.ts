import * as vscode from 'vscode';
import { AgentFollowing, agentChannels, unheardAgents } from './agentFollowing.ts';
import type { Prompt } from './agents/agent.ts';
import { copiedFrom } from './capture/copying.ts';
import { Edge } from './capture/edge.ts';
import { Marks } from './capture/marks.ts';
import { TraceRecorder } from './capture/traceRecorder.ts';
import { Trackers } from './capture/trackers.ts';
import { seesPastes, Transfers } from './capture/transfers.ts';
import { cellScheme, fileOf } from './capture/translate.ts';
import { rulesVersion } from './classify/rules.ts';
import type { EditorKey } from './editorKey.ts';
import { FigureCount } from './figures.ts';
import { FolderRecord, type Opening } from './folderRecord.ts';
import { isEphemeral } from './host/ephemeral.ts';
import { Store } from './host/lifecycle.ts';
import type { Log } from './host/log.ts';
import type { Settings } from './host/settings.ts';
import { dataHome } from './journal/home.ts';
import { JournalWriter } from './journal/writer.ts';
import { OwnPrompts } from './ownPrompts.ts';
import { Recording } from './recording.ts';
import { runCli } from './runCli.ts';
import { markedSpans, passage } from './shown.ts';
import type {
  CliResult,
  CliWatch,
  Figures,
  JournalSize,
  Line,
  MarkedSpan,
  NewRecord,
  Passage,
  Problem,
  RecordingState,
  Trace,
} from './ui/line.ts';
import { nameWork } from './workFile.ts';

export interface WindowOptions {
  readonly log: Log;
  readonly settings: Settings;
  /** Folder of the built scripts. */
  readonly dist: vscode.Uri;
  readonly software: string;
  /** User-data folder of this editor, where it is known. */
  readonly editorData: readonly string[];
  /** The key of this editor; made on first use. */
  readonly key: EditorKey;
}

/** All that one window records, and what its surface asks of it. Owns the recordings and the editor's signals. */
export class Window implements Line, vscode.Disposable {
  readonly keys: Line['keys'];
  readonly own: OwnPrompts;
  readonly #options: WindowOptions;
  readonly #store = new Store();
  readonly #spans = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #state = this.#store.add(new vscode.EventEmitter<void>());
  readonly #problem = this.#store.add(new vscode.EventEmitter<Problem>());
  readonly #prompts = this.#store.add(new vscode.EventEmitter<void>());
  readonly #figures = this.#store.add(new FigureCount());
  readonly onDidChangeSpans = this.#spans.event;
  readonly onDidChangeState = this.#state.event;
  readonly onDidMeetProblem = this.#problem.event;
  readonly onDidChangePrompts = this.#prompts.event;
  readonly dataFolder = { path: dataHome(), lasts: !isEphemeral() };
  readonly #records = new Map<string, FolderRecord>();
  readonly #edge = new Edge();
  readonly #marks: Marks;
  readonly #trackers: Trackers;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.keys = options.key;
    this.#store.add(
      options.key.onDidChange(signer => {
        for (const record of this.#records.values()) void record.signWith(signer);
      }),
    );
    this.#marks = this.#store.add(new Marks(this.#edge, command => this.#trackers.accepted(command)));
    this.own = new OwnPrompts(this.#marks, folder => {
      const { writer } = this.#demand(folder);
      return { writer, keepsSecrets: options.settings.keepsSecrets(folder) };
    });
    const transfers = new Transfers(
      this.#edge,
      [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: cellScheme }],
      (document, ranges) => {
        const tracked = this.#trackers.of(document.uri);
        return tracked && copiedFrom(tracked.tracker, document, ranges);
      },
    );
    this.#store.add(transfers);
    this.#trackers = this.#store.add(
      new Trackers(this.#edge, this.#marks, transfers, (error, where) => options.log.error(`capture ${where}:`, error)),
    );
  }

  /** Takes up the recording of the window's folders that have consent, now and when folders come and go; or of one. */
  async takeUp(folder?: vscode.WorkspaceFolder): Promise<void> {
    if (folder !== undefined) return this.#recordOf(folder).open();
    this.#store.add(
      vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const folder of added) void this.#recordOf(folder).open();
        for (const { uri } of removed) void this.#end(uri.toString());
      }),
    );
    await Promise.all((vscode.workspace.workspaceFolders ?? []).map(folder => this.#recordOf(folder).open()));
  }

  /** Ends everything, and waits until what was seen is kept. */
  async close(): Promise<void> {
    this.#trackers.settle();
    await Promise.allSettled([...this.#records.keys()].map(key => this.#end(key)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  stateOf(uri: vscode.Uri): RecordingState {
    const folder = vscode.workspace.getWorkspaceFolder(fileOf(uri));
    const record = folder ? this.#records.get(folder.uri.toString()) : this.#untitledIn(uri);
    if (!folder && !record) return { kind: 'notRecorded', why: uri.scheme === 'file' ? 'folder' : 'scheme' };
    const document = vscode.workspace.textDocuments.find(d => d.uri.toString() === uri.toString());
    const refusal = document && record?.recording?.recorder.refusal(document);
    if (refusal) return { kind: 'notRecorded', why: refusal };
    return record?.state ?? { kind: 'notRecorded', why: 'consent' };
  }

  spansIn(document: vscode.TextDocument, from: number, to: number): readonly MarkedSpan[] | undefined {
    const tracked = this.#trackers.of(document.uri);
    const provenance = tracked?.tracker.provenance;
    if (!tracked || !provenance || to > provenance.length) return undefined;
    return markedSpans(provenance, tracked.recorder, from, to);
  }

  async figuresOf(document: vscode.TextDocument): Promise<Figures | 'outdated' | undefined> {
    const tracked = this.#trackers.of(document.uri);
    return tracked && this.#figures.of(document, tracked);
  }

  async passageAt(document: vscode.TextDocument, offset: number): Promise<Passage | undefined> {
    const tracked = this.#trackers.of(document.uri);
    await tracked?.tracker.rested();
    const provenance = tracked?.tracker.provenance;
    if (!tracked || !provenance || offset >= provenance.length) return undefined;
    return passage(provenance, tracked.recorder, offset);
  }

  async promptOf(id: string): Promise<Prompt | undefined> {
    for (const { recording } of this.#records.values()) {
      const prompt = await recording?.writer.prompt(id);
      if (prompt) return prompt;
    }
    return undefined;
  }

  async start(folder: vscode.WorkspaceFolder, by: 'person' | 'command', of: NewRecord | undefined): Promise<void> {
    const record = this.#recordOf(folder);
    await record.open({ consent: by, ...(of && 'work' in of && { work: of.work }) });
    await nameWork(record, of !== undefined && 'copies' in of, this.#options.log);
    const { state } = record;
    if (!record.recording) throw new Error(state.kind === 'problem' ? state.problem.code : state.kind);
  }

  async pause(folder: vscode.WorkspaceFolder): Promise<void> {
    const recording = this.#demand(folder);
    await recording.rest();
    recording.writer.append({ kind: 'paused', by: 'person' });
    await recording.writer.flush();
  }

  async resume(folder: vscode.WorkspaceFolder): Promise<void> {
    const { writer } = this.#demand(folder);
    writer.append({ kind: 'resumed', by: 'person' });
    await writer.flush();
  }

  async sizeOf(uri: vscode.Uri): Promise<JournalSize | undefined> {
    const folder = vscode.workspace.getWorkspaceFolder(fileOf(uri));
    // A journal that takes nothing more tells nothing more; that is told already.
    return (
      folder &&
      this.#records
        .get(folder.uri.toString())
        ?.recording?.writer.size()
        .catch(() => undefined)
    );
  }

  async flush(): Promise<void> {
    this.#trackers.settle();
    for (const record of this.#records.values()) await record.flush();
  }

  trace(write: (line: string) => void, scrambled: boolean): Trace {
    return new TraceRecorder({
      trackers: this.#trackers,
      edge: this.#edge,
      recorderOf: uri => {
        const folder = vscode.workspace.getWorkspaceFolder(uri);
        return folder && this.#records.get(folder.uri.toString())?.recording?.recorder;
      },
      software: this.#options.software,
      scrambled,
      write,
    });
  }

  async runCli(folder: vscode.Uri | undefined, argv: readonly string[], watch?: CliWatch): Promise<CliResult> {
    const { dist, key } = this.#options;
    return runCli(dist, folder, argv, await key.signer(), watch);
  }

  #recordOf(folder: vscode.WorkspaceFolder): FolderRecord {
    const key = folder.uri.toString();
    const kept = this.#records.get(key);
    if (kept) return kept;
    const record = new FolderRecord({
      folder,
      log: this.#options.log,
      open: opening => this.#journal(folder, opening),
      record: (writer, record) => this.#recording(folder, writer, record),
      onDidChange: () => this.#state.fire(),
      onDidMeet: problem => this.#problem.fire(problem),
    });
    this.#records.set(key, record);
    return record;
  }

  async #journal(folder: vscode.WorkspaceFolder, opening: Opening): Promise<JournalWriter> {
    const { dist, software, key, settings } = this.#options;
    const [pastes, off] = [seesPastes(folder.uri), settings.agentsOff(folder)];
    return JournalWriter.open({
      home: this.dataFolder.path,
      folder: folder.uri.fsPath,
      worker: vscode.Uri.joinPath(dist, 'worker.cjs').fsPath,
      software,
      editor: `${vscode.env.appName} ${vscode.version}`,
      platform: `${process.platform} ${process.arch}`,
      channels: ['changes', 'selections', ...(pastes ? ['transfers'] : []), 'commands', 'saves', 'files'].concat(
        agentChannels(off),
      ),
      unreachable: [...this.#marks.unreachable, ...(pastes ? [] : ['transfers']), ...unheardAgents(off)],
      rules: rulesVersion,
      signer: await key.signer(),
      ...opening,
    });
  }

  #recording(folder: vscode.WorkspaceFolder, writer: JournalWriter, record: FolderRecord): Recording {
    const { log, settings, editorData } = this.#options;
    const [dist, home, off] = [this.#options.dist.fsPath, this.dataFolder.path, () => settings.agentsOff(folder)];
    const { onDidChange } = settings;
    const keepsSecrets = () => settings.keepsSecrets(folder);
    const following = { dist, home, editorData, off, keepsSecrets, onDidChange, log };
    writer.onPrompts(() => this.#prompts.fire());
    return new Recording({
      folder,
      writer,
      follow: (writer, take) => new AgentFollowing(writer, following, take),
      exclude: settings.exclude(folder),
      trackers: this.#trackers,
      log,
      onDidChange: uri => this.#spans.fire(uri),
      onDidProgress: toRead => record.progress(toRead),
      onDidMeet: problem => record.meet(problem),
    });
  }

  async #end(key: string): Promise<void> {
    const record = this.#records.get(key);
    this.#records.delete(key);
    await record?.close();
    this.#state.fire();
  }

  #demand(folder: vscode.WorkspaceFolder): Recording {
    const recording = this.#records.get(folder.uri.toString())?.recording;
    if (!recording) throw new Error(`${folder.name} is not recorded`);
    return recording;
  }

  /** An untitled text counts for the first folder that is recorded. */
  #untitledIn(uri: vscode.Uri): FolderRecord | undefined {
    return uri.scheme === 'untitled' ? [...this.#records.values()].find(({ recording }) => recording) : undefined;
  }
}
