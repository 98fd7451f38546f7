import { differingGroups } from '../journal/keys.ts';
import type { StatedRedaction } from '../journal/verifyRedactions.ts';
import { nationalFaults } from './national/fault.ts';
import type { VerifiedSignature } from './national/verified.ts';
import { timeStampFaults } from './timeStamps/fault.ts';
import type { TimeAnchor, VerifiedTimeStamp } from './timeStamps/verified.ts';
import type { ZipFaultCode } from './unzip.ts';

/**
 * What a stranger's check found: the answer of `holograph verify`, in the form of
 * `media/schema/verification.schema.json`.
 */
export interface Verification {
  readonly schema: 'holograph.verification';
  readonly version: 1;
  /** Nothing is wrong: all that is here follows from the events, and the seal and checkpoints fit. */
  readonly consistent: boolean;
  /** The seal is by the key that was vouched for, or by one that this key countersigned. */
  readonly keyKnown: boolean;
  /** The earlier checkpoint that was shown to be the beginning of this journal. */
  readonly anchoredTo: { readonly journal: string; readonly size: number; readonly root: string } | null;
  /**
   * The outside clock's word that the first `size` events existed at that time: of the time stamps whose root is
   * trusted, the earliest over the most events.
   */
  readonly anchoredAt: TimeAnchor | null;
  /** Every good time stamp, whoever stands for it. */
  readonly timeStamps: readonly VerifiedTimeStamp[];
  /** National signatures over the seal in which nothing is wrong, whatever of them could be checked here. */
  readonly signatures: readonly VerifiedSignature[];
  readonly wrong: readonly Wrong[];
  /** What this check could not look at, and why: never passed over in silence. */
  readonly notChecked: readonly NotChecked[];
  /** What was checked, as far as it could be read. */
  readonly subject: Subject;
}

export interface Subject {
  readonly form: 'package' | 'journal' | 'proof';
  readonly exportId?: string;
  readonly journal?: string;
  readonly size?: number;
  /** Hexadecimal. */
  readonly root?: string;
  /** Fingerprint of the key that sealed it. */
  readonly key?: string;
  /** The event that a proof is about; `time` with its offset from UTC. */
  readonly event?: { readonly sequence: number; readonly kind: string; readonly time: string };
  /** The earlier head that a proof begins with. */
  readonly from?: { readonly size: number; readonly root: string };
}

/** One thing that is wrong. `member`: a name in the package; '' for the whole. */
export interface Wrong {
  readonly member: string;
  readonly what: WrongWhat;
  /** Which event, field or other place, as far as it helps an expert. Not translated. */
  readonly detail?: string;
}

export const wrongWhats = [
  'notArchive',
  'name',
  'header',
  'repeated',
  'tooLarge',
  'content',
  'directory',
  'order',
  'repacked',
  'missing',
  'unlisted',
  'changed',
  'listMalformed',
  'manifestMalformed',
  'newer',
  'keyMalformed',
  'keyNotInJournal',
  'otherKey',
  'keyMistyped',
  'sealMalformed',
  'sealSignature',
  'sealStatement',
  'eventMalformed',
  'eventOrder',
  'eventMisfit',
  'keyEvent',
  'saltsMalformed',
  'checkpointMalformed',
  'checkpointOther',
  'checkpointRoot',
  'checkpointSignature',
  'keyReplaced',
  'notDerived',
  'notOfPackage',
  'sinceMalformed',
  'sinceDamaged',
  'sinceOther',
  'sinceLater',
  'sinceRoot',
  'sinceSignature',
  'sinceToken',
  'proofMalformed',
  'proofPath',
  'proofSignature',
  'journal',
  ...timeStampFaults,
  ...nationalFaults,
] as const;
export type WrongWhat = (typeof wrongWhats)[number];
// Every fault of the archive is something that can be wrong.
true satisfies ZipFaultCode extends WrongWhat ? true : false;

export interface NotChecked {
  readonly member: string;
  readonly why: NotCheckedWhy;
  readonly detail?: string;
}

/** A key that is not the one vouched for; a fingerprint with one or two groups of four wrong was mistyped, and accuses nobody. */
export function otherKey(member: string, vouched: string, fingerprint: string | undefined): Wrong {
  if (fingerprint === undefined) return { member, what: 'otherKey' };
  const groups = differingGroups(vouched, fingerprint);
  return groups.length > 2
    ? { member, what: 'otherKey', detail: fingerprint }
    : { member, what: 'keyMistyped', detail: groups.join(', ') };
}

export const notCheckedWhys = [
  'otherSoftware',
  'bytesNotStated',
  'otherBytes',
  'earlierJournal',
  'earlierHere',
  'events',
  'archive',
  'refused',
  'unsigned',
  'otherSize',
  'timeStampRoot',
  'timeStampElsewhere',
  'nationalElsewhere',
  'nationalUnread',
  'nationalRoot',
  'nationalStamp',
  'redacted',
  'withheld',
  'blanks',
  'exhibitWithheld',
  'exhibitMissing',
  'print',
  'ownPage',
] as const;
export type NotCheckedWhy = (typeof notCheckedWhys)[number];

/** What the person who checks already holds, from elsewhere than the package. */
export interface Vouched {
  /** Fingerprint of the author's key: 64 hexadecimal digits. */
  readonly key?: string | undefined;
  /** An earlier head of this journal: a signed note, a proof, or a text with seal lines in it. See `heldIn`. */
  readonly since?: string | undefined;
  /** A time stamp over one of its checkpoints: DER of a token, or of a server's answer. */
  readonly token?: Uint8Array | undefined;
  /** PEM of root certificates of time stamp servers that are trusted beside those that are well known. */
  readonly roots?: string | undefined;
}

/** What a redaction took out is not there to be checked. */
export function redactedNote(member: string, { sequence, parts, digests, reason }: StatedRedaction): NotChecked {
  return { member, why: 'redacted', detail: `${parts} + ${digests}, event ${sequence}: ${reason}` };
}

/** What else is at hand where a journal is checked. */
export interface AtHand {
  /** Files of other journals, one of which it may follow. */
  readonly journals?: readonly string[];
}

export interface Found {
  readonly subject: Subject;
  readonly wrong: readonly Wrong[];
  readonly notChecked: readonly NotChecked[];
  readonly keyKnown: boolean;
  readonly anchoredTo: Verification['anchoredTo'];
  readonly anchoredAt?: Verification['anchoredAt'];
  readonly timeStamps?: Verification['timeStamps'];
  readonly signatures?: Verification['signatures'];
}

export function verificationOf(found: Found): Verification {
  const consistent = found.wrong.length === 0;
  return {
    schema: 'holograph.verification',
    version: 1,
    consistent,
    keyKnown: consistent && found.keyKnown,
    anchoredTo: consistent ? found.anchoredTo : null,
    anchoredAt: consistent ? (found.anchoredAt ?? null) : null,
    timeStamps: found.timeStamps ?? [],
    signatures: found.signatures ?? [],
    wrong: found.wrong,
    notChecked: found.notChecked,
    subject: found.subject,
  };
}
