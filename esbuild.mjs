// Bundles the product: dist/extension.cjs (VS Code's entry), dist/worker.cjs (the thread that owns the
// journal), dist/agents.cjs (the thread that reads AI tools' records), dist/cli.cjs (the command line, in plain Node) and
// dist/hook.cjs (what AI tools' hooks call). Beside them dist/verify.html: see verifyPage.mjs.
//
//   node esbuild.mjs                 for development: readable, with source maps
//   node esbuild.mjs --production    for the package: minified
//   node esbuild.mjs --watch         again at each change

import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { buildVerifyPage } from './verifyPage.mjs';

const root = import.meta.dirname;
const production = process.argv.includes('--production');
const entries = {
  extension: 'src/extension.ts',
  worker: 'src/journal/worker.ts',
  cli: 'src/cli/main.ts',
  hook: 'src/cli/hookMain.ts',
  agents: 'src/agents/following/watchThread.ts',
};

const missing = Object.values(entries).filter(file => !existsSync(join(root, file)));
if (missing.length > 0) {
  process.stderr.write(`Nothing was built: ${missing.join(', ')} is missing.\n`);
  process.exit(1);
}

/** CommonJS has no import.meta; these names stand for it in every bundle. */
const here = "const bundleUrl=require('node:url').pathToFileURL(__filename).href;";

/**
 * The reader of fonts brings half a megabyte for fonts of the web (WOFF2); ours are plain.
 * @type {import('esbuild').Plugin}
 */
const plainFonts = {
  name: 'plain fonts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^brotli\// }, () => ({ path: 'brotli', namespace: 'left out' }));
    onLoad({ filter: /.*/, namespace: 'left out' }, () => ({
      contents: "module.exports = () => { throw new Error('WOFF2 is not read here'); };",
    }));
  },
};

/** @type {(name: keyof typeof entries) => import('esbuild').BuildOptions} */
const options = name => ({
  absWorkingDir: root,
  entryPoints: { [name]: entries[name] },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // VS Code 1.101, the oldest that we support, runs Node 22.
  target: 'node22',
  // The editor gives the first; the second finds its binaries by its own place in node_modules.
  external: ['vscode', 'better-sqlite3'],
  define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  banner: { js: `${name === 'cli' ? '#!/usr/bin/env node\n' : ''}${here}` },
  minify: production,
  sourcemap: !production,
  // The licences of what is bundled stand in dist/licenses.txt.
  legalComments: 'none',
  metafile: true,
  plugins: [plainFonts],
  logLevel: 'warning',
});

/**
 * The packages that stand in the bundles, each with its licence, as those demand of every copy.
 * @type {(results: readonly import('esbuild').BuildResult[]) => string}
 */
const licenses = results => {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const folders = new Set(inputs.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return [...folders].sort().map(license).join('\n');
};

/** @type {(folder: string) => string} */
const license = folder => {
  const at = join(root, folder);
  const description = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  const { name, version } = description;
  const file = readdirSync(at).find(one => /^licen[cs]e/i.test(one));
  const text = file === undefined ? mit(name, description) : readFileSync(join(at, file), 'utf8').trim();
  return `${name} ${version}\n\n${text}\n`;
};

/**
 * For a package that names the MIT licence and comes without its text.
 * @type {(name: string, description: { license?: string, author?: string | { name: string } }) => string}
 */
const mit = (name, { license, author }) => {
  const holder = typeof author === 'object' ? author.name : author?.replace(/\s*<.*/, '');
  if (license !== 'MIT') throw new Error(`${name} comes without a licence`);
  const text = readFileSync(join(root, 'LICENSE'), 'utf8').replace(
    /^Copyright.*$/m,
    `Copyright (c) ${holder ?? `the authors of ${name}`}`,
  );
  return text.trim();
};

const names = /** @type {(keyof typeof entries)[]} */ (Object.keys(entries));

if (process.argv.includes('--watch')) {
  for (const name of names) await (await context({ ...options(name), logLevel: 'info' })).watch();
} else {
  if (production) rmSync(join(root, 'dist'), { recursive: true, force: true });
  try {
    const results = await Promise.all(names.map(name => build(options(name))));
    results.push(...(await buildVerifyPage()));
    writeFileSync(join(root, 'dist/licenses.txt'), licenses(results));
    chmodSync(join(root, 'dist/cli.cjs'), 0o755);
  } catch (error) {
    // esbuild has printed each of its own errors with its place.
    if (!(error instanceof Error && 'errors' in error)) process.stderr.write(`${error}\n`);
    process.stderr.write('The build failed; the messages above say where.\n');
    process.exitCode = 1;
  }
}
