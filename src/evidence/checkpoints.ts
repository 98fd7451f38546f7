import { originOf, parseCheckpoint, type SignedCheckpoint, verifyCheckpoint } from '../journal/checkpoint.ts';
import { toHex } from '../journal/digest.ts';
import { Fault } from '../journal/fault.ts';
import type { Member } from './bag.ts';
import type { PackagedJournal } from './packagedJournal.ts';
import type { Verification, Wrong } from './verification.ts';

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
    return isSigned(note, size, journal) ? [] : [{ member: name, what: 'checkpointSignature' }];
  });
}

/** What of a journal the check of a checkpoint needs. */
type KnownJournal = Pick<PackagedJournal, 'id' | 'size' | 'keys' | 'roots'>;

/** Whether an earlier checkpoint, held by the person who checks, is the beginning of this journal. */
export function anchorIn(note: string, journal: KnownJournal): Verification['anchoredTo'] | Wrong {
  const checkpoint = checkpointIn(note);
  const wrong = (what: Wrong['what'], detail?: string): Wrong => ({ member: '', what, ...(detail && { detail }) });
  if (checkpoint === undefined) return wrong('sinceMalformed');
  const { origin, size } = checkpoint;
  const root = toHex(checkpoint.root);
  if (origin !== originOf(journal.id)) return wrong('sinceOther', origin);
  if (size > journal.size) return wrong('sinceLater', `${size} > ${journal.size}`);
  if (journal.roots.get(size) !== root) return wrong('sinceRoot', `size ${size}`);
  if (!isSigned(note, size, journal)) return wrong('sinceSignature');
  return { journal: journal.id, size, root };
}

function isSigned(note: string, size: number, { keys }: KnownJournal): boolean {
  return keys.some(({ sequence, publicKey }) => sequence < size && verifyCheckpoint(note, publicKey));
}
