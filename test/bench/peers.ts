import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../rig/cached.ts';
import { cache, root } from '../rig/paths.ts';

/** The bench of the peers beside the repository: trackers and differs of others behind one face. */
const source = join(root, '..', 'shared', 'perf-bench');
const traces = join(root, '..', 'shared', 'traces');
export const peersFolder = join(cache, 'peers');

/** What its scripts that run here import; its package.json tells the versions. */
const wanted = [
  '@codemirror/state',
  '@vscode/diff',
  'diamond-types-node',
  'diff',
  'diff-match-patch-es',
  'fast-diff',
  'fast-myers-diff',
  'loro-crdt',
  'monaco-editor-core',
  'prosemirror-changeset',
  'prosemirror-model',
  'prosemirror-transform',
  'yjs',
];

/** Real files of which several versions are published: name here, package, versions from old to new, path inside. */
export const releases = [
  ['vue', ['3.4.38', '3.5.12', '3.5.13'], 'dist/vue.global.js'],
  ['typescript', ['5.8.3', '5.9.2', '5.9.3'], 'lib/typescript.js'],
] as const;

const alias = (name: string, version: string) => `${name}-${version.replaceAll('.', '-')}`;

/** A published version's file; undefined where `preparePeers` could not bring it. */
export function releasedFile(name: string, version: string, path: string): string | undefined {
  const file = join(peersFolder, 'node_modules', alias(name, version), path);
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined;
}

/**
 * Copies the peers' bench into the cache and installs what it needs, without install scripts. False, with
 * a line that says why, where the bench is not beside the repository or npm cannot bring the packages.
 */
export async function preparePeers(): Promise<boolean> {
  if (!existsSync(source)) return skip('the bench of the peers is not beside the repository');
  for (const part of ['', 'lib', 'spans']) {
    mkdirSync(join(peersFolder, part), { recursive: true });
    // Written anew rather than copied: the originals may be read-only, and copies of that could not be replaced.
    for (const name of readdirSync(join(source, part)).filter(file => file.endsWith('.mjs'))) {
      writeFileSync(join(peersFolder, part, name), readFileSync(join(source, part, name)));
    }
  }
  const { dependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const files = releases.flatMap(([name, versions]) =>
    versions.map(version => [alias(name, version), `npm:${name}@${version}`] as const),
  );
  const all = Object.fromEntries([...wanted.map(name => [name, dependencies[name]] as const), ...files]);
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: all }, null, 2);
  const kept = join(peersFolder, 'installed.json');
  if (existsSync(kept) && readFileSync(kept, 'utf8') === manifest) return true;
  writeFileSync(join(peersFolder, 'package.json'), manifest);
  try {
    await npm(['install', '--ignore-scripts', '--no-package-lock', '--legacy-peer-deps'], peersFolder);
  } catch (error) {
    return skip(`npm could not bring the peers: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
  writeFileSync(kept, manifest);
  return true;
}

function skip(why: string): false {
  console.log(`  left out: ${why}`);
  return false;
}

/** Runs one script of the peers' bench, ours named beside them, and gives each row as it is printed. */
export async function* peerRows<Row>(script: string, args: readonly string[]): AsyncGenerator<Row, void, undefined> {
  const own = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=8192', join(peersFolder, script), ...args],
    {
      cwd: peersFolder,
      env: {
        ...process.env,
        TRACES: traces,
        TRACKER: own('peersTracker.ts'),
        RECONCILE: own('peersReconcile.ts'),
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let rest = '';
  for await (const data of child.stdout.setEncoding('utf8')) {
    const lines = (rest + String(data)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) yield JSON.parse(line) as Row;
  }
}
