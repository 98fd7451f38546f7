/** PKCS #8 PEM of the Ed25519 private key with this seed (64 hexadecimal digits; RFC 8410 section 7). */
export function privateKeyOf(seed: string): string {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
}
