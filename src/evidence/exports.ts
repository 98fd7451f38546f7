import type { EventOf } from './chronicle.ts';
import { stamp } from './moment.ts';

/** A package that was made of a journal. */
export interface ExportEntry {
  readonly exportId: string;
  /** SHA-256 of the whole archive, hex. */
  readonly archiveDigest: string;
  /** Events that it holds. */
  readonly size: number;
  readonly profile: string;
  readonly language: string;
  readonly at: string;
  readonly event: string;
}

/** The packages that a journal's events tell of, oldest first: one is never in itself. */
export function exportsOf(journal: string, events: readonly EventOf<'exported'>[]): ExportEntry[] {
  return events.map(event => {
    const { exportId, archiveDigest, size, profile, language, sequence } = event;
    return { exportId, archiveDigest, size, profile, language, at: stamp(event), event: `${journal}:${sequence}` };
  });
}
