import { type Attribute, ContentInfo, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import { PKIStatus, TimeStampResp, TSTInfo } from '@peculiar/asn1-tsp';
import { type BaseBlock, Constructed, fromBER } from 'asn1js';
import { TimeStampFault } from './fault.ts';

/** A token taken apart: RFC 3161 section 2.4.2 in RFC 5652 section 5. Nothing of it is verified. */
export interface Token {
  readonly stated: TSTInfo;
  /** DER of `stated`: what the attribute messageDigest is over. */
  readonly content: Uint8Array;
  readonly signer: SignerInfo;
  readonly attributes: readonly Attribute[];
  /** DER of the attributes as a SET: what the signature is over. */
  readonly signed: Uint8Array;
  /** DER of each certificate that came along. */
  readonly certificates: readonly Uint8Array[];
}

/** No answer is larger: what is taken apart costs more than its bytes. */
export const mostBytes = 65_536;

const signedDataOid = '1.2.840.113549.1.7.2';
const statedOid = '1.2.840.113549.1.9.16.1.4';

/**
 * The token in a server's answer, or one that stands alone. Throws TimeStampFault `tokenStatus` unless the answer
 * is "granted": one with modifications is not what was asked for.
 */
export function readToken(bytes: Uint8Array): Token {
  const top = wholeOf(bytes);
  return asked(() => {
    // An answer begins with its status, a token with an identifier.
    const isAnswer = childrenOf(top)[0] instanceof Constructed;
    return tokenOf(isAnswer ? grantedIn(bytes, top) : top);
  });
}

function grantedIn(bytes: Uint8Array, top: BaseBlock): BaseBlock {
  const { status } = AsnConvert.parse(bytes, TimeStampResp);
  const token = childrenOf(top)[1];
  if (status.status === PKIStatus.granted && token !== undefined) return token;
  const said = [...(status.statusString ?? [])].join(' ');
  const why = status.failInfo?.toString() ?? '';
  const name = PKIStatus[status.status] ?? String(status.status);
  throw new TimeStampFault('tokenStatus', [name, why, said].filter(part => part !== '').join(': '));
}

function tokenOf(block: BaseBlock): Token {
  const { contentType, content } = AsnConvert.parse(derOf(block), ContentInfo);
  if (contentType !== signedDataOid) throw new TimeStampFault('tokenMalformed', contentType);
  const data = AsnConvert.parse(content, SignedData);
  const [signer, ...others] = data.signerInfos;
  const { eContentType, eContent } = data.encapContentInfo;
  if (signer === undefined || others.length > 0) throw new TimeStampFault('tokenMalformed', 'signers');
  if (eContentType !== statedOid || eContent?.single === undefined)
    throw new TimeStampFault('tokenMalformed', 'content');
  const stated = new Uint8Array(eContent.single.buffer);
  wholeOf(stated);
  return {
    stated: AsnConvert.parse(stated, TSTInfo),
    content: stated,
    signer,
    attributes: signer.signedAttrs ?? [],
    signed: signedIn(block),
    certificates: certificatesIn(block),
  };
}

/** The signed attributes under the tag of a SET, which is what is signed (RFC 5652 section 5.4); else as they came. */
function signedIn(block: BaseBlock): Uint8Array {
  const signers = childrenOf(dataIn(block)).at(-1);
  // Behind version, signer (whose tag may be the same) and digest.
  const attributes = childrenOf(childrenOf(signers)[0])[3];
  if (attributes === undefined || !isTagged0(attributes)) throw new TimeStampFault('tokenAttributes', 'none');
  const bytes = derOf(attributes);
  bytes[0] = 0x31;
  return bytes;
}

/** The bytes as they came, which a certificate's own signature is over. */
function certificatesIn(block: BaseBlock): Uint8Array[] {
  const set = childrenOf(dataIn(block)).find(isTagged0);
  // Others than a plain Certificate have a tag of their own and are of no use here.
  return childrenOf(set)
    .filter(({ idBlock }) => idBlock.tagClass === 1)
    .map(derOf);
}

/** The SignedData of a ContentInfo. */
function dataIn(block: BaseBlock): BaseBlock | undefined {
  return childrenOf(childrenOf(block)[1])[0];
}

function isTagged0({ idBlock }: BaseBlock): boolean {
  return idBlock.tagClass === 3 && idBlock.tagNumber === 0;
}

export function childrenOf(block: BaseBlock | undefined): readonly BaseBlock[] {
  return block instanceof Constructed ? (block.valueBlock.value as BaseBlock[]) : [];
}

export function derOf(block: BaseBlock): Uint8Array {
  return Uint8Array.from(block.valueBeforeDecodeView);
}

/** Throws TimeStampFault `tokenMalformed` unless the bytes are one ASN.1 value and nothing else. */
export function wholeOf(bytes: Uint8Array): BaseBlock {
  if (bytes.length > mostBytes) throw new TimeStampFault('tokenMalformed', `${bytes.length} bytes`);
  const { offset, result } = asked(() => fromBER(bytes));
  if (offset !== bytes.length || result.error !== '') throw new TimeStampFault('tokenMalformed', result.error);
  return result;
}

/** The libraries' own errors are about the bytes. */
export function asked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TimeStampFault || !(error instanceof Error)) throw error;
    throw new TimeStampFault('tokenMalformed', error.message.split('\n', 1)[0], { cause: error });
  }
}
