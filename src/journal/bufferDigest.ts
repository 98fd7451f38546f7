import { createHash } from 'node:crypto';
import type { TextBuffer } from '../text/buffer.ts';
import { plainTextDigest } from './parts.ts';

/** Units that are encoded at a time. */
const step = 1 << 14;
const bytes = Buffer.alloc(step * 3);

/** `plainTextDigest` of a text that may be long, without making one string of it. */
export function bufferDigest(text: TextBuffer): string {
  const hash = createHash('sha256');
  /** First half of a pair that the next part goes on with. */
  let high = 0;
  for (const part of text.parts()) {
    for (let from = 0; from < part.length; from += step) {
      let at = 0;
      for (let i = from; i < Math.min(part.length, from + step); i++) {
        const unit = part[i]!;
        if (high === 0 && unit < 0x80) bytes[at++] = unit;
        else if (high === 0 && (unit < 0xd800 || unit > 0xdfff)) {
          if (unit < 0x800) bytes[at++] = 0xc0 | (unit >> 6);
          else {
            bytes[at++] = 0xe0 | (unit >> 12);
            bytes[at++] = 0x80 | ((unit >> 6) & 63);
          }
          bytes[at++] = 0x80 | (unit & 63);
        } else if (high === 0 && unit < 0xdc00) high = unit;
        else if (high !== 0 && unit >= 0xdc00 && unit <= 0xdfff) {
          const point = 0x10000 + ((high - 0xd800) << 10) + unit - 0xdc00;
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 63);
          bytes[at++] = 0x80 | ((point >> 6) & 63);
          bytes[at++] = 0x80 | (point & 63);
          high = 0;
        } else return plainTextDigest(text.toString());
      }
      hash.update(bytes.subarray(0, at));
    }
  }
  return high === 0 ? hash.digest('hex') : plainTextDigest(text.toString());
}
