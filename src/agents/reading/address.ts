import { fileURLToPath } from 'node:url';
import { text } from './json.ts';

/** The path that a record names, as an address (`file:///…`) or as it is; undefined: it names none of this machine. */
export function pathOf(named: unknown): string | undefined {
  const name = text(named);
  if (name === undefined || !/^[a-z][a-z0-9+.-]+:\/\//i.test(name)) return name;
  try {
    return fileURLToPath(name);
  } catch (error) {
    // Another machine's, or malformed (`URIError` for its percent signs).
    if (error instanceof TypeError || error instanceof URIError) return undefined;
    throw error;
  }
}
