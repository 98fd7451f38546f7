import { eventDigest } from './canonical.ts';
import { ChangedDigests } from './changedDigests.ts';
import { SegmentCursor } from './cursor.ts';
import { binaryOf } from './digest.ts';
import { KeptSalts, type SegmentSecret } from './keptSalts.ts';

/** Computes the digests of the events of packs, one pack after another. Mutable and reusable. */
export class PackDigests {
  /** At the end of the pack whose digests were computed last. */
  readonly cursor = new SegmentCursor();
  readonly #digests = new ChangedDigests();

  /**
   * The events' digests in order, as binary strings. Throws Fault where the bytes are no pack, RangeError or TypeError where
   * an event has no digest.
   */
  of(bytes: Uint8Array, secret: SegmentSecret): string[] {
    const cursor = this.cursor.open(bytes);
    const whole = secret instanceof KeptSalts ? undefined : secret;
    if (whole !== undefined) this.#digests.secret = whole;
    cursor.readClocks();
    const leaves: string[] = [];
    while (cursor.next()) {
      const quick = whole && this.#digests.digestOf(cursor);
      leaves.push(quick ?? binaryOf(eventDigest(cursor.event(), secret)));
    }
    return leaves;
  }
}
