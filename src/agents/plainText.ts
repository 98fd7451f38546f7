import { hash } from 'node:crypto';

/** A text as the journal keeps it: no byte order mark, `\n` for `\r\n`. */
export function plainText(text: string): string {
  const own = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return own.includes('\r\n') ? own.replaceAll('\r\n', '\n') : own;
}

/**
 * The journal's digest of a text as an agent's record has it: SHA-256 (hex) over UTF-8, over UTF-16LE
 * where the text has lone surrogates.
 */
export function plainDigest(text: string): string {
  const plain = plainText(text);
  return hash('sha256', plain.isWellFormed() ? plain : Buffer.from(plain, 'utf16le'), 'hex');
}
