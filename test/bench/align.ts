import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { align } from '../../src/text/diff.ts';
import { Seeded } from '../support/seeded.ts';
import { best, say, shown, time } from './measure.ts';

/** Outside changes of a long source file, beside `git diff --histogram` as a process in the same run. */
const random = new Seeded(3);
const names = Array.from({ length: 4000 }, (_, i) => `${['read', 'write', 'open', 'frame', 'sample'][i % 5]}${i}`);
const lines = Array.from({ length: 96_000 }, (_, i) => {
  const indent = '    '.repeat(random.below(4));
  if (i % 7 === 0) return `${indent}}`;
  const [a, b, c] = [random.below(4000), random.below(4000), random.below(4000)].map(n => names[n]);
  return i % 11 === 0 ? '' : `${indent}${a} = ${b}(${c}, ${random.below(900)});`;
});
const old = `${lines.join('\n')}\n`;
const folder = mkdtempSync(join(tmpdir(), 'holograph-align-'));

function touched(share: number): string {
  return `${lines.map(l => (random.below(1e6) < share * 1e6 ? l.replace(/\w+\(/, 'changed(') : l)).join('\n')}\n`;
}

console.log(`Outside change of ${lines.length} lines, ${(old.length / 2 ** 20).toFixed(1)} MB; best of 5, git's too`);
try {
  for (const [what, next] of [
    ['a few lines', touched(20 / lines.length)],
    ['one line in a hundred', touched(0.01)],
    ['one line in five', touched(0.2)],
    ['every line indented anew', old.replaceAll('    ', '\t')],
  ] as const) {
    let changes = 0;
    const ours = best(5, () =>
      time(() => {
        changes = align(old, next).length;
      }),
    );
    writeFileSync(join(folder, 'old'), old);
    writeFileSync(join(folder, 'new'), next);
    const git = best(5, () =>
      time(() =>
        spawnSync('git', ['diff', '--no-index', '--histogram', 'old', 'new'], { cwd: folder, maxBuffer: 2 ** 30 }),
      ),
    );
    say(`${what} (${changes} changes)`, shown(ours), `${(ours / git).toFixed(2)} x git (${shown(git)}), goal 2`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
