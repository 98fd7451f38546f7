import type { Chronicle, EventOf } from './chronicle.ts';
import type { Flow } from './flow.ts';
import { stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';
import type { Retained } from './retained.ts';

/** A git commit that brought text of the work. */
export interface CommitEntry {
  /** Full object id, hex. */
  readonly id: string;
  /** Name of its author, as git has it. */
  readonly author: string;
  /** When it was written, as its author's clock said; UTC. */
  readonly authored: string;
  readonly event: string;
  /** Characters ever inserted that it brought, and those that still stand, each once. */
  readonly inserted: number;
  readonly retained: number;
}

/** A git commit that was made of the work while it was recorded. */
export interface CommitMade {
  readonly id: string;
  /** Full object id, hex, of what it holds in all. */
  readonly tree: string;
  /** When it was made, as the committer's clock said; UTC. */
  readonly committed: string;
  readonly event: string;
  /** Recorded files that it holds as they were last recorded then. */
  readonly files: readonly string[];
}

/** The commits that were made while a journal was written, in its order. */
export function commitsMade({ id: journal, kept, folding }: Chronicle): readonly CommitMade[] {
  return kept.commit.flatMap(({ id, made, sequence }) => {
    if (made === undefined) return [];
    const files = made.files.flatMap(({ document }) => folding.documents.get(document)?.path ?? []);
    const committed = stamp({ time: made.committed, zone: 0 });
    return [{ id, tree: made.tree, committed, event: `${journal}:${sequence}`, files }];
  });
}

/** One event of each commit that is not only known because it was made here. */
function broughtBy(commits: readonly EventOf<'commit'>[], { commits: inserted }: Flow): readonly EventOf<'commit'>[] {
  const first = new Map<string, EventOf<'commit'>>();
  for (const commit of commits) if (!first.has(commit.id)) first.set(commit.id, commit);
  return [...first.values()].filter(({ id, made }) => made === undefined || inserted.has(id));
}

/** All commits that brought text of the journals, oldest first. */
export function commitsOf(
  parts: readonly { readonly chronicle: Chronicle; readonly flow: Flow; readonly retained: Retained }[],
): CommitEntry[] {
  return parts
    .flatMap(({ chronicle, flow, retained }) =>
      broughtBy(chronicle.kept.commit, flow).map(({ id, authored, sequence, texts }) => ({
        id,
        author: texts?.[0] ?? '',
        authored: stamp({ time: authored, zone: 0 }),
        event: `${chronicle.id}:${sequence}`,
        inserted: flow.commits.get(id) ?? 0,
        retained: retained.commits.get(id) ?? 0,
      })),
    )
    .sort((a, b) => byCodeUnit(a.authored, b.authored) || byCodeUnit(a.id, b.id));
}
