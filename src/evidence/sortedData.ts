import { byCodeUnit } from './names.ts';

/** The same value with the members of every object by name, as RFC 8785 orders them: what was read back has its own order. */
export function sortedData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedData);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [name, sortedData(member)]);
  return Object.fromEntries(entries.sort(([a], [b]) => byCodeUnit(a, b)));
}
