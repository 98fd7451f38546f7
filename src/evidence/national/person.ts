import type { Certified } from '../timeStamps/certificates.ts';

/** Whom a certificate names. */
export interface Person {
  readonly name: string;
  /** Number of a person in Kazakhstan: twelve digits. */
  readonly iin?: string;
  readonly organisation?: string;
  /** Number of an organisation in Kazakhstan: twelve digits. */
  readonly bin?: string;
}

const commonName = '2.5.4.3';
const serialNumber = '2.5.4.5';
const organisationName = '2.5.4.10';
const unit = '2.5.4.11';
const givenName = '2.5.4.42';

/**
 * As the subject of the certificate says. Form of the numbers: "IIN" and twelve digits in serialNumber, "BIN" and twelve
 * digits in organizationalUnitName; the patronymic stands in givenName (National Certification Authority of Kazakhstan).
 */
export function personIn({ parts }: Certified): Person {
  const said = new Map<string, string[]>();
  for (const part of parts.tbsCertificate.subject)
    for (const { type, value } of part) said.set(type, [...(said.get(type) ?? []), value.toString()]);
  const first = (type: string) => said.get(type)?.[0];
  const organisation = first(organisationName);
  const [given, common] = [first(givenName), first(commonName) ?? organisation ?? ''];
  const name = given === undefined || common.includes(given) ? common : `${common} ${given}`;
  const iin = numberAmong(said.get(serialNumber), /^IIN(\d{12})$/);
  const bin = numberAmong(said.get(unit), /^BIN(\d{12})$/);
  return { name, ...(iin && { iin }), ...(organisation && { organisation }), ...(bin && { bin }) };
}

function numberAmong(values: readonly string[] = [], form: RegExp): string | undefined {
  for (const value of values) {
    const [, number] = form.exec(value) ?? [];
    if (number !== undefined) return number;
  }
  return undefined;
}
