import { originOf, type SignedCheckpoint, verifyCheckpoint } from '../journal/checkpoint.ts';
import { toHex } from '../journal/digest.ts';
import { Fault } from '../journal/fault.ts';
import { isGrowthProof, parseGrowthProof } from '../journal/growthProof.ts';
import { fingerprintOf, publicKeyOf } from '../journal/keys.ts';
import { verifyConsistency, verifyInclusion } from '../journal/proof.ts';
import { isTlogProof, leafOf, parseTlogProof } from '../journal/tlogProof.ts';
import { heldIn } from './held.ts';
import { stamp } from './moment.ts';
import { verifyTimeStamps } from './timeStamps/verified.ts';
import {
  type NotChecked,
  otherKey,
  type Subject,
  type Verification,
  type Vouched,
  verificationOf,
  type Wrong,
} from './verification.ts';

/** Whether a text begins as one of the proofs that `holograph prove` writes. */
export function isProof(text: string): boolean {
  return isGrowthProof(text) || isTlogProof(text);
}

/**
 * The stranger's check of a proof by itself: that one event stands in a signed record, or that a signed record began
 * as an earlier head says. Never throws for anything the text can be.
 */
export function verifyProof(text: string, vouched: Vouched = {}): Verification {
  try {
    return answer(isGrowthProof(text) ? growth(text) : inclusion(text), vouched);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const what = fault.code === 'keyMalformed' || fault.code === 'checkpointMalformed' ? fault.code : 'proofMalformed';
    return verificationOf({
      subject: { form: 'proof' },
      wrong: [{ member: '', what, detail: fault.detail }],
      notChecked: [],
      keyKnown: false,
      anchoredTo: null,
    });
  }
}

/** What a proof states, and whether its digests lead where it says. */
interface Opened {
  readonly checkpoint: SignedCheckpoint;
  readonly note: string;
  readonly publicKey: string;
  readonly leads: boolean;
  readonly subject: Pick<Subject, 'event' | 'from'>;
  /** Heads that the proof vouches for: what the person who checks holds must be one of them. */
  readonly heads: readonly { readonly size: number; readonly root: string }[];
}

function inclusion(text: string): Opened {
  const proof = parseTlogProof(text);
  const { checkpoint, event, index, path } = proof;
  const { sequence, time, zone, kind } = event;
  if (sequence !== index || typeof kind !== 'string' || typeof time !== 'number' || typeof zone !== 'number')
    throw new Fault('proofMalformed', 'event');
  return {
    ...proof,
    leads: verifyInclusion(leafOf(proof), index, checkpoint.size, path, checkpoint.root),
    subject: { event: { sequence: index, kind, time: stamp({ time, zone }) } },
    heads: [headOf(checkpoint)],
  };
}

function growth(text: string): Opened {
  const proof = parseGrowthProof(text);
  const { checkpoint, from, path } = proof;
  return {
    ...proof,
    publicKey: publicKeyOf(proof.publicKey),
    leads: verifyConsistency(from.size, checkpoint.size, from.root, checkpoint.root, path),
    subject: { from: headOf(from) },
    heads: [headOf(from), headOf(checkpoint)],
  };
}

function answer(
  { checkpoint, note, publicKey, leads, subject, heads }: Opened,
  { key, ...held }: Vouched,
): Verification {
  const fingerprint = fingerprintOf(publicKey);
  const stamped = verifyTimeStamps([], [note], held);
  const since = stamped.since ?? held.since;
  const wrong: Wrong[] = [...stamped.wrong];
  const notChecked: NotChecked[] = [...stamped.notChecked];
  if (!leads) wrong.push({ member: '', what: 'proofPath' });
  if (!verifyCheckpoint(note, publicKey)) wrong.push({ member: '', what: 'proofSignature' });
  if (key !== undefined && key !== fingerprint) wrong.push(otherKey('', key, fingerprint));
  const anchor = since === undefined ? null : anchorOf(since, checkpoint.origin, heads);
  if (anchor !== null && 'what' in anchor) wrong.push(anchor);
  else if (anchor !== null && 'why' in anchor) notChecked.push(anchor);
  return verificationOf({
    subject: { form: 'proof', journal: journalOf(checkpoint), ...headOf(checkpoint), key: fingerprint, ...subject },
    wrong,
    notChecked,
    keyKnown: key === fingerprint,
    anchoredTo: anchor === null || !('root' in anchor) ? null : { journal: journalOf(checkpoint), ...anchor },
    anchoredAt: stamped.anchoredAt,
    timeStamps: stamped.timeStamps,
  });
}

/** The largest of the heads that the person holds and the proof states; a proof tells nothing of heads of other sizes. */
function anchorOf(since: string, origin: string, heads: Opened['heads']): Opened['heads'][number] | Wrong | NotChecked {
  const held = heldIn(since);
  if (typeof held === 'string') return { member: '', what: held };
  const own = held.filter(one => one.origin === origin);
  if (own.length === 0) return { member: '', what: 'sinceOther', detail: held[0]!.origin };
  const known = own.flatMap(one => heads.filter(({ size }) => size === one.size).map(head => ({ one, head })));
  const other = known.find(({ one, head }) => one.root !== head.root);
  if (other !== undefined) return { member: '', what: 'sinceRoot', detail: `size ${other.one.size}` };
  if (known.length === 0) return { member: '', why: 'otherSize', detail: own.map(({ size }) => size).join(', ') };
  return known.map(({ head }) => head).reduce((a, b) => (b.size > a.size ? b : a));
}

function headOf({ size, root }: { readonly size: number; readonly root: Uint8Array }) {
  return { size, root: toHex(root) };
}

function journalOf({ origin }: SignedCheckpoint): string {
  return origin.slice(originOf('').length);
}
