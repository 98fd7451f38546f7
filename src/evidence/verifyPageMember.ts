import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Member } from './bag.ts';

export const pageMember = 'verify/verify.html';

/**
 * The page that checks a package in a browser, as this version has it: the same bytes in all its packages. Undefined in
 * that page itself, which cannot know its own bytes. Throws where it was not built.
 */
export function verifyPageMember(): Member | undefined {
  page ??= { name: pageMember, bytes: readFileSync(file()) };
  return page;
}

/** Read once: a newer version that is put in its place meanwhile has other code too. */
let page: Member | undefined;

/** Beside the bundle, or in `dist/` above the sources. */
function file(): string {
  const here = import.meta.dirname;
  const found = [join(here, 'verify.html'), join(here, '..', '..', 'dist', 'verify.html')].find(place =>
    existsSync(place),
  );
  if (found === undefined) throw new Error('dist/verify.html is missing: npm run build makes it');
  return found;
}
