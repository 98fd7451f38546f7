/** A prompt as the journal has it. */
export interface RecordedPrompt {
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  /** When it was asked, ms since 1970 UTC. */
  readonly time: number;
  readonly text: string;
  readonly model?: string;
}

/** A git commit that brought text, as the journal has it. */
export interface RecordedCommit {
  readonly id: string;
  /** Name of its author, as git has it. */
  readonly author: string;
  /** When it was written, as its author's clock said: ms since 1970 UTC. */
  readonly authored: number;
}
