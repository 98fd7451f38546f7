import type { Member } from '../evidence/bag.ts';
import { type SealStamp, sealStampMembers } from '../evidence/closing.ts';
import type { EvidencePackage } from '../evidence/package.ts';
import { sealDigest, sealMember } from '../evidence/seal.ts';
import { askingOver } from '../evidence/timeStamps/asking.ts';
import { TimeStampFault } from '../evidence/timeStamps/fault.ts';
import { withoutQuery } from '../evidence/timeStamps/servers.ts';
import { trustOf } from '../evidence/timeStamps/trust.ts';
import { unzip } from '../evidence/unzip.ts';
import { signerFor } from './checkpointed.ts';
import type { Call } from './command.ts';
import { askServer, ServerFault } from './timeStampServer.ts';
import { type ServerAnswer, said } from './timestamp.ts';

/** What servers answered about the seal of a package, and what of it becomes part of the package. */
export interface SealStamps {
  readonly answers: readonly ServerAnswer[];
  readonly added: readonly Member[];
}

/**
 * Has the seal of a package stamped by these servers: its digest leaves this machine, nothing else. One server's failure
 * is no other's, and none keeps the package from being made. Tells each answer, unless the answer is a document.
 */
export async function stampSeal(
  call: Call,
  archive: Uint8Array,
  { servers, roots }: { readonly servers: readonly string[]; readonly roots: string | undefined },
): Promise<SealStamps> {
  const { members } = unzip(archive);
  const had = [...members.keys()].filter(name => /^seal\/seal-\d+\.tsr$/.test(name)).length;
  const digest = sealDigest(members.get(sealMember)!);
  const results = await Promise.all(servers.map(server => stampBy(call, server, digest, roots)));
  const stamps = results.flatMap(({ stamp }) => stamp ?? []);
  const answers = results.map(({ answer }) => answer);
  for (const answer of answers) tell(call, answer);
  return { answers, added: sealStampMembers(stamps, had) };
}

/** A package with what servers answered about its seal. */
export interface StampedPackage extends EvidencePackage {
  /** Absent where none was asked. */
  readonly servers?: readonly ServerAnswer[];
}

/** The package as it was made, closed anew with the time stamps that these servers gave, if any did. */
export async function withSealStamps(
  call: Call,
  made: EvidencePackage,
  clocks: Parameters<typeof stampSeal>[2],
): Promise<StampedPackage> {
  if (clocks.servers.length === 0) return made;
  const { answers, added } = await stampSeal(call, made.archive, clocks);
  if (added.length === 0) return { ...made, servers: answers };
  const { reclosed } = await import('../evidence/reclosing.ts');
  return { ...made, archive: reclosed(made.archive, added, signerFor(call.io)), servers: answers };
}

async function stampBy(
  call: Call,
  url: string,
  digest: Uint8Array,
  roots: string | undefined,
): Promise<{ readonly answer: ServerAnswer; readonly stamp?: SealStamp }> {
  const server = withoutQuery(url);
  try {
    const asking = askingOver(digest, trustOf(roots), roots);
    const answer = await askServer(url, asking.request, undefined, call.io.env);
    const found = asking.check(answer);
    const stamp = { answer, certificates: found.certificates };
    return { answer: { server, outcome: 'stamped', ...said(found, Date.now()) }, stamp };
  } catch (error) {
    if (!(error instanceof ServerFault || error instanceof TimeStampFault)) throw error;
    const { code, detail } = error;
    return { answer: { server, outcome: 'failed', problem: code, ...(detail !== '' && { detail }) } };
  }
}

function tell({ words, json, print, note }: Call, answer: ServerAnswer): void {
  const { server, outcome, time = '', authority = '', standing, root, problem = '', detail = '' } = answer;
  if (outcome === 'failed') {
    const own = `sealStamp.problem.${problem}`;
    const key = words.has(own) ? own : `timestamp.problem.${problem}`;
    const why = words.has(key) ? words.t(key) : problem;
    note(words.t('sealStamp.failed', { server, why, detail: detail.replace(/\p{Cc}+/gu, ' ').slice(0, 300) }).trim());
    return;
  }
  if (json) return;
  print(words.t('sealStamp.stamped', { server, time, authority }));
  if (standing === 'unknown') note(words.t('timestamp.unknown', { authority, root: root ?? '' }));
  if (standing === 'elsewhere') note(words.t('timestamp.elsewhere', { authority }));
}
