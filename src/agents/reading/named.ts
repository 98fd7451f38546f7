import { createHash } from 'node:crypto';

/** A short name for what its tool gave no id: the same for the same parts, and no other's. */
export function named(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
