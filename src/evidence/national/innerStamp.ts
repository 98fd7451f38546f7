import type { SignerInfo } from '@peculiar/asn1-cms';
import type { Trust } from '../timeStamps/chain.ts';
import { TimeStampFault } from '../timeStamps/fault.ts';
import { sha256Oid } from '../timeStamps/request.ts';
import { sameBytes } from '../timeStamps/signature.ts';
import { checkTimeStamp, type TimeStamp } from '../timeStamps/timeStamp.ts';
import { readToken } from '../timeStamps/token.ts';
import { digestOf } from './algorithms.ts';
import { NationalFault } from './fault.ts';

/** The time stamp in a signature (CAdES-T): when the signature existed, as an outside clock said. */
export interface InnerStamp {
  /** Milliseconds since 1970 UTC; undefined where the time stamp could not be read here. */
  readonly time: number | undefined;
  readonly authority: string;
  readonly standing: TimeStamp['standing'];
}

/** id-aa-signatureTimeStampToken, RFC 3161 appendix A. */
const stampToken = '1.2.840.113549.1.9.16.2.14';

/** All of them. Throws NationalFault `nationalStamp` where one is over another signature, or good in no way. */
export function innerStamps({ unsignedAttrs }: SignerInfo, signature: Uint8Array, trust: Trust): readonly InnerStamp[] {
  return (unsignedAttrs ?? [])
    .filter(({ attrType }) => attrType === stampToken)
    .flatMap(({ attrValues }) => attrValues)
    .map(token => innerStamp(new Uint8Array(token), signature, trust));
}

function innerStamp(token: Uint8Array, signature: Uint8Array, trust: Trust): InnerStamp {
  const imprint = imprintIn(token);
  const own = imprint && digestOf(imprint.algorithm, signature);
  if (imprint === undefined || own === undefined) return unread;
  if (!sameBytes(imprint.digest, own)) throw new NationalFault('nationalStamp');
  if (imprint.algorithm !== sha256Oid) return { ...unread, time: imprint.time };
  try {
    const { time, authority, standing } = checkTimeStamp(token, { digest: own, trust });
    return { time, authority, standing };
  } catch (error) {
    if (!(error instanceof TimeStampFault)) throw error;
    throw new NationalFault('nationalStamp', [error.code, error.detail].filter(part => part !== '').join(': '));
  }
}

const unread: InnerStamp = { time: undefined, authority: '', standing: 'elsewhere' };

/** Undefined where it is in no form that is known here: then it is checked elsewhere, with the signature. */
function imprintIn(token: Uint8Array) {
  try {
    const { messageImprint, genTime } = readToken(token).stated;
    const { hashAlgorithm, hashedMessage } = messageImprint;
    const digest = new Uint8Array(hashedMessage.buffer);
    return { algorithm: hashAlgorithm.algorithm, digest, time: genTime.getTime() };
  } catch (error) {
    if (error instanceof TimeStampFault) return undefined;
    throw error;
  }
}
