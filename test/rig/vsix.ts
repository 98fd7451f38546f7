import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
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
    const readme = 'dist/README.md';
    writeFileSync(join(root, readme), releasedReadme());
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const result = await run(
      process.execPath,
      [
        vsce,
        'package',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        ...['--readme-path', readme],
        ...['--out', path],
      ],
      {
        cwd: root,
      },
    );
    if (result.code !== 0) throw new Failure(result.output.trim(), 'Read the message of vsce above.');
  });
  return { path, size: (await stat(path)).size };
}

/** The README with the SHA-256 of the page that checks, which is known once the page is made. */
function releasedReadme(): string {
  const digest = hash('sha256', readFileSync(join(root, 'dist/verify.html')), 'hex');
  const [before, after] = readFileSync(join(root, 'README.md'), 'utf8').split(
    /(?<=<!-- verify\.html -->).*?(?=<!-- \/verify\.html -->)/,
  );
  if (before === undefined || after === undefined)
    throw new Failure(
      'README.md has no place for the digest of verify.html',
      'Put it between <!-- verify.html --> and <!-- /verify.html -->.',
    );
  return `${before}\`${digest}\`${after}`;
}
