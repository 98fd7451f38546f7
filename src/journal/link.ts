import { sha256 } from './digest.ts';

/**
 * The tail's running link after a pack: SHA-256(previous ‖ packed bytes). The first pack after the sealed segments
 * goes on from the root (32 bytes) of the tree over them, `emptyRoot` when there are none.
 */
export function runningLink(previous: Uint8Array, bytes: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([previous, bytes]));
}
