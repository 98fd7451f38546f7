import { Buffer } from './buffer.ts';

/** PEM in its one form (RFC 7468): 64 characters a line. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The first block of this label. Throws RangeError where there is none. */
export function derIn(pem: string, label: string): Uint8Array {
  const block = new RegExp(`-----BEGIN ${label}-----([\\sA-Za-z0-9+/=]+)-----END ${label}-----`).exec(pem);
  if (!block) throw new RangeError(`no ${label}`);
  return Buffer.from(block[1]!.replaceAll(/\s/g, ''), 'base64');
}
