import type { Observation } from '../classify/observation.ts';
import type { Actor, Basis, Origin, Placement } from '../provenance/origin.ts';
import type { AlignedChange, PlacedSpan, Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';
import type { Echoed, Repeat } from './echoed.ts';
import type { EventBody, FileFormat, Finding, SkipReason } from './event.ts';
import type { CommittedFiles, HeldFile } from './heldFiles.ts';
import type { KeyEvent } from './keyring.ts';
import type { OutsideChange } from './outside.ts';
import type { JournalProblem } from './problem.ts';
import type { RecordedCommit, RecordedPrompt } from './recorded.ts';
import type { Stamp } from './stamp.ts';
import type { Stop } from './stops.ts';
import type { Strayed, StrayedRequest } from './strayed.ts';
import type { UnusedEdits, UnusedEditsRequest } from './unusedEdits.ts';

export type { RecordedCommit, RecordedPrompt } from './recorded.ts';

/**
 * What the editor's thread and the worker say to each other: plain data. Acts are counted by the thread
 * (ordinals, from `firstOrdinal`): an event it hands over takes one, and so does each request that may append.
 */

/** Ordinals begin above every sequence, so that one number can stand for either: see `JournalWriter.sequenceOf`. */
export const firstOrdinal = 2 ** 40;

export interface QueuedEvent extends Stamp {
  readonly body: EventBody;
  readonly texts?: readonly string[];
}

/** A finding of characters that the thread has not heard of. `act`: a sequence. */
export interface KnownFinding {
  readonly first: number;
  readonly count: number;
  readonly origin: Origin;
  readonly act: number;
}

export interface KnownAct {
  readonly placed: number;
  readonly placement: Placement;
  readonly act: number;
}

/** What the thread has to learn to show some spans. */
export interface Known {
  readonly findings: readonly KnownFinding[];
  readonly acts: readonly KnownAct[];
}

/** A change that came from outside, as the matcher of agents' edits takes it. `act`: an ordinal or a sequence. */
export interface SeenOutside {
  /** SHA-256 (hex) of the whole text. */
  readonly before: string;
  readonly after: string;
  readonly act: number;
  /** The new characters, a span a run, in text order, with their places in the text after. */
  readonly fresh: readonly PlacedSpan[];
}

export interface OpenRequest {
  readonly tracker: number;
  /** Relative to the folder, with `/`; absent for an untitled text. */
  readonly path?: string;
  /** Tracker of this session whose text this one takes over. */
  readonly continues?: number;
  /** The editor's text with `\n` line ends. */
  readonly text: string;
  readonly format: FileFormat;
  /** Of characters that nobody saw come. */
  readonly origin: Origin;
  /** Of the text of a file that the journal has never seen; `origin` if absent. */
  readonly file?: FileOrigin;
  /** The editor's text is not its file's: after a crash it may be what was left unsaved, less or more a few keys. */
  readonly dirty?: true;
  /** The file was empty when the editor opened it to save an untitled text there; what stands in it by now is that. */
  readonly empty?: true;
  readonly observation: Observation;
}

/** A cell of a notebook is open. */
export interface CellRequest extends Omit<OpenRequest, 'path' | 'continues' | 'dirty' | 'empty'> {
  /** Of the notebook's file. */
  readonly path: string;
  /** Name of the cell in the record. */
  readonly cell: string;
  /** As the file has it, from 0; and its id there, if it has one. */
  readonly rank: number;
  readonly id?: string;
  /** Trackers of this session whose text this one may be, the likeliest first. */
  readonly like: readonly number[];
  /** Texts that were taken out of other cells just now: a cell that was split has lost what is in the new one. */
  readonly pieces: readonly { readonly text: string; readonly spans: readonly Span[] }[];
}

/** A notebook was saved. `cells`: trackers of its cells, in order. */
export interface NotebookRequest {
  readonly path: string;
  readonly cells: readonly number[];
}

/** What the text of a file is that the journal has never seen. */
export interface FileOrigin {
  readonly origin: Origin;
  /** Milliseconds since 1970 UTC: the text of a file that was touched later is of unknown origin. */
  readonly until?: number;
}

export interface Opened {
  readonly document: number;
  readonly version: number;
  readonly spans: readonly Span[];
  readonly placements: readonly Span[];
  readonly known: Known;
  /** The file was not there before; its text was not what was last recorded. */
  readonly changed: readonly SeenOutside[];
}

export interface AlignRequest {
  readonly document: number;
  readonly tracker: number;
  /** The tracker's count of its steps, this one included. */
  readonly version: number;
  /** In offsets of the tracker's text before the step. */
  readonly changes: readonly Change[];
  /** The changes stand as they are: text was put in, and what it replaced is no earlier form of it. */
  readonly exact?: true;
  /** Of the new characters. */
  readonly origin: Origin;
  /** Of characters that were there before, but for those that the step itself moved. */
  readonly placement: Placement;
  /** Who removed or placed what was there before; absent: whatever made the new characters. */
  readonly actor?: Actor;
  readonly observation: Observation;
}

export interface Aligned {
  readonly changes: readonly AlignedChange[];
  /** What each of these took out, where it lies not within what was to be aligned: text that says the same may move. */
  readonly removed?: readonly string[];
  readonly fresh: { readonly first: number; readonly count: number };
  readonly placed?: number;
  readonly placement: Placement;
  readonly findings: readonly Finding[];
  readonly act: number;
  readonly known: Known;
  /** Absent where text was only put in. */
  readonly outside?: SeenOutside;
}

export interface FileSeen {
  readonly document: number;
  /** Its text was not what was last recorded. */
  readonly changed?: SeenOutside;
}

export interface BaselineResult {
  /** Files that were looked at. */
  readonly done: number;
  readonly skipped: readonly { readonly path: string; readonly reason: SkipReason }[];
  readonly changed: readonly (SeenOutside & { readonly path: string })[];
  /** Paths of documents that are no longer there. */
  readonly vanished: readonly string[];
}

/** Characters that came from outside, and acts (sequences) by which text was taken away or moved from there. */
export interface Outsiders {
  readonly ranges: readonly Span[];
  readonly acts: readonly number[];
  /** It is asked for an agent's record of this basis: that tells of what git brought too, and of an AI's on no stronger one. */
  readonly by?: Basis;
}

/** Requests and their answers. */
export interface Asks {
  open: { request: OpenRequest; answer: Opened };
  cell: { request: CellRequest; answer: Opened };
  notebook: { request: NotebookRequest; answer: FileSeen | undefined };
  align: { request: AlignRequest; answer: Aligned };
  outside: {
    request: { readonly path: string; readonly observation: Observation; readonly origin: Origin };
    answer: FileSeen | undefined;
  };
  baseline: {
    request: { readonly paths: readonly string[]; readonly file: FileOrigin; readonly by: 'baseline' | 'start' };
    answer: BaselineResult;
  };
  /** Why a file cannot be recorded as it stands; undefined where it can, or is not there. */
  unfit: { request: { readonly path: string }; answer: SkipReason | undefined };
  renamed: { request: { readonly from: string; readonly to: string }; answer: undefined };
  deleted: { request: { readonly path: string }; answer: undefined };
  outsideChanges: { request: { readonly since: number }; answer: readonly OutsideChange[] };
  unusedEdits: { request: UnusedEditsRequest; answer: UnusedEdits };
  /** Those of these of which no more is known than that they came from outside. */
  unexplained: { request: Outsiders; answer: Outsiders };
  strayed: { request: StrayedRequest; answer: Strayed | undefined };
  /** How one text became another, as `text/diff.ts` aligns them; neither has to be the journal's. */
  compare: { request: { readonly before: string; readonly after: string }; answer: readonly Change[] };
  text: { request: { readonly digest: string }; answer: string | undefined };
  /** When a committed event happened, ms since 1970 UTC. */
  time: { request: { readonly sequence: number }; answer: number | undefined };
  prompt: { request: { readonly id: string }; answer: RecordedPrompt | undefined };
  commit: { request: { readonly id: string }; answer: RecordedCommit | undefined };
  /** Which of these files stand so in the record. */
  held: { request: CommittedFiles; answer: readonly HeldFile[] };
  /** Bytes that the journal takes on the disk, and its number of events. */
  size: { request: undefined; answer: { readonly bytes: number; readonly events: number } };
  flush: { request: undefined; answer: undefined };
  /** The text to sign, of the journal's head, and the keys that it knows. */
  head: { request: undefined; answer: { readonly text: string; readonly keys: readonly KeyEvent[] } };
  /** Whether it was kept: the key that signed may have been replaced meanwhile. */
  checkpoint: { request: { readonly note: string }; answer: boolean };
  close: { request: undefined; answer: undefined };
}

export type AskKind = keyof Asks;

export type Ask = {
  [K in AskKind]: {
    readonly kind: K;
    readonly id: number;
    readonly ordinal: number;
    readonly stamp: Stamp;
    readonly request: Asks[K]['request'];
  };
}[AskKind];

export type ToWorker =
  | { readonly kind: 'append'; readonly ordinal: number; readonly events: readonly QueuedEvent[] }
  | { readonly kind: 'ask'; readonly ask: Ask };

/** What the thread learns when the worker has opened the journal. */
export interface WorkerReady {
  readonly journal: string;
  readonly work: string;
  /** The consented folder: the one asked for, or the nearest above it. Paths are relative to it. */
  readonly folder: string;
  /** This is the journal's first session: what stands in the folder was there before. */
  readonly begins: boolean;
  /** Milliseconds since 1970 UTC at which the journal began; nothing older is taken from agents' records. */
  readonly since: number;
  readonly session: number;
  /** When another session last told of anything, ms since 1970 UTC; absent in the first. */
  readonly unseenSince?: number;
  /** First of the thread's 2^32 serials. */
  readonly serials: number;
  readonly recording: boolean;
  /** When the person had it stopped, oldest first. */
  readonly stops: readonly Stop[];
  /** Ordinals below this are committed. */
  readonly ordinal: number;
  /** Ids of the prompts that are recorded, and `recordKey` of what else agents' records have said. */
  readonly prompts: readonly string[];
  readonly records: readonly string[];
  readonly repeats: readonly Repeat[];
  /** Events by which keys entered the journal. */
  readonly keys: readonly KeyEvent[];
  /** Events that no checkpoint covers yet, of earlier sessions. */
  readonly unsigned: number;
  /** The journal begins anew after a damaged one: nothing that stands in its files now was seen to come. */
  readonly follows?: string;
}

export type FromWorker =
  | { readonly kind: 'ready'; readonly ready: WorkerReady }
  | { readonly kind: 'failed'; readonly problem: JournalProblem }
  | { readonly kind: 'committed'; readonly ordinal: number; readonly sequence: number; readonly count: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Asks[AskKind]['answer'] }
  | { readonly kind: 'refused'; readonly id: number; readonly problem: JournalProblem }
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'problem'; readonly problem: JournalProblem }
  /** The journal takes nothing any more; what is handed over from now on is spooled. */
  | { readonly kind: 'over'; readonly problem: JournalProblem }
  | { readonly kind: 'echoed'; readonly found: Echoed }
  /** Another process has written of prompts, or of what became of them. */
  | { readonly kind: 'prompts' }
  | { readonly kind: 'recording'; readonly recording: boolean };
