import { join } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import { appendEvents } from '../journal/append.ts';
import { formatCheckpoint, originOf, signCheckpoint } from '../journal/checkpoint.ts';
import { dataHome, ownFolder } from '../journal/home.ts';
import { Journal } from '../journal/journal.ts';
import { keyEntries } from '../journal/keyEntry.ts';
import { fileSigner } from '../journal/keyFile.ts';
import type { Signer } from '../journal/keys.ts';
import type { Io } from './command.ts';
import { areExports } from './exported.ts';
import { reading } from './journals.ts';

/** The editor's key where it lends one, else the command line's own, made on first use. Throws Fault. */
export function signerFor(io: Io): Signer {
  if (io.signer !== undefined) return io.signer;
  ownFolder(dataHome(io.env));
  return fileSigner(keyPath(io), keyKeeper);
}

export const keyKeeper = 'cli';

/** The file with the command line's own keys. */
export function keyPath({ env }: Pick<Io, 'env'>): string {
  return join(dataHome(env), 'cli-key.pem');
}

/**
 * Size of a checkpoint that covers all events there are, with the signer's key among them. Where there
 * is none yet the key enters the journal and a checkpoint is signed; asking again changes nothing. `passesExports`: that
 * packages were made since is no reason for another. Throws Fault `keyReplaced`.
 */
export function checkpointed(
  file: string,
  signer: Signer,
  { passesExports = false }: { readonly passesExports?: boolean } = {},
): number {
  const { id, keys, covered, current } = reading(file, reader => {
    const covered = reader.checkpoints().at(-1)?.size ?? 0;
    const current = covered === reader.size || (passesExports && covered > 0 && areExports(reader.events(covered)));
    return { id: reader.id, keys: reader.keys(), covered, current };
  });
  const entries = keyEntries(id, keys, signer);
  if (entries.length === 0 && current) return covered;
  if (entries.length > 0)
    appendEvents(
      file,
      packageSoftware,
      entries.map(body => ({ body })),
    );
  const journal = Journal.open(file);
  try {
    const head = journal.tree();
    journal.keepCheckpoint(head.size, signCheckpoint(formatCheckpoint({ origin: originOf(id), ...head }), signer));
    return head.size;
  } finally {
    journal.close();
  }
}
