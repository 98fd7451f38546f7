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
  /** Folder in which the tool worked when it was asked, as the record names it. */
  readonly folder?: string;
}

/** One tool call's effect on one file. Absent texts were not recorded by the tool; they are never guessed. */
export interface AgentEdit {
  /** `agent:conversation:call`, unique for ever. */
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
}

/** Something in a record that could not be read; becomes a gap, never silence. */
export interface Problem {
  readonly file: string;
  /** One-based; 0 for the whole file. */
  readonly line: number;
  readonly message: string;
}

export interface AgentRecords {
  readonly prompts: readonly Prompt[];
  readonly edits: readonly AgentEdit[];
  readonly problems: readonly Problem[];
  /** The record holds more that is ready now: read again. Absent at its end. */
  readonly more?: true;
}

/** One AI tool's records: where they lie for a folder, and an incremental reader for one of them. */
export interface Agent {
  readonly name: string;
  /** Folders (absolute) to watch for records about work in `folder`; they may not exist yet. */
  places(folder: string, env: Readonly<Record<string, string | undefined>>): readonly string[];
  /** Whether a file name inside such a place is a record of this tool. */
  isRecord(file: string): boolean;
  /** A reader that keeps its offset: each `read` gives what came since the last, and holds back a partial last line. */
  reader(file: string): AgentReader;
}

export interface AgentReader {
  read(): Promise<AgentRecords>;
}
