import { platform } from 'node:process';
import type { Origin } from '../provenance/origin.ts';
import { type Change, ChangeSet } from '../text/change.ts';
import type { Act } from './append.ts';
import type { FileFormat } from './event.ts';
import { Journal, type Turn } from './journal.ts';
import { plainTextDigest } from './parts.ts';
import { stampNow } from './stamp.ts';

/** What a command of ours puts into a file: it was neither typed nor an AI's. The editor's own edits have the same finding. */
export const ownOrigin: Origin = { kind: 'tool.snippet', basis: 'asserted', rule: 'mark.ownText' };

/** The mark of such a change: `ownText` of `classify/commands.ts`. */
const mark = 'holograph.ownText';

/** A file of the folder that a command of ours writes anew, changes, or deletes. */
export type OwnWrite =
  | {
      readonly path: string;
      /** In offsets of the recorded text, which must be the file's; of a file that was not there, of no text. */
      readonly changes: readonly Change[];
      /** The file afterwards: its format, and SHA-256 of its bytes, '' where words of it were taken out of the record. */
      readonly format: FileFormat;
      readonly fileDigest: string;
    }
  | { readonly path: string; readonly gone: true };

/** Where a file's text came to stand in the record. `saved`: the event that made it the file's; of one that is gone, its `deleted`. */
export interface OwnWritten {
  readonly document: number;
  readonly saved: number;
}

/**
 * Appends what a command of ours writes, as its own text, in a session of its own, then the acts that `of` makes of where
 * it came to stand. `write` writes the files, in the same transaction: where it throws nothing is kept. An open window that
 * reads such a file again finds its text here, and takes over what is known of it. Gives the sequences of the acts.
 * Throws JournalError; Misfit where a change does not fit the recorded text.
 */
export function appendOwnTexts(
  file: string,
  software: string,
  writes: readonly OwnWrite[],
  of: (written: readonly OwnWritten[]) => readonly Act[],
  write: () => void,
): number[] {
  const journal = Journal.open(file);
  try {
    return journal.append(turn => {
      const session = turn.nextSession();
      const stamp = stampNow();
      const leases = [turn.lease(), turn.lease()] as const;
      const channels = { channels: [], unreachable: [] };
      turn.push(session, stamp, { kind: 'session', software, editor: 'command line', platform, leases, ...channels });
      let next = leases[1];
      const written = writes.map(one => {
        const done = push({ turn, session, stamp }, one, next);
        next += done.taken;
        return done;
      });
      const sequences = of(written).map(({ body, texts }) => turn.push(session, stamp, body, texts));
      turn.push(session, stamp, { kind: 'sessionEnd' });
      write();
      return sequences;
    });
  } finally {
    journal.close();
  }
}

interface Writing {
  readonly turn: Turn;
  readonly session: number;
  readonly stamp: ReturnType<typeof stampNow>;
}

/** `taken`: how many serials from `first` on it took. */
function push({ turn, session, stamp }: Writing, one: OwnWrite, first: number): OwnWritten & { taken: number } {
  const { path } = one;
  const known = turn.replay.at(path);
  const document = known?.document ?? turn.replay.nextDocument;
  if ('gone' in one) {
    return { document, saved: turn.push(session, stamp, { kind: 'deleted', document, path }), taken: 0 };
  }
  const { changes, format, fileDigest } = one;
  if (known === undefined) {
    const text = ChangeSet.of(0, changes).apply('');
    const finding = { length: text.length, ...ownOrigin };
    const body = { kind: 'baseline', document, path, format, fileDigest, first, finding } as const;
    const saved = turn.push(session, stamp, { ...body, textDigest: plainTextDigest(text) }, [text]);
    return { document, saved, taken: text.length };
  }
  const before = known.text;
  const set = ChangeSet.of(before.length, changes);
  const length = set.changes.reduce((n, { insert }) => n + insert.length, 0);
  const { rule, kind, basis } = ownOrigin;
  if (!set.isEmpty)
    turn.push(
      session,
      stamp,
      {
        kind: 'changed',
        document,
        tracker: 0,
        version: 0,
        changes: set.changes.map(({ from, to }) => ({ from, to })),
        first,
        placement: 'insert',
        findings: length === 0 ? [] : [{ length, ...ownOrigin }],
        ...(set.changes.some(({ from, to }) => to > from) && { actor: { kind, basis, rule } }),
        observation: { by: 'watcher', mark },
      },
      set.changes.map(({ insert }) => insert),
    );
  const textDigest = fileDigest === '' ? '' : plainTextDigest(set.apply(before));
  const body = { kind: 'saved', document, tracker: 0, seen: true, format, textDigest, fileDigest } as const;
  return { document, saved: turn.push(session, stamp, body), taken: length };
}
