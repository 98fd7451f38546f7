import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { cache, root } from './paths.ts';

const folder = join(cache, 'host');

export interface HostSuite {
  readonly name: string;
  /** The bundled CommonJS module. */
  readonly module: string;
  /** The source file, absolute. */
  readonly entry: string;
}

/** The module whose `run()` the extension host calls. */
export const hostRunner = join(folder, 'run.cjs');

/**
 * Bundles the runner and every `*.test.ts` directly in `<tests>/<group>` whose name is wanted; one window runs one of
 * them.
 */
export async function bundleHostSuites(
  group = '',
  tests = 'test/host',
  wanted: (file: string) => boolean = () => true,
): Promise<readonly HostSuite[]> {
  const source = join(root, tests, group);
  const files = (await readdir(source)).filter(file => file.endsWith('.test.ts') && wanted(file)).sort();
  const suites = files.map(file => {
    const name = join(group, basename(file, '.test.ts'));
    const out = tests === 'test/host' ? name : join(basename(tests), name);
    return { name, out, module: join(folder, `${out}.cjs`), entry: join(source, file) };
  });
  await build({
    entryPoints: [
      { in: join(root, 'test/host/run.ts'), out: 'run' },
      ...suites.map(suite => ({ in: suite.entry, out: suite.out })),
    ],
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'better-sqlite3', 'mocha'],
    logLevel: 'warning',
  });
  return suites;
}
