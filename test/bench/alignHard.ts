import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alignWithin } from '../../src/text/diff.ts';
import { Seeded } from '../support/seeded.ts';
import { best, say, shown, time } from './measure.ts';

/**
 * Rewrites that are hard on any diff: nothing unique, nothing shared, no lines, 20 MB; beside `git diff
 * --histogram` as a process, which works on lines alone. What is marked coarse ran out of work and says so.
 */
const random = new Seeded(5);
const pick = <T>(all: readonly T[]) => all[random.below(all.length)]!;
const many = (n: number) => Array.from({ length: n }, (_, i) => `w${i.toString(36)}`);
const vocabulary = many(5000);
const folder = mkdtempSync(join(tmpdir(), 'holograph-hard-'));

/** `count` words, so many a line. */
function prose(count: number, words: readonly string[], perLine = 12): string {
  const out: string[] = [];
  for (let i = 0; i < count; i++) out.push(pick(words), (i + 1) % perLine === 0 ? '\n' : ' ');
  return out.join('');
}

/** What git may take, in ms. */
const patience = 20_000;
const twice = (make: () => string) => [make(), make()] as const;
const changed = (text: string, what: RegExp, by: string) => [text, text.replace(what, by)] as const;
const minified = () => Array.from({ length: 1_000_000 }, () => pick([...'abcdefghij();.,{}='])).join('');

const cases: readonly (readonly [string, () => readonly [string, string]])[] = [
  ['200,000 words written anew', () => twice(() => prose(200_000, vocabulary))],
  ['200,000 words of 50, anew', () => twice(() => prose(200_000, many(50)))],
  ['200,000 words in one line, anew', () => twice(() => prose(200_000, vocabulary, Infinity))],
  ['200,000 lines in the opposite order', () => [many(200_000).join('\n'), many(200_000).reverse().join('\n')]],
  ['20 MB, a word replaced everywhere', () => changed(prose(4_000_000, vocabulary), /w100 /g, 'other ')],
  ['20 MB, every line indented', () => changed(prose(4_000_000, vocabulary), /^/gm, '    ')],
  ['20 MB written anew', () => twice(() => prose(4_000_000, vocabulary))],
  ['20 MB of two lines, anew', () => twice(() => prose(10_000_000, ['x', 'y'], 1))],
  ['a line of a million characters, 100 changed', () => changed(minified(), /a(?=bcd)/g, 'changed')],
  ['a line of a million characters, anew', () => twice(minified)],
  [
    'a word of a million letters, one put in',
    () => ['ab'.repeat(500_000), `${'ab'.repeat(250_000)}c${'ab'.repeat(250_000)}`],
  ],
  [
    'a million ideographs, anew',
    () =>
      twice(() =>
        prose(1_000_000, vocabulary, 1).replace(/w\w+\n/g, () => String.fromCharCode(0x4e00 + random.below(3000))),
      ),
  ],
];

console.log('Rewrites that are hard: time, and times the process of git');
try {
  for (const [what, make] of cases) {
    const [old, next] = make();
    let coarse = false;
    let changes = 0;
    const runs = old.length > 5e6 ? 1 : 3;
    const ours = best(runs, () =>
      time(() => {
        const aligned = alignWithin(old, next);
        coarse = aligned.coarse;
        changes = aligned.changes.length;
      }),
    );
    writeFileSync(join(folder, 'old'), old);
    writeFileSync(join(folder, 'new'), next);
    const args = ['diff', '--no-index', '--histogram', 'old', 'new'];
    const git = best(runs, () =>
      time(() => spawnSync('git', args, { cwd: folder, stdio: 'ignore', timeout: patience })),
    );
    const size = `${changes} changes${coarse ? ', coarse' : ''}`;
    const theirs = git < patience * 1e6 ? shown(git) : 'stopped';
    say(what, `${shown(ours)}, ${size}`, `${(ours / git).toFixed(2)} x git (${theirs})`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
