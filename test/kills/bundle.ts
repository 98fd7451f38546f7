import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.cache/kills');
/** The child's script, once it is bundled. */
export const child = join(folder, 'child.cjs');

/** Bundles the child with the worker that it starts, so that a start costs no compiling. */
export async function bundleChild(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { child: 'test/kills/child.ts', worker: 'src/journal/worker.ts' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['better-sqlite3'],
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'error',
  });
}
