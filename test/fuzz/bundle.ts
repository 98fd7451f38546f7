import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import type { Clock } from './double/clock.ts';

const root = join(import.meta.dirname, '../..');
export const bundled = process.env.FUZZ_BUNDLE ?? join(root, '.cache/fuzz');

/** Bundles the product as its own build does, `vscode` left open. Once before many processes that load it. */
export async function bundleProduct(source = process.env.FUZZ_SOURCE ?? root): Promise<void> {
  await build({
    absWorkingDir: source,
    entryPoints: { product: 'test/fuzz/product.ts', worker: 'src/journal/worker.ts', cli: 'src/cli/main.ts' },
    outdir: bundled,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'better-sqlite3'],
    define: {
      'import.meta.url': 'bundleUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'error',
  });
}

export type Product = typeof import('./product.ts');

type Load = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: NodeJS.Process,
  date: DateConstructor,
  setTimeout: unknown,
  clearTimeout: unknown,
  setInterval: unknown,
  clearInterval: unknown,
  filename: string,
  dirname: string,
) => void;

const names = 'require,module,exports,process,Date,setTimeout,clearTimeout,setInterval,clearInterval';
const file = join(bundled, 'product.cjs');
let script: Load | undefined;

export interface Surroundings {
  /** What is imported under these names is this. */
  readonly modules: Readonly<Record<string, object>>;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

/** The product, loaded anew: each window has its own, as each extension host has. */
export function loadProduct({ modules, env, clock }: Surroundings): Product {
  script ??= new Script(`(function(${names},__filename,__dirname){${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
  }).runInThisContext() as Load;
  const require = createRequire(file);
  const module = { exports: {} };
  const own = Object.create(process, { env: { value: env } }) as NodeJS.Process;
  script(
    name => modules[name.replace(/^node:/, '')] ?? require(name),
    module,
    module.exports,
    own,
    dateOf(clock),
    clock.setTimeout,
    clock.clear,
    clock.setInterval,
    clock.clear,
    file,
    bundled,
  );
  return module.exports as Product;
}

function dateOf(clock: Clock): DateConstructor {
  return class extends Date {
    constructor(...args: [] | [number]) {
      super(args.length === 0 ? clock.now() : args[0]);
    }

    static override now(): number {
      return clock.now();
    }
  } as DateConstructor;
}
