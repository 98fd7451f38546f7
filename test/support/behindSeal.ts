import type { Member } from '../../src/evidence/bag.ts';
import { nationalMember, sealStampMembers } from '../../src/evidence/closing.ts';
import { streebog } from '../../src/evidence/national/streebog.ts';
import { reclosed } from '../../src/evidence/reclosing.ts';
import { sealDigest, sealMember } from '../../src/evidence/seal.ts';
import { askingOver } from '../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../src/evidence/timeStamps/trust.ts';
import { unzip } from '../../src/evidence/unzip.ts';
import type { Signer } from '../../src/journal/keys.ts';
import { gostSignature } from './gostSignature.ts';
import type { TimeAuthority } from './timeAuthority.ts';

/** A package with all that may stand behind its seal: a signature by GOST, and a time stamp by each of these clocks. */
export function behindSeal(archive: Uint8Array, signer: Signer, clocks: readonly TimeAuthority[]): Uint8Array {
  const seal = unzip(archive).members.get(sealMember)!;
  const stamps = clocks.map(clock => {
    const asking = askingOver(sealDigest(seal), noTrust);
    const answer = clock.reply(asking.request);
    return { answer, certificates: asking.check(answer).certificates };
  });
  const national: Member = { name: nationalMember, bytes: gostSignature(streebog(seal, 512)) };
  return reclosed(archive, [...sealStampMembers(stamps, 0), national], signer);
}
