import { changedFrame } from './changedJson.ts';
import type { SegmentCursor } from './cursor.ts';
import { binaryDigest } from './digest.ts';
import { NumberedBytes } from './numberedBytes.ts';
import { wellFormed } from './parts.ts';
import type { Shape } from './shape.ts';
import { TextDigests } from './textDigests.ts';

/** Larger numbers, and those below 0, are written in other ways. */
const most = 2 ** 50;

/**
 * Digests of the plain events of packs, without an object for each. Law: equals `eventDigest`. Most of what is hashed
 * for an event is what was hashed for the one before: the bytes are kept, and only the numbers in them are written
 * anew. Mutable and reusable; `secret` is that of a segment of which nothing was taken out.
 */
export class ChangedDigests {
  readonly #texts = new TextDigests();
  /** Bytes of the shapes of one tracker's events, and whose they are; undefined: they cannot be held so. */
  readonly #frames = new Map<Shape, NumberedBytes | undefined>();
  #document = -1;
  #session = -1;
  #tracker = -1;
  #zone = Number.NaN;
  #shape: Shape | undefined;
  #bytes: NumberedBytes | undefined;

  set secret(secret: Uint8Array) {
    this.#texts.secret = secret;
  }

  /** As a binary string of 32 characters; undefined where this is not the way to compute it. Clocks must have been read. */
  digestOf(cursor: SegmentCursor): string | undefined {
    if (!cursor.changed || !cursor.plain) return undefined;
    const bytes = this.#bytesOf(cursor);
    if (bytes === undefined) return undefined;
    const k = cursor.change;
    const text = cursor.textOf(k);
    if (!wellFormed(text)) return undefined;
    const { time, monotonic, version, first } = cursor;
    if (!(time >= 0 && time < most && monotonic >= 0 && monotonic < most && first < most)) return undefined;
    const digest = this.#texts.hexOf(text, cursor.sequence);
    bytes.begin();
    bytes.number(cursor.from[k]!);
    bytes.number(cursor.to[k]!);
    if (cursor.origins.length === 1) bytes.number(cursor.found[cursor.finding]!);
    bytes.number(first);
    bytes.number(monotonic);
    bytes.number(cursor.sequence);
    bytes.text(digest);
    bytes.number(text.length);
    bytes.text(this.#texts.counts);
    bytes.number(time);
    bytes.number(version);
    return binaryDigest(bytes.end());
  }

  /** The bytes of events of this shape and tracker. */
  #bytesOf(cursor: SegmentCursor): NumberedBytes | undefined {
    const { shape, document, session, tracker, zone } = cursor;
    const same =
      document === this.#document && session === this.#session && tracker === this.#tracker && zone === this.#zone;
    if (same && shape === this.#shape) return this.#bytes;
    // Each pack has shapes of its own, a few.
    if (!same || this.#frames.size > 256) this.#frames.clear();
    [this.#document, this.#session, this.#tracker, this.#zone] = [document, session, tracker, zone];
    if (!this.#frames.has(shape)) {
      this.#frames.set(shape, framed(changedFrame(shape, { document, session, tracker, zone })));
    }
    this.#shape = shape;
    this.#bytes = this.#frames.get(shape);
    return this.#bytes;
  }
}

function framed(frame: string[] | undefined): NumberedBytes | undefined {
  if (frame === undefined) return undefined;
  // RFC 6962: what is hashed for a leaf begins with 0.
  frame[0] = `\0${frame[0]}`;
  return new NumberedBytes(frame);
}
