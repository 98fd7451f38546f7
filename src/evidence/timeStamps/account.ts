import { stamp } from '../moment.ts';
import { checkKept, type KeptTimeStamp } from './kept.ts';
import { noTrust } from './trust.ts';

/** The time stamps of a journal as a report tells of them: what they say, not who stands for them. */
export interface TimeStampAccount {
  /** All there are; `shown` has some of many, the first and the last among them. */
  readonly count: number;
  readonly shown: readonly ShownTimeStamp[];
}

export interface ShownTimeStamp {
  /** Events that the stamped checkpoint covers. */
  readonly size: number;
  /** What the outside clock said, UTC. */
  readonly time: string;
  /** When the last of these events happened, as the author's computer said; null where the events are not at hand. */
  readonly recorded: string | null;
  /** Whom the certificate that signed it names. */
  readonly authority: string;
  /** SHA-256 of the certificate that its chain ends with; null where the signature has to be checked elsewhere. */
  readonly root: string | null;
}

/** Each costs a signature or two: a report shows no more, spread over the whole. */
const most = 24;

export function timeStampAccount(kept: readonly KeptTimeStamp[]): TimeStampAccount {
  const shown = spread(kept).flatMap((one): ShownTimeStamp[] => {
    const found = checkKept(one, noTrust);
    // What is not good is named by the verification, and shown as a time by nobody.
    if ('code' in found) return [];
    const { size, time, authority, root } = found;
    const recorded = one.recorded?.();
    const own = recorded === undefined ? null : stamp(recorded);
    return [{ size, time: stamp({ time, zone: 0 }), recorded: own, authority, root }];
  });
  return { count: kept.length, shown };
}

function spread<T>(all: readonly T[]): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);
}
