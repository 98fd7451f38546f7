import type { GapReason, SkipReason } from '../journal/event.ts';
import type { FileAccount } from './account.ts';
import type { Chronicle, ReplayedDocument } from './chronicle.ts';
import { stamp } from './moment.ts';
import type { Reconstructed } from './reconstructed.ts';

/** What the record does not show, as plainly as what it does. */
export interface Unobserved {
  readonly gaps: readonly GapEntry[];
  readonly skipped: readonly { readonly journal: string; readonly path: string; readonly reason: SkipReason }[];
  /** Channels that could not be watched, with the number of sessions that say so. */
  readonly unreachable: readonly { readonly channel: string; readonly sessions: number }[];
  /** What was not observed and entered the record afterwards; absent: nothing. */
  readonly reconstructed?: Reconstructed;
  /** Secrets (keys, tokens, passwords) that were withheld from prompts and answers; absent: none. */
  readonly withheld?: number;
  /** Text whose origin is not known, by file: characters that stand now. */
  readonly unresolved: readonly { readonly file: string; readonly characters: number }[];
  /** Files whose last changes in the editor were not saved, and so are not in the text shown. */
  readonly unsaved: readonly string[];
  /** Files that two journals record: the older account is not shown. */
  readonly superseded: readonly { readonly journal: string; readonly path: string }[];
  /** Files that `holograph.json` names and no journal records. */
  readonly unrecorded: readonly string[];
  /** Recorded files that are gone; their text is in the journal only. */
  readonly deleted: readonly { readonly journal: string; readonly path: string }[];
  /** Recorded files that this report leaves out: the journal, and so a package made from it, holds their text too. */
  readonly alsoRecorded: readonly { readonly journal: string; readonly path: string }[];
}

export interface GapEntry {
  readonly journal: string;
  readonly event: string;
  /** Null: all files. */
  readonly file: string | null;
  readonly since: string | null;
  readonly until: string;
  readonly reason: GapReason;
  readonly note: string | null;
  /** The AI tool that it is about, where it is about one. */
  readonly agent?: string;
}

export function unobservedOf(
  chronicles: readonly Chronicle[],
  files: readonly FileAccount[],
  named: Pick<Unobserved, 'superseded' | 'unrecorded' | 'alsoRecorded' | 'reconstructed' | 'withheld'>,
): Unobserved {
  const channels = new Map<string, number>();
  for (const { kept } of chronicles) {
    for (const { unreachable } of kept.session) {
      for (const channel of unreachable) channels.set(channel, (channels.get(channel) ?? 0) + 1);
    }
  }
  return {
    gaps: chronicles.flatMap(gapsOf),
    skipped: chronicles.flatMap(({ id, kept }) =>
      lastOfEach(kept.skipped).map(e => ({ journal: id, path: e.path, reason: e.reason })),
    ),
    unreachable: [...channels].map(([channel, sessions]) => ({ channel, sessions })),
    unresolved: files
      .filter(file => file.measures.hands.unknown.characters > 0)
      .map(file => ({ file: file.path, characters: file.measures.hands.unknown.characters })),
    unsaved: files.filter(file => file.unsaved).map(file => file.path),
    ...named,
    deleted: chronicles.flatMap(({ id, folding }) =>
      [...folding.documents.values()].filter(isDeleted).map(({ path }) => ({ journal: id, path })),
    ),
  };
}

function gapsOf({ id, kept, folding }: Chronicle): GapEntry[] {
  return kept.gap.map(event => ({
    journal: id,
    event: `${id}:${event.sequence}`,
    file: event.document === undefined ? null : (folding.documents.get(event.document)?.path ?? null),
    since: event.since === undefined ? null : stamp({ time: event.since, zone: event.zone }),
    until: stamp(event),
    reason: event.reason,
    note: event.note ?? null,
    ...(event.agent !== undefined && { agent: event.agent }),
  }));
}

/** A file that was skipped at each start is one entry: the last. */
function lastOfEach<T extends { readonly path: string }>(events: readonly T[]): T[] {
  return [...new Map(events.map(event => [event.path, event])).values()];
}

function isDeleted(document: ReplayedDocument): document is ReplayedDocument & { path: string } {
  return !document.present && document.path !== undefined;
}
