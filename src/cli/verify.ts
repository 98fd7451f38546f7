import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { heldIn } from '../evidence/held.ts';
import { isToken } from '../evidence/timeStamps/kept.ts';
import type { Verification, Vouched } from '../evidence/verification.ts';
import { verificationText } from '../evidence/verificationText.ts';
import { verifyJournal } from '../evidence/verifyJournal.ts';
import { isProof, verifyProof } from '../evidence/verifyProof.ts';
import { dataHome, journalFile } from '../journal/home.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { withFingerprint } from './fingerprint.ts';
import { demandFile, unread } from './inputFile.ts';
import { bytesOf, textOf } from './journals.ts';
import { rootsIn } from './timestamp.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'PACKAGE|JOURNAL|PROOF [--key FINGERPRINT] [--since CHECKPOINT|LINE|TOKEN] [--roots FILE]',
  about: 'help.verify',
  options: {
    key: { about: 'help.key', value: 'FINGERPRINT' },
    since: { about: 'help.since', value: 'CHECKPOINT|LINE|TOKEN' },
    roots: { about: 'help.roots', value: 'FILE' },
  },
  async run(call) {
    const { key, paths } = withFingerprint(call);
    const file = fileOf(call, paths);
    const vouched = vouchedIn(call, key);
    const found = isDatabase(file)
      ? verifyJournal(file, vouched, { journals: beside(file) })
      : await verifyFile(bytesOf(file), vouched);
    if (call.json) call.document(found);
    else for (const line of verificationText(found, call.words.language)) call.print(line);
    return found.consistent ? 0 : 1;
  },
};

/** The journals whose folders stand beside this one's. */
function beside(file: string): readonly string[] {
  const all = dirname(dirname(file));
  if (basename(file) !== 'journal.sqlite') return [];
  return readdirSync(all)
    .map(name => join(all, name, 'journal.sqlite'))
    .filter(other => other !== file && existsSync(other));
}

/** A proof is a short text, and no archive begins as one. */
async function verifyFile(bytes: Uint8Array, vouched: Vouched): Promise<Verification> {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (isProof(start)) return verifyProof(Buffer.from(bytes).toString('utf8'), vouched);
  // Loaded where it is asked for: it makes again what is set for print.
  return (await import('../evidence/verify.ts')).verifyPackage(bytes, vouched);
}

/** A package, a proof, a journal's file or folder, or the id of a journal of this person. */
function fileOf({ io }: Call, paths: readonly string[]): string {
  const [given] = paths;
  if (given === undefined || paths.length > 1) throw new Refusal('error.missing', { what: 'PACKAGE|JOURNAL' });
  const file = resolve(io.cwd, given);
  if (!existsSync(file)) {
    const own = /^[\w-]+$/.test(given) ? journalFile(dataHome(io.env), given) : '';
    return existsSync(own) ? own : file;
  }
  if (!statSync(file).isDirectory()) return file;
  const journal = join(file, 'journal.sqlite');
  if (!existsSync(journal)) throw new Refusal('error.unpacked', { path: given });
  return journal;
}

function vouchedIn(call: Call, key: string | undefined): Vouched {
  const since = call.option('since');
  const own = { key, roots: rootsIn(call) };
  if (since === undefined) return own;
  const file = resolve(call.io.cwd, since);
  const bytes = existsSync(file) ? bytesOf(file) : undefined;
  if (bytes !== undefined && isToken(bytes)) return { ...own, token: bytes };
  return { ...own, since: sinceOf(file, since) };
}

/** What stands in the file, or was given itself: a seal line is short enough. Throws Refusal `error.since` where it is neither. */
function sinceOf(file: string, given: string): string {
  const text = existsSync(file) || !given.includes('holograph-seal:') ? textOf(file) : given;
  if (heldIn(text) === 'sinceMalformed') throw new Refusal('error.since', { file: given });
  return text;
}

const magic = 'SQLite format 3\0';

/** Throws Refusal where the file cannot be read. */
export function isDatabase(file: string): boolean {
  demandFile(file);
  const start = Buffer.alloc(magic.length);
  try {
    const handle = openSync(file, 'r');
    try {
      readSync(handle, start);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw unread(file, error);
  }
  return start.toString('latin1') === magic;
}
