// Makes dist/verify.html: the check of a package as one page that needs nothing else. The code is that of
// `holograph verify`; what it takes from Node stands in src/verifyPage/node/ for a browser.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { build } from 'esbuild';

const root = import.meta.dirname;
const shims = join(root, 'src/verifyPage/node');

/** By their names. @type {(...folders: string[]) => string} */
const filesIn = (...folders) => {
  const names = folders.flatMap(folder => readdirSync(join(root, folder)).map(name => [folder, name]));
  const files = names.map(([folder = '', name = '']) => [name, readFileSync(join(root, folder, name), 'utf8')]);
  return JSON.stringify(Object.fromEntries(files));
};

/** Modules whose content is known only when the page is made; of CommonJS, which may lack what nothing calls. */
const made = {
  'node:tls': () => `exports.rootCertificates = ${JSON.stringify(rootCertificates)};`,
  'node:path': () => `exports.join = (...parts) => parts.join('/');`,
  // The report's style and script, and the check in Python: what makes the members reads them from there.
  'node:fs': () =>
    `const files = ${filesIn('media/report', 'media/package')};
     const of = path => files[path.split('/').at(-1)];
     exports.existsSync = path => of(path) !== undefined;
     exports.readFileSync = path => of(path);`,
};

/** @type {import('esbuild').Plugin} */
const browser = {
  name: 'browser',
  setup(plugin) {
    plugin.onResolve({ filter: /^(node:|better-sqlite3$)/ }, ({ path }) => {
      if (path in made) return { path, namespace: 'made' };
      if (['node:crypto', 'node:zlib', 'node:buffer'].includes(path))
        return { path: join(shims, `${path.slice(5)}.ts`) };
      return { path: join(shims, 'empty.cjs') };
    });
    // Pages for print are not set here, and a page cannot hold itself.
    plugin.onResolve({ filter: /\/(printer|verifyPageMember)\.ts$/ }, ({ importer }) =>
      importer.includes('/verifyPage/') ? undefined : { path: join(root, 'src/verifyPage/absent.ts') },
    );
    plugin.onLoad({ filter: /./, namespace: 'made' }, ({ path }) => ({
      contents: made[/** @type {keyof typeof made} */ (path)](),
    }));
  },
};

/** @type {(entry: string) => import('esbuild').BuildOptions} */
const options = entry => ({
  absWorkingDir: root,
  entryPoints: [`src/verifyPage/${entry}.ts`],
  bundle: true,
  write: false,
  minify: true,
  platform: 'browser',
  format: 'iife',
  target: ['chrome109', 'firefox115', 'safari16'],
  inject: [join(shims, 'global.ts')],
  define: { 'import.meta.dirname': '""' },
  plugins: [browser],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

/** Writes the page; gives what was bundled into it. */
export async function buildVerifyPage() {
  const [thread, page] = await Promise.all([build(options('thread')), build(options('page'))]);
  const file = /** @type {(name: string) => string} */ (name => readFileSync(join(root, 'media/verify', name), 'utf8'));
  const parts = { thread: codeOf(thread), page: codeOf(page), style: file('page.css') };
  const policy = [
    `default-src 'none'`,
    `script-src ${digest(parts.page)} blob:`,
    `worker-src blob:`,
    `style-src ${digest(parts.style)}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const filled = file('page.html').replace(/\{(policy|style|thread|page)\}/g, (_, name) =>
    name === 'policy' ? policy : parts[/** @type {keyof typeof parts} */ (name)],
  );
  writeFileSync(join(root, 'dist/verify.html'), filled);
  return [thread, page];
}

/** @type {(result: import('esbuild').BuildResult) => string} */
const codeOf = ({ outputFiles }) => {
  const code = outputFiles?.[0]?.text.trim() ?? '';
  if (/<\/script|<!--/i.test(code)) throw new Error('the code would end its own element');
  return code;
};

/** @type {(content: string) => string} */
const digest = content => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
