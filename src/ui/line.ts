import type { CancellationToken, Disposable, Event, TextDocument, Uri, WorkspaceFolder } from 'vscode';
import type { Prompt } from '../agents/agent.ts';
import type { OnStage } from '../evidence/stage.ts';
import type { SkipReason } from '../journal/event.ts';
import type { JournalProblem } from '../journal/problem.ts';
import type { Origin, Placement } from '../provenance/origin.ts';
import type { Tally } from '../provenance/tally.ts';

/**
 * All that the editor's surface asks of the rest: `extension.ts` implements it over capture and
 * journal. Offsets and lengths are UTF-16 code units of the text with `\n` line ends; times are
 * milliseconds since 1970 UTC. Nothing here waits for a disk unless it returns a promise.
 */
export interface Line {
  readonly keys: KeyCare;
  readonly own: OwnPrompting;

  /** The document's spans or findings changed. May fire at every change: listeners gather. */
  readonly onDidChangeSpans: Event<Uri>;
  /** What `stateOf` answers may have changed for some folder or document. */
  readonly onDidChangeState: Event<void>;
  readonly onDidMeetProblem: Event<Problem>;
  /** The record got a prompt, or something that says what became of one. May fire often: listeners gather. */
  readonly onDidChangePrompts: Event<void>;

  /** Where journals are kept, and whether that place outlives this machine (a container's does not). */
  readonly dataFolder: { readonly path: string; readonly lasts: boolean };

  /** State of a document or of a folder. */
  stateOf(uri: Uri): RecordingState;

  /**
   * Marked runs of [from, to) in text order; lengths add up to `to - from`, neighbours differ.
   * `undefined` when the document is not tracked or its spans do not fit its text at this moment.
   */
  spansIn(document: TextDocument, from: number, to: number): readonly MarkedSpan[] | undefined;

  /**
   * The document's figures; `undefined` when it is not tracked. Counted a few milliseconds a turn; `outdated` where it
   * changed meanwhile, or another was asked for: whoever listens is told to ask again.
   */
  figuresOf(document: TextDocument): Promise<Figures | 'outdated' | undefined>;

  /** Everything known of the run that holds the character at `offset`. */
  passageAt(document: TextDocument, offset: number): Promise<Passage | undefined>;

  promptOf(id: string): Promise<Prompt | undefined>;

  /** The person's consent for a folder: recording begins. What hinders it comes as a `Problem` too. */
  start(folder: WorkspaceFolder, by: 'person' | 'command', record?: NewRecord): Promise<void>;
  /** Takes up the recording of a folder that a journal has come to. Without consent nothing comes of it. */
  takeUp(folder: WorkspaceFolder): Promise<void>;
  /** What the journal of a recorded folder takes on the disk, in bytes, and its number of events. */
  sizeOf(uri: Uri): Promise<JournalSize | undefined>;
  pause(folder: WorkspaceFolder): Promise<void>;
  resume(folder: WorkspaceFolder): Promise<void>;

  /**
   * Begins a trace of what VS Code tells this window: `write` takes its lines, without line ends, one by one.
   * `scrambled`: other letters and digits stand for those that are there.
   */
  trace(write: (line: string) => void, scrambled: boolean): Trace;

  /** Commits all that waits, so that the command line sees it. */
  flush(): Promise<void>;

  /** Runs our command line for a folder, off this thread. Cancelling ends it with code 2. */
  runCli(folder: Uri | undefined, argv: readonly string[], watch?: CliWatch): Promise<CliResult>;
}

/** Of what work a record is: of `work`, which the folder's description names, or of a copy, which is a work of its own. */
export type NewRecord = { readonly work: string } | { readonly copies: true };

export interface JournalSize {
  readonly bytes: number;
  readonly events: number;
}

/** What a person does with this editor's signing key. Fingerprints in groups, to be read aloud. */
export interface KeyCare {
  /** Of the key that signs now. */
  fingerprint(): Promise<string>;
  /** Puts a new key in its place; the old one countersigns it. Gives its fingerprint. */
  rotate(): Promise<string>;
  /** A copy under a passphrase, as PEM. */
  copy(passphrase: string): Promise<string>;
  /** The key of a copy signs from now on. Gives its fingerprint; rejects where the copy does not open. */
  restore(copy: string, passphrase: string): Promise<string>;
}

/** A trace that is being recorded, until it is disposed of. */
export interface Trace extends Disposable {
  /** Events written so far. */
  readonly count: number;
}

export type RecordingState =
  | {
      readonly kind: 'recording';
      readonly folder: Uri /** Files still to be read for the first time. */;
      readonly toRead?: number;
    }
  | { readonly kind: 'paused'; readonly folder: Uri }
  | { readonly kind: 'notRecorded'; readonly why: NotRecorded }
  /** The folder has consent, yet its events cannot be written now. */
  | { readonly kind: 'problem'; readonly folder: Uri; readonly problem: Problem };

/** `consent`: its folder was never agreed to. `folder`: it stands in no folder of the window. */
export type NotRecorded = 'consent' | 'folder' | SkipReason;

export interface MarkedSpan {
  readonly length: number;
  readonly origin: Origin;
  readonly placement: Placement;
}

export interface Passage {
  /** The run around the offset that has one origin, one act and one placement. */
  readonly from: number;
  readonly to: number;
  readonly origin: Origin;
  readonly placement: Placement;
  /** Event that made the characters: `journalId:sequence`; absent until it is committed. */
  readonly event?: string;
  readonly time?: number;
  /** Event that put them here, when it is another. */
  readonly placedBy?: string;
  readonly placedAt?: number;
  readonly prompt?: Prompt;
  /** It was typed, and says word by word what an AI had given before, to this prompt where it is known. */
  readonly repeats?: { readonly prompt?: Prompt };
  /** The git commit that brought the line; `authored`: ms since 1970 UTC. */
  readonly commit?: { readonly id: string; readonly author: string; readonly authored: number };
}

export interface Figures {
  readonly tally: Tally;
  /** Characters that entered by changes seen live, and all that entered after consent; absent: not counted here. */
  readonly coverage?: { readonly observed: number; readonly entered: number };
}

/** Prompts that no reader finds. Both ways of recording throw where the folder is not recorded. */
export interface OwnPrompting {
  /** Writes one that the person gave elsewhere, with what came of it, into the folder's journal. */
  declare(folder: WorkspaceFolder, prompt: DeclaredPrompt): Promise<void>;
  /** Records one that is given through Holograph. */
  ask(folder: WorkspaceFolder, prompt: GivenPrompt): AskedPrompt;
  /** Runs an edit that puts an answer into the document, and nothing else: it is recorded as the AI's. */
  insert(document: TextDocument, answer: GivenAnswer, edit: () => Thenable<boolean>): Promise<boolean>;
  /**
   * Runs an edit that puts texts of our own, ready made (labels, reservations), into open documents, and nothing else: `texts`
   * has each document's by its uri, with `\n` line ends. They are recorded as a tool's, not as typed.
   */
  write(texts: ReadonlyMap<string, readonly string[]>, edit: () => Thenable<boolean>): Promise<boolean>;
}

export interface DeclaredPrompt {
  readonly agent: string;
  readonly model?: string;
  readonly text: string;
  /** What the tool answered. */
  readonly answer?: string;
}

export interface GivenPrompt {
  readonly text: string;
  /** `vendor/model`. */
  readonly model: string;
  /** Number of the exchange that it belongs to, in this window. */
  readonly conversation: number;
}

export interface AskedPrompt {
  readonly id: string;
  /** What came, once: in whole, or as far as it came. */
  answered(text: string): void;
}

export interface GivenAnswer {
  /** With `\n` line ends. */
  readonly text: string;
  /** Id of the recorded prompt that led to it. */
  readonly prompt?: string;
}

/** Something of the world's that stands in the way; `code` has a text in every language. */
export interface Problem {
  readonly code: ProblemCode;
  readonly folder?: Uri;
  /** The file it is about. */
  readonly path?: string;
  /** For the output channel: what the system said. */
  readonly detail?: string;
  /** There is no open journal: nothing is recorded until it has passed. Else events wait in memory. */
  readonly stopped?: true;
  /** It stands in the way of what the person asks for just now: told, though it was told before. */
  readonly asked?: true;
}

/** `agentRecord`: an AI tool's record cannot be read. `git`: a repository that git cannot be asked about. */
export type ProblemCode = JournalProblem['code'] | 'agentRecord' | 'git';

/** Who waits for a run of the command line. */
export interface CliWatch {
  readonly token?: CancellationToken | undefined;
  readonly onStage?: OnStage;
}

export interface CliResult {
  /** 0 done, 1 the answer is no, 2 cannot. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
