import { Buffer } from 'buffer/index.js';

export { Buffer };

/** As Node's `isUtf8`. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** As Node's `isAscii`. */
export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte < 0x80);
}
