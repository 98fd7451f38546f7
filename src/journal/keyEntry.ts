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
  const bodies = mustEnter(ring, signer) ? [entryOf(journal, ring, signer)] : [];
  const now = () => {
    const next = (events.at(-1)?.sequence ?? -1) + 1;
    return new Keyring(journal, [...events, ...bodies.map((body, i) => ({ ...body, sequence: next + i }))]);
  };
  for (const other of signer.beside ?? []) {
    if (!ring.isActive(other.publicKey)) continue;
    if (isMissed(now(), signer, other)) bodies.push(keyBody(journal, other, signer));
    if (isMissed(now(), other, signer)) bodies.push(keyBody(journal, signer, other));
  }
  return bodies;
}

/** Also where a key that it took the place of came in behind it, from a window that had not heard of that: it goes then. */
function mustEnter(ring: Keyring, { publicKey, former = [] }: Signer): boolean {
  return !ring.isActive(publicKey) || former.some(one => ring.isActive(one.publicKey));
}

/**
 * Whether some key vouches for `by` and not for `other`. Whoever has two keepers' keys shows by both signatures that they are
 * one person's: what vouches for one of them then vouches for the other.
 */
function isMissed(ring: Keyring, by: Signer, other: Signer): boolean {
  return ring.active.some(({ publicKey }) => {
    const vouched = fingerprintOf(publicKey);
    return ring.standsFor(vouched, by.publicKey) && !ring.standsFor(vouched, other.publicKey);
  });
}

/** Countersigned by the keeper's former key if that is at hand, which it replaces; else by another key at hand. */
function entryOf(journal: string, ring: Keyring, signer: Signer): KeyBody {
  const former = signer.former?.find(({ publicKey }) => ring.isActive(publicKey));
  if (former !== undefined) return keyBody(journal, signer, former, { replaces: former.fingerprint });
  const other = signer.beside?.find(({ publicKey }) => ring.isActive(publicKey));
  const lost = ring.active.findLast(key => key.keeper === signer.keeper);
  return keyBody(journal, signer, other, lost && { replaces: fingerprintOf(lost.publicKey), lost: true });
}
