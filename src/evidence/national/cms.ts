import { type Attribute, ContentInfo, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import { type BaseBlock, fromBER, OctetString } from 'asn1js';
import { childrenOf, derOf } from '../timeStamps/token.ts';
import { NationalFault } from './fault.ts';

/** A signature taken apart: RFC 5652 section 5. Nothing of it is verified. */
export interface Cms {
  readonly signers: readonly CmsSigner[];
  /** DER of each certificate that came along. */
  readonly certificates: readonly Uint8Array[];
  /** What it holds of the signed bytes; undefined where it stands beside them. */
  readonly content: Uint8Array | undefined;
}

export interface CmsSigner {
  readonly stated: SignerInfo;
  readonly attributes: readonly Attribute[];
  /** DER of the signed attributes as a SET: what the signature is over; undefined where it is over the bytes themselves. */
  readonly signed: Uint8Array | undefined;
}

/** Beside the signed bytes, if it holds them: signatures, certificates, time stamps. */
const mostBytes = 1 << 20;
/** A work has no more authors that sign it together. */
const mostSigners = 16;
export const mostCertificates = 64;
const signedDataOid = '1.2.840.113549.1.7.2';
const dataOid = '1.2.840.113549.1.7.1';

/** Reads BER, as programs that sign in one pass write it. `over`: length of what is signed. Throws NationalFault `nationalMalformed`. */
export function readCms(bytes: Uint8Array, over: number): Cms {
  if (bytes.length > mostBytes + over) throw new NationalFault('nationalMalformed', `${bytes.length} bytes`);
  return read(() => {
    const { offset, result } = fromBER(Uint8Array.from(bytes));
    if (offset !== bytes.length || result.error !== '') throw new NationalFault('nationalMalformed', result.error);
    return cmsOf(result);
  });
}

function cmsOf(block: BaseBlock): Cms {
  const { contentType, content } = AsnConvert.parse(derOf(block), ContentInfo);
  if (contentType !== signedDataOid) throw new NationalFault('nationalMalformed', contentType);
  const { encapContentInfo, signerInfos } = AsnConvert.parse(content, SignedData);
  if (encapContentInfo.eContentType !== dataOid)
    throw new NationalFault('nationalMalformed', encapContentInfo.eContentType);
  if (signerInfos.length === 0 || signerInfos.length > mostSigners)
    throw new NationalFault('nationalMalformed', 'signers');
  const data = childrenOf(childrenOf(block)[1])[0];
  const blocks = childrenOf(childrenOf(data).at(-1));
  return {
    signers: [...signerInfos].map((stated, i) => ({
      stated,
      attributes: stated.signedAttrs ?? [],
      signed: signedIn(blocks[i]),
    })),
    certificates: certificatesIn(data),
    content: contentIn(data),
  };
}

/** The signed attributes under the tag of a SET, which is what is signed (RFC 5652 section 5.4). */
function signedIn(signer: BaseBlock | undefined): Uint8Array | undefined {
  // Behind version, signer (whose tag may be the same) and digest.
  const attributes = childrenOf(signer)[3];
  if (attributes === undefined || !isTagged0(attributes)) return undefined;
  const bytes = derOf(attributes);
  bytes[0] = 0x31;
  return bytes;
}

/** The bytes as they came, which a certificate's own signature is over. */
function certificatesIn(data: BaseBlock | undefined): Uint8Array[] {
  const plain = childrenOf(childrenOf(data).find(isTagged0)).filter(({ idBlock }) => idBlock.tagClass === 1);
  return plain.slice(0, mostCertificates).map(derOf);
}

function isTagged0({ idBlock }: BaseBlock): boolean {
  return idBlock.tagClass === 3 && idBlock.tagNumber === 0;
}

/** An OCTET STRING, also one in parts. */
function contentIn(data: BaseBlock | undefined): Uint8Array | undefined {
  const [, wrapped] = childrenOf(childrenOf(data)[2]);
  if (wrapped === undefined) return undefined;
  const [content] = childrenOf(wrapped);
  if (!(content instanceof OctetString)) throw new NationalFault('nationalMalformed', 'content');
  return new Uint8Array(content.getValue());
}

/** The libraries' own errors are about the bytes. */
export function read<T>(reading: () => T): T {
  try {
    return reading();
  } catch (error) {
    if (error instanceof NationalFault || !(error instanceof Error)) throw error;
    throw new NationalFault('nationalMalformed', error.message.split('\n', 1)[0], { cause: error });
  }
}
