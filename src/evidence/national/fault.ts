/** What can be wrong with a national signature. Each has a text in every language. */
export const nationalFaults = [
  /** Not CMS (RFC 5652) with signers and, if anything, the seal inside. */
  'nationalMalformed',
  /** It is over other bytes than this seal. */
  'nationalOther',
  /** The certificate that the signature names is not in it. */
  'nationalSigner',
  /** What is signed does not say what it is over, or says it twice. */
  'nationalAttributes',
  'nationalSignature',
  /** Signed in a way that is not safe any more; `detail`: which. */
  'nationalWeak',
  /** The certificate was not valid when, as it states itself, it was signed; `detail`: whose. */
  'nationalExpired',
  /** The certificate is for something else than documents, such as logging in; `detail`: whose. */
  'nationalUsage',
  /** The time stamp inside is over another signature. */
  'nationalStamp',
] as const;
export type NationalFaultCode = (typeof nationalFaults)[number];

/** A signature that is not what it must be. Not a bug of ours. */
export class NationalFault extends Error {
  readonly code: NationalFaultCode;
  readonly detail: string;

  constructor(code: NationalFaultCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.name = 'NationalFault';
    this.code = code;
    this.detail = detail;
  }
}
