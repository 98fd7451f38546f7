import { hash } from 'node:crypto';
import type { EvidencePackage } from '../evidence/package.ts';
import { packageSoftware } from '../evidence/software.ts';
import { appendEvents } from '../journal/append.ts';
import type { JournalEvent } from '../journal/event.ts';
import { JournalError } from '../journal/problem.ts';
import type { Call } from './command.ts';
import { byWhom } from './exhibit.ts';
import { recordedFor } from './journals.ts';

/**
 * That a package was made is an act of its own, in the journal it was made of. The package is written by then: where the
 * journal cannot be appended to, that is told, and no more. `file`: that journal.
 */
export function keepExport(
  call: Call,
  { archive, manifest }: Pick<EvidencePackage, 'archive' | 'manifest'>,
  file: string = recordedFor(call).consented.file,
): void {
  const { exportId, profile, language, journals } = manifest;
  const archiveDigest = hash('sha256', archive, 'hex');
  const size = journals[0]?.size ?? 0;
  const body = { kind: 'exported', exportId, archiveDigest, size, profile, language, by: byWhom(call) } as const;
  try {
    appendEvents(file, packageSoftware, [{ body }]);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    call.note(call.words.t('export.notKept', { code: error.problem.code }));
  }
}

/** Whether nothing happened but that the command line made packages: the record of the work is what it was. */
export function areExports(events: Iterable<JournalEvent>): boolean {
  let exported = false;
  for (const event of events) {
    const { kind } = event;
    if (kind === 'exported') exported = true;
    else if (kind === 'session') {
      if (event.editor !== commandLine) return false;
      exported = false;
    } else if (kind !== 'sessionEnd' || !exported) return false;
  }
  return exported;
}

/** As `appendEvents` names it. */
const commandLine = 'command line';
