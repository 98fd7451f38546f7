import { GeneralizedTime } from 'asn1js';
import { demandAttributes, isNamed } from './attributes.ts';
import {
  certificatesIn,
  certified,
  demandForTimeStamps,
  fingerprintOf,
  isValidAt,
  nameOf,
  pemOf,
} from './certificates.ts';
import { chainOf, type Trust } from './chain.ts';
import { TimeStampFault } from './fault.ts';
import { sha256Oid } from './request.ts';
import { digestNamed, isSigned, sameBytes } from './signature.ts';
import { asked, childrenOf, derOf, readToken, type Token, wholeOf } from './token.ts';

/**
 * What an outside clock says, once all that can be checked of it was found good.
 * `standing`: who stands for the clock. `given`, `wellKnown`: a trusted root; `unknown`: the signature holds, but
 * nobody vouches for the certificate that its chain ends with, which anyone can make; `elsewhere`: signed in a way
 * that cannot be checked here (GOST), so that no more is known than that it states this.
 */
export interface TimeStamp {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** How far off it may be, in milliseconds; null where the server does not say. */
  readonly accuracy: number | null;
  /** Object identifier of the server's rules. */
  readonly policy: string;
  /** The server's own number for it: hexadecimal. */
  readonly serial: string;
  /** Whom the signer's certificate names; '' where the certificate is not there. */
  readonly authority: string;
  readonly standing: 'given' | 'wellKnown' | 'unknown' | 'elsewhere';
  /** PEM, the signer's certificate first, as far as the chain is known. */
  readonly certificates: string;
  /** SHA-256 (hex) of the certificate that the chain ends with; null where the signature was not checked. */
  readonly root: string | null;
}

export interface TimeStampQuestion {
  /** SHA-256 of what was to be stamped: 32 bytes. */
  readonly digest: Uint8Array;
  /** As it was sent; absent where a token is checked later. */
  readonly nonce?: Uint8Array;
  /** Certificates (PEM) by which the chain may go on where the token's own end. */
  readonly certificates?: string;
  readonly trust: Trust;
}

/** Certificates of one token that are looked at. */
const most = 24;

/** Checks a server's answer, or a token that stands alone (DER). Throws TimeStampFault: see its codes. */
export function checkTimeStamp(bytes: Uint8Array, question: TimeStampQuestion): TimeStamp {
  const token = readToken(bytes);
  demandStated(token, question);
  const own = asked(() => token.certificates.slice(0, most).map(certified));
  const signer = own.find(one => isNamed(one, token.signer.sid));
  demandAttributes(token, signer);
  const stated = statedBy(token);
  const { signer: by } = token;
  const signature = new Uint8Array(by.signature.buffer);
  const algorithm = { signature: by.signatureAlgorithm.algorithm, digest: by.digestAlgorithm.algorithm };
  const signed = signer === undefined ? undefined : isSigned(token.signed, signature, algorithm, signer.x509);
  if (signed === false) throw new TimeStampFault('tokenSignature');
  if (signer === undefined || signed === undefined) {
    // A signer who is not there is only passed over where the signature could not be checked anyway.
    if (signer === undefined && digestNamed(algorithm.digest) !== undefined) throw new TimeStampFault('tokenSigner');
    const authority = signer === undefined ? '' : nameOf(signer);
    return { ...stated, authority, standing: 'elsewhere', certificates: pemOf(own), root: null };
  }
  if (!isValidAt(signer, stated.time)) throw new TimeStampFault('tokenExpired', nameOf(signer));
  demandForTimeStamps(signer);
  const more = question.certificates === undefined ? [] : certificatesIn(question.certificates).slice(0, most);
  const { certificates, anchor } = chainOf(signer, [...own, ...more], stated.time, question.trust);
  return {
    ...stated,
    authority: nameOf(signer),
    standing: anchor ?? 'unknown',
    certificates: pemOf(certificates),
    root: fingerprintOf(certificates.at(-1)!),
  };
}

/** SHA-256 that a token is over, if it is over one. Throws TimeStampFault `tokenMalformed`, `tokenStatus`. */
export function imprintOf(bytes: Uint8Array): Uint8Array | undefined {
  const { messageImprint } = readToken(bytes).stated;
  if (messageImprint.hashAlgorithm.algorithm !== sha256Oid) return undefined;
  return new Uint8Array(messageImprint.hashedMessage.buffer);
}

function demandStated({ stated }: Token, { digest, nonce }: TimeStampQuestion): void {
  const { messageImprint } = stated;
  if (messageImprint.hashAlgorithm.algorithm !== sha256Oid) throw new TimeStampFault('tokenImprint', 'algorithm');
  if (!sameBytes(new Uint8Array(messageImprint.hashedMessage.buffer), digest)) throw new TimeStampFault('tokenImprint');
  if (nonce === undefined) return;
  if (stated.nonce === undefined || !sameBytes(new Uint8Array(stated.nonce), nonce))
    throw new TimeStampFault('tokenNonce');
}

function statedBy({ stated, content }: Token): Pick<TimeStamp, 'time' | 'accuracy' | 'policy' | 'serial'> {
  const { accuracy, policy, serialNumber } = stated;
  const time = genTimeIn(content);
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {};
  const within = accuracy === undefined ? null : seconds * 1000 + millis + Math.ceil(micros / 1000);
  return { time, accuracy: within, policy, serial: numberOf(new Uint8Array(serialNumber)) };
}

/**
 * RFC 3161 section 2.4.2: UTC to the second at least, a fraction behind a point. The library also reads forms that are
 * not allowed here, and takes some of them for another day.
 */
function genTimeIn(content: Uint8Array): number {
  const block = childrenOf(wholeOf(content)).find(one => one instanceof GeneralizedTime);
  const text = block === undefined ? '' : Buffer.from(derOf(block).subarray(2)).toString('latin1');
  const form = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/.exec(text);
  const [, year, month, day, hour, minute, second, fraction = ''] = form ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${iso}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  // A day that is none, such as 31 February, would be taken for another.
  const real = Number.isFinite(time) && new Date(time).toISOString().startsWith(iso);
  if (!real) throw new TimeStampFault('tokenMalformed', `genTime ${text.slice(0, 40)}`);
  return time;
}

function numberOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(00)+(?=..)/u, '');
}
