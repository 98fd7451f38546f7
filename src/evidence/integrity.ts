import { parseCheckpoint } from '../journal/checkpoint.ts';
import { Keyring, type RingKey } from '../journal/keyring.ts';
import { statedRedaction } from '../journal/verifyRedactions.ts';
import type { Chronicle, ChronicleSource } from './chronicle.ts';
import { type CommitMade, commitsMade } from './commits.ts';
import { stamp } from './moment.ts';
import type { Taken } from './takenOut.ts';
import { type TimeStampAccount, timeStampAccount } from './timeStamps/account.ts';
import type { KeptTimeStamp } from './timeStamps/kept.ts';

/** What a report needs of a journal beyond its events. */
export interface SealedSource extends ChronicleSource {
  /** RFC 6962 root over the `size` events, hex. */
  readonly root: string;
  /** Signed notes up to `size`, oldest first. */
  readonly checkpoints: readonly string[];
  /** Outside clocks' answers over these checkpoints, in their order. */
  readonly timeStamps?: readonly KeptTimeStamp[];
  /** What is not there of its texts; absent where all is. */
  readonly taken?: Taken;
}

/** By what a stranger knows that the journal is the one this report was made from. */
export interface JournalIntegrity {
  readonly journal: string;
  readonly work: string | null;
  /** Name of the recorded folder, as the person sees it. */
  readonly folder: string | null;
  readonly started: string | null;
  readonly size: number;
  readonly root: string;
  /** The newest signed head that covers no more than `size` events. */
  readonly checkpoint: { readonly size: number; readonly root: string; readonly note: string } | null;
  /** Keys that signed for this journal, with the event that brought them. */
  readonly keys: readonly KeyAccount[];
  /** Head of the damaged journal that this one follows. */
  readonly follows: string | null;
  /** Git commits that were made of the work while it was recorded; absent where there were none. */
  readonly commits?: readonly CommitMade[];
  readonly timeStamps: TimeStampAccount;
  /** What is not there of the texts; absent where all is. */
  readonly takenOut?: TakenReport;
}

/** Words that were taken out of the journal for good, and what is left out of this report and its package alone. */
export interface TakenReport {
  readonly redactions: readonly {
    /** Its event: `journal:sequence`. */
    readonly event: string;
    readonly time: string;
    readonly by: 'person' | 'command';
    readonly reason: string;
    readonly words: number;
    /** Digests of whole texts that would give the words away. */
    readonly digests: number;
  }[];
  /** Words and digests that are not there though no redaction tells of them. */
  readonly withheld: number;
}

/** A key of the journal, and what became of it. */
export interface KeyAccount {
  readonly keeper: string;
  readonly fingerprint: string;
  readonly event: string;
  /** Fingerprint of the earlier key that vouches for it; absent where none does. */
  readonly countersignedBy?: string;
  /** The event by which another took its place, and whether this one was not at hand then; absent while it may sign. */
  readonly replaced?: { readonly event: string; readonly lost: boolean };
}

export function integrityOf(chronicle: Chronicle, source: SealedSource): JournalIntegrity {
  const started = chronicle.kept.started[0];
  const note = source.checkpoints.at(-1);
  const made = commitsMade(chronicle);
  return {
    journal: chronicle.id,
    work: started?.work ?? null,
    folder: started?.folder ?? null,
    started: started === undefined ? null : stamp(started),
    size: source.size,
    root: source.root,
    checkpoint: note === undefined ? null : checkpointOf(note),
    keys: new Keyring(chronicle.id, chronicle.kept.key).all.map(key => keyAccount(chronicle.id, key)),
    follows: started?.follows ?? null,
    ...(made.length > 0 && { commits: made }),
    timeStamps: timeStampAccount(source.timeStamps ?? []),
    ...takenReport(chronicle, source),
  };
}

function takenReport({ id, kept }: Chronicle, { taken }: SealedSource): Pick<JournalIntegrity, 'takenOut'> {
  const redactions = kept.redaction.map(event => {
    const { sequence, by, reason, parts: words, digests } = statedRedaction(event);
    return { event: `${id}:${sequence}`, time: stamp(event), by, reason, words, digests };
  });
  let gone = 0;
  for (const flags of taken?.values() ?? []) gone += flags.filter(Boolean).length;
  const stated = redactions.reduce((sum, { words, digests }) => sum + words + digests, 0);
  const withheld = Math.max(0, gone - stated);
  return redactions.length === 0 && withheld === 0 ? {} : { takenOut: { redactions, withheld } };
}

function keyAccount(journal: string, { event, fingerprint, standing, until }: RingKey): KeyAccount {
  const { keeper, sequence, counter } = event;
  return {
    keeper,
    fingerprint,
    event: `${journal}:${sequence}`,
    ...(counter && { countersignedBy: counter.fingerprint }),
    ...(until !== undefined && { replaced: { event: `${journal}:${until}`, lost: standing === 'lost' } }),
  };
}

function checkpointOf(note: string): JournalIntegrity['checkpoint'] {
  const { size, root } = parseCheckpoint(note);
  return { size, root: Buffer.from(root).toString('hex'), note };
}
