import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { eventDigest } from './canonical.ts';
import { SEGMENT } from './chain.ts';
import { JournalDatabase } from './database.ts';
import { sha256, toHex } from './digest.ts';
import { isDamage } from './keptBytes.ts';
import { Packs } from './packs.ts';
import { JournalError } from './problem.ts';
import { decode } from './segment.ts';

/**
 * What is left of a damaged journal, by which the journal that follows it names it: `<number of events>:<root over them>`
 * (hex), as far as they can be read; else its last link with the secret before it, else the digest of its file, else ''.
 * A link alone is a sum of plain text, by which a word that is taken out later could be guessed: these have salts.
 */
export function leftHead(file: string): string {
  const { size, root } = rootIn(file) ?? none;
  return size > 0 ? `${size}:${toHex(root)}` : otherHead(file);
}

/** Whether a journal that names this head follows the one in the file, whatever was taken out of that one since. */
export function isLeftHead(file: string, head: string): boolean {
  const [, size, root] = /^([1-9][0-9]{0,15}):([0-9a-f]{64})$/.exec(head) ?? [];
  if (size === undefined) return head !== '' && head === otherHead(file);
  const found = rootIn(file, Number(size));
  return found?.size === Number(size) && toHex(found.root) === root;
}

interface Root {
  readonly size: number;
  readonly root: Uint8Array;
}

const none: Root = { size: 0, root: new Uint8Array(0) };

/**
 * Over the roots that the segments state and the digests of the events behind them, up to the first pack that gives none,
 * or of the first `size` events. Undefined: nothing can be read.
 */
function rootIn(file: string, size = Number.MAX_SAFE_INTEGER): Root | undefined {
  return reading(file, packs => {
    const tree = packs.sealed(size);
    try {
      const secret = packs.secret(tree.size / SEGMENT);
      for (const bytes of packs.bytes(tree.size)) {
        const digests = decode(bytes).map(event => eventDigest(event, secret));
        for (const digest of digests) if (tree.size < size) tree.append(digest);
        if (tree.size === size) break;
      }
    } catch (error) {
      if (!(isDamage(error) || error instanceof JournalError)) throw error;
    }
    return { size: tree.size, root: tree.root() };
  });
}

/** Where no event can be read. */
function otherHead(file: string): string {
  const salted = reading(file, (packs, database) => {
    const secret = packs.secret(0);
    return secret instanceof Uint8Array ? toHex(sha256(Buffer.concat([secret, database.head().link]))) : undefined;
  });
  if (salted !== undefined) return salted;
  try {
    if (statSync(file).isFile()) return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    // Not even the file is there: the new journal follows one of which nothing is left.
  }
  return '';
}

function reading<T>(file: string, read: (packs: Packs, database: JournalDatabase) => T): T | undefined {
  try {
    const database = JournalDatabase.open(file, { readonly: true });
    try {
      return read(new Packs(database), database);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return undefined;
  }
}
