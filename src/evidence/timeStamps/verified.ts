import { stamp } from '../moment.ts';
import type { NotChecked, Vouched, Wrong } from '../verification.ts';
import type { TimeStampFaultCode } from './fault.ts';
import {
  checkHeld,
  checkKept,
  checkOverSeal,
  type FoundTimeStamp,
  type KeptTimeStamp,
  type RecordedAt,
  type SealedState,
  type TokenFault,
} from './kept.ts';
import type { TimeStamp } from './timeStamp.ts';
import { trustOf } from './trust.ts';

/** A time stamp in the answer of `holograph verify`. */
export interface VerifiedTimeStamp {
  /** Events that existed at that time. */
  readonly size: number;
  /** UTC, ISO 8601. */
  readonly time: string;
  /** Whom the certificate that signed it names. */
  readonly authority: string;
  /** Who stands for it: see `TimeStamp`. */
  readonly standing: TimeStamp['standing'];
  /** SHA-256 of the certificate that its chain ends with, hexadecimal. */
  readonly root: string | null;
  /** The member that is over the seal; absent where a checkpoint was stamped. */
  readonly member?: string;
}

export interface TimeAnchor extends VerifiedTimeStamp {
  /** When the last of these events happened, as the author's computer said; null where the events are not at hand. */
  readonly recorded: string | null;
}

export interface TimeStampFindings {
  readonly timeStamps: readonly VerifiedTimeStamp[];
  /** The earliest of those over the most events whose root is trusted. */
  readonly anchoredAt: TimeAnchor | null;
  /** The note that the token of the person who checks is over: an earlier checkpoint that they hold by it. */
  readonly since: string | undefined;
  readonly wrong: readonly Wrong[];
  readonly notChecked: readonly NotChecked[];
}

/** A time stamp to be checked. */
export interface PlacedTimeStamp extends Omit<KeptTimeStamp, 'note'> {
  /** Undefined where it is over none of the checkpoints. */
  readonly note: string | undefined;
  /** Its name in the package; '' in a journal. */
  readonly member: string;
  /** Where it stands in a journal. */
  readonly place?: string;
  /** What it is over instead of a checkpoint. */
  readonly seal?: SealedState;
}

/** Checks all time stamps of a journal or a package, and the one that the person who checks holds. `notes`: all checkpoints. */
export function verifyTimeStamps(
  kept: readonly PlacedTimeStamp[],
  notes: readonly string[],
  { token, roots }: Pick<Vouched, 'token' | 'roots'>,
  recordedAt: RecordedAt = () => undefined,
): TimeStampFindings {
  if (kept.length === 0 && token === undefined) return none;
  const trust = trustOf(roots);
  const held = token === undefined ? undefined : checkHeld(token, notes, trust);
  const found: PlacedFinding[] = [];
  const wrong: Wrong[] = [];
  if (held !== undefined && 'code' in held) wrong.push(heldWrong(held));
  else if (held !== undefined) found.push(held);
  for (const { note, member, place, seal, ...rest } of kept) {
    const checked = seal
      ? checkOverSeal(seal, rest, trust)
      : note === undefined
        ? notOver
        : checkKept({ note, ...rest }, trust);
    if (!('code' in checked)) found.push(seal ? { ...checked, member } : checked);
    else wrong.push(wrongOf(member, checked.code, [place, checked.detail]));
  }
  const timeStamps = found.map(verifiedOf);
  const since = held === undefined || 'code' in held ? undefined : held.note;
  return { timeStamps, anchoredAt: anchorAmong(found, recordedAt), since, wrong, notChecked: notVouched(timeStamps) };
}

type PlacedFinding = FoundTimeStamp & Pick<VerifiedTimeStamp, 'member'>;

const none: TimeStampFindings = { timeStamps: [], anchoredAt: null, since: undefined, wrong: [], notChecked: [] };
const notOver: TokenFault = { code: 'tokenImprint', detail: '' };

/** Over none of the checkpoints: they were changed, or later ones cut off; else it is no good time stamp itself. */
function heldWrong({ code, detail }: TokenFault): Wrong {
  return code === 'tokenImprint' ? { member: '', what: 'sinceToken' } : wrongOf('', code, ['--since', detail]);
}

function wrongOf(member: string, what: TimeStampFaultCode, details: readonly (string | undefined)[]): Wrong {
  const detail = details.filter(part => part !== undefined && part !== '').join(': ');
  return { member, what, ...(detail !== '' && { detail }) };
}

function verifiedOf({ size, time, authority, standing, root, member }: PlacedFinding): VerifiedTimeStamp {
  return { size, time: stamp({ time, zone: 0 }), authority, standing, root, ...(member !== undefined && { member }) };
}

function anchorAmong(found: readonly PlacedFinding[], recordedAt: RecordedAt): TimeAnchor | null {
  const trusted = found.filter(({ standing }) => standing === 'given' || standing === 'wellKnown');
  const most = Math.max(...trusted.map(({ size }) => size));
  const [first] = trusted.filter(({ size }) => size === most).sort((a, b) => a.time - b.time);
  if (first === undefined) return null;
  const recorded = recordedAt(first.size);
  return { ...verifiedOf(first), recorded: recorded === undefined ? null : stamp(recorded) };
}

/** Clocks that nobody stands for, each once: who they say they are, and what to compare. */
function notVouched(timeStamps: readonly VerifiedTimeStamp[]): NotChecked[] {
  const whys = new Map<string, NotChecked>();
  for (const { standing, authority, root, member = '' } of timeStamps) {
    if (standing === 'unknown')
      whys.set(`${member} ${authority} ${root}`, {
        member,
        why: 'timeStampRoot',
        detail: `${authority}, SHA-256 ${root}`,
      });
    else if (standing === 'elsewhere')
      whys.set(`${member} ${authority}`, { member, why: 'timeStampElsewhere', detail: authority || '?' });
  }
  return [...whys.values()];
}
