/** Lines of one file that an account made by another program says an AI wrote. One-based, both ends included. */
export interface AttributedLines {
  /** From the repository's topmost folder, as the account has it. */
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly tool: string;
  readonly conversation: string;
  readonly model?: string;
}
