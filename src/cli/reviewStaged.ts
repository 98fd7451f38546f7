import { resolve } from 'node:path';
import { accountOf, type FileAccount } from '../evidence/account.ts';
import { Chronicle } from '../evidence/chronicle.ts';
import { flowOf } from '../evidence/flow.ts';
import type { Report } from '../evidence/report.ts';
import { isRefusal } from '../git/program.ts';
import { blobBytes, type StagedFile, stagedFiles } from '../git/staged.ts';
import type { Consented } from '../journal/catalogue.ts';
import { decodeFile } from '../journal/files.ts';
import { isBlobOf } from '../journal/gitBlob.ts';
import { plainTextDigest } from '../journal/parts.ts';
import { Replay } from '../journal/replay.ts';
import type { Looked, LookedFile } from '../rights/review.ts';
import { type Call, detailOf, Refusal } from './command.ts';
import { reading, sourceOf } from './journals.ts';
import { isSame, reviewedIn } from './reviewLooked.ts';

/**
 * The texts that the next commit changes, as git's index holds them: each as the record last had that very text. What the
 * record never had stands otherwise. Files that are not recorded are no texts of the work. Throws Refusal where git refuses.
 */
export async function lookedStaged(call: Call, consented: Consented, report: Report): Promise<Looked> {
  const { folder } = consented;
  const staged = await asked(folder, () => stagedFiles(folder, indexOf(call)));
  const files: LookedFile[] = [];
  const listed = new Map(staged.map(one => [one.path, one]));
  for (const account of report.files) {
    const one = listed.get(account.path);
    if (one !== undefined) files.push(await lookedAt(consented, report, account, one));
  }
  const unrecorded = report.unobserved.unrecorded.filter(path => listed.has(path));
  return { files, unrecorded, empty: report.work.empty };
}

/** A file of the commit that was not looked at. */
export interface Beside {
  readonly path: string;
  /** The record has it; it is none of the texts that were asked for, or stands no longer. */
  readonly recorded: boolean;
}

/** Files that the commit changes and that were not looked at. */
export async function besideStaged(
  { folder, file }: Consented,
  call: Call,
  report: Report,
): Promise<readonly Beside[]> {
  const looked = new Set(report.files.map(({ path }) => path));
  const staged = await asked(folder, () => stagedFiles(folder, indexOf(call)));
  const beside = staged.filter(({ path }) => !looked.has(path));
  if (beside.length === 0) return [];
  const recorded = reading(file, reader => new Set([...reader.replay().documents.values()].map(({ path }) => path)));
  return beside.map(({ path }) => ({ path, recorded: recorded.has(path) }));
}

async function lookedAt(
  { file, folder }: Consented,
  report: Report,
  account: FileAccount,
  { blob }: StagedFile,
): Promise<LookedFile> {
  const found = (at: FileAccount, stands: boolean) => ({ account: at, stands, reviewed: reviewedIn(report, at) });
  if (isBlobOf(account, blob, blob.length === 64 ? 'sha256' : 'sha1')) return found(account, true);
  const decoded = decodeFile(await asked(folder, () => blobBytes(folder, blob)), account.format.encoding);
  const text = 'text' in decoded ? decoded.text : undefined;
  if (text !== undefined && isSame(report, account.text, text)) return found(account, true);
  const earlier = text === undefined ? undefined : recordedAs(file, account, text);
  return earlier === undefined ? found(account, false) : found(earlier, true);
}

/** The file as it was when it last had this text, and as what came later tells of it: findings are revised. */
function recordedAs(file: string, { document, journal }: FileAccount, text: string): FileAccount | undefined {
  const digest = plainTextDigest(text);
  return reading(file, reader => {
    if (reader.id !== journal) return undefined;
    let last: number | undefined;
    for (const event of reader.events()) {
      const states = event.kind === 'saved' || event.kind === 'baseline';
      if (states && event.document === document && event.textDigest === digest) last = event.sequence;
    }
    const then = last === undefined ? undefined : reader.replay(last + 1).documents.get(document);
    if (then === undefined) return undefined;
    const chronicle = Chronicle.read(sourceOf(reader), new Replay());
    return accountOf(
      chronicle,
      flowOf(chronicle, () => true),
      then,
    ).account;
  });
}

/** Git names to a hook the index that it commits from. */
function indexOf({ io }: Call): string | undefined {
  const { GIT_INDEX_FILE: index } = io.env;
  return index === undefined || index === '' ? undefined : resolve(io.cwd, index);
}

async function asked<T>(folder: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new Refusal('review.noGit', { folder, detail: detailOf(error) }, error);
  }
}
