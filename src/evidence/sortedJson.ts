import { byCodeUnit } from './names.ts';

/**
 * A value as a line of JSON with the members of every object by name, as RFC 8785 orders them, in UTF-8: what was read back
 * has its own order. Without a second copy of the whole.
 */
export function sortedJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, (_, member: unknown) => sorted(member))}\n`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b)));
}
