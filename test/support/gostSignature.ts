import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

const publicKey = '1.2.398.3.10.1.1.2.2';
const signed = '1.2.398.3.10.1.1.2.3.2';
export const streebog512 = '1.2.398.3.10.1.3.3';
const data = '1.2.840.113549.1.7.1';

/**
 * A signature in the form that the national authority's GOST keys give, over bytes of this digest; the signature itself
 * is made up, as nothing here can make or check one. No digest: without attributes, which would state it.
 */
export function gostSignature(digest: Uint8Array | undefined, digestAlgorithm = streebog512, name?: string): Buffer {
  const certificate = gostCertificate(name);
  const { issuer, serialNumber } = certificate.tbsCertificate;
  const der = (value: object) => AsnConvert.serialize(value);
  const attributes = digest && [
    new Attribute({
      attrType: '1.2.840.113549.1.9.3',
      attrValues: [Buffer.from('06092a864886f70d010701', 'hex')].map(view => Uint8Array.from(view).buffer),
    }),
    new Attribute({
      attrType: '1.2.840.113549.1.9.5',
      attrValues: [der(new Time(new Date('2026-11-01T00:00:00Z')))],
    }),
    new Attribute({ attrType: '1.2.840.113549.1.9.4', attrValues: [der(new OctetString(Uint8Array.from(digest)))] }),
  ];
  const signer = new SignerInfo({
    version: 1,
    sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithm: digestAlgorithm }),
    ...(attributes && { signedAttrs: attributes }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: signed }),
    signature: new OctetString(new Uint8Array(128).fill(7)),
  });
  const content = new SignedData({
    version: 1,
    digestAlgorithms: new DigestAlgorithmIdentifiers([new AlgorithmIdentifier({ algorithm: digestAlgorithm })]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: data }),
    certificates: new CertificateSet([new CertificateChoices({ certificate })]),
    signerInfos: new SignerInfos([signer]),
  });
  return Buffer.from(der(new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: der(content) })));
}

function gostCertificate(common = 'ТЕСТОВА ТЕСТ'): Certificate {
  const name = nameOf([
    ['2.5.4.3', common],
    ['2.5.4.5', 'IIN123456789012'],
    ['2.5.4.6', 'KZ'],
  ]);
  const key = new AlgorithmIdentifier({ algorithm: publicKey });
  const [notBefore, notAfter] = ['2026-01-01', '2027-01-01'].map(day => new Date(`${day}T00:00:00Z`)) as [Date, Date];
  return new Certificate({
    tbsCertificate: new TBSCertificate({
      version: Version.v3,
      serialNumber: Uint8Array.of(9).buffer,
      signature: new AlgorithmIdentifier({ algorithm: signed }),
      issuer: name,
      validity: new Validity({ notBefore, notAfter }),
      subject: name,
      subjectPublicKeyInfo: new SubjectPublicKeyInfo({ algorithm: key, subjectPublicKey: new ArrayBuffer(128) }),
    }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: signed }),
    signatureValue: new ArrayBuffer(128),
  });
}

function nameOf(parts: readonly (readonly [type: string, value: string])[]): Name {
  return new Name(
    parts.map(
      ([type, utf8String]) =>
        new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String }) })]),
    ),
  );
}
