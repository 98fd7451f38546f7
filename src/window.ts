import * as vscode from 'vscode';
import type { Prompt } from './agents/agent.ts';
import { copiedFrom } from './capture/copying.ts';
import { Marks } from './capture/marks.ts';
import { Trackers } from './capture/trackers.ts';
import { Transfers } from './capture/transfers.ts';
import { textOf } from './capture/translate.ts';
import { rulesVersion } from './classify/rules.ts';
import { Store } from './host/lifecycle.ts';
import type { Log } from './host/log.ts';
import type { Settings } from './host/settings.ts';
import { dataHome } from './journal/home.ts';
import type { Signer } from './journal/keys.ts';
import { JournalError, type JournalProblem } from './journal/problem.ts';
import { JournalWriter } from './journal/writer.ts';
import { tally } from './provenance/tally.ts';
import { Recording } from './recording.ts';
import { runCli } from './runCli.ts';
import { markedSpans, passage } from './shown.ts';
import type {
  CliResult,
  DeclaredPrompt,
  Figures,
  Line,
  MarkedSpan,
  Passage,
  Problem,
  RecordingState,
} from './ui/line.ts';

export interface WindowOptions {
  readonly log: Log;
  readonly settings: Settings;
  /** Folder of the built scripts. */
  readonly dist: vscode.Uri;
  readonly software: string;
  /** The key of this editor; made on first use. */
  readonly signer: () => Promise<Signer>;
}

/** All that one window records, and what its surface asks of it. Owns the recordings and the editor's signals. */
export class Window implements Line, vscode.Disposable {
  readonly #options: WindowOptions;
  readonly #store = new Store();
  readonly #spans = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #state = this.#store.add(new vscode.EventEmitter<void>());
  readonly #problem = this.#store.add(new vscode.EventEmitter<Problem>());
  readonly onDidChangeSpans = this.#spans.event;
  readonly onDidChangeState = this.#state.event;
  readonly onDidMeetProblem = this.#problem.event;
  readonly dataFolder: Line['dataFolder'];
  readonly #home = dataHome();
  readonly #recordings = new Map<string, Recording>();
  readonly #states = new Map<string, RecordingState>();
  readonly #marks: Marks;
  readonly #trackers: Trackers;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.dataFolder = { path: this.#home, lasts: !isEphemeral() };
    this.#marks = this.#store.add(new Marks(command => this.#trackers.accepted(command)));
    const transfers = new Transfers([{ scheme: 'file' }, { scheme: 'untitled' }], (document, ranges) => {
      const tracked = this.#trackers.of(document.uri);
      return tracked && copiedFrom(tracked.tracker, document, ranges);
    });
    this.#store.add(transfers);
    this.#trackers = this.#store.add(
      new Trackers(this.#marks, transfers, (error, where) => options.log.error(`capture ${where}:`, text(error))),
    );
  }

  /** Takes up the recording of the window's folders that have consent, now and when folders come and go. */
  async takeUp(): Promise<void> {
    this.#store.add(
      vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const folder of added) void this.#open(folder, undefined);
        for (const { uri } of removed) void this.#end(uri.toString());
      }),
    );
    await Promise.all((vscode.workspace.workspaceFolders ?? []).map(folder => this.#open(folder, undefined)));
  }

  /** Ends everything, and waits until what was seen is kept. */
  async close(): Promise<void> {
    this.#trackers.settle();
    await Promise.allSettled([...this.#recordings.keys()].map(key => this.#end(key)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  stateOf(uri: vscode.Uri): RecordingState {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const recording = folder ? this.#recordings.get(folder.uri.toString()) : this.#untitledIn(uri);
    if (!folder && !recording) return { kind: 'notRecorded', why: uri.scheme === 'file' ? 'folder' : 'scheme' };
    const state = this.#states.get((folder ?? recording!.folder).uri.toString());
    if (!recording) return state ?? { kind: 'notRecorded', why: 'consent' };
    const document = vscode.workspace.textDocuments.find(d => d.uri.toString() === uri.toString());
    const refusal = document && recording.recorder.refusal(document);
    if (refusal) return { kind: 'notRecorded', why: refusal };
    if (!recording.writer.recording) return { kind: 'paused', folder: recording.folder.uri };
    return state ?? { kind: 'recording', folder: recording.folder.uri };
  }

  spansIn(document: vscode.TextDocument, from: number, to: number): readonly MarkedSpan[] | undefined {
    const tracked = this.#trackers.of(document.uri);
    const provenance = tracked?.tracker.provenance;
    if (!tracked || !provenance || to > provenance.length) return undefined;
    return markedSpans(provenance, tracked.recorder, from, to);
  }

  async figuresOf(document: vscode.TextDocument): Promise<Figures | undefined> {
    const tracked = this.#trackers.of(document.uri);
    if (!tracked) return undefined;
    await tracked.tracker.quiet();
    const provenance = tracked.tracker.provenance;
    const content = textOf(document);
    if (!provenance || provenance.length !== content.length) return undefined;
    return { tally: tally(content, tracked.recorder.origins.walk(provenance.spans())) };
  }

  async passageAt(document: vscode.TextDocument, offset: number): Promise<Passage | undefined> {
    const tracked = this.#trackers.of(document.uri);
    await tracked?.tracker.quiet();
    const provenance = tracked?.tracker.provenance;
    if (!tracked || !provenance || offset >= provenance.length) return undefined;
    return passage(provenance, tracked.recorder, offset);
  }

  async promptOf(id: string): Promise<Prompt | undefined> {
    for (const { writer } of this.#recordings.values()) {
      const prompt = await writer.prompt(id);
      if (prompt) return prompt;
    }
    return undefined;
  }

  async start(folder: vscode.WorkspaceFolder, by: 'person' | 'command'): Promise<void> {
    if (!this.#recordings.has(folder.uri.toString())) await this.#open(folder, by);
    const state = this.#states.get(folder.uri.toString());
    if (state?.kind === 'problem') throw new Error(state.problem.code);
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

  async recordPrompt(folder: vscode.WorkspaceFolder, { agent, model, text: asked }: DeclaredPrompt): Promise<void> {
    const { writer } = this.#demand(folder);
    const now = Date.now();
    const conversation = `declared-${writer.session}`;
    const id = `${agent}:${conversation}:${now}`;
    const named = model === undefined ? {} : { model };
    writer.append({ kind: 'prompt', id, agent, conversation, asked: now, by: 'person', ...named }, [asked]);
    await writer.flush();
  }

  async flush(): Promise<void> {
    this.#trackers.settle();
    for (const { tracker } of [...this.#trackers.all()]) await tracker.quiet();
    for (const recording of this.#recordings.values()) {
      await recording.settle();
      await recording.readAgents();
      await recording.writer.flush();
    }
  }

  async runCli(
    folder: vscode.Uri | undefined,
    argv: readonly string[],
    token?: vscode.CancellationToken,
  ): Promise<CliResult> {
    const { dist, signer } = this.#options;
    return runCli(dist, folder, argv, await signer(), token);
  }

  /** Opens the folder's journal; `by`: with the person's consent, given now. */
  async #open(folder: vscode.WorkspaceFolder, by: 'person' | 'command' | undefined): Promise<void> {
    const key = folder.uri.toString();
    const { log, settings, dist, software, signer } = this.#options;
    let writer: JournalWriter;
    try {
      writer = await JournalWriter.open({
        home: this.#home,
        folder: folder.uri.fsPath,
        worker: vscode.Uri.joinPath(dist, 'worker.cjs').fsPath,
        software,
        editor: `${vscode.env.appName} ${vscode.version}`,
        platform: `${process.platform} ${process.arch}`,
        channels: ['changes', 'selections', 'transfers', 'commands', 'saves', 'files', 'claude-code'],
        unreachable: this.#marks.unreachable,
        rules: rulesVersion,
        signer: await signer(),
        ...(by === undefined ? {} : { consent: by }),
      });
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      if (error.problem.code !== 'notConsented') this.#met(folder, error.problem);
      return;
    }
    this.#states.delete(key);
    writer.onProblem(problem => this.#met(folder, problem));
    const recording = new Recording({
      folder,
      writer,
      exclude: settings.exclude(folder),
      trackers: this.#trackers,
      log,
      onDidChange: uri => this.#spans.fire(uri),
      onDidProgress: toRead => {
        if (toRead > 0) this.#states.set(key, { kind: 'recording', folder: folder.uri, toRead });
        else this.#states.delete(key);
        this.#state.fire();
      },
    });
    this.#recordings.set(key, recording);
    // Said by this window's own command or by another's: what follows is the same.
    writer.onRecording(records => {
      void (records ? recording.resume() : recording.rest()).catch((error: unknown) => log.error(text(error)));
      this.#state.fire();
    });
    this.#state.fire();
    await recording.start();
  }

  async #end(key: string): Promise<void> {
    const recording = this.#recordings.get(key);
    this.#recordings.delete(key);
    await recording?.dispose();
    this.#state.fire();
  }

  #met(folder: vscode.WorkspaceFolder, problem: JournalProblem): void {
    const told: Problem = { ...problem, folder: folder.uri };
    if (lasting.has(problem.code))
      this.#states.set(folder.uri.toString(), { kind: 'problem', folder: folder.uri, problem: told });
    this.#problem.fire(told);
    this.#state.fire();
  }

  #demand(folder: vscode.WorkspaceFolder): Recording {
    const recording = this.#recordings.get(folder.uri.toString());
    if (!recording) throw new Error(`${folder.name} is not recorded`);
    return recording;
  }

  /** An untitled text counts for the first folder that is recorded. */
  #untitledIn(uri: vscode.Uri): Recording | undefined {
    return uri.scheme === 'untitled' ? this.#recordings.values().next().value : undefined;
  }
}

/** Problems that end the writing; the others name one file or one moment. */
const lasting: ReadonlySet<JournalProblem['code']> = new Set([
  'runtime',
  'corrupt',
  'readonly',
  'full',
  'disk',
  'locked',
  'newer',
  'worker',
]);

/** A container's own disk goes with the container. */
function isEphemeral(): boolean {
  const remote = vscode.env.remoteName;
  return process.env.HOLOGRAPH_HOME === undefined && (remote === 'dev-container' || remote === 'codespaces');
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
