import type { FileFormat } from '../journal/event.ts';
import type { Replay } from '../journal/replay.ts';
import type { Placement } from '../provenance/origin.ts';
import type { Provenance } from '../provenance/provenance.ts';

/** A document as the events leave it. */
export interface ReplayedDocument {
  readonly document: number;
  readonly path?: string | undefined;
  /** The file is there: not deleted. */
  readonly present: boolean;
  readonly format: FileFormat;
  readonly text: string | { toString(): string };
  /** SHA-256 (hex) of the file's text with `\n` line ends. */
  readonly textDigest: string;
  readonly provenance: Provenance;
  /** The two, to be read in part. */
  readonly content: { readonly text: { slice(from: number, to: number): string }; readonly provenance: Provenance };
  /** Sequence of the event that last made this text the file's. */
  readonly savedAt: number;
  /** A tracker has changed it since it was last the file's. */
  readonly unsaved: boolean;
  /** What a tracker left unsaved when it ended. */
  readonly left?: unknown;
}

/** What events are folded into. */
export interface Folding extends Pick<Replay, 'origins' | 'actors' | 'tracker' | 'trackers'> {
  readonly documents: ReadonlyMap<number, ReplayedDocument>;
}

/** An act that placed characters which were there before. */
export interface Placing {
  readonly how: Placement;
  readonly sequence: number;
}
