import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { bundle } from './build.ts';
import { out, root } from './paths.ts';
import { run } from './processes.ts';
import { Failure, step } from './progress.ts';

/** Builds the product minified and packs `out/holograph-<version>.vsix`. Gives its path and its size in bytes. */
export async function packVsix(): Promise<{ readonly path: string; readonly size: number }> {
  const path = join(out, `${manifest.name}-${manifest.version}.vsix`);
  await mkdir(out, { recursive: true });
  await step('Bundling the product, minified', () => bundle(['--production']));
  await step('Packing the VSIX', async () => {
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const result = await run(
      process.execPath,
      [vsce, 'package', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', path],
      {
        cwd: root,
      },
    );
    if (result.code !== 0) throw new Failure(result.output.trim(), 'Read the message of vsce above.');
  });
  return { path, size: (await stat(path)).size };
}
