/** What can be wrong with a time stamp or with a server's answer. Each has a text in every language. */
export const timeStampFaults = [
  /** Not DER of the form that RFC 3161 describes, or something follows it. */
  'tokenMalformed',
  /** The server refused, or granted something else than was asked; `detail`: what it said. */
  'tokenStatus',
  /** It stamps other bytes. */
  'tokenImprint',
  /** It answers another question. */
  'tokenNonce',
  /** Its signer's certificate is not in it, or not the one that the signature names. */
  'tokenSigner',
  /** What is signed is not what it states. */
  'tokenAttributes',
  'tokenSignature',
  /** Signed in a way that is not safe any more; `detail`: which. */
  'tokenWeak',
  /** A certificate was not valid at the stamped time; `detail`: whose. */
  'tokenExpired',
  /** The certificate is not for time stamps alone (RFC 3161 section 2.3). */
  'tokenUsage',
  /** A certificate names something critical that is not known here, or stands for another that it may not stand for. */
  'tokenCertificate',
] as const;
export type TimeStampFaultCode = (typeof timeStampFaults)[number];

/** A token that is not what it must be. Not a bug of ours. */
export class TimeStampFault extends Error {
  readonly code: TimeStampFaultCode;
  readonly detail: string;

  constructor(code: TimeStampFaultCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.name = 'TimeStampFault';
    this.code = code;
    this.detail = detail;
  }
}
