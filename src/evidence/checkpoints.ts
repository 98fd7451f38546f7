import { originOf, parseCheckpoint, type SignedCheckpoint } from '../journal/checkpoint.ts';
import { toHex } from '../journal/digest.ts';
import { Fault } from '../journal/fault.ts';
import type { Member } from './bag.ts';
import type { PackagedJournal } from './packagedJournal.ts';
import type { Wrong } from './verification.ts';

/** The checkpoint that a signed note states, if it is one in its one form. */
export function checkpointIn(note: string): SignedCheckpoint | undefined {
  try {
    return parseCheckpoint(note);
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

/** Checks the journal's checkpoints, oldest first: each is of its beginning, signed by a key it knew by then. */
export function checkpointFaults(members: readonly Member[], journal: PackagedJournal): Wrong[] {
  let before = 0;
  return members.flatMap(({ name, bytes }, i): readonly Wrong[] => {
    const note = Buffer.from(bytes).toString('utf8');
    const checkpoint = checkpointIn(note);
    if (checkpoint === undefined) return [{ member: name, what: 'checkpointMalformed' }];
    const { origin, size, root } = checkpoint;
    const last = i === members.length - 1;
    const named = name === `seal/checkpoints/${String(i + 1).padStart(4, '0')}.txt`;
    const placed = size >= before && (last ? size === journal.size : size <= journal.size);
    before = size;
    if (origin !== originOf(journal.id) || !placed || !named) return [{ member: name, what: 'checkpointOther' }];
    if (journal.roots.get(size) !== toHex(root)) return [{ member: name, what: 'checkpointRoot' }];
    const signer = journal.keys.signerOf(note, size);
    if (signer === 'replaced') return [{ member: name, what: 'keyReplaced' }];
    return signer === undefined ? [{ member: name, what: 'checkpointSignature' }] : [];
  });
}
