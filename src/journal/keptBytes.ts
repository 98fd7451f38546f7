import { sha256 } from './digest.ts';

/** Bytes that are as they were written. Throws RangeError at others. */
export function whole({ bytes, digest }: { readonly bytes: Uint8Array; readonly digest: Uint8Array }): Uint8Array {
  if (Buffer.compare(sha256(bytes), digest) !== 0) throw new RangeError('the bytes are not as they were written');
  return bytes;
}

/** Whether an error says that bytes are not what they should be; SQLite's own say something else. */
export function isDamage(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) return true;
  return error instanceof Error && (error.name === 'Fault' || ('code' in error && String(error.code).startsWith('Z_')));
}
