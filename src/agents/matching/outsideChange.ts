import type { Origin } from '../../provenance/origin.ts';

/** New characters that stand together: how many, and the serial of the first. Shaped as the core's `Span`. */
export interface Serials {
  readonly length: number;
  readonly serial: number;
}

/** A run of new serials and where it stands in the text after the change (UTF-16 code units). */
export interface Placed extends Serials {
  readonly at: number;
}

/** A change that came from outside the editor, as it was observed. */
export interface OutsideChange {
  /** Absolute, or relative to the matcher's folder. */
  readonly path: string;
  /** Digests (hex) of the whole text before and after: `plainTextDigest`. */
  readonly before: string;
  readonly after: string;
  /** Number of the event, or what the caller names it by. */
  readonly act: number;
  /** It came through the editor, by nobody known. */
  readonly live?: true;
  /** The events that took text away or moved it, where these are others than `act`. */
  readonly acts?: readonly number[];
  /** When it was observed, ms since 1970 UTC. Without it only whole texts are compared. */
  readonly time?: number;
  /** Nobody was looking from this time on: it came between then and `time`, at which it was seen. */
  readonly since?: number;
  /** The new characters in the order of the text. */
  readonly fresh: readonly Placed[];
  readonly beforeText?: () => Promise<string | undefined>;
  readonly afterText?: () => Promise<string | undefined>;
}

/** What agents' edits explain of one change. Spans in no range stay as they were found. */
export interface Match {
  readonly act: number;
  /** As the change has them. */
  readonly acts?: readonly number[];
  /** Ids of the edits it rests on. */
  readonly edits: readonly string[];
  /** What the change took away or moved was this; absent where another may have had a part in it. */
  readonly actor?: Origin;
  /** Empty when the change only took text away. */
  readonly ranges: readonly { readonly spans: readonly Serials[]; readonly origin: Origin }[];
}

/** A change of which the texts are still to be asked for: only where an edit of the file is near in time. */
export interface LaterChange {
  /** Absolute, or relative to the matcher's folder. */
  readonly path: string;
  /** Ms since 1970 UTC. */
  readonly time: number;
  /** Undefined where nothing of it is there any more. */
  readonly see: () => Promise<OutsideChange | undefined>;
}
