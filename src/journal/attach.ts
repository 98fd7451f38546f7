import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import type { Actor, Catalogue, Catalogued, Consented } from './catalogue.ts';
import type { GapReason } from './event.ts';
import { Journal } from './journal.ts';
import { stampNow } from './stamp.ts';

/** Why a folder cannot take a journal: it has one; or a window or command writes the journal at this moment. */
export type Unattached = 'taken' | 'inUse';

export interface AttachRequest {
  readonly journal: Catalogued;
  readonly folder: string;
  readonly by: Actor;
  readonly software: string;
}

interface Placing {
  readonly by: Actor;
  readonly gap?: { readonly reason: GapReason; readonly since: number };
  readonly copied?: boolean;
}

/** Journals of a work that record another folder than this one: it may have moved from there, or be a copy. */
export function elsewhere(catalogue: Catalogue, work: string, folder: string): Catalogued[] {
  const here = catalogue.at(folder)?.journal;
  return catalogue.all().filter(one => one.work === work && one.state !== 'aside' && one.journal !== here);
}

/**
 * The person's word that a journal's work lies in this folder now: the journal says so by an event, and records there
 * from now on. What changed meanwhile in the files is found at the next start, as by another program. Throws
 * JournalError.
 */
export function attach(catalogue: Catalogue, request: AttachRequest): Consented | Unattached {
  const { journal, by, software } = request;
  const folder = resolve(request.folder);
  const here = catalogue.at(folder);
  if (here !== undefined && here.journal !== journal.journal) return 'taken';
  const written = placed(journal.file, folder, software, { by });
  if (!written) return 'inUse';
  return catalogue.enter(journal.journal) ?? 'taken';
}

/**
 * Notes in a journal where its work lies, and a gap where there is one. Sessions that ran when the file was copied
 * are not of this copy: `copied` ends them. False where one is running here.
 */
export function placed(file: string, folder: string, software: string, { by, gap, copied = false }: Placing): boolean {
  const journal = Journal.open(file);
  try {
    return journal.append(turn => {
      const open = [...turn.replay.sessions.values()].filter(({ ended }) => ended === undefined);
      if (!copied && turn.sessions.running(hostname()).length > 0) return false;
      for (const { number, last } of copied ? open : []) {
        turn.push(number, stampNow(), { kind: 'gap', reason: 'crash', crashed: number, since: last });
        turn.sessions.end(number);
      }
      const session = turn.nextSession();
      const leases = [turn.lease(), turn.lease()] as const;
      const about = { software, editor: 'command line', platform: process.platform, leases };
      turn.push(session, stampNow(), { kind: 'session', ...about, channels: [], unreachable: [] });
      if (gap !== undefined) turn.push(session, stampNow(), { kind: 'gap', ...gap });
      if (existsSync(folder) && folder !== journal.database.folder) {
        turn.push(session, stampNow(), { kind: 'attached', folder: basename(folder), by });
        journal.database.setFolder(folder);
      }
      turn.push(session, stampNow(), { kind: 'sessionEnd' });
      return true;
    });
  } finally {
    journal.close();
  }
}
