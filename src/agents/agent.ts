import type { Machine } from './reading/machine.ts';

/** What every reader of an AI tool's records gives, whatever the tool. Plain data; times are ms since 1970 UTC. */

/** What a person asked an AI. Messages that a tool injects are no prompts. */
export interface Prompt {
  /** `agent:conversation:message`, unique for ever. */
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  readonly time: number;
  readonly text: string;
  /** `vendor/model`, when the record names it. */
  readonly model?: string;
  /**
   * Folder in which the tool worked when it was asked, as the record names it. `''`: it is not named, and the record
   * lies where those of all folders do: such a prompt counts once it led to an edit that counts. Absent: the record's place tells.
   */
  readonly folder?: string;
  /** Secrets that were recognised in the text and are ▮ now; absent: none. Set by whoever reads, not by readers. */
  readonly withheld?: number;
}

/** What an AI answered in words, or offered as code without writing it: text that a person may carry over. */
export interface Answer {
  /** `agent:conversation:message`, unique for ever. */
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  readonly time: number;
  readonly text: string;
  /** Id of the prompt that it answers. */
  readonly prompt?: string;
  readonly model?: string;
  /** As a prompt's. */
  readonly withheld?: number;
}

/** One tool call's effect on one file. Absent texts were not recorded by the tool; they are never guessed. */
export interface AgentEdit {
  /** `agent:conversation:call`, unique for ever; a call that changes several places or files has `.1`, `.2` … behind it. */
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  readonly time: number;
  /** Absolute path as the tool wrote it. */
  readonly file: string;
  /** Id of the prompt in whose turn the call was made. */
  readonly prompt?: string;
  readonly model?: string;
  /** Whole text of the file before the call; absent if the tool did not record it. `null`: there was no file. */
  readonly before?: string | null;
  /** Whole text after the call, when it was recorded or follows from the record alone. */
  readonly after?: string;
  /** The replacement as the tool was asked to make it, when only that is known. */
  readonly replaced?: { readonly old: string; readonly new: string; readonly all: boolean };
  /** It was a completion at the caret, accepted with a key; absent for what an agent wrote by itself. */
  readonly completion?: true;
  /**
   * Read as documentation says: what it tells is `reported` at most. Set by whoever reads, for all of such a reader; by a
   * reader that was checked against samples, for a form of edit that they do not have.
   */
  readonly unchecked?: true;
  /**
   * Id of an edit that tells of the same act with other texts, and came before: they count once. Set by whoever reads, where
   * a tool's stores have no name in common.
   */
  readonly of?: string;
  /** It was made in another worktree of the same repository; `file` is the same file here. Set by whoever reads. */
  readonly elsewhere?: true;
}

/** What the person did with an edit that the tool proposed or had made, as the tool's record says. */
export interface Decision {
  /** Id of the edit. */
  readonly edit: string;
  readonly agent: string;
  readonly time: number;
  readonly outcome: 'accepted' | 'rejected' | 'undone';
}

/** Something in a record that could not be read; becomes a gap, never silence. */
export interface Problem {
  readonly file: string;
  /** One-based; 0 for the whole file. */
  readonly line: number;
  readonly message: string;
  /** The tool whose record it is. Set by whoever reads, not by readers. */
  readonly agent?: string;
}

export interface AgentRecords {
  readonly prompts: readonly Prompt[];
  readonly answers: readonly Answer[];
  readonly edits: readonly AgentEdit[];
  readonly decisions: readonly Decision[];
  readonly problems: readonly Problem[];
  /** The record holds more that is ready now: read again. Absent at its end. */
  readonly more?: true;
}

export const noRecords: AgentRecords = { prompts: [], answers: [], edits: [], decisions: [], problems: [] };

/** One AI tool's records: where they lie, and an incremental reader for one of them. */
export interface Agent {
  /** In lower case with dashes, as it stands in the journal: `claude-code`. */
  readonly name: string;
  /** What its ids begin with where several stores tell of one tool's calls, so that a call has one id; else its name. */
  readonly ids?: string;
  /** What the reader was checked against; one that only its documentation describes proves nothing. */
  readonly checked: 'samples' | 'documentation';
  /** Versions of the tool, or of its format, that the reader knows, for people: `1.0 to 2.1`. */
  readonly versions: string;
  /** Folders (absolute) to watch for records about work in `folder`; they may not exist yet. */
  places(folder: string, machine: Machine): readonly string[];
  /** All places, or this one, hold much else: only the files right in them are records, not those in folders below. */
  readonly shallow?: true | ((place: string) => boolean);
  /**
   * Such a record does not say when each thing was asked: what stands in it at a first look may be of any time before.
   */
  readonly undated?: (file: string) => boolean;
  /** Whether a record may be another person's, since git has it and may have brought it: nothing of it is taken. */
  readonly foreign?: (file: string) => Promise<boolean>;
  /** Whether a file name inside such a place (relative to it) is a record of this tool. */
  isRecord(file: string): boolean;
  /**
   * A reader that keeps its offset: each `read` gives what came since the last, and holds back what is unfinished. It
   * never throws for what it reads, never writes, and holds a bounded amount at once. What it does not know is a problem.
   * `machine`: where a tool's other records are looked for that this one speaks of; else on this machine.
   */
  reader(file: string, machine?: Machine): AgentReader;
}

export interface AgentReader {
  read(): Promise<AgentRecords>;
}
