import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compares with the file of that name under `test/golden/`; a missing one fails. `GOLDEN=write` writes
 * them instead: read the difference before committing it.
 */
export function equalsGolden(name: string, actual: string): void {
  const file = join(import.meta.dirname, '..', 'golden', name);
  if (process.env.GOLDEN === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.equal(actual, readFileSync(file, 'utf8').replaceAll('\r\n', '\n'), `${name} differs from its golden file`);
}
