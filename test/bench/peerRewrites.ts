import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSequential } from '../traces/trace.ts';
import { say, shown } from './measure.ts';
import { peerRows, peersFolder, preparePeers, releasedFile } from './peers.ts';

/** Outside changes of real files: ours beside git as a process, jsdiff and VS Code's own diff, in one run. */
interface Row {
  readonly group: string;
  readonly method: string;
  readonly medianMs?: number;
  readonly ok?: boolean;
  readonly timeouts?: number;
  readonly delLast?: number;
  readonly error?: string;
}

const methods = 'project,histogram,jsdiff diffLines,VS Code advanced';

console.log('Rewrites of real files beside the peers; each file pair in a process of its own, 45 s at most');
if (await preparePeers()) {
  const folder = join(peersFolder, 'pairs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const pair = (name: string, kind: string, old: string | undefined, next: string | undefined) => {
    if (old === undefined || next === undefined) return;
    writeFileSync(join(folder, `${name}.${kind}.old`), old);
    writeFileSync(join(folder, `${name}.${kind}.new`), next);
  };
  const script = (version: string) => releasedFile('typescript', version, 'lib/typescript.js');
  const lines = script('5.9.2')?.split('\n').slice(0, 96_000).join('\n');
  pair('96,000-lines', 'indented', lines, lines?.replaceAll('    ', '\t'));
  pair('typescript-5.9.2', '3', script('5.9.2'), script('5.9.3'));
  const vue = (version: string) => releasedFile('vue', version, 'dist/vue.global.js');
  pair('vue-3.4.38', 'to-3-5-12', vue('3.4.38'), vue('3.5.12'));
  paper(pair);
  let ours: Row | undefined;
  for await (const row of peerRows<Row>('bench-diff.mjs', [folder, '--only', methods])) {
    const { group, method, medianMs, ok, timeouts, delLast, error } = row;
    if (method === 'project') ours = row;
    const what = `${group}: ${method === 'project' ? 'ours' : method}`;
    if (medianMs === undefined) {
      say(what, error === undefined ? 'did not end' : `did not end (${error})`);
      continue;
    }
    if (method === 'project') {
      say(what, shown(medianMs * 1e6), `${ok ? 'leads to the new text' : 'WRONG'}, ${delLast} characters replaced`);
      if (!ok) process.exitCode = 1;
      continue;
    }
    const ratio = (ours?.medianMs ?? Number.NaN) / medianMs;
    const goal = method.includes('histogram') ? ', goal 2' : '';
    const gaveUp = timeouts || delLast === 0 ? ', gave up' : '';
    say(what, shown(medianMs * 1e6), `ours takes ${Number(ratio.toPrecision(2))} of it${goal}${gaveUp}`);
  }
}

/** Ten states of a paper while it was written, a twentieth of its edits apart. */
function paper(pair: (name: string, kind: string, old: string, next: string) => void): void {
  const trace = loadSequential('automerge-paper');
  if (trace === undefined) return;
  const patches = trace.steps.flatMap(step => step.patches);
  let text = trace.start;
  let before = text;
  for (const [i, [at, removed, insert]] of patches.entries()) {
    text = text.slice(0, at) + insert + text.slice(at + removed);
    const part = Math.floor((20 * (i + 1)) / patches.length);
    if (part === Math.floor((20 * i) / patches.length)) continue;
    if (part > 10) pair('automerge-paper', `next-${part}`, before, text);
    before = text;
  }
}
