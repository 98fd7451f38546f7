import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A library (`NAME.c` beside this file) that stands between a process and its system: the environment in which a child
 * has it. Undefined where none can be built (Linux with a C compiler can).
 */
export function preload(name: string): Readonly<Record<string, string>> | undefined {
  if (process.platform !== 'linux') return undefined;
  const library = join(mkdtempSync(join(tmpdir(), 'holograph-preload-')), `${name}.so`);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source]);
  return status === 0 ? { LD_PRELOAD: library } : undefined;
}
