import { Fault } from './fault.ts';
import { type KeyBody, keyBody } from './keyEvent.ts';
import { type KeyEvent, Keyring } from './keyring.ts';
import { fingerprintOf, type Signer } from './keys.ts';

/**
 * The events by which a keeper's key enters a journal and vouches for what else the person has at hand; none where the
 * journal has it all. Throws Fault `keyReplaced` where the journal says that the key was replaced for good: whoever holds
 * it now has an old copy.
 */
export function keyEntries(journal: string, events: readonly KeyEvent[], signer: Signer): readonly KeyBody[] {
  const ring = new Keyring(journal, events);
  if (ring.isRetired(signer.publicKey)) throw new Fault('keyReplaced', signer.fingerprint);
  const entered = ring.isActive(signer.publicKey) ? [] : [entryOf(journal, ring, signer)];
  const beside = (signer.beside ?? []).filter(
    ({ publicKey }) => ring.isActive(publicKey) && !related(ring, publicKey, signer),
  );
  // Whoever has both keys shows by both signatures that they are one person's.
  const joined = entered.some(({ counter }) => counter !== undefined) ? [] : beside;
  return [...entered, ...joined.map(other => keyBody(journal, other, signer))];
}

function related(ring: Keyring, publicKey: string, { publicKey: own, fingerprint }: Signer): boolean {
  return ring.standsFor(fingerprint, publicKey) || ring.standsFor(fingerprintOf(publicKey), own);
}

/** Countersigned by the keeper's former key if that is at hand, which it replaces; else by another key at hand. */
function entryOf(journal: string, ring: Keyring, signer: Signer): KeyBody {
  const former = signer.former?.find(({ publicKey }) => ring.isActive(publicKey));
  if (former !== undefined) return keyBody(journal, signer, former, { replaces: former.fingerprint });
  const other = signer.beside?.find(({ publicKey }) => ring.isActive(publicKey));
  const lost = ring.active.findLast(key => key.keeper === signer.keeper);
  return keyBody(journal, signer, other, lost && { replaces: fingerprintOf(lost.publicKey), lost: true });
}
