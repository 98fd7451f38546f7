import { execFileSync } from 'node:child_process';
import { SpanTree } from '../../src/provenance/spanTree.ts';
import { align } from '../../src/text/diff.ts';
import { partsOf } from '../../src/text/words.ts';
import { root } from '../rig/paths.ts';
import { loadSequential, type Trace } from '../traces/trace.ts';
import { say } from './measure.ts';
import { releasedFile, releases } from './peers.ts';

/**
 * How much of what was left alone keeps its origin when only the texts before and after are known. Where each
 * edit between them was recorded, what was left alone is known by the recording; of published and committed
 * revisions it is what a plain search for the longest common run of lines and words finds.
 */
console.log('Words left alone that keep their origin, by the recording; and words typed anew that seem left');
for (const name of ['automerge-paper', 'seph-blog1', 'rustcode', 'json-crdt-patch', 'friendsforever_flat']) {
  const trace = loadSequential(name);
  if (trace === undefined) console.log(`  ${name} is not beside the repository`);
  else for (const steps of [100, 1_000, 10_000]) recorded(trace, steps);
}

/** Texts some recorded edits apart. */
function recorded(trace: Trace, apart: number): void {
  const tree = new SpanTree([{ length: trace.start.length, serial: 0 }]);
  let text = trace.start;
  let serial = 2 ** 40;
  let [words, kept, anew, taken] = [0, 0, 0, 0];
  let before = { text, tree: tree.clone() };
  for (const [i, { patches }] of trace.steps.entries()) {
    for (const [at, removed, insert] of patches) {
      text = text.slice(0, at) + insert + text.slice(at + removed);
      tree.replace(at, at + removed, insert === '' ? [] : [{ length: insert.length, serial }]);
      serial += insert.length;
    }
    if ((i + 1) % apart !== 0) continue;
    const guess = before.tree.clone();
    for (const { from, to, insert } of align(before.text, text).toReversed()) {
      guess.replace(from, to, insert === '' ? [] : [{ length: insert.length, serial: -1 - insert.length }]);
    }
    const old = before.tree.spans().reduce((most, span) => Math.max(most, span.serial + span.length), 0);
    const { starts, ends } = partsOf(text, 0, text.length);
    for (let k = 0; k < starts.length; k++) {
      const truth = tree.slice(starts[k]!, ends[k]!);
      const found = guess.slice(starts[k]!, ends[k]!);
      const same = truth.length === 1 && found.length === 1 && truth[0]!.serial === found[0]!.serial;
      if (truth.length === 1 && truth[0]!.serial < old) {
        words++;
        if (same) kept++;
      } else if (truth.every(span => span.serial >= old)) {
        anew++;
        if (found.some(span => span.serial >= 0)) taken++;
      }
    }
    before = { text, tree: tree.clone() };
  }
  const share = (n: number, of: number) => `${((100 * n) / Math.max(1, of)).toFixed(2)} %`;
  say(
    `${trace.name}, ${apart} edits apart`,
    `${share(kept, words)} of ${words}`,
    `goal 99 %; anew ${share(taken, anew)} of ${anew}`,
  );
}

console.log('Words of published and committed revisions that keep their origin, of all that could at most');
for (const [name, versions, path] of releases) {
  for (let i = 0; i + 1 < versions.length; i++) {
    const [a, b] = [versions[i]!, versions[i + 1]!];
    const [old, next] = [releasedFile(name, a, path), releasedFile(name, b, path)];
    if (old === undefined || next === undefined) console.log(`  ${name} ${a} and ${b} are not there`);
    else bounded(`${name} ${a} to ${b}`, old, next);
  }
}
for (const file of ['src/journal/README.md', 'src/capture/trackers.ts', 'src/evidence/report.ts', 'README.md'])
  committed(file);

/** Against the most that any alignment could keep: words of both texts, each as often as in the rarer of the two. */
function bounded(what: string, old: string, next: string): readonly [number, number] {
  const words = (text: string) => {
    const { starts, ends } = partsOf(text, 0, text.length);
    return Array.from(starts, (start, i) => text.slice(start, ends[i]!));
  };
  const counts = new Map<string, number>();
  for (const word of words(old)) counts.set(word, (counts.get(word) ?? 0) + 1);
  let most = 0;
  for (const word of words(next)) {
    const left = counts.get(word) ?? 0;
    if (left > 0) most++;
    counts.set(word, left - 1);
  }
  let kept = 0;
  let at = 0;
  for (const { from, to } of [...align(old, next), { from: old.length, to: old.length }]) {
    kept += partsOf(old, at, from).starts.length;
    at = to;
  }
  if (what !== '') say(what, `${((100 * kept) / most).toFixed(2)} % of ${most}`, 'moved lines count against it');
  return [kept, most];
}

function committed(file: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  let commits: string[] = [];
  try {
    commits = git('log', '--format=%H', '-n', '40', '--', file).trim().split('\n').filter(Boolean);
  } catch {
    console.log('  the history of this repository is not there');
    return;
  }
  let [kept, most, pairs] = [0, 0, 0];
  for (let i = 0; i + 1 < commits.length; i++) {
    const [next, old] = [git('show', `${commits[i]}:${file}`), git('show', `${commits[i + 1]}:${file}`)];
    const [k, m] = bounded('', old, next);
    kept += k;
    most += m;
    pairs++;
  }
  if (pairs > 0)
    say(
      `${file}, ${pairs} commits`,
      `${((100 * kept) / most).toFixed(2)} % of ${most}`,
      'moved lines count against it',
    );
}
