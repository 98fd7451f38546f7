import type { FileText } from './fileText.ts';
import type { Turn } from './journal.ts';
import type { Recall } from './recall.ts';
import type { Stamp } from './stamp.ts';

/** What an act of the worker is done with. */
export interface Acting {
  readonly turn: Turn;
  readonly session: number;
  readonly stamp: Stamp;
  /** Takes serials of the worker's own block. */
  serials(count: number): number;
  /** Keeps a text at hand for the matcher of agents' edits. */
  remember(digest: string, text: string): void;
  /** Text that was there before, in whatever document. */
  readonly recall: Recall;
  /** The text of a file of the folder, `undefined` when there is none to read. */
  read(path: string, encoding?: string): FileText | undefined;
  /** Whether something stands at this path of the folder. */
  has(path: string): boolean;
}
