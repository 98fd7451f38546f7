import { verifyCounter } from '../journal/keyEvent.ts';
import { fingerprintOf } from '../journal/keys.ts';
import type { EventOf } from './chronicle.ts';

/** Whether a key of a journal is the one vouched for (a fingerprint), or was countersigned by it. `keys`: all of the journal. */
export function standsFor(
  vouched: string,
  signer: EventOf<'key'>,
  keys: readonly EventOf<'key'>[],
  journal: string,
): boolean {
  if (fingerprintOf(signer.publicKey) === vouched) return true;
  const earlier = keys.find(key => key.sequence < signer.sequence && fingerprintOf(key.publicKey) === vouched);
  return earlier !== undefined && verifyCounter(journal, signer, earlier.publicKey);
}
