import { existsSync } from 'node:fs';
import { manifestMember } from '../evidence/manifest.ts';
import { readPackagedJournal } from '../evidence/packagedJournal.ts';
import { eventsMember, saltsMember } from '../evidence/packageSource.ts';
import { makeReport, type Report } from '../evidence/report.ts';
import { unzip } from '../evidence/unzip.ts';
import type { Verification } from '../evidence/verification.ts';
import { verificationText } from '../evidence/verificationText.ts';
import { inputsIn } from '../evidence/verifyContents.ts';
import type { Looked } from '../rights/review.ts';
import { type Call, Refusal } from './command.ts';
import { lookedIn, reviewedIn } from './reviewLooked.ts';

/** A package that was found good, with a report made of its events anew. */
export interface OpenedPackage {
  readonly verification: Verification;
  readonly report: Report;
}

/** The first bytes of a ZIP archive that has members (APPNOTE 4.3.7). */
export function isArchive(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, i) => bytes[i] === byte);
}

/** Verifies a package first: of one that is not good, what is wrong with it. */
export async function openPackage(archive: Uint8Array, key: string | undefined): Promise<OpenedPackage | Verification> {
  // Loaded where it is asked for: it makes again what is set for print.
  const { verifyPackage } = await import('../evidence/verify.ts');
  const verification = verifyPackage(archive, { key });
  if (!verification.consistent) return verification;
  const { members } = unzip(archive);
  const held = (name: string) => members.get(name) ?? new Uint8Array(0);
  const inputs = inputsIn(Buffer.from(held(manifestMember)).toString('utf8'));
  const journal = readPackagedJournal(held(eventsMember), held(saltsMember), new Set());
  if (typeof inputs === 'string' || 'what' in journal) throw new Error('a package that was found good cannot be read');
  const { work, profile } = inputs;
  // The report in it may be another version's; this one is of the events alone.
  return { verification, report: makeReport([{ ...journal, checkpoints: [] }], { work, profile }) };
}

/** The texts of a package; in a folder that is named, as they stand there. */
export function lookedPackaged(report: Report, folder: string | undefined): Looked {
  if (folder !== undefined) {
    if (!existsSync(folder)) throw new Refusal('error.missingFile', { file: folder });
    return lookedIn(report, folder, []);
  }
  return {
    files: report.files.map(account => ({ account, stands: true, reviewed: reviewedIn(report, account) })),
    unrecorded: report.unobserved.unrecorded,
    empty: report.work.empty,
  };
}

/** What is wrong with a package; exit code 1. */
export function refuse(call: Call, found: Verification): number {
  if (call.json) call.document(found);
  else for (const line of verificationText(found, call.words.language)) call.print(line);
  return 1;
}
