import { SEGMENT } from '../journal/chain.ts';
import type { JournalEvent } from '../journal/event.ts';
import { hasSerials, spansOf } from '../journal/eventSpans.ts';
import { KeptSalts, keptRow, type SegmentSecret, saltsIn } from '../journal/keptSalts.ts';
import { leftOf, withBlanks } from '../journal/redaction.ts';
import { planOf, type Target } from '../journal/redactionPlan.ts';
import { Misfit } from '../journal/replay.ts';
import { saltedParts, saltsOfParts } from '../journal/saltedParts.ts';
import { SerialSet } from '../journal/serialSet.ts';
import {
  countTaken,
  nothingTaken,
  type StatedRedaction,
  statedRedaction,
  statedTaken,
  type TakenCount,
} from '../journal/verifyRedactions.ts';
import { sliceSpans } from '../provenance/spans.ts';
import type { ChronicleSource, EventOf } from './chronicle.ts';
import type { PackageSource } from './packageSource.ts';

/** Which salted parts of events are not there, in order, by sequence. */
export type Taken = ReadonlyMap<number, readonly boolean[]>;

/** What a package does not hold of the texts of its journal. */
export interface TakenOut {
  /** Words of texts, and digests of whole texts, that are not there. */
  readonly words: number;
  readonly digests: number;
  /** How many of both no redaction in the journal's events tells of: they were left out of the package alone, or taken out later. */
  readonly withheld: number;
}

export interface TakenAccount {
  /** Undefined where all is there. */
  readonly takenOut: TakenOut | undefined;
  readonly redactions: readonly StatedRedaction[];
  /** Characters that are not there. */
  readonly serials: SerialSet;
  /** What is not there though no redaction tells of it, by the event's sequence. */
  readonly withheld: ReadonlyMap<number, TakenCount>;
}

/** `redactions`: those of the events. Throws Misfit where something else than blanks stands for what was taken out, or redactions state more than is gone. */
export function takenAccount(
  { events }: ChronicleSource,
  redactions: readonly EventOf<'redaction'>[],
  taken: Taken = new Map(),
): TakenAccount {
  const serials = new SerialSet();
  const gone = new Map<number, TakenCount>();
  let [words, digests] = [0, 0];
  for (const event of taken.size === 0 ? [] : events()) {
    const flags = taken.get(event.sequence);
    if (flags === undefined) continue;
    const count = countTaken(event, flags);
    if (count === undefined) throw new Misfit(event.sequence, 'what was taken out stands there');
    gone.set(event.sequence, count);
    words += count.parts;
    digests += count.digests;
    const ofTexts = saltedParts(event).filter(({ text }, i) => flags[i] && text >= 0);
    const spans = hasSerials(event) ? spansOf(event) : [];
    for (const { text, from, to } of ofTexts)
      for (const { serial, length } of sliceSpans(spans[text] ?? [], from, to)) serials.add(serial, length);
  }
  for (const [sequence, count] of statedTaken(redactions)) {
    const own = gone.get(sequence) ?? nothingTaken;
    if (count.parts > own.parts || count.digests > own.digests)
      throw new Misfit(sequence, 'less was taken out than is stated');
    const rest = { parts: own.parts - count.parts, digests: own.digests - count.digests };
    if (rest.parts + rest.digests === 0) gone.delete(sequence);
    else gone.set(sequence, rest);
  }
  const withheld = [...gone.values()].reduce((sum, { parts, digests }) => sum + parts + digests, 0);
  const none = words + digests === 0;
  return {
    takenOut: none ? undefined : { words, digests, withheld },
    redactions: redactions.map(statedRedaction),
    serials,
    withheld: gone,
  };
}

/** What was taken out of a journal's first `size` events. */
export function takenFrom(size: number, secret: (segment: number) => SegmentSecret): Map<number, readonly boolean[]> {
  const taken = new Map<number, readonly boolean[]>();
  for (let segment = 0; segment * SEGMENT < size; segment++) {
    const own = secret(segment);
    if (!(own instanceof KeptSalts)) continue;
    for (const [sequence, flags] of own.allTaken()) if (sequence < size) taken.set(sequence, flags);
  }
  return taken;
}

/** The same journal without some of its words, for one package: the journal keeps them. Throws NoSuchTarget. */
export function withholding(source: PackageSource, targets: readonly Target[]): PackageSource {
  const before = source.taken ?? new Map<number, readonly boolean[]>();
  const plan = planOf(
    () => source.events(),
    targets,
    sequence => before.get(sequence),
  );
  const segments = new Map<number, Map<number, Uint8Array>>();
  for (const sequence of plan.events.keys()) segments.set(Math.floor(sequence / SEGMENT), new Map());
  const taken = new Map(before);
  for (const event of source.events()) {
    const rows = segments.get(Math.floor(event.sequence / SEGMENT));
    if (rows === undefined) continue;
    const secret = source.secret(Math.floor(event.sequence / SEGMENT));
    const salts = saltsOfParts(event, saltsIn(secret, event.sequence));
    const own = plan.events.get(event.sequence);
    rows.set(event.sequence, keptRow(own === undefined ? salts : leftOf(event, salts, own)));
    const flags = before.get(event.sequence);
    if (own !== undefined)
      taken.set(
        event.sequence,
        own.taken.map((now, i) => now || flags?.[i] === true),
      );
  }
  const { packs: _packs, ...rest } = source;
  return {
    ...rest,
    taken,
    events: () => blankedEvents(source.events(), event => plan.events.get(event.sequence)),
    secret: segment => {
      const rows = segments.get(segment);
      return rows === undefined ? source.secret(segment) : new KeptSalts(rows, undefined);
    },
  };
}

function* blankedEvents(
  events: Iterable<JournalEvent>,
  planned: (event: JournalEvent) => Parameters<typeof withBlanks>[1] | undefined,
) {
  for (const event of events) {
    const plan = planned(event);
    yield plan === undefined ? event : withBlanks(event, plan);
  }
}
