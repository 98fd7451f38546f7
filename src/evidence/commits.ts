import type { Chronicle } from './chronicle.ts';
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

/** All commits that the journals name, oldest first. */
export function commitsOf(
  parts: readonly { readonly chronicle: Chronicle; readonly flow: Flow; readonly retained: Retained }[],
): CommitEntry[] {
  return parts
    .flatMap(({ chronicle, flow, retained }) =>
      chronicle.kept.commit.map(({ id, authored, sequence, texts }) => ({
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
