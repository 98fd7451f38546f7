import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Edits in columns: place, characters removed, characters inserted. */
export interface Edits {
  readonly count: number;
  readonly at: Int32Array;
  readonly removed: Int32Array;
  readonly inserted: Int32Array;
}

const source = fileURLToPath(new URL('../../../shared/perf-bench/limit.cpp', import.meta.url));

/**
 * Nanoseconds an edit of the bare floor: a gap array of runs in C++, one origin for every 32 edits,
 * compiled and run now. Undefined without a C++ compiler or without the source beside the repository.
 */
export function floor(edits: Edits): number | undefined {
  if (!existsSync(source)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'holograph-floor-'));
  try {
    const program = join(folder, 'floor');
    if (spawnSync('g++', ['-O3', '-march=native', '-o', program, source]).status !== 0) return undefined;
    const rows = new Int32Array(1 + edits.count * 4);
    rows[0] = edits.count;
    for (let i = 0; i < edits.count; i++) {
      rows.set([edits.at[i]!, edits.removed[i]!, edits.inserted[i]!, 1 + (i >> 5)], 1 + i * 4);
    }
    writeFileSync(join(folder, 'edits'), rows);
    const printed = execFileSync(program, [join(folder, 'edits')], { encoding: 'utf8' });
    return (JSON.parse(printed) as { nsRuns: number }).nsRuns;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
